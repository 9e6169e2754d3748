"""How many taps each daily job takes, counted by doing it; `docs/taps.md` tells what was counted."""

from tests.stories.desk import Desk, unhurried
from tests.stories.jobs import JOBS
from tests.stories.wire import check_wire
from tests.stories.written import told
from tests.world import World

MOST = {"manager": 2, "head": 3}
MESSAGES = 1


async def test_each_daily_job_is_two_taps_for_a_manager_and_three_for_a_head(world: World) -> None:
    desk = Desk(world)
    await unhurried(world)
    lines = ["| Who | Rank | Job | From | Taps | Messages |", "|---|---|---|---|---|---|"]
    for job in JOBS:
        await job.do(desk)
        assert desk.taps <= MOST[job.role], job
        assert desk.messages <= MESSAGES, job
        assert desk.confirmations <= 1, job
        taps = f"{desk.taps} and a confirmation" if desk.confirmations else f"{desk.taps}"
        lines.append(f"| {job.role} | {job.number} | {job.name} | {job.start} | {taps} | {desk.messages} |")
    await check_wire(world)
    told("jobs", lines)
