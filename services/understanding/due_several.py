"""Several times of one day: "в 9 и 18", "at 9, 13 and 18:30". A task has one, so the person says which."""

import re

from services.understanding.due_clocks import after_day
from services.understanding.due_counting import follow
from services.understanding.due_pieces import Answer, Clock, Line, Repeats, rule

_TIME = r"\d{1,2}(?::\d\d)?(?![.,:/-]?\d|~(?:<month>)(?!\w))<no_unit>"
_AND = r"(?:,? (?:и|and)|,)"
_FIGURES = re.compile(r"(\d{1,2})(?::(\d\d))?")


def _several(match: re.Match[str], line: Line) -> Answer:
    """ "в 9 и 18 окон" and "at 10 and 2 people" count something; so may bare numbers after a mere day."""
    said = [(int(hour), int(minute or 0)) for hour, minute in _FIGURES.findall(match[0])]
    if any(hour > 23 or minute > 59 for hour, minute in said):
        return None
    dated = after_day(line)
    if match[1] is None and not dated:
        return None
    trust = "sure" if match[0][-3:-2] == ":" else follow(line, match.end(), said[-1][0])
    leading = match[1] is not None or any(isinstance(piece, Repeats) for piece in line.before)
    if trust != "sure" and not (trust == "likely" and dated and leading):
        return None
    return Clock(tuple(sorted({hour * 60 + minute for hour, minute in said})), each=True)


RULES = (rule(rf"(в |at |@~)?{_TIME}(?:{_AND} (?:(?:в|at) )?{_TIME}){{1,3}}", _several),)
