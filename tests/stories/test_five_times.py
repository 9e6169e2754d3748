"""Each update of the whole road handled five times, each button of a day pressed five times: done once."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.forms import BEFORE
from handlers.forms import BUTTONS
from tests.stories.days import before_the_day, finance, head, manager
from tests.stories.digest import Row, digest
from tests.stories.road import tap, tap_as_shown, team_chat, whole
from tests.stories.staging import restarted, staged
from tests.stories.wire import check_wire, shown
from tests.world import Hand, World

TIMES = 5
HURRIED = ("inbox", "form", "card", "beat", "outbox", "timer")
"""What every press leaves behind, and what only follows the deeds."""
PASSED_ON = ("inbox", "beat", "card")
"""What is compared with the forms that are open at the end, too."""


async def test_five_times_is_as_good_as_once(backend: str, tmp_path: Path) -> None:
    async with staged(backend, tmp_path) as once, staged(backend, tmp_path) as often:
        await team_chat(once)
        await whole(once)
        async with restarted(often, times=5) as repeated:
            await team_chat(repeated)
            await whole(repeated, tap=tap_as_shown)
            for update in repeated.telegram.bot.updates.history:
                repeated.telegram.deliver_again(update)
            await repeated.settle()
            await check_wire(repeated)
        assert await effects(often) == await effects(once)


@pytest.mark.parametrize("day", [manager, head, finance])
async def test_a_button_that_is_pressed_five_times_at_once_does_its_deed_once(
    backend: str, tmp_path: Path, day: Callable[..., AsyncIterator[str]]
) -> None:
    async with staged(backend, tmp_path) as once, staged(backend, tmp_path) as often:
        for world, taps in ((once, tap), (often, tap_five_times)):
            await before_the_day(world)
            async for _ in day(world, taps):
                pass
            await check_wire(world)
        assert await done_in(often) == await done_in(once)


async def done_in(world: World) -> dict[str, list[Row]]:
    """All that was done, by whichever of the presses."""
    found = await digest(world.db, HURRIED)
    for row in found["event"]:
        del row["update_id"]
    return found


async def tap_five_times(hand: Hand, label: str) -> None:
    """Press a button by an impatient finger; each press has its answer.

    The press before may have found the screen changed, and brought up what stands now: then it is the newest
    button of this name that was shown.
    """
    screen, data = hand.screen, None
    if not any(label in one for one in hand.labels):
        mine = [one for one in shown(hand.world) if one.chat_id == hand.person.id and label in one.label]
        label, data = "", mine[-1].data
    presses = [hand.person.press(screen, label, data=data) for _ in range(TIMES)]
    await hand.world.settle()
    assert None not in [await press.answered(0.2) for press in presses], label


async def effects(world: World) -> dict[str, list[Row]]:
    """All but what follows the cards of a chat: a repeated answer may put a card elsewhere."""
    found = await digest(world.db, PASSED_ON)
    found["outbox"] = [row for row in found["outbox"] if row["kind"] != "refresh"]
    for table in ("outbox", "form"):  # Their keys count what was tried, too.
        found[table] = [{name: value for name, value in row.items() if name != "id"} for row in found[table]]
    for row in found["form"]:
        row["data"] = _unnumbered(row["data"])
    return found


def _unnumbered(data: Row) -> Row:
    """A form without what is numbered by its message: the key of a draft, and the buttons that carry it."""
    kept = {name: value for name, value in data.items() if name not in ("draft", BUTTONS)}
    if BEFORE in kept:
        kept[BEFORE] = kept[BEFORE] | {"data": _unnumbered(kept[BEFORE]["data"])}
    return kept
