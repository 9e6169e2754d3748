"""Quiet hours: set by each for themselves; what was held in them comes folded when they end."""

from dataclasses import replace
from datetime import datetime

from db.models import Person, Timer
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.quiet import QuietCard
from services.errors import AppError, NotFoundError
from services.folding import settle, until_of
from services.quiet_hours import Quiet
from services.understanding.quiet_hours import parse
from services.understanding.work_hours import HoursError

OFF_WORK = "work"
OFF = "off"


class QuietHours:
    """The service of quiet hours; one's own alone. Also fires timers of the kind `quiet_end`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor) -> QuietCard:
        """One's own quiet hours."""
        require(actor, Action.PROFILE_EDIT)
        async with self._db.read() as uow:
            return await _card(uow, await _person(uow, actor), self._clock.now())

    async def choose(self, actor: Actor, typed: str) -> QuietCard:
        """Other hours, as somebody writes them; `OFF_WORK` or `OFF`. What was held comes if it may now.

        Raises `quiet.unread` or `quiet.always`.
        """
        chosen = _read(typed)
        async with self._db.write(actor.cause) as uow:
            person = await _person(uow, actor)
            if chosen is not None and person.quiet:
                chosen = replace(chosen, urgent=Quiet.of(person.quiet).urgent)
            return await self._keep(uow, actor, person, chosen)

    async def wake(self, actor: Actor, *, on: bool) -> QuietCard:
        """Whether urgent things are heard all the same. Raises `quiet.off` where nothing is quiet."""
        async with self._db.write(actor.cause) as uow:
            person = await _person(uow, actor)
            if not person.quiet:
                raise AppError("quiet.off")
            return await self._keep(uow, actor, person, replace(Quiet.of(person.quiet), urgent=on))

    async def _keep(self, uow: UnitOfWork, actor: Actor, person: Person, quiet: Quiet | None) -> QuietCard:
        require(actor, Action.PROFILE_EDIT)
        now, data = self._clock.now(), quiet.data if quiet else None
        changes: history.Changes = {"quiet": (person.quiet, data)}
        person.quiet = data
        event = await history.record(uow, actor, now, Action.PROFILE_EDIT, "profile", person.id, changes)
        await uow.people.flush()
        await settle(uow, person, now, f"set:{event}")
        return await _card(uow, person, now)

    async def fire(self, timer: Timer) -> None:
        """A quiet time has ended, unless it was set anew meanwhile."""
        now = self._clock.now()
        async with self._db.write() as uow:
            if not await uow.timers.mark_fired(timer.id, now):
                return
            person = await uow.people.get(timer.subject_id)
            if person is not None:
                await settle(uow, person, now, f"again:{timer.id}")


def _read(typed: str) -> Quiet | None:
    if typed == OFF:
        return None
    if typed == OFF_WORK:
        return Quiet(off_work=True)
    try:
        return parse(typed)
    except HoursError as error:
        raise AppError(error.code, piece=error.piece) from error


async def _person(uow: UnitOfWork, actor: Actor) -> Person:
    person = await uow.people.get(actor.person_id)
    if person is None:
        raise NotFoundError("employee")
    return person


async def _card(uow: UnitOfWork, person: Person, now: datetime) -> QuietCard:
    quiet = Quiet.of(person.quiet) if person.quiet else None
    waiting = await uow.held.count(person.id)
    return QuietCard(person.id, quiet, await until_of(uow, person, now), waiting)
