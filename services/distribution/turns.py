"""Whose turn it is in a department or one of its pipelines, held until the end of a transaction."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from db.models import Department, Person
from db.repositories.shifts import Taker
from db.uow import UnitOfWork
from services.calendars import calendar_of
from services.distribution.choose import Candidate, Choice, choose
from services.distribution.presence import Presence, said_by
from services.distribution.rules import Rules
from services.distribution.ways import Ways
from services.quiet_hours import Quiet
from services.quiet_times import quiet_until


class Turns:
    """The people of a department as they stand; each choice counts for the next one."""

    def __init__(
        self, uow: UnitOfWork, place: tuple[int, int], rules: Rules, takers: list[Taker], now: datetime
    ) -> None:
        self._uow = uow
        self._place = place
        self.rules = rules
        self.takers = takers
        self._now = now
        self._people: dict[int, Candidate] = {}

    @classmethod
    async def begin(
        cls, uow: UnitOfWork, department: Department, ways: Ways, pipeline_id: int | None, now: datetime
    ) -> "Turns":
        """Hold the department's people, so that nobody goes who is just being given something.

        The turn is that of the leads of a pipeline, if the department has ways of its own for them.
        `uow.shifts.give_in_turn` comes first, before any timer is locked.
        """
        await uow.shifts.hold(department.id)
        place = ways.place(pipeline_id)
        takers = await uow.shifts.takers(department.id, place)
        turns = cls(uow, (department.id, place), ways.of(pipeline_id), takers, now)
        is_open = (await calendar_of(uow, department)).is_open(now)
        turns._people = {one.id: await candidate(uow, one, now, is_open=is_open) for one in turns.takers}
        return turns

    async def next(self, but: Collection[int] = ()) -> Choice | None:
        """Whoever is next, none of `but`, and the turn goes on; None when nobody is free."""
        choice = choose(list(self._people.values()), self.rules.order, self.rules.limit, but)
        if choice is None:
            return None
        for one, credit in choice.credit.items():
            self._people[one] = replace(self._people[one], credit=credit)
        chosen = self._people[choice.person_id]
        self._people[chosen.id] = replace(chosen, load=chosen.load + 1)
        await self._uow.shifts.remember(*self._place, choice.credit)
        return choice

    def changes(self) -> datetime | None:
        """When somebody's shift changes by itself next."""
        moments = [said_by(one).changes(self._now) for one in self.takers]
        return min(filter(None, moments), default=None)

    @property
    def anybody_here(self) -> bool:
        """Whether somebody is at work, though perhaps with too much in hand."""
        return any(one.presence is Presence.HERE for one in self._people.values())


async def candidate(uow: UnitOfWork, person: Taker, now: datetime, *, is_open: bool) -> Candidate:
    """Somebody as they stand for a choice; `is_open`: whether the department works now."""
    return Candidate(
        id=person.id,
        weight=person.weight,
        load=person.load,
        credit=person.credit,
        presence=await presence_of(uow, person, now, is_open=is_open),
        substitute_id=person.substitute_id,
    )


async def presence_of(uow: UnitOfWork, person: Taker | Person, now: datetime, *, is_open: bool) -> Presence:
    """Whether somebody is here, and would hear of a lead."""
    found = said_by(person).presence(now, is_open=is_open)
    quiet = Quiet.of(person.quiet) if person.quiet else None
    if found is not Presence.HERE or quiet is None or quiet.urgent:
        return found
    silent = await quiet_until(uow, person.id, quiet, person.time_zone, now)
    return Presence.QUIET if silent else found
