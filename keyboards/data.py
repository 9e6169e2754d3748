"""The base of all callback data. What comes back is a claim by whoever pressed, so it is parsed strictly."""

import re
from typing import Annotated, Any, Self

from aiogram.filters.callback_data import MAX_CALLBACK_LENGTH, CallbackData
from pydantic import BeforeValidator, Field

_DIGITS = re.compile(r"[0-9]{1,13}")


def _strict(value: Any) -> Any:
    """Only plain digits: int() alone would also take spaces, signs and underscores."""
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        raise ValueError("not a number")
    return value


Id = Annotated[int, BeforeValidator(_strict), Field(ge=0)]
"""A number in callback data."""
Few = Annotated[int, BeforeValidator(_strict), Field(ge=0, le=9_999)]
"""A small one, of a page or of days, where there is room for no more."""


class Press(CallbackData, prefix="-"):
    """Data of one kind of button: a short prefix and numbers. At most 64 bytes in all."""

    def pack(self) -> str:
        """As aiogram packs it, but without a dump of the model for each button of each card."""
        separator = self.__separator__
        values = [self._encode_value(name, value) for name, value in self.__dict__.items()]
        packed = separator.join((self.__prefix__, *values))
        if packed.count(separator) != len(values) or len(packed.encode()) > MAX_CALLBACK_LENGTH:
            return super().pack()  # It says what is wrong.
        return packed

    @classmethod
    def unpack(cls, value: str) -> Self:
        """As aiogram parses it; what a button does not say that is older than the question, is as usual."""
        separator = cls.__separator__
        unsaid = [*cls.model_fields.values()][value.count(separator) :]
        if not any(field.is_required() for field in unsaid):
            value = separator.join((value, *(str(field.default) for field in unsaid)))
        return super().unpack(value)

    def subject(self) -> tuple[str, int] | None:
        """The subject whose fresh card answers a press that came too late, if there is one."""
        return None


class HomeCb(Press, prefix="home"):
    """To the main menu."""


class CancelCb(Press, prefix="x"):
    """Close the open form."""
