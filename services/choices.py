"""Codes that come from outside, checked against what there is to choose from."""

from enum import StrEnum
from typing import TypeVar

from services.errors import NotFoundError

E = TypeVar("E", bound=StrEnum)


def choice(kind: type[E], code: str) -> E:
    """The choice that a code stands for. Raises `choice.not_found`."""
    try:
        return kind(code)
    except ValueError:
        raise NotFoundError("choice") from None
