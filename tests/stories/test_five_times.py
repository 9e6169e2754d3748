"""Each update of the whole road handled five times: the same database as if it had come once."""

from pathlib import Path

from bot.forms import BEFORE
from handlers.forms import BUTTONS
from tests.stories.digest import Row, digest
from tests.stories.road import tap_as_shown, team_chat, whole
from tests.stories.staging import restarted, staged
from tests.stories.wire import check_wire
from tests.world import World

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
