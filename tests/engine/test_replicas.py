"""Several instances on one PostgreSQL share the work: nothing lost, nothing twice, each chat in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from db.leases import Holder
from db.models import Beat, Inbox, Outbox, Timer
from db.uow import Database
from tests.databases import drop_postgres, new_postgres
from tests.engine.rig import message, open_rig, until
from tests.engine.test_intake import text_update

pytestmark = pytest.mark.postgres
NOW = datetime(2026, 11, 21, tzinfo=UTC)
A, B = Holder("a", NOW), Holder("b", NOW)


@pytest.fixture
async def shared() -> AsyncIterator[str]:
    url = new_postgres()
    yield url
    drop_postgres(url)


@pytest.fixture
async def two(shared: str) -> AsyncIterator[tuple[Database, Database]]:
    first, second = Database.open(shared), Database.open(shared)
    yield first, second
    await first.close()
    await second.close()


def lane(numbers: range, name: str) -> list[tuple[int, int, str, dict[str, object]]]:
    return [(42, number, name, {"update_id": number}) for number in numbers]


async def test_an_update_is_not_taken_while_an_earlier_one_of_its_lane_is_elsewhere(
    two: tuple[Database, Database],
) -> None:
    first, second = two
    async with first.write() as uow:
        mine, _ = await uow.inbox.store(lane(range(2), "x"), A, 10, shared=True)
    async with second.write() as uow:
        theirs, left = await uow.inbox.store(
            lane(range(2, 4), "x") + lane(range(4, 5), "y"), B, 10, shared=True
        )
    assert ([row.update_id for row in theirs], left) == ([4], True)
    async with second.write() as uow:
        assert await uow.inbox.claim(B, 10) == []
    async with first.write() as uow:
        await uow.inbox.mark_done([row.id for row in mine])
    async with second.write() as uow:
        assert [row.update_id for row in await uow.inbox.claim(B, 10)] == [2, 3]


async def test_what_a_dead_instance_held_is_taken_when_its_lease_ends(two: tuple[Database, Database]) -> None:
    first, second = two
    async with first.write() as uow:
        await uow.inbox.store(lane(range(3), "x"), A, 10, shared=True)
    async with second.write() as uow:
        assert await uow.inbox.claim(B, 10) == []
        await uow.session.execute(update(Inbox).values(lease_until=text("now() - interval '1 second'")))
    async with first.write() as uow:
        assert await uow.inbox.claim(A, 10) == []  # one's own leases do not end by time
    async with second.write() as uow:
        assert [row.update_id for row in await uow.inbox.claim(B, 10)] == [0, 1, 2]


async def test_many_claims_at_once_give_each_update_to_one(two: tuple[Database, Database]) -> None:
    first, second = two
    async with first.write() as uow:
        for name in "abcdefgh":
            start = 100 * ord(name)
            await uow.inbox.store(lane(range(start, start + 20), name), A, 0, shared=True)

    async def claim(db: Database, holder: Holder) -> list[tuple[str, int]]:
        taken = []
        for _ in range(40):
            async with db.write() as uow:
                taken += [(row.lane, row.update_id) for row in await uow.inbox.claim(holder, 13)]
        return taken

    ours, theirs = await asyncio.gather(claim(first, A), claim(second, B))
    assert len(ours + theirs) == len(set(ours + theirs)) == 160
    for taken in (ours, theirs):
        for name in "abcdefgh":
            numbers = [number for lane_name, number in taken if lane_name == name]
            assert numbers == sorted(numbers)


async def test_a_chat_is_with_one_sender_at_a_time(two: tuple[Database, Database]) -> None:
    first, second = two
    room = {0: 5, 1: 5, 2: 5, 3: 5}
    async with first.write() as uow:
        await uow.outbox.add_many(
            [
                message(7, "a", "a", created_at=NOW, next_at=NOW, priority=3),
                message(7, "b", "b", created_at=NOW, next_at=NOW, priority=1),
                message(8, "c", "c", created_at=NOW, next_at=NOW),
            ]
        )
    async with first.write() as uow:
        taken, _ = await uow.outbox.claim(A, {3: 5})
        assert [row.dedupe for row in taken] == ["a"]
    async with second.write() as uow:
        taken, _ = await uow.outbox.claim(B, room)
        assert [row.dedupe for row in taken] == ["c"]
    async with first.write() as uow:  # one's own urgent message may overtake
        taken, _ = await uow.outbox.claim(A, room)
        assert [row.dedupe for row in taken] == ["b"]


async def test_there_is_one_leader_and_another_when_it_is_gone(two: tuple[Database, Database]) -> None:
    first, second = two

    async def leads(db: Database, holder: Holder) -> bool:
        async with db.write() as uow:
            return await uow.beats.lead("poller", holder)

    assert await leads(first, A)
    assert not await leads(second, B)
    assert await leads(first, A)
    async with first.write() as uow:
        await uow.beats.resign("poller", A)
    assert await leads(second, B)
    assert not await leads(first, A)
    async with first.write() as uow:
        await uow.session.execute(update(Beat).values(at=text("now() - interval '31 seconds'")))
    assert await leads(first, A)


async def test_clocks_that_differ_do_not_break_a_lease(two: tuple[Database, Database]) -> None:
    first, second = two
    async with first.write() as uow:
        await uow.inbox.store(lane(range(1), "x"), A, 10, shared=True)
        assert await uow.beats.lead("poller", A)
    ahead = Holder("b", NOW + timedelta(days=2))
    async with second.write() as uow:
        assert await uow.inbox.claim(ahead, 10) == []
        assert not await uow.beats.lead("poller", ahead)


async def test_three_instances_share_the_work_and_one_may_die(shared: str, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        databases = [Database.open(shared) for _ in range(3)]
        main = await stack.enter_async_context(open_rig(databases[0], tmp_path / "0"))
        people = [main.telegram.people[1001], main.telegram.people[1002]]
        for person in people:
            person.start()
        next(iter(main.telegram.bots.values())).updates.clear()
        rigs = [main]
        for number in (1, 2):
            rig = await stack.enter_async_context(open_rig(databases[number], tmp_path / str(number)))
            rig.bot.session.api = main.bot.session.api
            rigs.append(rig)
        for rig in rigs:
            await rig.start()
        # Stored for nobody, as by a leader with its hands full.
        async with databases[0].write() as uow:
            for number in range(0, 200, 10):
                updates = [
                    (main.bot.id, n, f"{1001 + n % 2}:{1001 + n % 2}", text_update(n, f"{n}", 1001 + n % 2))
                    for n in range(number, number + 10)
                ]
                await uow.inbox.store(updates, Holder("elsewhere", datetime.now(UTC)), 0, shared=True)
        await until(lambda: sum(len(rig.product.seen) for rig in rigs) > 20)
        dead = rigs[2]
        assert dead.task is not None
        dead.task.cancel()
        await asyncio.gather(dead.task, return_exceptions=True)
        dead.engine = dead.task = None
        await main.settled()
        assert await main.events() == list(range(200))
        for rest in (0, 1):
            sent = [int(said.split()[1]) for said in main.sent("answer") if int(said.split()[1]) % 2 == rest]
            assert sent == sorted(sent)
        assert len(main.sent()) == len(set(main.sent())) == 200
        assert sum(rig.engine is not None and rig.engine.leads for rig in rigs) == 1
        assert await main.states(Outbox) == {"sent": 200}
        for rig in rigs:
            await rig.stop()
        for database in databases:
            await database.close()


async def test_what_is_being_fetched_at_the_end_is_given_back(shared: str, tmp_path: Path) -> None:
    release, firing = asyncio.Event(), asyncio.Event()

    async def slowly(timer: Timer) -> None:
        firing.set()
        await release.wait()
        async with main.db.write() as uow:
            await uow.timers.mark_fired(timer.id, datetime.now(UTC))

    async def waits() -> bool:
        async with other.read() as uow:
            waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            return bool(await uow.session.scalar(waiting))

    db, other = Database.open(shared), Database.open(shared)
    async with open_rig(db, tmp_path) as main:
        main.timers = {"slow": slowly}
        await main.start()
        await main.timer("slow", 0, "slow")
        await until(firing.is_set)
        async with other.write() as uow:
            updates = [(main.bot.id, n, "1:1", text_update(n, f"{n}", 1001)) for n in range(10)]
            await uow.inbox.store(updates, Holder("elsewhere", datetime.now(UTC)), 0, shared=True)
            await until(waits)
            stopping = asyncio.create_task(main.stop())
            await asyncio.sleep(0.5)  # Long enough to give back too early.
        await asyncio.sleep(0.5)
        release.set()
        await stopping
        async with other.read() as uow:
            held = await uow.session.scalars(select(Inbox.id).where(Inbox.lease_owner.is_not(None)))
            assert held.all() == []
    await db.close()
    await other.close()
