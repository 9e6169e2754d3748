"""kill -9 at every point between an update, its commit and the sending: nothing lost, nothing twice."""

from collections import Counter
from datetime import timedelta

import pytest

from db.models import Inbox, Outbox, Timer
from tests.engine.kill import Run, every_death, run
from tests.engine.rig import Rig

WORK = "tests.engine.scenarios:work"


@pytest.fixture
async def closed(rig: Rig) -> Rig:
    """No connection of ours stays open while children work on the database."""
    await rig.db.engine.dispose()
    return rig


def arguments(rig: Rig, updates: int) -> tuple[str, str, str, int]:
    url = rig.db.engine.url.render_as_string(hide_password=False)
    return url, rig.url, str(rig.folder), updates


def duplicates(rig: Rig) -> Counter[str]:
    """Messages that Telegram accepted more than once, and how often too many."""
    texts = Counter(rig.sent("queued"))
    return Counter({text: count - 1 for text, count in texts.items() if count > 1})


def in_window(death: Run) -> bool:
    """Whether it died between Telegram's acceptance of a message and the record of it."""
    last = len(death.points) - 1
    sends = [index for index, point in enumerate(death.points) if point == "after sendMessage"]
    return bool(sends) and last >= sends[0]


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_an_update_and_its_message_survive_every_death(closed: Rig) -> None:
    rig = closed
    anna, updates = rig.telegram.people[1001], next(iter(rig.telegram.bots.values())).updates
    anna.start()
    said = 1
    async for death in every_death(WORK, lambda: arguments(rig, said)):  # noqa: B023 - as it is by then
        killed = f"killed {death.points[-1]}"
        assert said - len(updates.pending()) <= len(await rig.all(Inbox)), f"confirmed, not stored, {killed}"
        await rig.db.engine.dispose()
        await run(WORK, *arguments(rig, said))
        events = await rig.events()
        assert len(events) == len(set(events)) == said, killed
        assert len(set(rig.sent())) == 1, killed
        assert sum(duplicates(rig).values()) <= (1 if in_window(death) else 0), killed
        assert await rig.states(Outbox) == {"sent": said}, killed
        await rig.db.engine.dispose()
        rig.telegram.calls.clear()
        said += 1
        anna.send(None, f"text {said}")
    assert said > 10


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_timer_and_its_message_survive_every_death(closed: Rig) -> None:
    rig = closed
    rig.telegram.people[1001].start()
    next(iter(rig.telegram.bots.values())).updates.clear()
    number = 0

    async def next_timer() -> None:
        nonlocal number
        number += 1
        await rig.timer("reminder", -timedelta(seconds=1).total_seconds(), f"t{number}")
        await rig.db.engine.dispose()

    await next_timer()
    async for death in every_death(WORK, lambda: arguments(rig, 0)):
        await run(WORK, *arguments(rig, 0))
        assert await rig.states(Timer) == {"done": number}
        assert await rig.states(Outbox) == {"sent": number}
        assert len(set(rig.sent())) == 1
        assert sum(duplicates(rig).values()) <= (1 if in_window(death) else 0), f"killed {death.points[-1]}"
        rig.telegram.calls.clear()
        await next_timer()
    assert number > 8
