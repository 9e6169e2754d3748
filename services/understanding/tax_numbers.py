"""Russian tax numbers: INN by their check digits, KPP by their form."""

import re
from collections.abc import Sequence

_INN = re.compile(r"(?!00)(?:[0-9]{10}|[0-9]{12})")
_KPP = re.compile(r"(?!00)[0-9]{4}[0-9A-Z]{2}[0-9]{3}")
_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def check_digit(digits: Sequence[int]) -> int:
    """The digit that follows these nine, ten or eleven of an INN.

    Source: order of the Russian tax service MMV-7-6/435@ of 29.06.2012, annex 1.
    """
    weights = _WEIGHTS[-len(digits) :]
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11 % 10


def is_inn(number: str) -> bool:
    """Whether this is an INN: ten digits of an organisation or twelve of a person, with check digits."""
    if not _INN.fullmatch(number):
        return False
    digits = [int(char) for char in number]
    checked = (9,) if len(digits) == 10 else (10, 11)
    return all(check_digit(digits[:place]) == digits[place] for place in checked)


def is_kpp(number: str) -> bool:
    """Whether this has the form of a KPP: four digits, two digits or capital letters, three digits."""
    return _KPP.fullmatch(number) is not None
