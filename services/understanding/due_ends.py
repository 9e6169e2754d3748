"""How long something comes again: "5 раз", "до 31 декабря", "until the end of the year"."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.understanding import due_words as words
from services.understanding import moments
from services.understanding.due_pieces import any_of
from services.understanding.fold import flat
from services.understanding.recurrence import Recurrence

_GAP = r"[ \n]{1,4}"
_MOST_TURNS = 366
_MONTHS = any_of(words.MONTHS)
_YEAR = rf"(?:,?{_GAP}\d{{4}}(?:{_GAP}(?:года|г\.?))?)?"
_DAY = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?{_GAP}(?:of{_GAP})?{_MONTHS}{_YEAR}"
    rf"|{_MONTHS}{_GAP}\d{{1,2}}(?:st|nd|rd|th)?{_YEAR}"
    r"|\d{1,2}\.\d{1,2}\.\d{2,4}"
)
_PERIOD = (
    rf"конца{_GAP}(?:этого{_GAP})?(?P<ru>недели|месяца|квартала|года)"
    rf"|(?:the{_GAP})?end{_GAP}of{_GAP}(?:the{_GAP}|this{_GAP})?(?P<en>week|month|quarter|year)"
)
_UNTIL = re.compile(
    rf"(?<!\w)(?:до|по|until|till|through){_GAP}(?:the{_GAP})?(?:(?P<day>{_DAY})|{_PERIOD})(?!\w)"
)
_COUNTS = {word: value for word, value in words.NUMBERS.items() if value > 1 and value == int(value)}
_TIMES = re.compile(
    rf"(?<!\w)(?:всего{_GAP}|только{_GAP}|for{_GAP}|only{_GAP})?"
    rf"(?P<count>\d{{1,3}}|{any_of(_COUNTS)}){_GAP}(?:раза?|times)(?!\w)"
    rf"(?!{_GAP}(?:в|на|an?|per|each|every|больше|меньше|more)(?!\w))"
)
_MONTHS_LONG = {"месяца": 1, "month": 1, "квартала": 3, "quarter": 3, "года": 12, "year": 12}


@dataclass(frozen=True, slots=True)
class Ending:
    """A line without the words that say how long; `said`: its last day as it was written, else a number."""

    rest: str
    said: str | None = None
    until: date | None = None
    times: int = 0

    def of(self, rule: Recurrence, until: date | None) -> Recurrence:
        """The rule that comes to this end."""
        return replace(rule, until=until, times=self.times)


def ending_of(line: str, today: date) -> Ending | None:
    """What a line says of the end of something that repeats; None where it says nothing of that."""
    scanned = flat(line)
    if match := _UNTIL.search(scanned):
        rest = _cut(line, match)
        if match["day"]:
            return Ending(rest, said=match["day"])
        return Ending(rest, until=_end_of(match["ru"] or match["en"], today))
    if match := _TIMES.search(scanned):
        said = match["count"]
        times = int(said) if said.isdigit() else int(_COUNTS[said])
        return Ending(_cut(line, match), times=times) if 0 < times <= _MOST_TURNS else None
    return None


def _end_of(period: str, today: date) -> date:
    if period in ("недели", "week"):
        return today + timedelta(days=6 - today.weekday())
    months = _MONTHS_LONG[period]
    last = (today.month - 1) // months * months + months
    return moments.month_end(today.replace(month=last, day=1))


def _cut(line: str, match: re.Match[str]) -> str:
    before, after = line[: match.start()].rstrip(" ,;"), line[match.end() :].lstrip(" ,;")
    return f"{before} {after}".strip()
