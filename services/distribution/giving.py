"""How somebody gets a lead whose turn it is: at once, or as an offer."""

from datetime import datetime

from db.models import Lead
from db.uow import UnitOfWork
from services import notices
from services.access import NOBODY
from services.distribution.choose import Choice
from services.distribution.offers import offer
from services.distribution.rules import Mode, Rules
from services.dto.leads import LeadStatus
from services.lead_changes import change
from services.notices import NoticeKind
from services.response import clock as response_clock

ASSIGNED = "lead.assign"


async def give(uow: UnitOfWork, rules: Rules, lead: Lead, choice: Choice, now: datetime) -> None:
    """Give a free lead to whoever was chosen, in the way of the department."""
    if rules.mode is Mode.OFFER:
        await offer(uow, lead, choice.person_id, rules.minutes, now)
    else:
        await _assign(uow, lead, choice, now)


async def _assign(uow: UnitOfWork, lead: Lead, choice: Choice, now: datetime) -> None:
    """It is theirs, and their time to answer begins."""
    values: dict[str, object] = {
        "owner_id": choice.person_id,
        "status": LeadStatus.IN_WORK,
        "taken_at": now,
        **response_clock.next_turn(lead, now),
    }
    await response_clock.stop(uow, lead, now)
    event = await change(uow, NOBODY, now, ASSIGNED, lead, values)
    await response_clock.start(uow, lead, now)
    person = await uow.people.get(choice.person_id)
    if person is not None:
        params: dict[str, object] = {"id": lead.id, "instead_of": choice.instead_of}
        key = f"lead_assigned:{lead.id}:{event}"
        await notices.send(uow, now, [notices.private(person)], NoticeKind.LEAD_ASSIGNED, key, params)
