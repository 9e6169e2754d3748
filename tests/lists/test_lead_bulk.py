"""Deeds with many leads at once: judged as one by one, done as a whole, told once, taken back as a whole."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Event, Lead, LeadTag, Outbox, Person, Task, Timer
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.bulk import Bar, BulkPlan, Deed
from services.dto.fields import FieldSubject
from services.dto.lead_intake import LeadInput
from services.dto.leads import CallOutcome, LeadStatus
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.lists.bulk_targets import REASONS
from tests.cast import START, TurnedClock, actor_of
from tests.leads.making import free_lead
from tests.lists.making import asked
from tests.world import World

Find = Callable[[str], Awaitable[Actor]]


async def do(
    services: Services, actor: Actor, ids: Collection[int], deed: Deed, target: int
) -> tuple[BulkPlan, BulkPlan]:
    """The plan, and what it came to."""
    plan = await services.bulk.plan(actor, 0, ids, deed, target)
    return plan, await services.bulk.do(actor, 0, ids, deed, target, plan.mark)


async def rows(db: Database, *columns: Any) -> list[tuple[Any, ...]]:
    """What stands in a table, by its first column."""
    async with db.read() as uow:
        return [tuple(row) for row in await uow.session.execute(select(*columns).order_by(columns[0]))]


async def state(db: Database) -> list[tuple[Any, ...]]:
    """All that a deed changes and taking it back has to restore."""
    of = (Lead.owner_id, Lead.department_id, Lead.status, Lead.taken_at, Lead.closed_at, Lead.tags)
    clock = (Lead.turn_at, Lead.turn_granted, Lead.granted, Lead.step, Lead.step_at, Lead.alarmed_at)
    leads = await rows(db, Lead.id, *of, *clock)
    return [
        *leads,
        *[(one.subject_id, one.params["step"], one.due_at) for one in await steps(db)],
        *await rows(db, Task.id, Task.assignee_id, Task.done_at),
        *await rows(db, LeadTag.lead_id),
    ]


async def told(db: Database) -> list[tuple[str, dict[str, Any]]]:
    """The messages about it, by their readers."""
    async with db.read() as uow:
        query = select(Person.name, Outbox.params).join(Person, Person.id == Outbox.person_id)
        query = query.where(Outbox.kind == "deals_changed").order_by(Outbox.id)
        return [(row[0], row[1]) for row in await uow.session.execute(query)]


async def with_task(db: Database, lead: int) -> None:
    """Something that the lead's owner has to do for it."""
    async with db.write() as uow:
        owner = (await uow.session.get_one(Lead, lead)).owner_id
        due = START + timedelta(hours=2)
        task = {"assignee_id": owner, "author_id": owner, "created_at": START, "due_at": due}
        uow.session.add(Task(text="Call", lead_id=lead, **task))


async def steps(db: Database) -> list[Timer]:
    """What will follow unless somebody answers."""
    async with db.read() as uow:
        query = select(Timer).where(Timer.kind == "lead_step", Timer.state == "new").order_by(Timer.id)
        return list(await uow.session.scalars(query))


async def kept(db: Database, lead: int) -> list[str]:
    """What the history of a lead says was done."""
    async with db.read() as uow:
        query = select(Event.action).where(Event.subject == "lead", Event.subject_id == lead)
        return list(await uow.session.scalars(query.order_by(Event.id)))


async def test_leads_change_hands_with_their_tasks_and_come_back(
    db: Database, services: Services, actor: Find
) -> None:
    helen, boris, anna = await actor("helen"), await actor("boris"), await actor("anna")
    mine, (free,), (same,) = await asked(db, count=2), await asked(db, None), await asked(db, "boris")
    (closed,), (away,) = await asked(db, status="rejected", closed_at=START), await asked(db, "victor")
    await with_task(db, mine[0])
    before = await state(db)
    ids = [*mine, free, same, closed, away, 987_654]
    plan, done = await do(services, helen, ids, Deed.LEAD_GIVE, boris.person_id)
    assert (plan.n, plan.tasks) == (3, 1)
    assert dict(plan.barred) == {Bar.CLOSED: 1, Bar.SAME: 1, Bar.GONE: 2}
    owners = dict(await rows(db, Lead.id, Lead.owner_id))
    assert {owners[one] for one in [*mine, free]} == {boris.person_id}
    assert {row[1] for row in await rows(db, Task.id, Task.assignee_id)} == {boris.person_id}
    assert await told(db) == [
        ("Anna", {"by": "Helen", "to": "Boris", "leads_gone": 2}),
        ("Boris", {"by": "Helen", "leads": 3, "moved_tasks": 1}),
    ]
    assert await kept(db, free) == ["lead.hand_over"]
    clocks = [row for row in await rows(db, Timer.subject_id, Timer.kind, Timer.state) if row[2] == "new"]
    assert {row[0] for row in clocks if row[1] == "lead_step"} == {*mine, free}
    back = await services.bulk.take_back(helen, done.event)
    assert back.n == 3
    assert await state(db) == before
    assert [name for name, _ in await told(db)] == ["Anna", "Boris", "Anna", "Boris"]
    with pytest.raises(AppError, match=r"bulk\.gone"):
        await services.bulk.take_back(helen, done.event)
    offered = (await services.bulk.targets(anna, 0, mine, Deed.LEAD_GIVE)).choices
    assert [one.name for one in offered] == ["Boris", "Helen"]
    # A manager hands over their own, and takes it back although it is not theirs any more.
    _, done = await do(services, anna, [*mine, free], Deed.LEAD_GIVE, boris.person_id)
    assert (done.n, dict(done.barred)) == (2, {Bar.FOREIGN: 1})
    await services.leads.log_call(boris, mine[0], CallOutcome.REACHED)
    assert (await services.bulk.take_back(anna, done.event)).n == 1
    owners = dict(await rows(db, Lead.id, Lead.owner_id))
    assert (owners[mine[0]], owners[mine[1]]) == (boris.person_id, anna.person_id)


async def test_what_was_to_follow_goes_on_where_it_stood_and_nothing_else_does(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    helen, boris, anna = await actor("helen"), await actor("boris"), await actor("anna")
    (old,) = await asked(db, created_at=START - timedelta(days=5))
    made = await services.leads.create(anna, LeadInput(title="Fresh", phone="+79165550001", mine=True))
    clock.turn(minutes=12)
    [timer] = [one for one in await steps(db) if one.params["step"] == "remind"]
    await services.timers.fire(timer)
    before = [(one.subject_id, one.params["step"], one.params["done"], one.due_at) for one in await steps(db)]
    assert [row[:3] for row in before] == [(made.id, "task", ["remind"])]
    _, done = await do(services, helen, [old, made.id], Deed.LEAD_GIVE, boris.person_id)
    now = clock.now()
    assert {(one.params["step"], one.due_at) for one in await steps(db)} == {
        ("remind", now + timedelta(minutes=10))
    }, "the chain begins anew for whoever has got them"
    clock.turn(minutes=7)
    await services.bulk.take_back(helen, done.event)
    [(*what, due)] = before
    [one] = await steps(db)
    assert [one.subject_id, one.params["step"], one.params["done"]] == what
    assert one.due_at == due + timedelta(minutes=7), "nobody owes the minutes in which it was elsewhere"
    assert await rows(db, Lead.id, Lead.step, Lead.alarmed_at) == [(old, None, None), (made.id, "task", None)]
    (line,) = (await services.histories.of_lead(helen, old)).page.items[:1]
    assert "undone" in line.changes


async def test_announcements_of_what_is_free_again_can_be_taken_again(world: World) -> None:
    lead = await free_lead(world.services, world.db)
    await world.settle()
    helen, boris = await actor_of(world.services, "helen"), await actor_of(world.services, "boris")
    announced, own = world.anna.screen, world.helen.screen
    _, done = await do(world.services, helen, [lead.id], Deed.LEAD_GIVE, boris.person_id)
    await world.settle()
    assert "taken by Boris" in announced.text
    assert "👔 Boris" in own.text
    await world.services.bulk.take_back(helen, done.event)
    await world.settle()
    await world.anna.press("✋ Take", on=announced)
    assert (await rows(world.db, Lead.id, Lead.owner_id)) == [
        (lead.id, (await actor_of(world.services, "anna")).person_id)
    ]


async def test_a_lead_moves_to_a_department_only_where_it_has_to(
    db: Database, services: Services, actor: Find
) -> None:
    helen, olga, victor = await actor("helen"), await actor("olga"), await actor("victor")
    (lead,) = await asked(db)
    with pytest.raises(AppError, match=r"bulk\.nothing"):
        await do(services, helen, [lead], Deed.LEAD_GIVE, victor.person_id)
    _, done = await do(services, olga, [lead], Deed.LEAD_GIVE, victor.person_id)
    assert await rows(db, Lead.id, Lead.department_id) == [(lead, min(victor.departments))]
    await services.bulk.take_back(olga, done.event)
    assert await rows(db, Lead.id, Lead.department_id) == [(lead, min(helen.departments))]
    for nobody in (987_654, (await actor("fiona")).person_id):
        with pytest.raises(NotFoundError, match="colleague"):
            await services.bulk.plan(olga, 0, [lead], Deed.LEAD_GIVE, nobody)


async def test_many_are_closed_as_no_leads_and_opened_again(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    helen = await actor("helen")
    mine, (free,), (refused,) = (
        await asked(db, count=2),
        await asked(db, None),
        await asked(db, status="rejected", closed_at=START),
    )
    await with_task(db, mine[1])
    before = await state(db)
    plan, done = await do(services, helen, [*mine, free, refused], Deed.REJECT, 0)
    assert (plan.n, plan.tasks, dict(plan.barred)) == (3, 1, {Bar.SAME: 1})
    reasons = dict(await rows(db, Lead.id, Lead.reject_reason))
    assert {reasons[one] for one in [*mine, free]} == {REASONS[0]}
    assert await told(db) == [("Anna", {"by": "Helen", "leads_rejected": 2})]
    assert (await services.bulk.last(helen, helen.person_id)).target.name == REASONS[0]
    assert await kept(db, mine[0]) == ["lead.reject"]
    await services.bulk.take_back(helen, done.event)
    assert await state(db) == before
    assert (await services.leads.card(helen, free)).status is LeadStatus.NEW
    with pytest.raises(NotFoundError):
        await services.bulk.plan(helen, 0, mine, Deed.REJECT, len(REASONS))
    _, done = await do(services, helen, mine, Deed.REJECT, 1)
    clock.turn(hours=1, minutes=1)
    with pytest.raises(AppError, match=r"bulk\.late"):
        await services.bulk.take_back(helen, done.event)


async def test_tags_of_leads_are_given_and_taken_off(db: Database, services: Services, actor: Find) -> None:
    anna, helen = await actor("anna"), await actor("helen")
    (one, other), (foreign,), (free,) = (
        await asked(db, count=2),
        await asked(db, "boris"),
        await asked(db, None),
    )
    sheet = await services.tags.write(anna, FieldSubject.LEAD, one, "#Urgent")
    tag = sheet.tags[0].id
    before = await state(db)
    ids = [one, other, foreign, free]
    plan, done = await do(services, anna, ids, Deed.LEAD_TAG, tag)
    assert (plan.n, dict(plan.barred)) == (1, {Bar.GONE: 1, Bar.FOREIGN: 1, Bar.SAME: 1})
    assert await rows(db, LeadTag.lead_id, LeadTag.tag_id) == [(one, tag), (other, tag)]
    assert (await services.leads.card(anna, other)).tags == ("Urgent",)
    await services.bulk.take_back(anna, done.event)
    assert await state(db) == before
    offered = [(await services.bulk.targets(anna, 0, [who], Deed.LEAD_UNTAG)).choices for who in (one, other)]
    assert [[each.name for each in some] for some in offered] == [["Urgent"], []]
    with pytest.raises(AppError, match=r"bulk\.nothing"):
        await services.bulk.tag(anna, 0, [foreign, free], Deed.LEAD_TAG, "Stray")
    done = await services.bulk.tag(anna, 0, ids, Deed.LEAD_TAG, "#Big")
    assert (done.n, done.target.name) == (2, "Big")
    assert [each.name for each in (await services.bulk.targets(anna, 0, ids, Deed.LEAD_TAG)).choices] == [
        "Big",
        "Urgent",
    ]
    await services.bulk.take_back(anna, done.event)
    assert await state(db) == before
    _, done = await do(services, helen, ids, Deed.LEAD_UNTAG, tag)
    assert await rows(db, LeadTag.lead_id) == []
    await services.bulk.take_back(helen, done.event)
    assert await state(db) == before
    assert await kept(db, one) == ["lead.tag"] * 5


async def test_whoever_may_not_does_nothing_with_many(
    db: Database, services: Services, actor: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    helen, anna, boris = await actor("helen"), await actor("anna"), await actor("boris")
    (lead,) = await asked(db)
    for deed in (Deed.LEAD_GIVE, Deed.LEAD_TAG, Deed.REJECT):
        with pytest.raises(ForbiddenError):
            await services.bulk.plan(await actor("fiona"), 0, [lead], deed, 1)
    plan, done = await do(services, helen, [lead], Deed.REJECT, 0)
    with pytest.raises(AppError, match=r"bulk\.gone"):
        await services.bulk.take_back(anna, done.event)
    await services.bulk.take_back(helen, done.event)
    with pytest.raises(StaleError):
        await services.bulk.do(helen, 0, [lead], Deed.REJECT, 0, plan.mark)
    monkeypatch.setattr("services.lists.bulk.MOST", {FieldSubject.LEAD: 1})
    with pytest.raises(AppError, match=r"bulk\.too_many"):
        await services.bulk.plan(helen, 0, [lead, 2], Deed.LEAD_GIVE, boris.person_id)


async def test_of_two_who_do_something_with_the_same_leads_at_once_one_wins(
    db: Database, services: Services, actor: Find
) -> None:
    helen, olga, boris = await actor("helen"), await actor("olga"), await actor("boris")
    leads = await asked(db, count=3)
    give = await services.bulk.plan(helen, 0, leads, Deed.LEAD_GIVE, boris.person_id)
    reject = await services.bulk.plan(olga, 0, leads, Deed.REJECT, 0)
    outcomes = await asyncio.gather(
        services.bulk.do(helen, 0, leads, Deed.LEAD_GIVE, boris.person_id, give.mark),
        services.bulk.do(olga, 0, leads, Deed.REJECT, 0, reject.mark),
        return_exceptions=True,
    )
    assert sorted(isinstance(one, BulkPlan) for one in outcomes) == [False, True]
    assert any(isinstance(one, StaleError) for one in outcomes)
    assert len({row[1:] for row in await rows(db, Lead.id, Lead.owner_id, Lead.status)}) == 1


async def test_leads_are_found_kept_and_handed_over_by_buttons(world: World) -> None:
    leads = await asked(world.db, count=9)
    helen = world.helen
    await helen.say("/leads")
    await helen.press("👥 All")
    await helen.press("🔎 Filter")
    assert "Leads by filter: 9" in helen.text
    assert "Nothing is asked for" not in helen.text, "free or in work is asked for"
    await helen.press("👔 Manager")
    await helen.press("Anna")
    await helen.press("◀️ Back")
    await helen.press("💾 Save as a view")
    await helen.say("Of Anna")
    await helen.say("/menu")
    await helen.press("📌 Of Anna")
    assert f"#{leads[-1]} Lead of Anna" in helen.labels
    await helen.press("☑️ Select")
    await helen.press(f"◻️ #{leads[-1]} Lead of Anna")
    await helen.press("☑️ All of the list")
    assert "Chosen: 9 leads" in helen.text
    assert "Nothing is ticked" in (await helen.press(data="bw:move:0") or "")
    await helen.press("🗑 Not a lead")
    await helen.press("Spam")
    assert "Close 9 leads as “not a lead”: spam?" in helen.text
    await helen.press("◀️ Back")
    await helen.press("◀️ Back")
    await helen.press("🤝 Hand over")
    await helen.press("Boris")
    await helen.press("✅ Yes, 9")
    await world.again()
    assert "Boris has got 9 leads." in helen.text
    assert world.boris.text == "📦 Helen, with many leads at once:\n• you get 9 leads"
    assert world.anna.text == "📦 Helen, with many leads at once:\n• 9 of your leads are with Boris now"
    done = helen.screen
    assert "Nothing is ticked" in (await helen.press(data="bw:lead_tag:0") or "")
    await helen.press("↩️ Undo all", on=done)
    assert "As before: 9 leads." in helen.text
    assert "◀️ List" in helen.labels
    assert "9 leads are yours again" in world.anna.text
    await world.boris.press("📥 Leads")
    await helen.press(data="bfl")
    await helen.press("▶️ Show · 9")
    await helen.press("☑️ Select")
    await helen.press("☑️ All of the list")
    await helen.press("🏷 Tag")
    assert "There is no tag yet.\nWrite a new one" in helen.text
    await helen.say("#")
    assert "Write a word for the tag." in helen.text
    await helen.say("Fair")
    assert "Tagged with Fair: 9 leads." in helen.text
    await helen.press("↩️ Undo all")
    assert "As before: 9 leads." in helen.text
    await helen.say("/profile")
    await helen.press("🌐 In Russian")
    await helen.press(data="bfl")
    assert "Лиды по фильтру: 9" in helen.text
    await helen.press("🚦 Состояние")
    await helen.press("не лиды")
    await helen.press("▶️ Показать · 0")
    assert "Лидов здесь нет." in helen.text
