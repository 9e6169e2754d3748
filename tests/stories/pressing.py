"""Many presses at once, on the first message that the bot ever sent to whoever presses."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.presses import CallbackAnswer
from tests.stories.wire import ANY
from tests.world import World

AT_ONCE = 40
"""Telegram forgets a press after 150 seconds, so that they are not piled up without end."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press and what came of it."""

    id: str
    name: str
    data: str
    answer: CallbackAnswer | None


async def press_all(world: World, wanted: Iterable[tuple[str, str]]) -> list[Pressed]:
    """Press (who, data) in this order for each person, and wait until all is settled."""
    found: list[Pressed] = []
    todo = list(wanted)
    anvils = {name: world.hands[name].messages for name, _ in todo}
    first = {name: next(one for one in messages if one.from_bot) for name, messages in anvils.items()}
    for start in range(0, len(todo), AT_ONCE):
        batch = todo[start : start + AT_ONCE]
        presses = [world.hands[name].person.press(first[name], data=data) for name, data in batch]
        await world.settle()
        found += [
            Pressed(press.id, name, data, await press.answered(0.2))
            for (name, data), press in zip(batch, presses, strict=True)
        ]
    return found


def unanswered(pressed: list[Pressed]) -> list[Pressed]:
    """Those whose progress bar still turns."""
    return [one for one in pressed if one.answer is None]


def passed_over(world: World, pressed: list[Pressed], since: int) -> list[Pressed]:
    """Those that were answered with neither a word nor a screen."""
    mine = {one.id: one for one in pressed}
    chats = {one.id: world.hands[one.name].person.id for one in pressed}
    screens, silent = set[int](), []
    for call in list(world.telegram.calls)[since:]:
        query = str(call.params.get("callback_query_id"))
        if call.method.lower() in ANY and call.chat_id is not None:
            screens.add(call.chat_id)
        elif query in mine:
            if not call.params.get("text") and chats[query] not in screens:
                silent.append(mine[query])
            screens.discard(chats[query])
    return silent
