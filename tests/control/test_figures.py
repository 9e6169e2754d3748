"""The figures of a department, counted by hand, on both databases."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from db.models import Company, Contact, Membership, Person, Task
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.clients import ClientKind
from services.dto.control import DeedLine, Deeds, DepartmentNow, Watched, WatchedList, Where
from services.dto.leads import CallOutcome
from services.dto.task_lists import LateTask
from services.dto.tasks import Link
from services.errors import ForbiddenError, NotFoundError
from services.payment_methods import Method
from tests.cast import TurnedClock, stages_by_name
from tests.control.making import deals_of
from tests.leads.making import department_id, free_lead

Find = Callable[[str], Awaitable[Actor]]


def figures(now: DepartmentNow) -> tuple[int, int, int, int]:
    return now.free, now.adrift, now.late, now.orphans


def held(now: DepartmentNow) -> dict[str, tuple[int, int]]:
    return {one.person.name: (one.leads, one.deals) for one in now.sellers.items}


def late(shown: WatchedList) -> list[LateTask]:
    return [one for one in shown.page.items if isinstance(one, LateTask)]


async def whole(services: Services, reader: Actor, kind: Watched, where: Where) -> list[int]:
    """All pages of a list, by the ids of what they show."""
    found: list[int] = []
    after = 0
    while True:
        shown = await services.control.watched(reader, kind, where, after)
        assert len(shown.page.items) <= 8
        for one in shown.page.items:
            match one:
                case LateTask():
                    found.append(one.task.id)
                case DeedLine():
                    found.append(one.event.id)
                case _:
                    found.append(one.id)
        if shown.page.next_after is None:
            return found
        after = shown.page.next_after


async def test_a_department_without_work_shows_its_sellers_alone(services: Services, actor: Find) -> None:
    now = await services.control.department(await actor("helen"))
    assert figures(now) == (0, 0, 0, 0)
    assert now.oldest is None
    assert held(now) == {"Anna": (0, 0), "Boris": (0, 0), "Helen": (0, 0)}


async def test_what_waits_is_counted_within_the_department(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    began = clock.now()
    await free_lead(services, db, phone="+79160000001")
    clock.turn(hours=3)
    await free_lead(services, db, phone="+79160000002")
    elsewhere = await free_lead(services, db, "Service", phone="+79160000003")
    taken = await free_lead(services, db, phone="+79160000004")
    anna, victor = await actor("anna"), await actor("victor")
    await services.leads.take(anna, taken.id)
    ids = await deals_of(db, clock, anna, "New", 3)
    await deals_of(db, clock, anna, "Awaiting payment", 1)
    await deals_of(db, clock, anna, "Paid", 2)
    await deals_of(db, clock, victor, "New", 5)
    await deals_of(db, clock, None, "New", 2, department=await department_id(db))
    await services.tasks.create(anna, "Call", clock.now() + timedelta(hours=1), Link("deal", ids[0]))
    clock.turn(hours=2)
    helen = await services.control.department(await actor("helen"))
    assert figures(helen) == (2, 4, 1, 2)
    assert helen.oldest == began
    assert held(helen) == {"Anna": (1, 4), "Boris": (0, 0), "Helen": (0, 0)}
    hugo = await services.control.department(await actor("hugo"))
    assert figures(hugo) == (1, 5, 0, 0)
    assert hugo.oldest == elsewhere.created_at
    olga = await actor("olga")
    assert figures(await services.control.department(olga)) == (3, 9, 1, 2)
    assert held(await services.control.department(olga))["Victor"] == (0, 5)
    sales = await department_id(db)
    one = await services.control.department(olga, sales)
    assert figures(one) == figures(helen)
    assert one.department is not None
    assert one.department.name == "Sales"
    assert {row.name for row in one.choice} >= {"Sales", "Service"}
    anna_now = await services.control.seller(olga, Where(sales, anna.person_id))
    assert (anna_now.leads, anna_now.deals, anna_now.adrift, anna_now.late) == (1, 4, 2, 1)
    assert (anna_now.total.minor, anna_now.total.currency) == (400, "RUB")


async def test_overdue_tasks_of_the_department_are_counted_but_nobodys_personal_ones(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    anna, fiona, helen = await actor("anna"), await actor("fiona"), await actor("helen")
    soon = clock.now() + timedelta(minutes=30)
    for who, text in ((anna, "Work"), (anna, "Dentist"), (fiona, "Accounts"), (helen, "Plan")):
        await services.tasks.create(who, text, soon)
    async with db.write() as uow:
        await uow.session.execute(update(Task).where(Task.text == "Dentist").values(personal=True))
    clock.turn(hours=1)
    await services.tasks.create(anna, "Later", clock.now() + timedelta(hours=1))
    assert (await services.control.department(helen)).late == 2
    shown = late(await services.control.watched(helen, Watched.LATE, Where()))
    assert [(one.assignee, one.task.text) for one in shown] == [("Anna", "Work"), ("Helen", "Plan")]
    await services.tasks.done(anna, shown[0].task.id)
    assert (await services.control.department(helen)).late == 1


async def test_todays_deeds_are_counted_by_the_readers_day(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    """It is noon in Moscow; what was done yesterday evening there is not today's."""
    anna, helen, fiona, olga = [await actor(name) for name in ("anna", "helen", "fiona", "olga")]
    clock.turn(hours=-13)
    early = await free_lead(services, db, phone="+79160000001")
    await services.leads.take(anna, early.id)
    clock.turn(hours=13)
    deal, other = await deals_of(db, clock, anna, "New", 2)
    lead = await free_lead(services, db, phone="+79160000002")
    await services.leads.take(anna, lead.id)
    await services.leads.log_call(anna, lead.id, CallOutcome.REACHED)
    await services.deals.log_call(anna, deal, "reached")
    stages = await stages_by_name(db)
    moved = await services.moves.move(anna, deal, stages["In work"].id, 1)
    assert moved.undo is not None
    undone = await services.moves.undo(anna, deal, moved.undo, moved.version)
    await services.moves.move(anna, deal, stages["In work"].id, undone.version)
    task = await services.tasks.create(anna, "Call", clock.now() + timedelta(hours=1), Link("deal", other))
    await services.tasks.put_off(anna, task.id, clock.now() + timedelta(hours=2))
    await services.tasks.done(anna, task.id)
    own = await services.tasks.create(anna, "Dentist", clock.now() + timedelta(hours=1))
    await services.tasks.done(anna, own.id)
    async with db.write() as uow:
        await uow.session.execute(update(Task).where(Task.id == own.id).values(personal=True))
    (paid,) = await deals_of(db, clock, anna, "Awaiting payment", 1, amount=10_000)
    await services.payments.record(fiona, paid, 4_000, Method.BANK)
    wrong = await services.payments.record(fiona, paid, 5_000, Method.BANK)
    await services.payments.take_back(fiona, paid, wrong.payments[-1].id)
    expected = Deeds(taken=1, calls=2, moves=2, done=1, paid=1)
    now = await services.control.department(helen)
    assert {one.person.name: one.today for one in now.sellers.items} == {
        "Anna": expected,
        "Boris": Deeds(),
        "Helen": Deeds(),
    }
    shown = await services.control.watched(helen, Watched.TODAY, Where(0, anna.person_id))
    assert shown.person is not None
    assert shown.person.name == "Anna"
    assert [(one.event.action, one.subject) for one in shown.page.items if isinstance(one, DeedLine)] == [
        ("payment.record", "deal"),
        ("task.do", "task"),
        ("deal.move", "deal"),
        ("deal.move", "deal"),
        ("call.log", "deal"),
        ("call.log", "lead"),
        ("lead.take", "lead"),
    ]
    hugo = await services.control.department(await actor("hugo"))
    assert {one.today for one in hugo.sellers.items} == {Deeds()}
    assert (await services.control.seller(olga, Where(0, anna.person_id))).today == expected
    # In Vladivostok it is seven in the evening, and what was done thirteen hours ago is today's.
    eastern = replace(helen, zone=ZoneInfo("Asia/Vladivostok"))
    assert (await services.control.seller(eastern, Where(0, anna.person_id))).today.taken == 2
    clock.turn(hours=20)
    assert (await services.control.seller(helen, Where(0, anna.person_id))).today == Deeds()


async def test_calls_to_clients_count_and_tasks_that_were_dropped_do_not(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    anna, helen = await actor("anna"), await actor("helen")
    async with db.write() as uow:
        shared = {
            "owner_id": anna.person_id,
            "department_id": min(anna.departments),
            "created_at": clock.now(),
        }
        petrov = Contact(name="Petrov", search="petrov", **shared)
        romashka = Company(name="Romashka", name_folded="romashka", **shared)
        uow.session.add_all([petrov, romashka])
    await services.calls.log(anna, ClientKind.CONTACT, petrov.id, CallOutcome.REACHED)
    await services.calls.log(anna, ClientKind.FIRM, romashka.id, CallOutcome.NO_ANSWER)
    task = await services.tasks.create(anna, "Call", clock.now() + timedelta(hours=1))
    await services.tasks.done(anna, task.id)
    where = Where(0, anna.person_id)
    assert (await services.control.seller(helen, where)).today == Deeds(calls=2, done=1)
    await services.task_deleting.drop(anna, task.id)
    assert (await services.control.seller(helen, where)).today == Deeds(calls=2)
    shown = await services.control.watched(helen, Watched.TODAY, where)
    assert [(one.subject, one.title) for one in shown.page.items if isinstance(one, DeedLine)] == [
        ("firm", "Romashka"),
        ("contact", "Petrov"),
    ]


async def test_lists_go_on_page_after_page_without_loss(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    anna, helen = await actor("anna"), await actor("helen")
    ids = await deals_of(db, clock, anna, "New", 19)
    orphans = await deals_of(db, clock, None, "New", 9, department=await department_id(db))
    one = Where(0, anna.person_id)
    assert await whole(services, helen, Watched.DEALS, one) == ids
    assert await whole(services, helen, Watched.ADRIFT, one) == ids
    assert await whole(services, helen, Watched.ADRIFT, Where()) == [*ids, *orphans]
    assert await whole(services, helen, Watched.DEALS, Where()) == orphans
    leads = [(await free_lead(services, db, phone=f"+791600000{n:02}")).id for n in range(17)]
    assert await whole(services, helen, Watched.FREE, Where()) == leads
    for lead in leads[:10]:
        await services.leads.take(anna, lead)
    assert await whole(services, helen, Watched.LEADS, one) == leads[:10]
    assert len(set(await whole(services, helen, Watched.TODAY, one))) == 10


async def test_overdue_tasks_go_on_where_the_last_page_ended(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    """The important first, then the longest due; several are due at the same minute."""
    anna, helen = await actor("anna"), await actor("helen")
    cards = [
        await services.tasks.create(anna, f"T{n}", clock.now() + timedelta(minutes=1 + n % 3))
        for n in range(18)
    ]
    async with db.write() as uow:
        await uow.session.execute(update(Task).where(Task.id == cards[17].id).values(high=True))
    clock.turn(hours=1)
    expected = sorted(cards, key=lambda card: (card.id != cards[17].id, card.due_at, card.id))
    ids = [card.id for card in expected]
    assert await whole(services, helen, Watched.LATE, Where()) == ids
    assert await whole(services, helen, Watched.LATE, Where(0, anna.person_id)) == ids
    first = await services.control.watched(helen, Watched.LATE, Where())
    assert first.page.next_after == ids[7]
    # The last one of the page is put off before the next page is asked for: nothing is passed over.
    await services.tasks.put_off(anna, ids[7], clock.now() + timedelta(days=1))
    again = await services.control.watched(helen, Watched.LATE, Where(), first.page.next_after)
    assert late(again)[0].task.id == ids[0]


async def test_people_go_on_by_name(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    sales = await department_id(db)
    async with db.write() as uow:
        for number in range(12):
            person = Person(
                name=f"Seller {number % 6}",
                name_folded=f"seller {number % 6}",
                role="manager",
                status="active",
                created_at=clock.now(),
            )
            uow.session.add(person)
            await uow.session.flush()
            uow.session.add(Membership(person_id=person.id, department_id=sales, head=False))
    helen = await actor("helen")
    seen: list[str] = []
    after = 0
    for size in (8, 7):
        now = await services.control.department(helen, 0, after)
        assert len(now.sellers.items) == size
        seen += [one.person.name for one in now.sellers.items]
        after = now.sellers.next_after or 0
    assert after == 0
    assert len(seen) == 15
    assert seen == sorted(seen)


async def test_who_left_is_shown_while_work_is_theirs(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    anna = await actor("anna")
    await deals_of(db, clock, anna, "New", 1)
    async with db.write() as uow:
        left = update(Person).where(Person.name.in_(["Anna", "Boris"])).values(status="left")
        await uow.session.execute(left)
    assert held(await services.control.department(await actor("helen"))) == {"Anna": (0, 1), "Helen": (0, 0)}


@pytest.mark.parametrize("name", ["anna", "fiona", "max"])
async def test_it_refuses_who_heads_nothing(services: Services, actor: Find, name: str) -> None:
    reader = await actor(name)
    asked: list[Awaitable[Any]] = [
        services.control.department(reader),
        services.control.departments(reader),
        services.control.seller(reader, Where(0, reader.person_id)),
        *(services.control.watched(reader, kind, Where(0, reader.person_id)) for kind in Watched),
    ]
    for work in asked:
        with pytest.raises(ForbiddenError):
            await work


async def test_another_department_and_its_people_are_not_there(
    db: Database, services: Services, actor: Find
) -> None:
    helen, victor = await actor("helen"), await actor("victor")
    for department in (await department_id(db, "Service"), 999_999):
        with pytest.raises(NotFoundError):
            await services.control.department(helen, department)
        for kind in Watched:
            with pytest.raises(NotFoundError):
                await services.control.watched(helen, kind, Where(department))
    for person in (victor.person_id, 999_999, 0):
        with pytest.raises(NotFoundError):
            await services.control.seller(helen, Where(0, person))
    with pytest.raises(NotFoundError):
        await services.control.watched(helen, Watched.TODAY, Where(0, victor.person_id))


async def test_a_head_of_two_departments_sees_both_or_one(
    db: Database, services: Services, actor: Find
) -> None:
    helen = await actor("helen")
    service = await department_id(db, "Service")
    async with db.write() as uow:
        uow.session.add(Membership(person_id=helen.person_id, department_id=service, head=True))
    await free_lead(services, db, phone="+79160000001")
    await free_lead(services, db, "Service", phone="+79160000002")
    both = await services.control.department(await actor("helen"))
    assert both.free == 2
    assert [row.name for row in both.choice] == ["Sales", "Service"]
    assert [one.person.name for one in both.sellers.items] == ["Anna", "Boris", "Helen", "Hugo", "Victor"]
    assert (await services.control.department(await actor("helen"), service)).free == 1
