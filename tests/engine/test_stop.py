"""SIGTERM finishes what is in hand and exits 0; a second one ends it at once."""

import asyncio
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from db.models import Inbox
from db.uow import Database
from tests.databases import new_sqlite
from tests.engine.kill import child
from tests.engine.rig import Rig, open_rig, until
from tests.forks import forks


async def test_it_finishes_what_is_in_hand(rig: Rig) -> None:
    rig.telegram.people[1001].start()
    gate = asyncio.Event()
    begun = asyncio.Event()

    async def wait(_update: object) -> None:
        begun.set()
        await gate.wait()

    rig.product.before = wait
    engine = await rig.start()
    await begun.wait()
    engine.stop()
    await asyncio.sleep(0.1)
    assert rig.product.seen == []
    gate.set()
    assert rig.task is not None
    await rig.task
    assert rig.product.seen == ["/start"]
    assert await rig.states(Inbox) == {"done": 1}


async def test_what_does_not_finish_is_given_back_for_the_next_start(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.engine.GRACE", 0.2)
    rig.telegram.people[1001].start()
    rig.product.before = lambda _update: asyncio.sleep(3600)
    await rig.start()

    async def stored() -> bool:
        return len(await rig.all(Inbox)) == 1

    await until(stored)
    await rig.stop()
    (row,) = await rig.all(Inbox)
    assert (row.state, row.lease_owner) == ("new", None)
    rig.product.before = None
    await rig.start()
    await until(lambda: rig.product.seen == ["/start"])


async def test_it_starts_and_stops_again_and_again(rig: Rig) -> None:
    for _ in range(5):
        await rig.start()
        await rig.stop()


async def test_a_part_that_dies_takes_the_program_down_in_order(rig: Rig) -> None:
    engine = await rig.start()
    engine._tasks["ticker"].cancel()
    assert rig.task is not None
    with pytest.raises(asyncio.CancelledError):
        await rig.task
    rig.engine = rig.task = None
    assert {task.done() for task in engine._tasks.values()} == {True}


async def serve_in_child(tmp_path: Path, signals: int) -> tuple[int | None, float]:
    """Start the program in a child, send it SIGTERM so many times; returns its exit code and the seconds."""
    db = Database.open(new_sqlite(tmp_path))
    async with open_rig(db, tmp_path) as rig:
        rig.telegram.people[1001].start()
        context = forks()
        ours, theirs = context.Pipe(duplex=False)
        url = db.engine.url.render_as_string(hide_password=False)
        process = context.Process(
            target=child,
            args=("tests.engine.scenarios:serve", 0, theirs, (url, rig.url, str(tmp_path))),
            daemon=True,
        )
        await asyncio.to_thread(process.start)
        await asyncio.to_thread(ours.recv)
        await until(lambda: len(rig.sent()) == 1)
        started = time.monotonic()
        assert process.pid is not None
        for _ in range(signals):
            with suppress(ProcessLookupError):  # it has ended already
                os.kill(process.pid, signal.SIGTERM)
            await asyncio.sleep(0.02)
        await asyncio.to_thread(process.join, 20)
        await db.close()
        return process.exitcode, time.monotonic() - started


async def test_sigterm_ends_with_0(tmp_path: Path) -> None:
    code, seconds = await serve_in_child(tmp_path, 1)
    assert code == 0
    assert seconds < 15


async def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    code, _ = await serve_in_child(tmp_path, 5)
    assert code in (0, 1)
