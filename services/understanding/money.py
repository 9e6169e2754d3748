"""Sums of money as people write them: one typed sum, or the sums of a free line."""

import re
from dataclasses import dataclass
from itertools import pairwise

from services.understanding.fold import flat

LARGEST_UNITS = 10**12

_LONGEST_TEXT = 100
_MOST_DIGITS = 20

_CURRENCIES = {
    "RUB": r"₽|российских рублей|рубл(?:ей|я|ь|и|ях)|руб\.?|rub|rur|р\.?",
    "USD": r"us\$|\$|доллар(?:ов|а|ы)?|долл\.?|бакс(?:ов|а)?|usd|dollars?|bucks",
    "EUR": r"€|евро|eur|euros?",
    "GBP": r"£|gbp",
    "CNY": r"¥|юан(?:ей|я|ь)|cny",
    "KZT": r"₸|тенге|тг|kzt",
    "BYN": r"бел\.? ?руб\.?|byn|br",
    "UAH": r"₴|грив(?:ен|ны|на)|грн\.?|uah",
    "UZS": r"сум(?:ов)?|uzs",
    "GEL": r"₾|лари|gel",
    "AMD": r"֏|драм(?:ов)?|amd",
    "AED": r"дирхам(?:ов|а)?|aed",
    "TRY": r"₺|лир(?:а|ы)?|try",
}
_MULTIPLIERS = {
    10**3: r"тысяч[аиу]?|тыс\.?|т\.? ?р\.?|т|к|k|thousand|grand",
    10**6: r"миллион(?:а|ов)?|млн\.?|лям(?:а|ов)?|кк|kk|м|million|mln|mio|mm|m",
    10**9: r"миллиард(?:а|ов)?|млрд\.?|billion|bln|bn|b",
}
_LETTER = r"[^\W\d_]"


def _longest_first(pattern: str) -> str:
    return "|".join(sorted(re.split(r"\|(?![^(]*\))", pattern), key=len, reverse=True))


_CURRENCY = _longest_first("|".join(_CURRENCIES.values()))
_MULTIPLIER = _longest_first("|".join(_MULTIPLIERS.values()))
_TERM = re.compile(
    rf"(?:(?<!{_LETTER})(?P<before>{_CURRENCY}) ?)?"
    # The number takes all that it can and gives nothing back: so the time stays linear.
    r"(?<![\w.,'])(?P<number>\d++(?:[ .,']\d++)*+)"
    rf"(?:(?P<gap> ?)(?P<times>{_MULTIPLIER})(?!\w))?"
    rf"(?: ?(?P<after>{_CURRENCY})(?!\w))?"
)
_COINS = re.compile(r" ?(\d{1,2}) ?(?:копе(?:ек|йки|йка)|коп\.?|cents?)(?!\w)")
_ABOUT = r"(?:до|от|около|примерно|порядка|где-то|за|на|up to|about|around|over|from|for|~|≈)"
_NAMED = (
    r"(?:сумм[аыуе]|бюджет(?:а|ом)?|цен[аыу]|стоимость|чек|оплата|предоплата"
    r"|amount|budget|price|sum|worth|total)"
)
_APPROXIMATE = re.compile(rf"{_ABOUT} ?")
_WORDS = {
    "тысяча": 10**3,
    "тыща": 10**3,
    "сто тысяч": 10**5,
    "полмиллиона": 5 * 10**5,
    "пол миллиона": 5 * 10**5,
    "пол-лимона": 5 * 10**5,
    "миллион": 10**6,
    "лям": 10**6,
    "полтора миллиона": 15 * 10**5,
    "полтора ляма": 15 * 10**5,
    "half a million": 5 * 10**5,
    "a million": 10**6,
}
# What stands around digits that count or measure something else, or are one end of a range.
_BEFORE_NO_SUM = re.compile(r"(?:[+/*×#№@]|\d[:=]|\d ?-|(?<![^\s(])-|\d ?[xх] ?|\d на )$")
_NUMBER_OF = re.compile(
    r"(?<!\w)(?:no|кв|дом|офисе?|заказа?|договора?|инн|кпп|бик|огрн|снилс|счета?|артикул|арт|модель|model|id|order|invoice"
    r"|contract|account|индекс|№)[ .:№#]{0,3}$"
)
_AFTER_NO_SUM = re.compile(r"\d|[%°:/]|-\d| ?[x×х*] ?\d| на \d|-?[^\W\d_]| - ?\d")
_FLATS = re.compile(r" ?(?:кв|комн|студ)")
_RANGE = re.compile(rf"(?:от|from|с|between) ?(?:{_CURRENCY})? ?\d[^\n;]{{0,20}}(?:до|to|по|and) ?$")
_MARK_BEFORE = re.compile(rf"(?<!\w){_NAMED}(?: ?[:=-])? ?(?:{_ABOUT} ?)?$")
_LOOSE_AFTER = re.compile(
    r" ?(?:$|[,;\n().!?]|(?:с|со|от|из|по|за|и|в|from|by|via|for|and)(?!\w)|[^\W\d_]+(?:ть|ти|чь|ться)(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in minor units (kopecks, cents); `currency` is ISO 4217, None where none was named."""

    minor: int
    currency: str | None = None


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
    if typed in _WORDS:
        return Money(_WORDS[typed] * 100)
    sums: list[tuple[Money, int]] = []
    place = 0
    while place < len(typed):
        term = _TERM.match(typed, place)
        if term is None or (money := _value(term, typed)) is None:
            return None
        place = term.end()
        if coins := _COINS.match(typed, place):
            if term["after"] is None or money.minor % 100:
                return None
            money, place = Money(money.minor + int(coins[1]), money.currency), coins.end()
        sums.append((money, _scale(term)))
        place += typed[place:].startswith(" ")
    return _add(sums)


def find(text: str) -> list[FoundMoney]:
    """The sums of a free line in order.

    A number without a unit is a sum only where it stands alone between separators or after a word such as
    "сумма" or "до"; below 1000, and in the form of a year, only after a word that names money.
    Look for phones first and blank them out: to this function a phone is only digits.
    """
    scanned = flat(text)
    read = (_sum_of_line(scanned, term) for term in _TERM.finditer(scanned))
    return [found for found in read if found]


def _sum_of_line(text: str, term: re.Match[str]) -> FoundMoney | None:
    money = _value(term, text)
    start = term.start()
    if money is None and term["before"] is None:
        # "89161234567 150к": a long number that is no part of the sum may stand before it.
        tail = re.search(r"(?<=\d{4} )\d{1,3}(?: \d{3})*(?:[.,]\d{1,2})?$", term["number"][-40:])
        if tail and (term["times"] or term["after"]):
            start = term.end("number") - len(tail[0])
            money = _scaled(tail[0], term)
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
    return bool(term["gap"] or letter not in "кk" or flat_or_screen)


def _stands_loose(text: str, term: re.Match[str], money: Money) -> bool:
    units = money.minor // 100
    if units < 1000 or (term["number"].isdecimal() and 1900 <= units < 2100):
        return False
    return bool(_LOOSE_AFTER.match(text, term.end()))


def _value(term: re.Match[str], text: str) -> Money | None:
    if text[term.end() : term.end() + 1].isalnum():
        return None
    return _scaled(term["number"], term)


def _scaled(number: str, term: re.Match[str]) -> Money | None:
    scale = _scale(term)
    read = _number(number, scaled=scale > 1)
    if read is None:
        return None
    digits, decimals = read
    minor, rest = divmod(digits * scale * 100, 10**decimals)
    currencies = {_currency(name) for name in (term["before"], term["after"]) if name}
    if re.fullmatch(r"т\.? ?р\.?", term["times"] or ""):
        currencies.add("RUB")
    if rest or minor > LARGEST_UNITS * 100 or len(currencies) > 1:
        return None
    return Money(minor, currencies.pop() if currencies else None)


def _number(written: str, *, scaled: bool) -> tuple[int, int] | None:
    """The digits of a written number and how many of them are decimals.

    Three digits after the only comma or point are thousands, for money has two decimals; before "млн" they
    could be either, so there is no answer.
    """
    if len(written) > 2 * _MOST_DIGITS:
        return None
    parts = re.split(r"[ .,']", written)
    marks = re.findall(r"[ .,']", written)
    decimals = ""
    fraction = len(marks) > 0 and marks[-1] in ".," and marks[-1] not in marks[:-1]
    if fraction and (len(parts[-1]) < 3 or (scaled and parts[0] == "0" and len(parts) == 2)):
        decimals = parts.pop()
        marks.pop()
    if marks and not _are_thousands(parts, marks):
        return None
    if scaled and len(marks) == 1 and marks[0] in ".," and not decimals:
        return None
    digits = "".join(parts) + decimals
    return (int(digits), len(decimals)) if len(digits) <= _MOST_DIGITS else None


def _are_thousands(parts: list[str], marks: list[str]) -> bool:
    grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3
    return grouped and len(set(marks)) == 1 and not parts[0].startswith("0")


def _scale(term: re.Match[str]) -> int:
    written = term["times"]
    if not written:
        return 1
    return next(scale for scale, words in _MULTIPLIERS.items() if re.fullmatch(words, written))


def _currency(written: str) -> str:
    return next(code for code, names in _CURRENCIES.items() if re.fullmatch(names, written))


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
