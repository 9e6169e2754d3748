"""An offer of a lead to one person: let pass, run out, or moved because the program was away."""

from datetime import datetime, timedelta

from db.models import Lead, Timer
from db.uow import Database, UnitOfWork
from services import history, lead_notices, notices
from services.access import NOBODY, Action, Actor
from services.calendars import calendar_of
from services.clock import Clock
from services.distribution.clock import spread
from services.distribution.presence import Presence
from services.distribution.turns import presence_of
from services.dto.leads import LeadStatus, LeadStub
from services.errors import StaleError
from services.lead_changes import change
from services.notices import NoticeKind
from services.rows import access_lead
from services.timers import TimerKind

OFFERED = "lead.offer"
LET_PASS = "lead.pass"  # noqa: S105 - no password, but the way of a lead
RUN_OUT = "lead.run_out"
LONGER = "lead.offer_longer"
GRACE = timedelta(minutes=2)
"""So long an offer holds at least after the program was away."""


class Offers:
    """The service of offers; also fires timers of the kind `lead_offer`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def let_pass(self, actor: Actor, lead_id: int) -> LeadStub:
        """Let an offer go on to whoever is next.

        Raises `lead.not_found`, `not_allowed`, `lead.offered`, or `stale` if it is not the actor's any more.
        """
        async with self._db.write(actor.cause) as uow:
            lead = await access_lead(uow, actor, lead_id, Action.LEAD_TAKE)
            if lead.offered_to != actor.person_id:
                raise StaleError
            await take_back(uow, actor, lead, LET_PASS, self._clock.now(), declined=True)
            return LeadStub(lead.id, None, passed=True)

    async def fire(self, timer: Timer) -> None:
        """It has run out, unless the lead was taken or let pass."""
        try:
            await self._run_out(timer)
        except StaleError:
            await self._run_out(timer)  # somebody pressed in this moment: now it is seen what

    async def _run_out(self, timer: Timer) -> None:
        now = self._clock.now()
        async with self._db.write() as uow:
            if not await uow.timers.mark_fired(timer.id, now):
                return
            lead = await uow.leads.get(timer.subject_id)
            if lead is None or lead.offered_to is None or lead.offer != timer.params["offer"]:
                return
            if lead.offered_until is not None and lead.offered_until > now:
                await _set_timer(uow, lead, lead.offered_until, now)  # longer by an outage noticed meanwhile
                return
            here = await _is_here(uow, lead.offered_to, lead.department_id, now)
            await take_back(uow, NOBODY, lead, RUN_OUT, now, declined=here)


async def offer(uow: UnitOfWork, lead: Lead, person_id: int, minutes: int, now: datetime) -> None:
    """Offer a free lead to somebody for so many minutes."""
    until = now + timedelta(minutes=minutes)
    values: dict[str, object] = {
        "offered_to": person_id,
        "offered_until": until,
        "offer": lead.offer + 1,
    }
    event = await change(uow, NOBODY, now, OFFERED, lead, values)
    await _set_timer(uow, lead, until, now)
    person = await uow.people.get(person_id)
    if person is not None:
        key, params = f"lead_offer:{lead.id}:{event}", {"id": lead.id}
        await notices.send(uow, now, [notices.private(person)], NoticeKind.LEAD_OFFER, key, {**params})


async def take_back(
    uow: UnitOfWork, actor: Actor, lead: Lead, action: str, now: datetime, *, declined: bool
) -> None:
    """End an offer, and let the lead go on; `declined`: it is not offered to the same person again."""
    if lead.status != LeadStatus.NEW:
        raise StaleError
    values: dict[str, object] = {"offered_to": None, "offered_until": None}
    if declined:
        values["declined"] = [*lead.declined, lead.offered_to]
    event = await change(uow, actor, now, action, lead, values)
    await spread(uow, actor, now, lead, event or 0)


async def take_back_all(uow: UnitOfWork, person_id: int, now: datetime) -> None:
    """Somebody goes: what they are offered goes on, and may come to them another time."""
    for lead in await uow.leads.offered_to(person_id):
        await take_back(uow, NOBODY, lead, RUN_OUT, now, declined=False)


async def grant(uow: UnitOfWork, waiting: list[tuple[Timer, Lead]], since: datetime, now: datetime) -> None:
    """The program was away: what was left of each offer is left again."""
    for timer, lead in waiting:
        if lead.offered_to is None or lead.offer != timer.params["offer"]:
            continue
        until = now + max(timer.due_at - max(since, timer.created_at), GRACE)
        before, lead.offered_until, timer.due_at = timer.due_at, until, until
        changes: history.Changes = {"offered_until": (before.isoformat(), until.isoformat())}
        event = await history.record(uow, NOBODY, now, LONGER, "lead", lead.id, changes)
        await lead_notices.refresh(uow, NOBODY, now, lead, event)


async def _set_timer(uow: UnitOfWork, lead: Lead, until: datetime, now: datetime) -> None:
    await uow.timers.set(
        kind=TimerKind.LEAD_OFFER,
        subject="lead",
        subject_id=lead.id,
        dedupe=f"{TimerKind.LEAD_OFFER}:{lead.id}:{lead.offer}:{until.isoformat()}",
        params={"offer": lead.offer},
        due_at=until,
        created_at=now,
    )


async def _is_here(uow: UnitOfWork, person_id: int, department_id: int, now: datetime) -> bool:
    person, department = await uow.people.get(person_id), await uow.people.department(department_id)
    if person is None or department is None or person.status != "active":
        return False
    is_open = (await calendar_of(uow, department)).is_open(now)
    return await presence_of(uow, person, now, is_open=is_open) is Presence.HERE
