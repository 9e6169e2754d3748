"""A payment in one line: the sum and, in any order after or before it, the day and the way."""

import re
from dataclasses import dataclass
from datetime import date

from services.understanding import money
from services.understanding.days import parse_past_day
from services.understanding.fold import clean_line, fold

_LONGEST = 120
_MOST_WORDS = 12
_LONGEST_DAY = 4
_WAYS = {
    "cash": r"наличными|наличные|наличка|наличкой|нал|налом|кэш|кэшем|(?:in |by )?cash",
    "card": r"(?:по |на )?карт(?:ой|е|а|у)|(?:by )?card",
    "bank": r"безналом|безнал|переводом|перевод|(?:на |по )?(?:р/?сч?|счету|счет)|банком|через банк"
    r"|(?:by )?(?:bank(?: transfer)?|transfer|wire)",
}
_WAY = {way: re.compile(rf"(?<![\w,.]){words}(?![\w])") for way, words in _WAYS.items()}
_BARE = re.compile(r"(-?) ?([\d ]{1,60})(?:[.,]\d{1,2})?")


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """`way` is a code of `Method`; the day and the way are None where the line names none."""

    money: money.Money
    day: date | None = None
    way: str | None = None


@dataclass(frozen=True, slots=True)
class Stray:
    """The line begins with a sum, and these further words say nothing of a payment."""

    words: str


def parse_payment(text: str, today: date) -> PaymentLine | Stray | None:
    """Reads "12500 вчера наличными"; None where there is no sum. A day that is ahead is returned as it is."""
    line = clean_line(text, _LONGEST)
    typed, way = fold(line).replace("−", "-"), None
    if (sum_ := money.parse(line)) is not None:
        return PaymentLine(sum_)
    for code, words in _WAY.items():
        if found := words.search(typed):
            typed, way = f"{typed[: found.start()]} {typed[found.end() :]}", code
            break
    parts = [part for part in (word.strip(",;") for word in typed.split()) if part]
    if not parts or len(parts) > _MOST_WORDS:
        return None
    if (sum_ := money.parse(" ".join(parts))) is not None:
        return PaymentLine(sum_, None, way)
    return _with_day(parts, way, today) or _stray(parts)


def beyond_any_sum(text: str) -> bool:
    """Whether a mere number was typed that is no sum only because it is too large or below zero."""
    bare = _BARE.fullmatch(fold(text).replace("−", "-").strip())
    if bare is None or not (digits := bare[2].replace(" ", "")):
        return False
    return bool(bare[1]) or int(digits) > money.LARGEST_UNITS


def _with_day(parts: list[str], way: str | None, today: date) -> PaymentLine | None:
    for size in range(min(_LONGEST_DAY, len(parts) - 1), 0, -1):
        for first in range(len(parts) - size, -1, -1):
            day = parse_past_day(" ".join(parts[first : first + size]), today)
            sum_ = money.parse(" ".join(parts[:first] + parts[first + size :])) if day else None
            if day and sum_:
                return PaymentLine(sum_, day, way)
    return None


def _stray(parts: list[str]) -> Stray | None:
    for size in range(len(parts) - 1, 0, -1):
        if money.parse(" ".join(parts[:size])) is not None:
            stray = " ".join(parts[size:])
            return Stray(stray) if any(char.isalpha() for char in stray) else None
    return None
