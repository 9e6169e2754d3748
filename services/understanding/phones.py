"""Phone numbers: found in text, brought to E.164, shown to people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.understanding.fold import flat
from services.understanding.tax_numbers import check_digit

DEFAULT_REGION = "RU"

_LONGEST_TEXT = 200
_LONGEST_NUMBER = 15
_MOST_GROUPS = 8
# The countries whose numbers people here write in full but without the plus.
_NEIGHBOURS = re.compile(r"37[0-5]|380|99[2-68]")
_RUN = re.compile(r"(?:\+ ?|(?<![\w/#№])(?<![a-z0-9]-))\(?(?:\+ ?)?\d(?:[ ().\-/]{0,3}\d)*")
_LINKED_RUN = re.compile(r"(?<=wa\.me/)\d{8,15}(?!\d)")
_GROUP = re.compile(r"\d+")
_EXTENSION = re.compile(
    r"[ ,;(]{0,3}(?:доб(?:авочный)?|вн(?:утр)?|ext(?:ension)?|x|#)[ :.]{0,2}(\d{1,6})(?!\d)\)?"
)
_WHOLE = re.compile(r"[ (]*(?:(?:тел(?:ефон)?|моб|phone|tel|mobile|т)[.: ]{0,3})?(\(?\+?[\d ().\-/]+)")
# What stands right before or after digits and says that they are no phone.
_OTHER_NUMBER = re.compile(
    r"(?:(?<!\w)(?:инн|кпп|огрн(?:ип)?|бик|снилс|окпо|[рк] ?/? ?сч?|счета?|карт[аыу]|договора?|заказа?"
    r"|накладная|паспорт|артикул|арт|inn|vat|iban|account|card|contract|order|invoice|passport|vin|sku|id)"
    r"|[№$€£₽])[ :.#№=-]{0,4}$"
)
_MONEY_AFTER = re.compile(r"\)? {0,2}(?:руб|р\b|[₽$€](?! ?\d)|usd|eur|rub|тыс|млн)")
_SHAPES_OF_OTHERS = (
    re.compile(r"\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}"),  # a bank card
    re.compile(r"\d{3}-\d{3}-\d{3}[ -]\d{2}"),  # an insurance number
    re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{2,4}(?: \d{1,2}.*)?"),  # a date
)


@dataclass(frozen=True, slots=True)
class FoundPhone:
    """A phone at `text[start:end]`; the extension, if any, lies inside these bounds."""

    start: int
    end: int
    e164: str
    extension: str | None = None


def normalise(text: str, region: str = DEFAULT_REGION) -> str | None:
    """The one phone that a person typed as E.164, or None if there is none or more than one.

    `region` is the country (ISO 3166) of numbers written without a country code. Extensions are dropped.
    """
    typed = flat(text).strip()
    if not typed or len(typed) > _LONGEST_TEXT:
        return None
    bare = _EXTENSION.sub("", typed)
    if whole := _WHOLE.fullmatch(bare):
        digits = "".join(_GROUP.findall(whole[1]))
        if e164 := _resolve(digits, region, plus="+" in whole[1]):
            return e164
    numbers = {phone.e164 for phone in find(text, region)}
    return numbers.pop() if len(numbers) == 1 else None


def find(text: str, region: str = DEFAULT_REGION) -> list[FoundPhone]:
    """All phones of a free text in order; sums, dates, account and tax numbers are left alone."""
    scanned = flat(text)
    found = [
        FoundPhone(match.start(), match.end(), e164)
        for match in _LINKED_RUN.finditer(scanned)
        if (e164 := _resolve(match[0], region, plus=True))
    ]
    for run in _RUN.finditer(scanned):
        found.extend(_phones_of_run(scanned, run, region))
    return sorted(found, key=lambda phone: phone.start)


def show(e164: str) -> str:
    """`+79161234567` as people write it: `+7 916 123-45-67`; what is no phone comes back unchanged."""
    if len(e164) == 12 and e164.startswith(("+73", "+74", "+78", "+79")) and e164[1:].isdecimal():
        return f"+7 {e164[2:5]} {e164[5:8]}-{e164[8:10]}-{e164[10:]}"
    import phonenumbers  # Heavy, and most numbers need no table of countries.

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _phones_of_run(text: str, run: re.Match[str], region: str) -> Iterator[FoundPhone]:
    """The phones in one run of digit groups: the longest valid row of groups wins."""
    if any(shape.fullmatch(run[0]) for shape in _SHAPES_OF_OTHERS):
        return
    if _OTHER_NUMBER.search(text, max(0, run.start() - 24), run.start()):
        return
    plus = "+" in run[0]
    groups = [(run.start() + group.start(), run.start() + group.end()) for group in _GROUP.finditer(run[0])]
    first = 0
    free = True  # Whether the number before this group, if any, was a phone.
    while first < len(groups):
        begin = run.start() if first == 0 else groups[first][0]
        for last in _ends(groups, first):
            end = groups[last][1]
            parts = [text[a:b] for a, b in groups[first : last + 1]]
            e164 = _plausible(parts, region, plus=plus and first == 0, alone=free)
            if e164 and not _MONEY_AFTER.match(text, end):
                begin += text[begin] == "(" and ")" not in text[begin:end]
                extension = _EXTENSION.match(text, end)
                yield FoundPhone(
                    begin, extension.end() if extension else end, e164, extension and extension[1]
                )
                first, free = last, True
                break
        else:
            free = False
        first += 1


def _ends(groups: list[tuple[int, int]], first: int) -> list[int]:
    """The groups with which a number that starts at group `first` could end, longest number first."""
    ends: list[int] = []
    digits = 0
    for n in range(first, min(first + _MOST_GROUPS, len(groups))):
        digits += groups[n][1] - groups[n][0]
        if digits > _LONGEST_NUMBER:
            break
        if digits >= 8:
            ends.insert(0, n)
    return ends


def _plausible(parts: list[str], region: str, *, plus: bool, alone: bool) -> str | None:
    """The number that the groups write, if people write phones that way."""
    digits = "".join(parts)
    if plus:
        return _resolve(digits, region, plus=True)
    if not 9 <= len(digits) <= _LONGEST_NUMBER or _is_tax_number(parts):
        return None
    after_trunk = parts[1:] if parts[0] in ("1", "7", "8") else parts
    if after_trunk and after_trunk[0] == "10":
        after_trunk = after_trunk[1:]
    if not after_trunk or not (len(after_trunk[0]) >= 3 or digits.startswith("0")):
        return None
    if not alone and not re.match(r"[78]?9", digits):
        return None
    return _resolve(digits, region, plus=False)


def _is_tax_number(parts: list[str]) -> bool:
    """Whether an unbroken number is a Russian tax number (10 or 12 digits with check digits).

    Ten digits that start with 9 are left to the phones: every eleventh mobile number fits the check.
    """
    if len(parts) > 1 or len(parts[0]) not in (10, 12):
        return False
    digits = [int(char) for char in parts[0]]
    if len(digits) == 10:
        return digits[0] == 7 or (digits[0] != 9 and check_digit(digits[:9]) == digits[9])
    return check_digit(digits[:10]) == digits[10] and check_digit(digits[:11]) == digits[11]


def _resolve(digits: str, region: str, *, plus: bool) -> str | None:
    if not 8 <= len(digits) <= _LONGEST_NUMBER + 2:
        return None
    if plus:
        # "+8 916 ..." is the trunk 8 of somebody who learned that a number starts with a plus.
        return _valid(f"+{digits}", None) or (_valid(digits, region) if digits[0] == "8" else None)
    if digits.startswith("00"):
        return _valid(f"+{digits[2:]}", None)
    if e164 := _valid(digits, region):
        return e164
    return _valid(f"+{digits}", None) if len(digits) in (11, 12) and _NEIGHBOURS.match(digits) else None


def _valid(number: str, region: str | None) -> str | None:
    import phonenumbers  # Heavy: loaded when the first phone is read, not when the program starts.

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
