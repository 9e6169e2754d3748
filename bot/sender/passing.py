"""Takes words away that were of use for a while."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest

from bot.limits import queued
from bot.sender.verdicts import Finding, judge
from db.models import Outbox


async def take_away(bot: Bot, row: Outbox) -> tuple[Finding, Exception] | None:
    """Delete the message that a row names, if it is still there; what has kept us from it, if anything."""
    token = queued.set(True)
    try:
        await bot.delete_message(row.chat_id, int(row.params["message"]))
    except TelegramBadRequest:
        return None  # Somebody was faster, or it is too old: there is nothing more to do.
    except TelegramAPIError as error:
        return judge(error), error
    finally:
        queued.reset(token)
    return None
