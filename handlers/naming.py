"""Who is named in a group where a deal is spoken of, and what is told of it."""

from dataclasses import replace

from aiogram.types import Message

from handlers.group_looks import is_absent
from handlers.sent import read_mentions
from handlers.turn import Turn
from handlers.views import team_talk as views
from services.dto.mentions import Heard, Mentions
from services.dto.tasks import Link


async def named_in(turn: Turn, message: Message) -> Mentions:
    """Who is named besides us: a command in a group may begin with that."""
    named, us = read_mentions(message), (await turn.bot.me()).username or ""
    return replace(named, usernames=named.usernames - {us.lower()})


async def named_here(turn: Turn, about: Link, message: Message) -> Mentions:
    """The same where something is spoken of, and which of those who would come to it are not in the group."""
    named = await named_in(turn, message)
    come = await turn.services.team_talk.newcomers(turn.actor, about, named) if named else ()
    away = frozenset([one for one in come if await is_absent(turn.bot, turn.chat_id, one)])
    return replace(named, away=away)


async def tell_named(turn: Turn, heard: Heard) -> None:
    """Everybody reads who came; whoever named others, why these did not."""
    if heard.come:
        await turn.say(views.brought_in(heard.come, await turn.aloud()))
    if heard.blind or heard.away or heard.unknown:
        await turn.aside(views.not_come(heard, turn.t))
