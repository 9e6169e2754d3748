"""Sums that are written out in words: "двести тысяч", "полтора миллиона", "half a million"."""

import re
from dataclasses import dataclass

MOST_WORDS = 12


def _numbered(*lines: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * n for n, line in enumerate(lines) for word in line.split()}


_UNITS = _numbered(
    "один одна одну одного одной one",
    "два две двух two",
    "три трех three",
    "четыре четырех four",
    "пять пяти five",
    "шесть шести six",
    "семь семи seven",
    "восемь восьми eight",
    "девять девяти nine",
    "десять десяти ten",
    "одиннадцать одиннадцати eleven",
    "двенадцать двенадцати twelve",
    "тринадцать тринадцати thirteen",
    "четырнадцать четырнадцати fourteen",
    "пятнадцать пятнадцати fifteen",
    "шестнадцать шестнадцати sixteen",
    "семнадцать семнадцати seventeen",
    "восемнадцать восемнадцати eighteen",
    "девятнадцать девятнадцати nineteen",
    first=1,
)
_TENS = _numbered(
    "двадцать двадцати twenty",
    "тридцать тридцати thirty",
    "сорок сорока forty",
    "пятьдесят пятидесяти fifty",
    "шестьдесят шестидесяти sixty",
    "семьдесят семидесяти seventy",
    "восемьдесят восьмидесяти eighty",
    "девяносто девяноста ninety",
    first=20,
    step=10,
)
_HUNDREDS = _numbered(
    "сто ста",
    "двести двухсот",
    "триста трехсот",
    "четыреста четырехсот",
    "пятьсот пятисот",
    "шестьсот шестисот",
    "семьсот семисот",
    "восемьсот восьмисот",
    "девятьсот девятисот",
    first=100,
    step=100,
)
_SCALES = {
    word: scale
    for scale, words in {
        10**3: "тысяча тысячи тысячу тысяч тыщ тыща тыщи тыс тыс. thousand grand",
        10**6: "миллион миллиона миллионов млн млн. лям ляма лямов million",
        10**9: "миллиард миллиарда миллиардов млрд млрд. billion",
    }.items()
    for word in words.split()
}
_HALVES = {
    "полмиллиона": 5 * 10**5,
    "пол-миллиона": 5 * 10**5,
    "пол миллиона": 5 * 10**5,
    "полляма": 5 * 10**5,
    "пол-лимона": 5 * 10**5,
    "полмиллиарда": 5 * 10**8,
    "half a million": 5 * 10**5,
    "half a billion": 5 * 10**8,
    "a million": 10**6,
    "a thousand": 10**3,
}
_ONE_AND_A_HALF = frozenset({"полтора", "полторы", "полутора"})
_NUMERALS = (*_UNITS, *_TENS, *_HUNDREDS, *_SCALES, *_ONE_AND_A_HALF, "hundred")
_WORDS = "|".join(re.escape(word) for word in sorted((*_HALVES, *_NUMERALS), key=len, reverse=True))
_RUN = re.compile(rf"(?<![\w.,])(?:{_WORDS})(?!\w)(?:(?: |-| and )(?:{_WORDS})(?!\w))*")


@dataclass(frozen=True, slots=True)
class WordedSum:
    """Whole units, written at `text[start:end]`; `counted` tells "одна тысяча" from a mere "тысяча"."""

    start: int
    end: int
    units: int
    counted: bool


def find(text: str) -> list[WordedSum]:
    """The sums from a thousand on that stand as words in a line that went through `flat`, in order."""
    found = []
    for run in _RUN.finditer(text):
        units = _units(run[0])
        if units is not None:
            found.append(WordedSum(run.start(), run.end(), units, " " in run[0] or run[0] in _HALVES))
    return found


def _units(written: str) -> int | None:
    if written in _HALVES:
        return _HALVES[written]
    words = [word for word in re.split("[ -]", written) if word != "and"]
    if len(words) > MOST_WORDS or not any(word in _SCALES for word in words):
        return None
    if words[0] in _ONE_AND_A_HALF:
        return _SCALES[words[1]] * 3 // 2 if len(words) == 2 and words[1] in _SCALES else None
    total, below, group = 0, 10**12, list[str]()
    for word in [*words, ""]:
        if word and word not in _SCALES:
            group.append(word)
            continue
        scale, count = _SCALES.get(word, 1), _count(group)
        if count is None or scale >= below or (word and not group and total):
            return None
        total += (count or (1 if word and not group else 0)) * scale
        below, group = scale, []
    return total


def _count(words: list[str]) -> int | None:
    """A number below a thousand; None where its words stand in no order that makes one."""
    count, room = 0, 1000
    for word in words:
        if word == "hundred":
            if not 1 <= count <= 9:
                return None
            count, room = count * 100, 100
            continue
        value = _HUNDREDS.get(word) or _TENS.get(word) or _UNITS.get(word)
        if value is None or value >= room:
            return None
        count += value
        # After hundreds there may be tens, after tens units, after units nothing but "hundred".
        room = 100 if value >= 100 else 10 if value >= 20 else 1
    return count
