"""One written sum: its number, its multiplier and its currency, as a match of `TERM`."""

import re
from dataclasses import dataclass

LARGEST_UNITS = 10**12

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


CURRENCY = _longest_first("|".join(_CURRENCIES.values()))
_MULTIPLIER = _longest_first("|".join(_MULTIPLIERS.values()))
TERM = re.compile(
    rf"(?:(?<!{_LETTER})(?P<before>{CURRENCY}) ?)?"
    # The number takes all that it can and gives nothing back: so the time stays linear. A possessive group
    # would say the same, but Python before 3.11.5 misreads one (python/cpython#106052).
    r"(?<![\w.,'])(?=(?P<number>\d+(?:[ .,']\d+)*))(?P=number)"
    rf"(?:(?P<gap> ?)(?P<times>{_MULTIPLIER})(?!\w))?"
    rf"(?: ?(?P<after>{CURRENCY})(?!\w))?"
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in minor units (kopecks, cents); `currency` is ISO 4217, None where none was named."""

    minor: int
    currency: str | None = None


def value(term: re.Match[str], text: str) -> Money | None:
    """What a term comes to, or None where its number is none or letters follow at once."""
    if text[term.end() : term.end() + 1].isalnum():
        return None
    return scaled_value(term["number"], term)


def scaled_value(number: str, term: re.Match[str]) -> Money | None:
    """What a number comes to with the multiplier and the currency of a term."""
    scale = scale_of(term)
    read = _number(number, scaled=scale > 1)
    if read is None:
        return None
    digits, decimals = read
    minor, rest = divmod(digits * scale * 100, 10**decimals)
    currencies = {currency_of(name) for name in (term["before"], term["after"]) if name}
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


def scale_of(term: re.Match[str]) -> int:
    """By what the number of a term is multiplied."""
    written = term["times"]
    if not written:
        return 1
    return next(scale for scale, words in _MULTIPLIERS.items() if re.fullmatch(words, written))


def currency_of(written: str) -> str:
    """The code (ISO 4217) of a currency as it was written."""
    return next(code for code, names in _CURRENCIES.items() if re.fullmatch(names, written))
