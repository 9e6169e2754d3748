"""What of a deed with many leads may still be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.models import Lead
from db.repositories.history import Past
from db.uow import UnitOfWork
from services.access import Action, Actor, Standing, granted
from services.dto.bulk import Bar, Deed
from services.dto.common import Ref
from services.lists.bulk_judged import ACTIONS, Judged
from services.lists.bulk_lead_plan import LeadRow
from services.lists.bulk_record import kept
from services.lists.bulk_targets import target_of
from services.response import clock as response_clock
from services.response.clock import Stood
from services.rows import lead_deeds


@dataclass(frozen=True, slots=True)
class Were:
    """What a lead was before."""

    owner_id: int | None
    department_id: int
    taken_at: datetime | None
    answered: bool
    clock: Stood

    @property
    def kept(self) -> list[Any]:
        """For the history, behind the version that the lead has afterwards."""
        taken = self.taken_at.isoformat() if self.taken_at is not None else None
        turn = self.clock.turn_at.isoformat() if self.clock.turn_at is not None else None
        clock = [turn, self.clock.turn_granted, self.clock.done]
        return [self.owner_id, self.department_id, taken, self.answered, clock]

    @classmethod
    def of(cls, kept: list[Any]) -> "Were":
        """From what is kept."""
        owner, department, taken, answered, (turn, granted, done) = kept
        stood = Stood(datetime.fromisoformat(turn) if turn else None, granted, done)
        return cls(owner, department, datetime.fromisoformat(taken) if taken else None, answered, stood)


async def were(uow: UnitOfWork, leads: Sequence[Lead]) -> dict[int, Were]:
    """What they are, before they are changed."""
    clocks = await response_clock.stand(uow, leads)
    return {
        one.id: Were(
            one.owner_id, one.department_id, one.taken_at, one.answered_at is not None, clocks[one.id]
        )
        for one in leads
    }


async def back_rows(uow: UnitOfWork, actor: Actor, event: Past, deed: Deed) -> tuple[Judged[LeadRow], Ref]:
    """The leads that are still as the deed has left them, and may be brought back by the actor."""
    before = kept(event)
    rows = await uow.bulk.leads(before)
    judged = Judged[LeadRow]()
    judged.barred[Bar.GONE] += len(before) - len(rows)
    for lead in rows:
        version, *was = before[lead.id]
        bar = Bar.TOUCHED if lead.version != version else await _bar(uow, actor, lead, deed, was)
        judged.add((lead,), bar, seen=Action.LEAD_VIEW in lead_deeds(actor, lead))
    return judged, await target_of(uow, event, deed)


async def _bar(uow: UnitOfWork, actor: Actor, lead: Lead, deed: Deed, was: list[Any]) -> Bar | None:
    """Whoever has given leads away has no right to them any more: it is asked where they stood before."""
    if deed is not Deed.LEAD_GIVE:
        return None if ACTIONS[deed] in lead_deeds(actor, lead) else Bar.FOREIGN
    before = Were.of(was)
    if not granted(
        actor, Action.LEAD_HAND_OVER, Standing(frozenset({before.owner_id}), before.department_id)
    ):
        return Bar.FOREIGN
    if before.owner_id is not None and not await uow.people.stays(before.owner_id):
        return Bar.PLACE
    # Whoever has got it has spoken with the client already.
    return Bar.TOUCHED if lead.answered_at is not None and not before.answered else None
