"""Weeks of a company with people in all zones, as clocks are turned: all that rounds set comes, and once.

Each local date of each person is a case: their digests, and the look at whom they are to call.
"""

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from db.models import Department, Membership, Outbox, Person, SpecialDay, Timer
from db.uow import Database
from services.bundle import Services
from services.calendars import by_clock, calendars, company_calendar
from services.digests.times import LATEST, READERS, WEEKLY, DigestKind, days_of
from services.understanding.work_hours import parse
from services.work_calendar import Opening, WorkCalendar
from services.workspace import the_workspace
from tests.cast import TurnedClock
from tests.followup.mornings import Days
from tests.time.dice import ZONES, a_zone

BEGINS = datetime(2026, 10, 19, 3, 0, tzinfo=UTC)
"""Before clocks are turned back in Beirut, Berlin, Cairo, Havana and New York; 4 November is a holiday."""
DAYS = {"sqlite": 16, "postgresql": 5}
PEOPLE = 20
HOURS = ("mon-fri 9-18", "mon-fri 0-9, 12-15, sat 10-15", "mon-sun 1:30-10", "tue-sat 18-24", "mon-thu 2-3")
MAILED = DigestKind.WEEK_MAIL


async def test_whatever_is_set_by_rounds_comes_once_for_each_local_date(
    db: Database, services: Services, clock: TurnedClock
) -> None:
    dice = random.Random(20261019)
    clock.turn(seconds=(BEGINS - clock.now()).total_seconds())
    await settle_everywhere(db, dice, clock.now())
    days = Days(services, db, clock)
    rounds = [clock.now()]
    for starts in (services.digest_round.begin, services.follow_up_round.begin):
        await starts()
    while rounds[-1] < BEGINS + timedelta(days=DAYS[db.backend]):
        pause = dice.randint(6, 150) if dice.random() < 0.95 else dice.randint(150, 60 * 40)
        await days.away(rounds[-1] + timedelta(minutes=pause))
        rounds.append(clock.now())
        if dice.random() < 0.1:
            await services.digest_round.begin()
            await services.follow_up_round.begin()

    told, looked = Counter[tuple[int, str, str]](), Counter[str]()
    receivers = select(Outbox, Person.id).join(Person, Person.telegram_id == Outbox.chat_id)
    for row, reader in await days.rows(receivers):
        if "last" in row.params:
            told[(reader, row.params["kind"], row.params["last"])] += 1
    for timer in (one for (one,) in await days.rows(select(Timer))):
        assert timer.state == "done" or timer.due_at > rounds[-1], "none is lost"
        if timer.kind == "follow_up":
            looked[timer.dedupe] += 1
    assert set(told.values()) == set(looked.values()) == {1}, "none comes twice"
    readers = await people(db)
    assert set(told) == {one for who, calendar in readers for one in due_digests(who, calendar, rounds)}
    assert set(looked) == {one for who, calendar in readers for one in due_looks(who, calendar, rounds)}
    assert len(told) + len(looked) > {"sqlite": 450, "postgresql": 100}[db.backend]


async def settle_everywhere(db: Database, dice: random.Random, now: datetime) -> None:
    """People in departments of their own, some with a clock of their own as well."""
    async with db.write() as uow:
        for n in range(PEOPLE):
            department = Department(
                name=f"Branch {n}",
                name_folded=f"branch {n}",
                time_zone=ZONES[n % len(ZONES)],
                hours=parse(dice.choice(HOURS)).data,
                keeps_holidays=dice.random() < 0.5,
                created_at=now,
            )
            person = Person(
                telegram_id=50_000 + n,
                name=f"Seller {n}",
                name_folded=f"seller {n}",
                role="head" if n % 2 else "manager",
                status="active",
                reachable=True,
                time_zone=a_zone(dice).key if dice.random() < 0.3 else None,
                created_at=now,
            )
            uow.session.add_all([department, person])
            await uow.session.flush()
            uow.session.add(Membership(person_id=person.id, department_id=department.id, head=bool(n % 2)))
            day = (now + timedelta(days=dice.randint(1, 20))).date()
            uow.session.add(
                SpecialDay(department_id=department.id, day=day, spans=dice.choice(([], [[600, 660]])))
            )


async def people(db: Database) -> list[tuple[Person, WorkCalendar]]:
    """All who are told something, with when they work."""
    async with db.read() as uow:
        usual = {None: company_calendar(await the_workspace(uow)), **await calendars(uow)}
        rows = (
            await uow.session.execute(select(Person, Membership.department_id).outerjoin(Membership))
        ).all()
        return [(person, by_clock(usual[place], person.time_zone)) for person, place in rows]


def due_digests(who: Person, calendar: WorkCalendar, rounds: list[datetime]) -> set[tuple[int, str, str]]:
    """Of every local date on which they work the digests whose hour was met by a round in time."""
    found = set()
    for kind in (one for one, roles in READERS.items() if who.role in roles and one is not MAILED):
        weeks = set[tuple[int, int]]()
        for day, hours in worked(calendar, rounds):
            week = day.isocalendar()[:2]
            if kind in WEEKLY and week in weeks:
                continue
            weeks.add(week)
            at = hours.end if kind is DigestKind.EVENING else hours.start
            after = bisect_left(rounds, at)
            if 0 < after < len(rounds) and rounds[after] - at < LATEST[kind]:
                found.add((who.id, kind.value, days_of(kind, day)[1].isoformat()))
    return found


def due_looks(who: Person, calendar: WorkCalendar, rounds: list[datetime]) -> set[str]:
    """Of every local date on which they work the look, unless no round fell into their hours."""
    found = set()
    for day, hours in worked(calendar, rounds):
        after = bisect_left(rounds, hours.start)
        if 0 < after < len(rounds) and rounds[after] < hours.end:
            found.add(f"follow_up:{who.id}:{day.isoformat()}")
    return found


def worked(calendar: WorkCalendar, rounds: list[datetime]) -> Iterator[tuple[date, Opening]]:
    """The local dates with work, from a week before the first round on."""
    for ahead in range(-8, (rounds[-1] - rounds[0]).days + 2):
        day = (rounds[0] + timedelta(days=ahead)).date()
        if hours := calendar.bounds(day):
            yield day, hours
