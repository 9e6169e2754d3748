"""What every story asks of the wire: each message and each button that ever left the bot is sound."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from db.models import Inbox
from handlers.registry import Registry
from sandbox.transcript import Call
from tests.world import World

LONGEST_LABEL = 40
NEW = ("sendmessage", "sendphoto", "senddocument")
BACK = "◀️"
"""The way back may lead to what is offered, too."""
BLANK = "nop"
"""A cell of a calendar that is only there to be seen."""
ANY = (*NEW, "editmessagetext")
EXPECTED_REFUSALS = ("message is not modified", "query is too old")
RAW = re.compile(r"</?(?:b|i|u|s|code|pre|a)>|\{[a-z_]+\}")
"""Markup or parameters that a reader was never meant to see."""


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button that somebody was shown."""

    chat_id: int
    label: str
    data: str


def buttons_of(call: Call) -> list[Button]:
    """The callback buttons that one call put on a screen."""
    markup = call.params.get("reply_markup") or {}
    if isinstance(markup, str):
        markup = json.loads(markup)
    return [
        Button(call.chat_id or 0, button["text"], button["callback_data"])
        for row in markup.get("inline_keyboard", [])
        for button in row
        if "callback_data" in button
    ]


def shown(world: World, since: int = 0) -> list[Button]:
    """Every callback button shown to anybody, once for each chat and each data."""
    seen = {
        (one.chat_id, one.data): one
        for call in list(world.telegram.calls)[since:]
        for one in buttons_of(call)
    }
    return list(seen.values())


def said(world: World, name: str, methods: tuple[str, ...] = ANY, since: int = 0) -> list[str]:
    """All texts in somebody's private chat, new ones and those that took their place, in order."""
    chat = world.hands[name].person.id
    calls = [call for call in list(world.telegram.calls)[since:] if call.ok and call.chat_id == chat]
    wanted = [call for call in calls if call.method.lower() in methods]
    return [str(call.params.get("text") or call.params.get("caption") or "") for call in wanted]


def sent(world: World, name: str, since: int = 0) -> list[str]:
    """The texts of the new messages there: those that make a phone ring."""
    return said(world, name, NEW, since)


async def check_wire(world: World) -> None:
    """Nothing was refused, no button is unknown, twice or too long, and no update was given up."""
    faults = [fault for call in world.telegram.calls for fault in _faults(call, world.registry)]
    assert not faults, faults
    given_up = await world.rows(select(Inbox.id, Inbox.error).where(Inbox.state != "done"))
    assert not given_up, given_up


def _faults(call: Call, registry: Registry) -> Iterator[str]:
    if call.error and not any(words in call.error for words in EXPECTED_REFUSALS):
        yield f"{call.method} was refused: {call.error}"
    own = [one for one in buttons_of(call) if not one.label.startswith(BACK) and one.data != BLANK]
    datas = [button.data for button in own]
    if len(set(datas)) != len(datas):
        yield f"two buttons do the same: {datas}"
    for button in buttons_of(call):
        if len(button.label) > LONGEST_LABEL:
            yield f"too long: {button.label}"
        if not is_known(registry, button.data):
            yield f"nothing answers {button.data!r}"


def is_known(registry: Registry, data: str) -> bool:
    """Whether a press with this data reaches a handler."""
    route = registry.presses.get(data.partition(":")[0])
    if route is None or route.data is None:
        return False
    try:
        route.data.unpack(data)
    except (ValueError, TypeError):
        return False
    return True


def readable(world: World) -> list[str]:
    """All that people have read: texts as they are shown, labels, toasts."""
    texts = [message.text for hand in world.hands.values() for message in hand.messages if message.from_bot]
    labels = [button.label for button in shown(world)]
    toasts = [str(call.params.get("text") or "") for call in world.telegram.calls.of("answerCallbackQuery")]
    return [*texts, *labels, *toasts]
