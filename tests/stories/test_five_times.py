"""Each update of the whole road handled five times: the same database as if it had come once."""

from pathlib import Path

from tests.stories.digest import digest
from tests.stories.road import tap_as_shown, team_chat, whole
from tests.stories.staging import restarted, staged
from tests.stories.wire import check_wire

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
        assert await digest(often.db, PASSED_ON) == await digest(once.db, PASSED_ON)
