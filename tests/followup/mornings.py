"""Mornings as the program has them: rounds every five minutes, and whatever comes due is fired."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from db.leases import Holder
from db.models import Deal, Outbox, Task
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.lead_intake import LeadInput
from tests.cast import TurnedClock, actor_of

ROUND = timedelta(minutes=5)


class Days:
    """The days of a company, one morning after the other."""

    def __init__(self, services: Services, db: Database, clock: TurnedClock) -> None:
        self.services, self.db, self.clock = services, db, clock

    async def until(self, moment: str) -> None:
        """To a moment in Moscow of November 2026, "24 09:00"; the rounds before it have all been."""
        day, clock = moment.split()
        until = datetime.fromisoformat(f"2026-11-{day}T{clock}:00+03:00")
        if until - ROUND > self.clock.now():
            await self.away(until - ROUND)
        await self.away(until)

    async def away(self, until: datetime) -> None:
        """To a moment before which the program was not there."""
        self.clock.turn(seconds=(until - self.clock.now()).total_seconds())
        await self.fire()

    async def fire(self) -> None:
        """Everything that is due, and what comes of it."""
        while True:
            async with self.db.write() as uow:
                due = await uow.timers.claim(Holder("test", self.clock.now()), 100)
            if not due:
                return
            for timer in due:
                await self.services.timers.fire(timer)

    async def deal(self, who: str = "anna", name: str = "Ivan") -> int:
        """A deal that somebody has just made of a lead."""
        actor = await actor_of(self.services, who)
        phone = f"+7916555{await self._count():04}"
        made = await self.services.leads.create(
            actor, LeadInput(title=f"Windows for {name}", name=name, phone=phone, mine=True)
        )
        card = await self.services.outcomes.qualify(actor, made.id, made.version)
        assert card.deal_id is not None
        return card.deal_id

    async def tasks(self, deal: int | None = None) -> list[str]:
        """What open tasks say, of one deal or of all."""
        query = select(Task.text).where(Task.done_at.is_(None)).order_by(Task.id)
        if deal is not None:
            query = query.where(Task.deal_id == deal)
        return [text for (text,) in await self.rows(query)]

    async def do_all(self, actor: Actor) -> None:
        """All tasks are done."""
        for (task,) in await self.rows(select(Task.id).where(Task.done_at.is_(None))):
            await self.services.tasks.done(actor, task)

    async def told(self, state: str | None = None) -> list[Outbox]:
        """The messages of whom to call that were queued."""
        query = select(Outbox).where(Outbox.kind == "follow_up").order_by(Outbox.id)
        if state is not None:
            query = query.where(Outbox.state == state)
        return [row for (row,) in await self.rows(query)]

    async def rows(self, statement: Any) -> list[Any]:
        """What stands in the database now."""
        async with self.db.look() as uow:
            return list((await uow.session.execute(statement)).all())

    async def _count(self) -> int:
        return len(await self.rows(select(Deal.id)))
