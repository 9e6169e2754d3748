"""Numbers of days that are spelled out: "первого", "двадцать пятое", "the first", "thirty-first"."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from services.understanding.due_pieces import any_of

_STEMS: Final = (
    "перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат",
    "пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат",
)
_ENGLISH: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth",
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
)
_SOFT: Final = {
    "ое": "ье",
    "ого": "ьего",
    "ому": "ьему",
    "ый": "ий",
    "ой": "ий",
    "ую": "ью",
    "ые": "ьи",
}
"""The endings of "третий", the only soft one."""


def _numbered(lines: Iterable[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(" ".join(lines).split(), 1)}


def _with_tens(units: Mapping[str, int], tens: Mapping[str, int]) -> dict[str, int]:
    ones = {word: number for word, number in units.items() if number < 10}
    return dict(units) | {
        f"{name}{gap}{word}": ten + one
        for name, ten in tens.items()
        for word, one in ones.items()
        for gap in " -"
        if ten + one <= 31
    }


def _russian(*endings: str) -> dict[str, int]:
    stems = _numbered(_STEMS) | {"тридцат": 30}
    units = {
        stem + (_SOFT[ending] if number == 3 else ending): number
        for stem, number in stems.items()
        for ending in endings
    }
    return _with_tens(units, {"двадцать": 20, "тридцать": 30})


DATES: Final = _russian("ое", "ого", "ому")
"""The days of a month in Russian: "первое", "первого", "к первому"."""
TURNS: Final = _russian("ый", "ой", "ую", "ое", "ые")
"""Which one of several in Russian: "каждый третий", "каждую третью"."""
ENGLISH: Final = _with_tens(_numbered(_ENGLISH) | {"thirtieth": 30}, {"twenty": 20, "thirty": 30})
_ALL: Final = DATES | TURNS | ENGLISH
_ONE: Final = re.compile(r"\d+|(?<!\w)(?:" + any_of(_ALL).replace(" ", r"[ \n]{1,4}") + r")(?!\w)")


def numbers_of(written: str) -> list[int]:
    """All numbers in what was written, in figures or in letters."""
    return [number_of(one) for one in _ONE.findall(written)]


def number_of(written: str) -> int:
    """One such number; what figures end with does not matter."""
    if figures := re.match(r"\d+", written):
        return int(figures[0])
    return _ALL[" ".join(written.split())]
