"""What a handler shows: a text with buttons, perhaps a picture or a file."""

from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from keyboards.tongue import Html


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. With a `subject` it is that subject's card in its chat, edited in place from then on."""

    text: Html
    keyboard: InlineKeyboardMarkup | None = None
    subject: tuple[str, int] | None = None
    public: bool = False
    """Safe for every member of a group; all other screens go to the presser's private chat instead."""
    protect: bool = False
    """Telegram should hinder forwarding and saving."""
    photo: bytes | None = None
    document: tuple[str, bytes] | None = None
    """A file's name and content."""
    away: bool = False
    """The card is to be taken away where it stands; where Telegram does not let us it reads like this."""
    reply_keyboard: ReplyKeyboardMarkup | ReplyKeyboardRemove | None = None
    """Replaces the keyboard under the input; not together with inline buttons."""
