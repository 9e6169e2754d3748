"""Deeds with many contacts or companies at once: judged as one by one, done and taken back as a whole."""

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from db.models import Company, CompanyTag, Contact, ContactTag, Event, Outbox, Person, Task
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.bulk import Bar, BulkPlan, Deed
from services.dto.clients import ClientKind, PointKind
from services.dto.fields import FieldSubject
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from tests.cast import START
from tests.lists import test_contacts, test_firms
from tests.lists.making import sold
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
    return [
        *await rows(db, Contact.id, Contact.owner_id, Contact.department_id, Contact.tags),
        *await rows(db, Company.id, Company.owner_id, Company.department_id, Company.tags),
        *await rows(db, Task.id, Task.assignee_id),
        *await rows(db, ContactTag.contact_id, ContactTag.tag_id),
        *await rows(db, CompanyTag.company_id, CompanyTag.tag_id),
    ]


async def told(db: Database) -> list[tuple[str, dict[str, Any]]]:
    """The messages about it, by their readers."""
    async with db.read() as uow:
        query = select(Person.name, Outbox.params).join(Person, Person.id == Outbox.person_id)
        query = query.where(Outbox.kind == "deals_changed").order_by(Outbox.id)
        return [(row[0], row[1]) for row in await uow.session.execute(query)]


async def to_do(db: Database, who: Actor, **place: int) -> None:
    """Something that somebody has to do for a client."""
    async with db.write() as uow:
        task = {"assignee_id": who.person_id, "author_id": who.person_id, "created_at": START}
        uow.session.add(Task(text="Call", due_at=START + timedelta(hours=2), **task, **place))


async def kept(db: Database, subject: str, one: int) -> list[str]:
    """What the history of a client says was done."""
    async with db.read() as uow:
        query = select(Event.action).where(Event.subject == subject, Event.subject_id == one)
        return list(await uow.session.scalars(query.order_by(Event.id)))


async def test_clients_change_hands_with_their_tasks_and_come_back(
    db: Database, services: Services, actor: Find
) -> None:
    helen, boris, anna, victor = [await actor(name) for name in ("helen", "boris", "anna", "victor")]
    mine = await test_contacts.known(db, anna, 3)
    (same,), (away,) = await test_contacts.known(db, boris), await test_contacts.known(db, victor)
    await to_do(db, anna, contact_id=mine[0])
    await to_do(db, helen, contact_id=mine[1])
    before = await state(db)
    ids = [*mine, same, away, 987_654]
    plan, done = await do(services, helen, ids, Deed.CLIENT_GIVE, boris.person_id)
    assert (plan.n, plan.tasks, dict(plan.barred)) == (3, 1, {Bar.SAME: 1, Bar.GONE: 2})
    assert plan.some[0].name == "Client 0 of Anna"
    owners = dict(await rows(db, Contact.id, Contact.owner_id))
    assert {owners[one] for one in mine} == {boris.person_id}
    assert sorted(await rows(db, Task.assignee_id)) == sorted([(helen.person_id,), (boris.person_id,)])
    assert await kept(db, "contact", mine[0]) == ["client.hand_over"]
    await services.client_changes.add_point(
        boris, ClientKind.CONTACT, mine[2], PointKind.PHONE, "+79161234567"
    )
    back = await services.bulk.take_back(helen, done.event)
    assert (back.n, dict(back.barred)) == (2, {Bar.TOUCHED: 1})
    async with db.write() as uow:
        given = update(Contact).where(Contact.id == mine[2]).values(owner_id=anna.person_id)
        await uow.session.execute(given)
    assert await state(db) == before
    assert await kept(db, "contact", mine[0]) == ["client.hand_over"] * 2
    assert await told(db) == [
        ("Anna", {"by": "Helen", "to": "Boris", "clients_gone": 3}),
        ("Boris", {"by": "Helen", "clients_given": 3, "moved_tasks": 1}),
        ("Anna", {"by": "Helen", "clients_back": 2}),
        ("Boris", {"by": "Helen", "clients_taken": 2}),
    ]
    with pytest.raises(AppError, match=r"bulk\.gone"):
        await services.bulk.take_back(helen, done.event)
    with pytest.raises(AppError, match=r"bulk\.nothing"):
        await do(services, helen, mine, Deed.CLIENT_GIVE, victor.person_id)
    with pytest.raises(ForbiddenError):
        await services.bulk.plan(anna, 0, mine, Deed.CLIENT_GIVE, boris.person_id)
    with pytest.raises(NotFoundError, match="colleague"):
        await services.bulk.plan(helen, 0, mine, Deed.CLIENT_GIVE, (await actor("fiona")).person_id)


async def test_a_company_is_handed_over_where_it_lies_and_a_stray_one_where_its_deals_do(
    db: Database, services: Services, actor: Find
) -> None:
    helen, boris, anna, victor = [await actor(name) for name in ("helen", "boris", "anna", "victor")]
    mine = await test_firms.known(db, anna, 2)
    stray, seen = await test_firms.known(db, victor, 2)
    await sold(db, company_id=stray)
    await sold(db, company_id=seen)
    async with db.write() as uow:
        lost = update(Company).where(Company.id == stray).values(owner_id=None, department_id=None)
        await uow.session.execute(lost)
    await to_do(db, anna, company_id=mine[0])
    before = await state(db)
    ids = [*mine, stray, seen]
    plan, done = await do(services, helen, ids, Deed.FIRM_GIVE, boris.person_id)
    assert (plan.n, plan.tasks, dict(plan.barred)) == (3, 1, {Bar.FOREIGN: 1})
    placed = {one[0]: one[1:] for one in await rows(db, Company.id, Company.owner_id, Company.department_id)}
    assert placed[stray] == placed[mine[0]] == (boris.person_id, min(boris.departments))
    await services.bulk.take_back(helen, done.event)
    assert await state(db) == before
    plan = await services.bulk.plan(helen, 0, ids, Deed.FIRM_GIVE, boris.person_id)
    await services.tags.write(anna, FieldSubject.FIRM, mine[0], "VIP")
    with pytest.raises(StaleError):
        await services.bulk.do(helen, 0, ids, Deed.FIRM_GIVE, boris.person_id, plan.mark)


@pytest.mark.parametrize(
    ("subject", "on", "off"),
    [
        (FieldSubject.CONTACT, Deed.CLIENT_TAG, Deed.CLIENT_UNTAG),
        (FieldSubject.FIRM, Deed.FIRM_TAG, Deed.FIRM_UNTAG),
    ],
)
async def test_tags_are_given_and_taken_off(
    db: Database, services: Services, actor: Find, subject: FieldSubject, on: Deed, off: Deed
) -> None:
    anna, helen, boris = await actor("anna"), await actor("helen"), await actor("boris")
    known = test_contacts.known if subject is FieldSubject.CONTACT else test_firms.known
    (one, other), (foreign,) = await known(db, anna, 2), await known(db, boris)
    tag = (await services.tags.write(anna, subject, one, "VIP")).tags[0].id
    before = await state(db)
    plan, done = await do(services, anna, [one, other, foreign], on, tag)
    assert (plan.n, dict(plan.barred)) == (1, {Bar.GONE: 1, Bar.SAME: 1})
    await services.bulk.take_back(anna, done.event)
    assert await state(db) == before
    offered = [(await services.bulk.targets(anna, 0, [who], off)).choices for who in (one, other)]
    assert [[each.name for each in some] for some in offered] == [["VIP"], []]
    _, done = await do(services, helen, [one, other, foreign], off, tag)
    assert done.n == 1
    await services.bulk.take_back(helen, done.event)
    assert await state(db) == before
    assert await kept(db, subject.value, one) == ["client.tag"] * 3
    with pytest.raises(ForbiddenError):
        await services.bulk.plan(await actor("fiona"), 0, [one], on, tag)


async def test_a_head_hands_over_and_tags_the_clients_of_a_list_by_buttons(world: World, actor: Find) -> None:
    await test_contacts.known(world.db, await actor("anna"), 3)
    helen = world.helen
    await helen.press(data="kl:contact:0")
    await helen.press("🔎 Filter")
    await helen.press("▶️ Show · 3")
    await helen.press("☑️ Select")
    await helen.press("☑️ All of the list")
    assert "Chosen: 3 clients" in helen.text
    await helen.press("🤝 Hand over")
    await helen.press("Boris")
    assert "Hand over 3 clients to Boris?\n   👤 Client 0 of Anna" in helen.text
    await helen.press("✅ Yes, 3")
    await world.again()
    assert "Boris has got 3 clients." in helen.text
    assert world.boris.text == "📦 Helen, with many clients at once:\n• you get 3 clients"
    assert world.anna.text == "📦 Helen, with many clients at once:\n• 3 of your clients are with Boris now"
    await helen.press("↩️ Undo all")
    assert "As before: 3 clients." in helen.text
    assert "3 clients are yours again" in world.anna.text
    assert "Nothing is ticked" in (await helen.press(data="bw:client_give:0") or "")
    await world.anna.press("🗂 Clients")
    await world.anna.press("🔎 Filter")
    await world.anna.press("▶️ Show · 3")
    await world.anna.press("☑️ Select")
    await world.anna.press("☑️ All of the list")
    assert "🤝 Hand over" not in world.anna.labels
    assert "🏷 Tag off" in world.anna.labels
    await world.anna.press("🏷 Tag")
    await world.anna.say("Fair")
    assert "Tagged with Fair: 3 clients." in world.anna.text
