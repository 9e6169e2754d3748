"""Timers fire once, whatever happens, and never silently not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import ticker as ticker_module
from bot.ticker import JumpWatch, UndeclaredTimerError
from db.models import Timer
from tests.engine.rig import Rig, until


class Fired:
    """A kind of timer whose firing is counted."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.effects: list[int] = []
        self.calls = 0
        self.trouble: list[Exception] = []
        self.forgets = False

    async def __call__(self, timer: Timer) -> None:
        self.calls += 1
        if self.trouble:
            raise self.trouble.pop()
        if self.forgets:
            return
        async with self.rig.db.write() as uow:
            if await uow.timers.mark_fired(timer.id, datetime.now(UTC)):
                self.effects.append(timer.id)


@pytest.fixture
async def fired(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Fired:
    monkeypatch.setattr(ticker_module, "backoff", lambda *_, **__: 0.05)
    made = Fired(rig)
    rig.timers = {"reminder": made}
    return made


async def test_what_is_due_fires_once_and_what_is_not_does_not(rig: Rig, fired: Fired) -> None:
    await rig.timer("reminder", -3600, "old")
    await rig.timer("reminder", 3600, "future")
    await rig.start()
    await until(lambda: len(fired.effects) == 1)
    await rig.timer("reminder", 0, "now")

    async def done() -> bool:
        return await rig.states(Timer) == {"done": 2, "new": 1}

    await until(done)
    assert len(fired.effects) == 2


async def test_many_that_are_overdue_are_all_settled(rig: Rig, fired: Fired) -> None:
    now = datetime.now(UTC)
    async with rig.db.write() as uow:
        for number in range(500):
            await uow.timers.set(
                kind="reminder",
                subject="deal",
                subject_id=number,
                dedupe=str(number),
                params={},
                due_at=now - timedelta(seconds=number),
                created_at=now,
            )
    await rig.start()
    await until(lambda: len(fired.effects) == 500)
    assert len(set(fired.effects)) == fired.calls == 500


async def test_a_timer_that_fails_is_tried_again(rig: Rig, fired: Fired) -> None:
    fired.trouble = [ValueError("bad"), OSError("disk")]
    await rig.timer("reminder", 0, "a")
    await rig.start()

    async def done() -> bool:
        return await rig.states(Timer) == {"done": 1}

    await until(done)
    (timer,) = await rig.all(Timer)
    assert (timer.attempts, timer.error, len(fired.effects)) == (2, None, 1)


async def test_a_timer_that_fails_always_is_dead_and_others_fire(
    rig: Rig, fired: Fired, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticker_module, "TRIES", 2)
    fired.trouble = [ValueError("bad"), ValueError("bad")]
    await rig.timer("reminder", -1, "bad")
    await rig.start()

    async def dead() -> bool:
        return await rig.states(Timer) == {"dead": 1}

    await until(dead)
    await rig.timer("reminder", 0, "good")
    await until(lambda: len(fired.effects) == 1)


async def test_a_timer_that_was_not_marked_counts_as_failed(rig: Rig, fired: Fired) -> None:
    fired.forgets = True
    await rig.timer("reminder", 0, "a")
    await rig.start()

    async def noticed() -> bool:
        return (await rig.all(Timer))[0].attempts > 0

    await until(noticed)
    assert (await rig.all(Timer))[0].state == "new"


async def test_a_kind_that_nothing_fires_does_not_start(rig: Rig) -> None:
    await rig.timer("forgotten", 3600, "a")
    await rig.start()
    assert rig.task is not None
    with pytest.raises(UndeclaredTimerError, match="forgotten"):
        await rig.task
    rig.engine = rig.task = None


async def test_a_cancelled_timer_does_not_fire(rig: Rig, fired: Fired) -> None:
    await rig.timer("reminder", -1, "a")
    async with rig.db.write() as uow:
        await uow.timers.cancel("reminder", "deal", 1, datetime.now(UTC))
    await rig.timer("reminder", -1, "b")
    await rig.start()
    await until(lambda: len(fired.effects) == 1)
    assert fired.calls == 1


async def test_ticks_go_on_after_the_clock_was_set_back(
    rig: Rig, fired: Fired, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticker_module, "STALLED", 0.3)
    engine = await rig.start()
    await until(lambda: bool(engine.ticker.jobs()))
    # What APScheduler makes of a clock that was set back by an hour.
    for job in engine.ticker.jobs():
        job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=1))
    await rig.timer("reminder", 0, "a")
    await until(lambda: len(fired.effects) == 1)


def test_a_jump_of_the_clock_is_noticed_and_drift_is_not() -> None:
    watch = JumpWatch()
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert watch.jumped(start, 100.0) == 0
    assert watch.jumped(start + timedelta(seconds=2), 101.0) == 0
    assert watch.jumped(start + timedelta(minutes=40, seconds=3), 102.0) == pytest.approx(2400)
    assert watch.jumped(start + timedelta(minutes=40, seconds=4), 103.0) == 0
    assert watch.jumped(start, 104.0) < -2000
    assert watch.jumped(start + timedelta(hours=5), 104.0 + 5 * 3600) == 0


async def test_nothing_fires_in_the_tick_of_a_jump(rig: Rig, fired: Fired) -> None:
    engine = rig.build()
    await rig.timer("reminder", 1800, "a")
    ahead = timedelta(0)
    real = engine.ticker._clock

    class Moved:
        def now(self) -> datetime:
            return real.now() + ahead

    engine.ticker._clock = Moved()
    await engine.ticker.tick()
    ahead = timedelta(hours=1)
    await engine.ticker.tick()
    assert fired.calls == 0
    ahead = timedelta(0)
    await engine.ticker.tick()
    assert fired.calls == 0
