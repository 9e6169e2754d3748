"""Sums of money as people write them: one typed sum, or the sums of a free line."""

import re
from dataclasses import dataclass
from itertools import pairwise

from services.understanding import worded_sums
from services.understanding.fold import flat
from services.understanding.money_terms import (
    CURRENCY,
    LARGEST_UNITS,
    TERM,
    Money,
    currency_of,
    scale_of,
    scaled_value,
    value,
)
from services.understanding.worded_sums import WordedSum

__all__ = ("LARGEST_UNITS", "FoundMoney", "Money", "find", "parse")

_LONGEST_TEXT = 100
_DIGIT = re.compile(r"\d")
_COINS = re.compile(r" ?(\d{1,2}) ?(?:копе(?:ек|йки|йка)|коп\.?|cents?)(?!\w)")
_ABOUT = (
    r"(?:до|от|около|примерно|приблизительно|порядка|где[- ]то|за|на"
    r"|up to|about|around|roughly|over|from|for|~|≈)"
)
_NAMED = (
    r"(?:сумм[аыуе]|бюджет(?:а|ом)?|цен[аыу]|стоимость|чек|оплата|предоплата"
    r"|amount|budget|price|sum|worth|total)"
)
_APPROXIMATE = re.compile(rf"{_ABOUT} ?")
_CURRENCY_AFTER = re.compile(rf" ?({CURRENCY})(?!\w)")
# What stands around digits that count or measure something else, or are one end of a range.
_BEFORE_NO_SUM = re.compile(r"(?:[+/*×#№@]|\d[:=]|\d ?-|(?<![^\s(])-|\d ?[xх] ?|\d на )$")
_NUMBER_OF = re.compile(
    r"(?<!\w)(?:no|кв|дом|офисе?|заказа?|договора?|инн|кпп|бик|огрн|снилс|счета?|артикул|арт|модель|model|id|order|invoice"
    r"|contract|account|индекс|№)[ .:№#]{0,3}$"
)
_AFTER_NO_SUM = re.compile(r"\d|[%°:/]|-\d| ?[x×х*] ?\d| на \d|-?[^\W\d_]| - ?\d")
_FLATS = re.compile(r" ?(?:кв|комн|студ)")
_RANGE = re.compile(rf"(?:от|from|с|between) ?(?:{CURRENCY})? ?\d[^\n;]{{0,20}}(?:до|to|по|and) ?$")
_MARK_BEFORE = re.compile(rf"(?<!\w){_NAMED}(?: ?[:=-])? ?(?:{_ABOUT} ?)?$")
_SEPARATED = re.compile(rf"(?:^|[,;\n(]|(?<!\w){_ABOUT}) ?$")
_SEPARATES = re.compile(r" ?(?:$|[,;\n)]|(?:с|со|от|из|from|by|via)(?!\w))")
_LOOSE_AFTER = re.compile(
    r" ?(?:$|[,;\n().!?]|(?:с|со|от|из|по|за|и|в|from|by|via|for|and)(?!\w)|[^\W\d_]+(?:ть|ти|чь|ться)(?!\w))"
)


@dataclass(frozen=True, slots=True)
class FoundMoney:
    """A sum at `text[start:end]`; `marked` tells whether a unit or a word beside it said that it is money."""

    start: int
    end: int
    money: Money
    marked: bool


def parse(text: str) -> Money | None:
    """The sum that a person typed when asked for one, or None where it is no sum or could be two.

    Refused: negative sums, ranges, more than 10^12 units, fractions of a minor unit, "1,500 тыс"
    (one and a half thousand or one and a half million).
    """
    typed = flat(text).strip(" \n.!")
    if not typed or len(typed) > _LONGEST_TEXT:
        return None
    if about := _APPROXIMATE.match(typed):
        typed = typed[about.end() :]
    if not _DIGIT.search(typed) and (worded := worded_sums.find(typed)):
        return _only(worded[0], typed)
    sums: list[tuple[Money, int]] = []
    place = 0
    while place < len(typed):
        term = TERM.match(typed, place)
        if term is None or (money := value(term, typed)) is None:
            return None
        place = term.end()
        if coins := _COINS.match(typed, place):
            if term["after"] is None or money.minor % 100:
                return None
            money, place = Money(money.minor + int(coins[1]), money.currency), coins.end()
        sums.append((money, scale_of(term)))
        place += typed[place:].startswith(" ")
    return _add(sums)


def is_scaled(text: str) -> bool:
    """Whether a sum stands there whose number is multiplied: "150k", "1,5 млн"."""
    return any(term["times"] for term in TERM.finditer(flat(text[:_LONGEST_TEXT])))


def find(text: str) -> list[FoundMoney]:
    """The sums of a free line in order.

    A number without a unit is a sum only where it stands alone between separators or after a word such as
    "сумма" or "до"; below 1000, and in the form of a year, only after a word that names money.
    Look for phones first and blank them out: to this function a phone is only digits.
    """
    scanned = flat(text)
    read = [_sum_of_line(scanned, term) for term in TERM.finditer(scanned)]
    read += [_worded_of_line(scanned, worded) for worded in worded_sums.find(scanned)]
    return sorted((found for found in read if found), key=lambda found: found.start)


def _only(worded: WordedSum, typed: str) -> Money | None:
    """A sum in words that, with its currency, is all that was typed."""
    money, end = _with_currency(worded, typed)
    return money if worded.start == 0 and end == len(typed) else None


def _worded_of_line(text: str, worded: WordedSum) -> FoundMoney | None:
    """A sum in words: counted ("две тысячи"), and with a currency, an end or a preposition after it."""
    money, end = _with_currency(worded, text)
    if money is None or not worded.counted or not (money.currency or _LOOSE_AFTER.match(text, end)):
        return None
    return FoundMoney(worded.start, end, money, marked=True)


def _with_currency(worded: WordedSum, text: str) -> tuple[Money | None, int]:
    after = _CURRENCY_AFTER.match(text, worded.end)
    end, currency = (after.end(), currency_of(after[1])) if after else (worded.end, None)
    return Money(worded.units * 100, currency) if worded.units <= LARGEST_UNITS else None, end


def _sum_of_line(text: str, term: re.Match[str]) -> FoundMoney | None:
    money = value(term, text)
    start = term.start()
    if money is None and term["before"] is None:
        # "89161234567 150к": a long number that is no part of the sum may stand before it.
        tail = re.search(r"(?<=\d{4} )\d{1,3}(?: \d{3})*(?:[.,]\d{1,2})?$", term["number"][-40:])
        if tail and (term["times"] or term["after"]):
            start = term.end("number") - len(tail[0])
            money = scaled_value(tail[0], term)
    if money is None or money.minor == 0 or _is_no_sum(text, start, term):
        return None
    before = text[max(0, start - 40) : start]
    marked = bool(term["before"] or term["after"] or term["times"] or _MARK_BEFORE.search(before))
    if not marked and not _stands_loose(text, term, money):
        return None
    return FoundMoney(start, term.end(), money, marked)


def _is_no_sum(text: str, start: int, term: re.Match[str]) -> bool:
    before = text[max(0, start - 40) : start]
    if _AFTER_NO_SUM.match(text, term.end()) or _BEFORE_NO_SUM.search(before) or _RANGE.search(before):
        return True
    if term["before"] or term["after"]:
        return False
    if not term["times"]:
        return bool(_NUMBER_OF.search(before))
    return not _MARK_BEFORE.search(before) and _may_measure(text, term)


def _may_measure(text: str, term: re.Match[str]) -> bool:
    """Whether the letter after the number may be no multiplier: "в 15 к Ивану", "1,2 м", "2к квартира"."""
    letter = term["times"]
    if len(letter) > 1:
        return False
    flat_or_screen = _FLATS.match(text, term.end()) or term["number"] in ("4", "8")
    if letter in "кkm" and not flat_or_screen and _stands_alone(text, term):
        return False
    return bool(term["gap"] or letter not in "кk" or flat_or_screen)


def _stands_alone(text: str, term: re.Match[str]) -> bool:
    """Whether the number with its letter is all that stands between two separators: ", 150 к,"."""
    return bool(
        _SEPARATED.search(text[max(0, term.start() - 10) : term.start()])
        and _SEPARATES.match(text, term.end())
    )


def _stands_loose(text: str, term: re.Match[str], money: Money) -> bool:
    units = money.minor // 100
    if units < 1000 or (term["number"].isdecimal() and 1900 <= units < 2100):
        return False
    return bool(_LOOSE_AFTER.match(text, term.end()))


def _add(sums: list[tuple[Money, int]]) -> Money | None:
    """One sum of "1 млн 200 тыс": each part stands one unit below the part before it."""
    if not sums:
        return None
    for (_, unit), (smaller, smaller_unit) in pairwise(sums):
        if unit != smaller_unit * 1000 or smaller.minor >= unit * 100:
            return None
        if smaller_unit == 1 and smaller.currency is None and smaller.minor < 100_00:
            return None  # "2 тыс 5" may be 2005 and 2500.
    currencies = {money.currency for money, _ in sums if money.currency}
    total = sum(money.minor for money, _ in sums)
    if len(currencies) > 1 or total > LARGEST_UNITS * 100:
        return None
    return Money(total, currencies.pop() if currencies else None)
