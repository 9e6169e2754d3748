"""Nothing that Telegram brings is lost, and nothing of it stops the rest."""

import asyncio
from typing import Any

import pytest
from aiogram.types import Update
from sqlalchemy.exc import OperationalError

from bot.inbox import worker as worker_module
from bot.inbox.intake import lane
from db.models import Inbox, Outbox
from db.uow import Database
from tests.engine.rig import Rig, until


def text_update(number: int, text: str, user: int = 1001) -> dict[str, Any]:
    """A private text, as Telegram sends it."""
    person = {"id": user, "is_bot": False, "first_name": "Anna"}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_700_000_000,
            "chat": {"id": user, "type": "private", "first_name": "Anna"},
            "from": person,
            "text": text,
        },
    }


@pytest.fixture
def open_doors(rig: Rig) -> Rig:
    """Both people can be written to."""
    for person in rig.telegram.people.values():
        person.start()
    next(iter(rig.telegram.bots.values())).updates.clear()
    return rig


async def give(rig: Rig, *updates: dict[str, Any]) -> None:
    """Bring updates as the poller does."""
    assert rig.engine is not None
    await rig.engine.intake.store(rig.bot.id, list(updates))


async def test_an_unreadable_update_is_put_aside_and_the_others_go_on(open_doors: Rig) -> None:
    rig = open_doors
    await rig.start()
    unreadable = {"update_id": 2, "message": {"message_id": "not a number", "chat": {"id": 1001}}}
    await give(rig, text_update(1, "one"), unreadable, text_update(3, "three"))
    await until(lambda: rig.product.seen == ["one", "three"])
    await rig.settled()
    aside = [row for row in await rig.all(Inbox) if row.state == "quarantined"]
    assert [row.update_id for row in aside] == [2]
    assert "not a number" in aside[0].raw


async def test_an_unknown_kind_of_update_is_no_trouble(open_doors: Rig) -> None:
    rig = open_doors
    await rig.start()
    await give(rig, {"update_id": 1, "from_the_future": {"id": 5}}, text_update(2, "two"))
    await until(lambda: "two" in rig.product.seen)
    await rig.settled()


async def test_half_a_surrogate_can_be_stored(open_doors: Rig) -> None:
    rig = open_doors
    await rig.start()
    await give(rig, text_update(1, "a\ud800\x00b"), text_update(2, "two"))
    await until(lambda: "two" in rig.product.seen)


async def test_what_fails_always_blocks_only_its_lane_and_not_for_long(
    open_doors: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = open_doors
    monkeypatch.setattr(worker_module, "backoff", lambda *_, **__: 0.01)
    tries: list[str] = []

    async def fail(update: Update) -> None:
        assert update.message is not None
        if update.message.text == "poison":
            tries.append("poison")
            if len(tries) == worker_module.TRIES:
                await until(lambda: "other" in rig.product.seen)
            raise LookupError("what Anna wrote")

    rig.product.before = fail
    await rig.start()
    await give(rig, text_update(1, "poison"), text_update(2, "behind"), text_update(3, "other", user=1002))
    await until(lambda: len(rig.product.seen) == 2)
    await rig.settled()
    assert rig.product.seen == ["other", "behind"]
    assert len(tries) == worker_module.TRIES
    (row,) = [row for row in await rig.all(Inbox) if row.state == "quarantined"]
    assert (row.attempts, row.error) == (worker_module.TRIES, "LookupError")


async def test_trouble_that_passes_is_not_held_against_an_update(
    open_doors: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = open_doors
    monkeypatch.setattr(worker_module, "PASSING_PAUSE", 0.01)
    left = 2 * worker_module.TRIES

    async def fail(update: Update) -> None:
        nonlocal left
        if left:
            left -= 1
            raise OperationalError("SELECT 1", {}, Exception("the disk is full"))

    rig.product.before = fail
    await rig.start()
    await give(rig, text_update(1, "one"))
    await until(lambda: rig.product.seen == ["one"])
    await rig.settled()
    assert await rig.states(Inbox) == {"done": 1}


async def test_an_effect_that_is_committed_is_not_repeated_when_the_answer_fails(
    open_doors: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = open_doors
    monkeypatch.setattr(worker_module, "PASSING_PAUSE", 0.01)
    rig.telegram.faults.script("sendMessage", kind="500", times=1)
    await rig.start()
    await give(rig, text_update(1, "one"))
    await until(lambda: rig.product.seen == ["one", "again one"])
    await rig.settled()
    assert len(await rig.events()) == 1
    assert rig.sent() == ["queued one"]


async def test_after_a_crash_everything_open_is_handled_in_order(open_doors: Rig) -> None:
    rig = open_doors
    await rig.start()
    rig.product.before = lambda _update: asyncio.sleep(3600)
    await give(rig, *(text_update(number, str(number)) for number in range(1, 11)))
    assert rig.task is not None
    rig.task.cancel()
    await asyncio.gather(rig.task, return_exceptions=True)
    rig.engine = rig.task = None
    rig.product.before = None
    async with rig.db.write() as uow:
        await uow.inbox.mark_applied(rig.bot.id, 1)
    await rig.start()
    await until(lambda: len(rig.product.seen) == 10)
    assert rig.product.seen == ["again 1", *(str(number) for number in range(2, 11))]


async def test_a_flood_waits_in_the_database_and_keeps_its_order(
    open_doors: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = open_doors
    monkeypatch.setattr(worker_module, "ROOM", 7)
    await rig.start()
    users = (1001, 1002)
    for start in range(0, 60, 15):
        await give(
            rig, *(text_update(number, str(number), users[number % 2]) for number in range(start, start + 15))
        )
    await until(lambda: len(rig.product.seen) == 60)
    for rest in (0, 1):
        assert [int(text) for text in rig.product.seen if int(text) % 2 == rest] == list(range(rest, 60, 2))
    await rig.settled()
    assert await rig.states(Inbox) == {"done": 60}


async def test_updates_that_come_again_in_any_order_change_nothing(open_doors: Rig) -> None:
    rig = open_doors
    await rig.start()
    updates = [text_update(number, str(number)) for number in range(5)]
    await asyncio.gather(give(rig, *updates), give(rig, *reversed(updates)), give(rig, updates[3]))
    await until(lambda: len(rig.product.seen) == 5)
    await give(rig, *updates)
    await rig.settled()
    assert await rig.events() == [0, 1, 2, 3, 4]
    assert await rig.states(Outbox) == {"sent": 5}


async def test_an_update_without_a_usable_number_is_dropped(open_doors: Rig) -> None:
    rig = open_doors
    await rig.start()
    await give(rig, {"update_id": "x"}, {"update_id": 2**70}, {"message": {}}, text_update(1, "one"))
    await until(lambda: rig.product.seen == ["one"])
    assert len(await rig.all(Inbox)) == 1


async def test_the_sender_of_a_hopeless_update_is_told(
    open_doors: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = open_doors
    monkeypatch.setattr(worker_module, "backoff", lambda *_, **__: 0.01)
    told: list[tuple[str | None, int]] = []

    async def fail(_update: Update) -> None:
        raise ValueError("always")

    async def give_up(update: Update, reference: int) -> None:
        assert update.message is not None
        told.append((update.message.text, reference))

    rig.product.before = fail
    rig.give_up = give_up
    await rig.start()
    await give(rig, text_update(77, "one"))
    await until(lambda: told == [("one", 77)])


async def test_who_has_blocked_the_bot_meanwhile_needs_no_answer(open_doors: Rig) -> None:
    rig = open_doors
    fault = rig.telegram.faults.script("sendMessage", kind="403", times=None)
    await rig.start()
    await give(rig, text_update(1, "one"), text_update(2, "two"))
    await until(lambda: fault.hits >= 2)
    await rig.settled()
    assert await rig.states(Inbox) == {"done": 2}
    assert rig.product.seen == ["one", "two"]


async def test_long_done_updates_are_deleted_in_bites(db: Database) -> None:
    from datetime import UTC, datetime, timedelta

    from db.leases import Holder

    then = datetime(2026, 1, 1, tzinfo=UTC)
    async with db.write() as uow:
        updates = [(42, number, "1:1", {"update_id": number}) for number in range(5)]
        fresh, _ = await uow.inbox.store(updates, Holder("a", then), 10, shared=True)
        await uow.inbox.mark_done([arrival.id for arrival in fresh[:4]])
    now = then + timedelta(days=8)
    async with db.write() as uow:
        assert await uow.inbox.prune(now, timedelta(days=7), batch=3) == 3
    async with db.write() as uow:
        assert await uow.inbox.prune(now, timedelta(days=7), batch=3) == 1
        assert await uow.inbox.prune(now, timedelta(days=7), batch=3) == 0
        assert (await uow.inbox.waiting())[0] == 1


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (text_update(1, "x", user=7), "7:7"),
        ({"update_id": 1, "callback_query": {"from": {"id": 5}, "message": {"chat": {"id": -9}}}}, "-9:5"),
        ({"update_id": 1, "edited_message": {"chat": {"id": -9}, "from": {"id": 5}}}, "-9:5"),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -9}, "from": {"id": 5}}}, "-9:5"),
        ({"update_id": 1, "inline_query": {"from": {"id": 5}}}, "0:5"),
        ({"update_id": 1, "poll_answer": {"user": {"id": 5}}}, "0:5"),
        ({"update_id": 1, "message": {"chat": "odd", "from": {"id": "x"}}}, "0:0"),
        ({"update_id": 1, "message": {"chat": {"id": 10**30}}}, "0:0"),
        ({"update_id": 1, "new": [1]}, "0:0"),
    ],
)
def test_the_lane_is_the_chat_and_the_user(raw: dict[str, Any], expected: str) -> None:
    assert lane(raw) == expected
