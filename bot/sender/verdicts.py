"""What an error from Telegram means for the message; the words are those of Telegram's own server."""

from dataclasses import dataclass
from enum import Enum, auto

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientConnectorError


class Verdict(Enum):
    """What to do."""

    DONE = auto()
    """It shows already what it should."""
    GONE = auto()
    """The message to edit does not exist any more, or cannot be edited."""
    PLAIN = auto()
    """Its text is not accepted: send it without markup, and cut."""
    BARE = auto()
    """Its buttons are not accepted: send it without them."""
    NO_THREAD = auto()
    """The topic is gone: send it to the chat itself."""
    MOVED = auto()
    """The group has another id now."""
    NO_RIGHTS = auto()
    """We may not post in this channel, or not any more."""
    UNREACHABLE = auto()
    """Nobody can be written to there."""
    PAUSE = auto()
    """Telegram names the time after which to come again."""
    OUTAGE = auto()
    """Telegram did not get it, or says that it has trouble of its own."""
    AMBIGUOUS = auto()
    """The line broke after it was written: Telegram may have got it."""
    UNKNOWN = auto()
    """Try again later, without holding up others."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict, with the seconds to pause or the group's new id."""

    verdict: Verdict
    value: int = 0


_WORDS = (
    ("message is not modified", Verdict.DONE),
    ("message to edit not found", Verdict.GONE),
    ("message can't be edited", Verdict.GONE),
    ("message_id_invalid", Verdict.GONE),
    ("there is no text in the message to edit", Verdict.GONE),
    ("message thread not found", Verdict.NO_THREAD),
    ("topic_closed", Verdict.NO_THREAD),
    ("topic_deleted", Verdict.NO_THREAD),
    ("topic_id_invalid", Verdict.NO_THREAD),
    ("topic_not_modified", Verdict.DONE),
    ("can't parse entities", Verdict.PLAIN),
    ("is too long", Verdict.PLAIN),
    ("message_too_long", Verdict.PLAIN),
    ("entities_too_long", Verdict.PLAIN),
    ("button", Verdict.BARE),
    ("reply markup", Verdict.BARE),
    ("rights in the channel chat", Verdict.NO_RIGHTS),
    ("chat not found", Verdict.UNREACHABLE),
    ("peer_id_invalid", Verdict.UNREACHABLE),
    ("user not found", Verdict.UNREACHABLE),
)


def judge(error: Exception) -> Finding:
    """What an error that a call ended with means."""
    match error:
        case TelegramRetryAfter():
            return Finding(Verdict.PAUSE, error.retry_after)
        case TelegramMigrateToChat():
            return Finding(Verdict.MOVED, error.migrate_to_chat_id)
        case TelegramForbiddenError():
            return Finding(Verdict.UNREACHABLE)
        case TelegramBadRequest():
            words = error.message.casefold()
            return Finding(next((verdict for part, verdict in _WORDS if part in words), Verdict.UNKNOWN))
        case TelegramEntityTooLarge():
            return Finding(Verdict.UNKNOWN)
        case TelegramServerError():
            return Finding(Verdict.OUTAGE)
        case TelegramNetworkError():
            refused = isinstance(error.__cause__, ClientConnectorError)
            return Finding(Verdict.OUTAGE if refused else Verdict.AMBIGUOUS)
        case ClientDecodeError() | OSError():
            return Finding(Verdict.AMBIGUOUS)
        case _:
            return Finding(Verdict.UNKNOWN)
