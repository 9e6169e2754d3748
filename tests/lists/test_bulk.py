"""Deeds with many deals at once: judged as one by one, done as a whole, told once, taken back as a whole."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event as sa_event
from sqlalchemy import select, true, update

from bot.i18n import Speech
from db.models import Contact, Deal, DealTag, Event, LossReason, Outbox, Payment, Person, Stage, Task, Timer
from db.uow import Database
from handlers.views import bulk as views
from services.access import Actor
from services.bundle import Services
from services.dto.bulk import Bar, BulkPlan, Deed
from services.dto.fields import FieldSubject
from services.errors import AppError, ForbiddenError, StaleError
from services.pipelines.shape import StageField
from tests.cast import START, TurnedClock, stages_by_name
from tests.lists.making import planned, sold

Find = Callable[[str], Awaitable[Actor]]
ROBOT = {"id": 1, "text": "Prepare the offer", "n": 1, "hours": False, "doer": "owner"}


async def do(
    services: Services, actor: Actor, ids: Collection[int], deed: Deed, target: int
) -> tuple[BulkPlan, BulkPlan]:
    """The plan, and what it came to."""
    plan = await services.bulk.plan(actor, 0, ids, deed, target)
    return plan, await services.bulk.do(actor, 0, ids, deed, target, plan.mark)


async def rows(db: Database, *columns: Any, where: Any = None) -> list[tuple[Any, ...]]:
    """What stands in a table, by its first column."""
    async with db.read() as uow:
        query = select(*columns).where(true() if where is None else where).order_by(columns[0])
        return [tuple(row) for row in await uow.session.execute(query)]


async def state(db: Database) -> list[tuple[Any, ...]]:
    """All that a deed changes and taking it back has to restore."""
    deals = await rows(
        db,
        Deal.id,
        Deal.stage_id,
        Deal.pipeline_id,
        Deal.owner_id,
        Deal.closed_on,
        Deal.loss_reason_id,
        Deal.tags,
    )
    tasks = await rows(db, Task.id, Task.assignee_id, Task.done_at, where=~Task.text.contains("offer"))
    return [*deals, *tasks, *await rows(db, Contact.id, Contact.owner_id)]


async def told(db: Database) -> list[tuple[int, dict[str, Any]]]:
    """The messages about it, by their readers."""
    async with db.read() as uow:
        query = select(Person.name, Outbox.params).join(Person, Person.id == Outbox.person_id)
        query = query.where(Outbox.kind == "deals_changed").order_by(Outbox.id)
        return [(row[0], row[1]) for row in await uow.session.execute(query)]


async def of_contact(db: Database, deals: Collection[int]) -> int:
    """A client of these deals, kept by their owner."""
    async with db.write() as uow:
        deal = await uow.session.get_one(Deal, min(deals))
        client = Contact(
            name="Ivan",
            search="ivan",
            owner_id=deal.owner_id,
            department_id=deal.department_id,
            created_at=START,
        )
        uow.session.add(client)
        await uow.session.flush()
        await uow.session.execute(update(Deal).where(Deal.id.in_(deals)).values(contact_id=client.id))
        return client.id


async def test_deals_change_hands_with_their_tasks_and_clients(
    db: Database, services: Services, actor: Find
) -> None:
    helen, boris = await actor("helen"), await actor("boris")
    ids = [*(await sold(db, count=3)), *(await sold(db, "helen"))]
    client = await of_contact(db, ids[:2])
    busy = await of_contact(db, [ids[2], *(await sold(db))])
    (closed,), (same,), (away,) = (
        await sold(db, stage="Paid"),
        await sold(db, "boris"),
        await sold(db, "victor"),
    )
    for one in ids:
        await planned(db, one)
    before = await state(db)
    plan, done = await do(services, helen, [*ids, closed, same, away, 987_654], Deed.GIVE, boris.person_id)
    assert (plan.n, plan.clients, plan.tasks) == (4, 1, 4)
    assert dict(plan.barred) == {Bar.CLOSED: 1, Bar.SAME: 1, Bar.GONE: 2}
    assert {row[1] for row in await rows(db, Deal.id, Deal.owner_id, where=Deal.id.in_(ids))} == {
        boris.person_id
    }
    assert {row[1] for row in await rows(db, Task.id, Task.assignee_id)} == {boris.person_id}
    keepers = dict(await rows(db, Contact.id, Contact.owner_id))
    assert keepers == {client: boris.person_id, busy: (await actor("anna")).person_id}
    assert await told(db) == [
        ("Anna", {"by": "Helen", "to": "Boris", "gone": 3}),
        ("Boris", {"by": "Helen", "given": 4, "clients": 1, "moved_tasks": 4}),
    ]
    given = Event.action == "deal.hand_over"
    kept = await rows(db, Event.subject, Event.subject_id, where=given)
    assert sorted(kept) == sorted([("bulk", helen.person_id), *(("deal", one) for one in ids)])
    back = await services.bulk.take_back(helen, done.event)
    assert back.n == 4
    assert await state(db) == before
    with pytest.raises(AppError, match=r"bulk\.gone"):
        await services.bulk.take_back(helen, done.event)
    assert [name for name, _ in await told(db)] == ["Anna", "Boris", "Anna", "Boris"]


async def test_a_move_of_many_does_to_each_what_a_single_one_does(
    db: Database, services: Services, actor: Find
) -> None:
    helen, stages = await actor("helen"), await stages_by_name(db)
    target = stages["Proposal"]
    async with db.write() as uow:
        robots = [ROBOT, {**ROBOT, "id": 2, "doer": "head", "text": "Check the offer"}]
        auto = {"silent": stages["New"].id, "days": 3}
        await uow.session.execute(
            update(Stage).where(Stage.id == target.id).values(tasks=robots, required=["amount"], auto=auto)
        )
    ids = await sold(db, count=3)
    (bare,) = await sold(db, amount=None)
    (there,) = await sold(db, stage="Proposal")
    (put_away,) = await sold(db, stage="Lost", archived_at=START)
    before = await state(db)
    plan, done = await do(services, helen, [*ids, bare, there, put_away], Deed.MOVE, target.id)
    assert (plan.n, dict(plan.barred)) == (3, {Bar.FIELDS: 1, Bar.SAME: 1, Bar.ARCHIVED: 1})
    assert done.tasks == 6
    tasks = await rows(db, Task.id, Task.text, Task.deal_id, Task.author_id)
    assert sorted((row[1], row[2]) for row in tasks) == sorted(
        (text, one) for text in ("Prepare the offer", "Check the offer") for one in ids
    )
    silent = await rows(db, Timer.subject_id, where=Timer.kind == "deal_silent")
    assert [row[0] for row in silent] == ids
    assert await told(db) == [("Anna", {"by": "Helen", "tasks": 3})]
    single = await services.moves.move(await actor("anna"), there, stages["New"].id, 1)
    assert single.stage.name == "New"
    card = await services.deals.card(helen, ids[0])
    assert card.undo is not None
    back = await services.bulk.take_back(helen, done.event)
    assert back.n == 3
    after = await state(db)
    assert [row for row in after if row[0] != there] == [row for row in before if row[0] != there]
    open_tasks = await rows(db, Task.id, where=Task.done_at.is_(None))
    assert open_tasks == []


async def test_a_loss_drops_tasks_and_taking_it_back_brings_them_back(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    anna, reason = await actor("anna"), (await rows(db, LossReason.id))[0][0]
    ids = await sold(db, count=2)
    (touched,) = await sold(db)
    (payment,) = await sold(db, stage="Awaiting payment")
    for one in (*ids, touched):
        await planned(db, one, START + timedelta(days=2))
    before = await state(db)
    plan, done = await do(services, anna, [*ids, touched, payment], Deed.LOSE, reason)
    assert (plan.n, plan.tasks, dict(plan.barred)) == (3, 3, {Bar.FOREIGN: 1})
    lost = await rows(db, Deal.id, Deal.closed_on, Deal.loss_reason_id, where=Deal.id.in_([*ids, touched]))
    assert {row[1:] for row in lost} == {(date(2026, 11, 18), reason)}
    assert await rows(db, Task.id, where=Task.done_at.is_(None)) == []
    assert await told(db) == []
    clock.turn(minutes=30)
    await services.deals.add_note(anna, touched, "Still thinking")
    async with db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.id == touched).values(version=Deal.version + 1))
    back = await services.bulk.take_back(anna, done.event)
    assert (back.n, dict(back.barred)) == (2, {Bar.TOUCHED: 1})
    after = await state(db)
    assert [row for row in after if row[0] in ids and len(row) == 7] == [
        row for row in before if row[0] in ids and len(row) == 7
    ]
    assert len(await rows(db, Task.id, where=Task.done_at.is_(None))) == 2
    waiting = await rows(db, Timer.id, where=(Timer.kind == "task_remind") & (Timer.state == "new"))
    assert len(waiting) == 2


async def test_gates_and_payments_hold_for_many_as_for_one(
    db: Database, services: Services, actor: Find
) -> None:
    anna, helen, stages = await actor("anna"), await actor("helen"), await stages_by_name(db)
    async with db.write() as uow:
        gate = update(Stage).where(Stage.id == stages["Proposal"].id).values(enter=["head"])
        await uow.session.execute(gate)
    ids = await sold(db, count=2, stage="Awaiting payment")
    (new,) = await sold(db)
    async with db.write() as uow:
        part = {
            "amount": 5,
            "currency": "RUB",
            "paid_on": START.date(),
            "method": "bank",
            "created_at": START,
        }
        uow.session.add(Payment(deal_id=ids[0], **part))
    plan = await services.bulk.plan(anna, 0, [*ids, new], Deed.MOVE, stages["Paid"].id)
    assert (plan.n, dict(plan.barred)) == (0, {Bar.FOREIGN: 3})
    plan = await services.bulk.plan(anna, 0, [new], Deed.MOVE, stages["Proposal"].id)
    assert (plan.n, dict(plan.barred)) == (0, {Bar.GATE: 1})
    with pytest.raises(AppError, match=r"bulk\.nothing"):
        await services.bulk.do(anna, 0, [new], Deed.MOVE, stages["Proposal"].id, plan.mark)
    await services.stage_tasks.add(helen, stages["Paid"].id, "Is all well? In a month")
    plan, _ = await do(services, helen, ids, Deed.MOVE, stages["Paid"].id)
    asked = await rows(db, Task.deal_id, where=Task.text == "Is all well?")
    assert {row[0] for row in asked} == {ids[1]}, "a stage of won deals sets its tasks, too"
    assert (plan.n, dict(plan.barred)) == (1, {Bar.UNPAID: 1})
    assert [one.id for one in plan.some] == ids[1:], "named before it is done"
    assert [(bar, [one.id for one in some]) for bar, some in plan.left] == [(Bar.UNPAID, ids[:1])]
    assert await told(db) == [("Anna", {"by": "Helen", "won": 1, "tasks": 1})]
    unpriced = await sold(db, count=7, amount=None)
    plan = await services.bulk.plan(helen, 0, unpriced, Deed.MOVE, stages["Paid"].id)
    assert (plan.n, dict(plan.barred)) == (0, {Bar.FIELDS: 7}), "a win asks for the sum"
    async with db.write() as uow:
        free = update(Stage).where(Stage.id == stages["Paid"].id).values(required=[])
        await uow.session.execute(free)
    plan = await services.bulk.plan(helen, 0, unpriced, Deed.MOVE, stages["Paid"].id)
    assert (plan.n, plan.unpriced, len(plan.some)) == (7, 7, 5)
    for refused in (await actor("fiona"), await actor("max")):
        with pytest.raises(ForbiddenError):
            await services.bulk.plan(refused, 0, ids, Deed.MOVE, stages["New"].id)
    assert not await services.bulk.named(await actor("victor"), unpriced)
    with pytest.raises(ForbiddenError):
        await services.bulk.plan(anna, 0, [new], Deed.GIVE, helen.person_id)
    with pytest.raises(AppError, match="stage"):
        await services.bulk.plan(helen, 0, [new], Deed.MOVE, stages["Lost"].id)
    with pytest.raises(AppError, match=r"bulk\.too_many"):
        await services.bulk.plan(helen, 0, range(501), Deed.MOVE, stages["New"].id)


async def test_those_who_wait_for_the_money_hear_of_it_once(
    db: Database, services: Services, actor: Find
) -> None:
    anna, stages = await actor("anna"), await stages_by_name(db)
    ids = await sold(db, count=4)
    await of_contact(db, ids)
    await do(services, anna, ids, Deed.MOVE, stages["Awaiting payment"].id)
    assert sorted(await told(db), key=lambda row: row[0]) == [
        ("Fiona", {"by": "Anna", "awaits": 4}),
        ("Helen", {"by": "Anna", "awaits": 4}),
    ]


async def test_tags_are_given_and_taken_off(db: Database, services: Services, actor: Find) -> None:
    anna = await actor("anna")
    one, other, foreign = [*(await sold(db, count=2)), *(await sold(db, "boris"))]
    tags = await services.tags.write(anna, FieldSubject.DEAL, one, "#Urgent")
    assert tags.mine == ("Urgent",)
    tag = tags.tags[0].id
    assert (await services.tags.write(anna, FieldSubject.DEAL, one, "URGENT")).mine == ("Urgent",)
    before = await state(db)
    plan, done = await do(services, anna, [one, other, foreign], Deed.TAG, tag)
    assert (plan.n, dict(plan.barred)) == (1, {Bar.GONE: 1, Bar.SAME: 1})
    assert await rows(db, DealTag.deal_id, DealTag.tag_id) == [(one, tag), (other, tag)]
    assert (await services.deals.card(anna, other)).tags == ("Urgent",)
    await services.bulk.take_back(anna, done.event)
    assert await state(db) == before
    _, done = await do(services, anna, [one, other], Deed.UNTAG, tag)
    assert await rows(db, DealTag.deal_id) == []
    await services.bulk.take_back(anna, done.event)
    assert await state(db) == before
    assert (await services.deals.events(anna, one))[0].items[0].changes["tags"] == [[], ["Urgent"]]


async def test_a_deal_that_has_changed_since_the_plan_stops_all(
    db: Database, services: Services, actor: Find
) -> None:
    helen, boris = await actor("helen"), await actor("boris")
    ids = await sold(db, count=3)
    plan = await services.bulk.plan(helen, 0, ids, Deed.GIVE, boris.person_id)
    await services.deals.rename(await actor("anna"), ids[1], "Other")
    with pytest.raises(StaleError):
        await services.bulk.do(helen, 0, ids, Deed.GIVE, boris.person_id, plan.mark)
    assert boris.person_id not in {row[1] for row in await rows(db, Deal.id, Deal.owner_id)}


async def test_of_two_heads_at_once_one_wins_whole(db: Database, services: Services, actor: Find) -> None:
    helen, olga, boris = await actor("helen"), await actor("olga"), await actor("boris")
    ids, stages = await sold(db, count=6), await stages_by_name(db)
    given = await services.bulk.plan(helen, 0, ids, Deed.GIVE, boris.person_id)
    moved = await services.bulk.plan(olga, 0, ids, Deed.MOVE, stages["Proposal"].id)
    ends = await asyncio.gather(
        services.bulk.do(helen, 0, ids, Deed.GIVE, boris.person_id, given.mark),
        services.bulk.do(olga, 0, ids, Deed.MOVE, stages["Proposal"].id, moved.mark),
        return_exceptions=True,
    )
    assert sorted(type(end).__name__ for end in ends) == ["BulkPlan", "StaleError"]
    assert len({row[1:] for row in await rows(db, Deal.id, Deal.owner_id, Deal.stage_id)}) == 1
    assert {row[1] for row in await rows(db, Deal.id, Deal.version)} == {2}


async def test_a_loss_of_many_and_the_doing_of_a_task_never_wait_for_each_other(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    """Both hold tasks before deals."""
    anna, reason = await actor("anna"), (await rows(db, LossReason.id))[0][0]
    ids = await sold(db, count=2)
    for one in ids:
        await planned(db, one, START + timedelta(days=2))
    plan = await services.bulk.plan(anna, 0, ids, Deed.LOSE, reason)

    async def meeting(deed: Coroutine[Any, Any, BulkPlan]) -> BulkPlan:
        """Somebody has the first task in hand, and comes to its deal while the deed is under way."""
        [(task, version), *_] = await rows(db, Task.id, Task.version)
        async with db.write() as uow:
            assert await uow.tasks.change(task, version)
            under_way = asyncio.create_task(deed)
            await asyncio.sleep(0.15)
            await uow.follow_ups.touch("task", task, clock.now())
        return await under_way

    done = await meeting(services.bulk.do(anna, 0, ids, Deed.LOSE, reason, plan.mark))
    assert (done.n, done.tasks) == (2, 2)
    assert (await meeting(services.bulk.take_back(anna, done.event))).n == 2


async def test_it_takes_as_many_queries_for_many_as_for_a_few(
    db: Database, services: Services, actor: Find
) -> None:
    helen, stages = await actor("helen"), await stages_by_name(db)
    async with db.write() as uow:
        await uow.session.execute(update(Stage).where(Stage.name == "Proposal").values(tasks=[ROBOT]))
    asked, counts = [0], []
    sa_event.listen(
        db.engine.sync_engine, "before_cursor_execute", lambda *_: asked.__setitem__(0, asked[0] + 1)
    )
    for count in (3, 60):
        ids = await sold(db, count=count)
        for one in ids[:3]:
            await planned(db, one)
        asked[0] = 0
        await do(services, helen, ids, Deed.MOVE, stages["Proposal"].id)
        counts.append(asked[0])
    assert counts[0] == counts[1]


async def test_only_its_author_takes_it_back_and_only_within_the_hour(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    helen, olga, stages = await actor("helen"), await actor("olga"), await stages_by_name(db)
    _, done = await do(services, helen, await sold(db, count=2), Deed.MOVE, stages["Proposal"].id)
    for event_id in (done.event, 987_654):
        with pytest.raises(AppError, match=r"bulk\.gone"):
            await services.bulk.take_back(olga, event_id)
    clock.turn(minutes=61)
    with pytest.raises(AppError, match=r"bulk\.late"):
        await services.bulk.take_back(helen, done.event)


async def test_the_last_deed_is_shown_to_its_author_alone(
    db: Database, services: Services, actor: Find
) -> None:
    helen, stages = await actor("helen"), await stages_by_name(db)
    _, done = await do(services, helen, await sold(db, count=2), Deed.MOVE, stages["Proposal"].id)
    last = await services.bulk.last(helen, helen.person_id)
    assert (last.event, last.n, last.deed) == (done.event, 2, Deed.MOVE)
    with pytest.raises(AppError, match="bulk"):
        await services.bulk.last(await actor("olga"), helen.person_id)


async def test_deals_that_lose_their_stage_get_no_tasks_of_the_one_they_come_to(
    db: Database, services: Services, actor: Find
) -> None:
    olga, stages = await actor("olga"), await stages_by_name(db)
    async with db.write() as uow:
        await uow.session.execute(update(Stage).where(Stage.name == "New").values(tasks=[ROBOT]))
    await sold(db, count=2, stage="Proposal")
    await services.stages.drop(olga, stages["Proposal"].id, stages["New"].id)
    assert await rows(db, Task.deal_id) == []
    assert await told(db) == []


async def test_only_stages_are_offered_to_which_some_of_the_deals_may_go(
    services: Services, db: Database, actor: Find
) -> None:
    stages = await stages_by_name(db)
    new, waiting = await sold(db), await sold(db, stage="Awaiting payment")
    olga, anna, helen = [await actor(name) for name in ("olga", "anna", "helen")]
    await services.stages.set(olga, stages["Proposal"].id, StageField.ENTER, "head")

    async def offered(who: Actor, ids: Collection[int]) -> list[str]:
        return [one.stage.name for one in (await services.bulk.targets(who, 0, ids, Deed.MOVE)).stages]

    assert await offered(anna, new) == ["In work", "Awaiting payment"]
    assert await offered(anna, waiting) == []
    assert await offered(anna, [*new, *waiting]) == ["In work", "Awaiting payment"]
    assert await offered(helen, new) == ["In work", "Proposal", "Awaiting payment", "Paid"]
    assert await offered(await actor("victor"), new) == []


async def test_a_plan_says_how_many_closed_deals_would_be_back_in_work(
    db: Database, services: Services, actor: Find
) -> None:
    helen, stages = await actor("helen"), await stages_by_name(db)
    ids = [*await sold(db, count=2, stage="Paid"), *await sold(db, stage="Lost"), *await sold(db)]
    plan = await services.bulk.plan(helen, 0, ids, Deed.MOVE, stages["In work"].id)
    assert (plan.n, plan.won, plan.lost) == (4, 2, 1)
    for language, told in (
        ("en", "⚠️ Closed, and would be back in work: <b>2 won, 1 lost</b>"),
        ("ru", "⚠️ Закрыты и вернутся в работу: <b>выигранных — 2, проигранных — 1</b>"),
    ):
        assert told in views.plan(plan, Speech(language, helen.zone, TurnedClock())).text
    plan = await services.bulk.plan(helen, 0, ids, Deed.MOVE, stages["Paid"].id)
    assert (plan.won, plan.lost) == (0, 0), "they stay closed"
