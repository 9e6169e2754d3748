"""The steps of unanswered leads while the program comes and goes: generated patterns of outages.

A pattern is what a lead sees of the outages of its day; ten leads and more come in each of the days.
"""

import random
from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import func, select

from db.models import Event, Timer
from services.access import Actor
from services.calendars import calendars
from services.dto.leads import CallOutcome
from services.response.outages import LONG_GRACE, NOTICED
from services.work_calendar import WorkCalendar
from tests.cast import actor_of
from tests.leads.making import department_id, free_lead
from tests.tasks.ticking import away, fire
from tests.thinning import LONG
from tests.world import World

DAYS = {"sqlite": 40 if LONG else 6, "postgresql": 1}
"""Five hundred patterns take a minute or two: SDELKA_LONG asks for all of them."""
LEADS = 10
MINUTE = timedelta(minutes=1)
WEEK = 7 * 24 * 60
LONGEST_HOLIDAYS = 2 * WEEK * MINUTE
DUE = 30 * MINUTE


async def test_no_pattern_of_outages_loses_repeats_or_hastens_a_step(world: World) -> None:
    async with world.db.read() as uow:
        calendar = (await calendars(uow))[await department_id(world.db)]
    anna, boris = await actor_of(world.services, "anna"), await actor_of(world.services, "boris")
    for seed in range(DAYS[world.db.backend]):
        dice = random.Random(seed)
        world.clock.turn(minutes=dice.randrange(WEEK))
        day = Day(world, calendar, dice, anna, boris)
        assert not await day.live(), f"day {seed}"


class Day:
    """Leads that Anna does not answer until they have been passed on to Boris."""

    def __init__(
        self, world: World, calendar: WorkCalendar, dice: random.Random, anna: Actor, boris: Actor
    ) -> None:
        self.world, self.calendar, self.dice = world, calendar, dice
        self.anna, self.boris = anna, boris
        self.at_work = timedelta()
        self.outages = 0
        self.back_at: datetime | None = None
        self.waiting: dict[int, tuple[timedelta, int]] = {}
        """Leads with the time at work and the outages that were before them."""
        self.told: list[str] = []

    async def live(self) -> list[str]:
        """What went wrong."""
        for _ in range(self.dice.randint(1, 4)):
            await self.work(self.dice.randint(0, 14) * MINUTE, LEADS // 4)
            self.outages += 1
            await away(self.world, minutes=self.dice.choice((1, *(self.dice.randint(2, 900) for _ in "12"))))
            if await self.world.services.outages.notice():
                self.back_at = self.world.clock.now()
            assert await self.world.services.outages.notice() == 0, "granted twice"
        await self.work(LONGEST_HOLIDAYS, LEADS - LEADS // 4)
        return [*self.told, *(f"{lead} was never passed on" for lead in self.waiting)]

    async def work(self, time: timedelta, leads: int) -> None:
        """The program is up for so long, and so many leads come in the first minutes of it."""
        clock = self.world.clock
        until = clock.now() + time
        comes = sorted(
            clock.now() + MINUTE * self.dice.randint(0, min(30, time // MINUTE)) for _ in range(leads)
        )
        while comes or self.waiting:
            due = min(filter(None, [await self.next_due(), *comes[:1]]), default=until)
            if due > until:
                break
            self.pass_time(max(due, clock.now()))
            if comes and comes[0] <= clock.now():
                comes.pop(0)
                await self.take_in()
            await fire(self.world)
            await self.judge()
        if self.waiting:
            self.pass_time(until)

    def pass_time(self, until: datetime) -> None:
        since = self.world.clock.now()
        self.at_work += self.calendar.between(since, until)
        self.world.clock.turn(seconds=(until - since).total_seconds())

    async def take_in(self) -> None:
        phone = f"+7916{self.dice.randrange(10**7):07}"
        lead = await free_lead(self.world.services, self.world.db, phone=phone)
        await self.world.services.leads.take(self.anna, lead.id)
        self.waiting[lead.id] = (self.at_work, self.outages)

    async def judge(self) -> None:
        """Each step once, none before its time at work, none in the first minutes after an outage."""
        for lead, deeds in (await self.deeds()).items():
            if not deeds["lead.pass_on"]:
                continue
            before, outages = self.waiting.pop(lead)
            waited, outages = self.at_work - before, self.outages - outages
            lost = outages * NOTICED
            if [deeds[f"lead.{name}"] for name in ("task", "pass_on", "alarm")] != [1, 1, 1]:
                self.told.append(f"{lead}: {dict(deeds)}")
            if not DUE - lost <= waited <= DUE + outages * LONG_GRACE + lost:
                self.told.append(f"{lead} was passed on after {waited} at work and {outages} outages")
            if outages and self.back_at and self.world.clock.now() - self.back_at < LONG_GRACE:
                self.told.append(f"{lead} was passed on in the first minutes after an outage")
            await self.world.services.leads.log_call(self.boris, lead, CallOutcome.REACHED)

    async def next_due(self) -> datetime | None:
        return (await self.world.rows(select(func.min(Timer.due_at)).where(Timer.state == "new")))[0][0]

    async def deeds(self) -> dict[int, Counter[str]]:
        query = select(Event.subject_id, Event.action).where(
            Event.subject == "lead", Event.subject_id.in_(self.waiting)
        )
        done: dict[int, Counter[str]] = {}
        for lead, action in await self.world.rows(query):
            done.setdefault(lead, Counter())[action] += 1
        return done
