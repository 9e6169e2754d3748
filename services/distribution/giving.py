"""How somebody gets a lead whose turn it is: at once, or as an offer."""

from datetime import datetime

from db.models import Lead
from db.uow import UnitOfWork
from services import notices
from services.access import NOBODY
from services.distribution.choose import Choice
from services.distribution.offers import offer
from services.distribution.rules import Mode, Rules
from services.lead_changes import change_hands, in_hands_of
from services.notices import NoticeKind

ASSIGNED = "lead.assign"


async def give(uow: UnitOfWork, rules: Rules, lead: Lead, choice: Choice, now: datetime) -> None:
    """Give a free lead to whoever was chosen, in the way of the department."""
    if rules.mode is Mode.OFFER:
        await offer(uow, lead, choice.person_id, rules.minutes, now)
    else:
        await _assign(uow, lead, choice, now)


async def _assign(uow: UnitOfWork, lead: Lead, choice: Choice, now: datetime) -> None:
    """It is theirs, and their time to answer begins."""
    values = in_hands_of(choice.person_id, now)
    event = await change_hands(uow, NOBODY, now, ASSIGNED, lead, values)
    person = await uow.people.get(choice.person_id)
    if person is not None:
        params: dict[str, object] = {"id": lead.id, "instead_of": choice.instead_of}
        key = f"lead_assigned:{lead.id}:{event}"
        await notices.send(uow, now, [notices.private(person)], NoticeKind.LEAD_ASSIGNED, key, params)
