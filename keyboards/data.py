"""The base of all callback data. What comes back is a claim by whoever pressed, so it is parsed strictly."""

import re
from typing import Annotated, Any

from aiogram.filters.callback_data import CallbackData
from pydantic import BeforeValidator, Field

_DIGITS = re.compile(r"[0-9]{1,13}")


def _strict(value: Any) -> Any:
    """Only plain digits: int() alone would also take spaces, signs and underscores."""
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        raise ValueError("not a number")
    return value


Id = Annotated[int, BeforeValidator(_strict), Field(ge=0)]
"""A number in callback data."""


class Press(CallbackData, prefix="-"):
    """Data of one kind of button: a short prefix and numbers. At most 64 bytes in all."""

    def subject(self) -> tuple[str, int] | None:
        """The subject whose fresh card answers a press that came too late, if there is one."""
        return None


class HomeCb(Press, prefix="home"):
    """To the main menu."""


class CancelCb(Press, prefix="x"):
    """Close the open form."""
