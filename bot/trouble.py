"""Trouble that passes by itself: Telegram or the database cannot be reached just now."""

import random

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

PASSING = (
    TelegramNetworkError,
    TelegramServerError,
    TelegramRetryAfter,
    ClientDecodeError,  # a gateway's HTML page in the place of an answer
    OperationalError,
    InterfaceError,
    PoolTimeoutError,
    OSError,
)


def backoff(failures: int, *, first: float, most: float) -> float:
    """Seconds to wait after so many failures: doubling, capped, and spread so that not all come at once."""
    return min(most, first * 2.0 ** min(failures - 1, 30)) * random.uniform(0.75, 1.0)  # noqa: S311 - no secret


def told(error: BaseException) -> str:
    """An error for the log and the row, in one line. Other kinds may quote what people wrote."""
    name = type(error).__name__
    return (
        f"{name}: {error}".splitlines()[0][:200] if isinstance(error, (*PASSING, TelegramAPIError)) else name
    )
