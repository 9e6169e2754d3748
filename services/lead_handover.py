"""Leads that change hands: given to a colleague, or back to the department."""

from datetime import datetime

from db.models import Lead
from db.uow import Database, UnitOfWork
from services import lead_notices, notices
from services.access import Action, Actor, Reach
from services.clock import Clock
from services.distribution.clock import spread
from services.dto.common import Ref
from services.dto.leads import Colleague, LeadCard, LeadStatus, LeadStub
from services.errors import NotFoundError, StaleError
from services.lead_cards import build_lead_card
from services.lead_changes import change_hands, hold, in_hands_of
from services.rows import lead_deeds


class LeadHandover:
    """The service of leads that change hands."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def colleagues(self, actor: Actor, lead_id: int) -> tuple[Colleague, ...]:
        """To whom a lead may be given: the sellers of its department, for a head those of all they head.

        Raises `lead.not_found`, `not_allowed`, `stale`.
        """
        async with self._db.read() as uow:
            lead = await hold(uow, actor, lead_id, Action.LEAD_HAND_OVER)
            return await _colleagues(uow, actor, lead)

    async def hand_over(
        self, actor: Actor, lead_id: int, person_id: int, version: int
    ) -> LeadCard | LeadStub:
        """Give a lead to a colleague, who is told; it moves to their department if it was not there.

        A stub comes back to whom the lead is out of reach now. Raises `lead.not_found`, `not_allowed`,
        `colleague.not_found`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            lead = await hold(uow, actor, lead_id, Action.LEAD_HAND_OVER, version)
            heir = next((one for one in await _colleagues(uow, actor, lead) if one.id == person_id), None)
            if heir is None or not await uow.people.stays(heir.id):
                raise NotFoundError("colleague")
            now = self._clock.now()
            values: dict[str, object] = {
                **in_hands_of(heir.id, now),
                "department_id": heir.department.id,
            }
            event = await _pass(uow, actor, now, lead, heir.id, values)
            if event is not None:
                await lead_notices.tell_owner(uow, actor, now, lead, event)
            return await _left(uow, actor, lead, self._clock.now())

    async def take_over(self, actor: Actor, lead_id: int) -> LeadCard:
        """Make a lead one's own that nobody answers; a second tap changes nothing.

        Raises `lead.not_found`, `not_allowed`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            lead = await hold(uow, actor, lead_id, Action.LEAD_HAND_OVER)
            if lead.owner_id != actor.person_id:
                now = self._clock.now()
                await _pass(uow, actor, now, lead, actor.person_id, in_hands_of(actor.person_id, now))
            return await build_lead_card(uow, actor, lead_id, self._clock.now())

    async def release(self, actor: Actor, lead_id: int, version: int) -> LeadCard | LeadStub:
        """Leave a lead to its department, which is told. Raises `lead.not_found`, `not_allowed`, `stale`."""
        async with self._db.write(actor.cause) as uow:
            lead = await hold(uow, actor, lead_id, Action.LEAD_HAND_OVER, version)
            if lead.status != LeadStatus.IN_WORK:
                raise StaleError
            now = self._clock.now()
            values: dict[str, object] = {
                "owner_id": None,
                "status": LeadStatus.NEW,
                "taken_at": None,
                "declined": [*lead.declined, lead.owner_id],
            }
            event = await change_hands(uow, actor, now, Action.LEAD_HAND_OVER, lead, values)
            if event is not None:
                await spread(uow, actor, now, lead, event)
            return await _left(uow, actor, lead, self._clock.now())


async def _pass(
    uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, heir_id: int, values: dict[str, object]
) -> int | None:
    """To somebody else, with what is still to do for it; returns the event as `change_hands` does."""
    former = lead.owner_id
    tasks = await uow.tasks.hand_over(former, heir_id, lead_id=lead.id)
    event = await change_hands(uow, actor, now, Action.LEAD_HAND_OVER, lead, values)
    if event is not None:
        await notices.refresh_all(uow, now, "task", tasks, event)
        await lead_notices.tell_former(uow, actor, now, lead, former, event)
    return event


async def _colleagues(uow: UnitOfWork, actor: Actor, lead: Lead) -> tuple[Colleague, ...]:
    departments = [row for row in await uow.people.departments() if _reaches(actor, lead, row.id)]
    departments.sort(key=lambda row: row.id != lead.department_id)
    found: dict[int, Colleague] = {}
    for row in departments:
        for person in await uow.people.members(row.id, roles=lead_notices.TAKERS):
            found.setdefault(person.id, Colleague(person.id, person.name, Ref(row.id, row.name)))
    found.pop(lead.owner_id or 0, None)
    return tuple(found.values())


def _reaches(actor: Actor, lead: Lead, department_id: int) -> bool:
    reach = actor.reach(Action.LEAD_HAND_OVER)
    if department_id == lead.department_id or Reach.ALL in reach:
        return True
    return Reach.HEADED in reach and department_id in actor.headed


async def _left(uow: UnitOfWork, actor: Actor, lead: Lead, now: datetime) -> LeadCard | LeadStub:
    """The card, or the stub if the lead has left the actor's sight."""
    if Action.LEAD_VIEW in lead_deeds(actor, lead):
        return await build_lead_card(uow, actor, lead.id, now)
    return LeadStub(lead.id, await uow.leads.owner_name(lead.id))
