"""Who works now: as people say it themselves, or their heads for them."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from db.models import Person
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor
from services.calendars import calendar_of
from services.clock import Clock
from services.distribution.clock import look_all
from services.distribution.offers import take_back_all
from services.distribution.presence import BY_HAND, LUNCH, Presence, Said, Shift, said_by
from services.distribution.turns import presence_of
from services.dto.common import Ref
from services.dto.distribution import ShiftCard
from services.errors import AppError, NotFoundError
from services.staff import SELLING, access_person
from services.understanding.days import parse_coming_day
from services.understanding.moments import at_local
from services.work_times import works_now

LONGEST = timedelta(days=366)


class Word(StrEnum):
    """What can be said with one tap."""

    ON = "on"
    LUNCH = "lunch"
    OFF = "off"
    AUTO = "auto"


class Shifts:
    """The service of shifts: one's own, and for heads those of their people."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, person_id: int) -> ShiftCard:
        """Whether somebody works now. Raises `employee.not_found` or `not_allowed`."""
        async with self._db.read() as uow:
            person = await _access(uow, actor, person_id)
            return await _card(uow, actor, person, self._clock.now())

    async def say(self, actor: Actor, person_id: int, word: Word) -> ShiftCard:
        """On from now, at lunch for an hour, off until further notice, or by the working hours.

        Whoever comes is given what has waited for somebody. Raises as `card`.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            person = await _access(uow, actor, person_id)
            before = said_by(person).at(now)
            after = {
                Word.ON: Said(Shift.ON, now + BY_HAND),
                Word.LUNCH: replace(_here(before), lunch_until=now + LUNCH),
                Word.OFF: Said(Shift.OFF),
                Word.AUTO: Said(),
            }[word]
            return await self._change(uow, actor, person, after, now)

    async def leave_until(self, actor: Actor, person_id: int, typed: str) -> ShiftCard:
        """Off until a day as somebody types it, on which they are back.

        Raises as `card`, and `shift.unread_day`.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            person = await _access(uow, actor, person_id)
            local = now.astimezone(await _zone(uow, person))
            day = parse_coming_day(typed, local.date())
            if day is None or not local.date() < day <= local.date() + LONGEST:
                raise AppError("shift.unread_day")
            return await self._change(uow, actor, person, Said(Shift.OFF, at_local(day, 0, local)), now)

    async def colleagues(self, actor: Actor, person_id: int) -> tuple[Ref, ...]:
        """Who could stand in for somebody: the other sellers of their departments. Raises as `card`."""
        async with self._db.read() as uow:
            return await _colleagues(uow, await _access(uow, actor, person_id))

    async def stand_in(self, actor: Actor, person_id: int, substitute_id: int) -> ShiftCard:
        """Let a colleague get somebody's leads while they are off; nobody for 0.

        Raises as `card`, and `colleague.not_found`.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            person = await _access(uow, actor, person_id)
            if substitute_id and substitute_id not in {one.id for one in await _colleagues(uow, person)}:
                raise NotFoundError("colleague")
            before, person.substitute_id = person.substitute_id, substitute_id or None
            if before != person.substitute_id:
                changes: history.Changes = {"substitute_id": (before, person.substitute_id)}
                await history.record(uow, actor, now, Action.SHIFT_SET, "person", person.id, changes)
                await _look(uow, person, now)
            return await _card(uow, actor, person, now)

    async def _change(
        self, uow: UnitOfWork, actor: Actor, person: Person, after: Said, now: datetime
    ) -> ShiftCard:
        before = said_by(person)
        changes: history.Changes = {
            name: (_told(old), _told(new))
            for name, old, new in (
                ("shift", before.shift, after.shift),
                ("shift_until", before.until, after.until),
                ("lunch_until", before.lunch_until, after.lunch_until),
            )
            if old != new
        }
        if changes:
            person.shift, person.shift_until, person.lunch_until = after.shift, after.until, after.lunch_until
            await history.record(uow, actor, now, Action.SHIFT_SET, "person", person.id, changes)
            await uow.people.flush()
            if after.shift is Shift.OFF or after.lunch_until is not None:
                await take_back_all(uow, person.id, now)
            await _look(uow, person, now)
        return await _card(uow, actor, person, now)


def _here(said: Said) -> Said:
    """Lunch ends whatever was before, but for being off: whoever goes to lunch works."""
    return Said() if said.shift is Shift.OFF else said


def _told(value: Shift | datetime | None) -> str | None:
    return value.isoformat() if isinstance(value, datetime) else value


async def _access(uow: UnitOfWork, actor: Actor, person_id: int) -> Person:
    if person_id == actor.person_id and actor.may(Action.SHIFT_SET):
        person = await uow.people.get(person_id)
    else:
        person, _ = await access_person(uow, actor, person_id, Action.SHIFT_SET)
    if person is None or person.role not in SELLING or person.status != "active":
        raise AppError("shift.nobodys")
    return person


async def _look(uow: UnitOfWork, person: Person, now: datetime) -> None:
    await look_all(uow, [row.id for row in await uow.people.memberships(person.id)], now)


async def _zone(uow: UnitOfWork, person: Person) -> ZoneInfo:
    workspace = await uow.people.workspace()
    return ZoneInfo(person.time_zone or (workspace.time_zone if workspace else "UTC"))


async def _colleagues(uow: UnitOfWork, person: Person) -> tuple[Ref, ...]:
    found: dict[int, Ref] = {}
    for row in await uow.people.memberships(person.id):
        for one in await uow.people.members(row.id, roles=SELLING):
            found.setdefault(one.id, Ref(one.id, one.name))
    found.pop(person.id, None)
    return tuple(found.values())


async def _card(uow: UnitOfWork, actor: Actor, person: Person, now: datetime) -> ShiftCard:
    departments = await uow.people.memberships(person.id)
    calendars = [await calendar_of(uow, row) for row in departments]
    said = said_by(person).at(now)
    presence = await presence_of(uow, person, now, is_open=any(one.is_open(now) for one in calendars))
    until = said.changes(now)
    if until is None and presence in (Presence.HERE, Presence.CLOSED) and len(calendars) == 1:
        until = works_now(calendars[0], now)[1]
    names = await uow.people.names([person.substitute_id] if person.substitute_id else [])
    substitute = person.substitute_id
    return ShiftCard(
        person=Ref(person.id, person.name),
        own=person.id == actor.person_id,
        presence=presence,
        shift=said.shift,
        until=until,
        substitute=Ref(substitute, names.get(substitute, "")) if substitute else None,
        department_id=departments[0].id if departments else None,
    )
