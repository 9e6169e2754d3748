"""What a deal brings into a stage: the fields that the stage asks for, as they were given on the way."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from db.models import Contact, Deal, Stage
from db.uow import UnitOfWork
from services import history
from services.access import Action, Actor, StageKind, granted
from services.deal_sums import require_paid
from services.errors import AppError, NotFoundError
from services.fields.entry import Answers, missing_fields
from services.haystack import haystack
from services.rows import contact_standing


class MissingFieldsError(AppError):
    """The stage asks for fields that the deal does not have yet; `fields` in the order to ask them."""

    def __init__(self, stage_id: int, fields: list[str]) -> None:
        super().__init__("deal.fields_missing")
        self.stage_id, self.fields = stage_id, fields


@dataclass(frozen=True, slots=True)
class DealFields:
    """Values given on the way into a stage; None leaves a field as it is. `amount` is in minor units."""

    amount: int | None = None
    loss_reason_id: int | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    note: str | None = None
    """Why it is moved, in the mover's words: kept as a note with the move."""
    fields: Answers | None = None
    """What was answered for the company's own fields."""

    def typed(self) -> dict[str, Any]:
        """What was given, to be kept in a form."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def over(self, earlier: "DealFields") -> "DealFields":
        """These values, and what was given before where these are silent."""
        both = {**(earlier.fields or {}), **(self.fields or {})}
        return DealFields(**{**asdict(earlier), **self.typed(), "fields": both or None})


async def entry_values(
    uow: UnitOfWork, actor: Actor, now: datetime, deal: Deal, target: Stage, fields: DealFields
) -> dict[str, object]:
    """What to write on entering a stage.

    Raises MissingFieldsError for what it still requires, `deal.zero_sum` for a sum of nothing that it does,
    and BelowPaidError: who means a sum below what has come sets it at the card.
    """
    values: dict[str, object] = {}
    if fields.amount is not None:
        if not fields.amount and "amount" in target.required:
            raise AppError("deal.zero_sum", stage=target.name)
        await require_paid(uow, deal, fields.amount)
        values["amount"] = fields.amount
    if target.kind == StageKind.LOST:
        if fields.loss_reason_id is None:
            raise MissingFieldsError(target.id, ["loss_reason"])
        offered = await uow.pipelines.loss_reasons(target.pipeline_id)
        if fields.loss_reason_id not in {one.id for one in offered}:
            raise NotFoundError("loss_reason")
        values["loss_reason_id"] = fields.loss_reason_id
    missing = lacks(deal, target, amount=fields.amount, contact=fields.contact_name)
    missing += [
        one for one in await missing_fields(uow, deal.id, target.required) if one not in (fields.fields or {})
    ]
    if missing:
        raise MissingFieldsError(target.id, missing)
    if fields.contact_name and deal.contact_id is None:
        contact = await _client(uow, actor, now, deal, fields)
        values["contact_id"] = contact.id
        if deal.company_id is None and contact.company_id is not None:
            values["company_id"] = contact.company_id
    return values


def lacks(deal: Deal, target: Stage, *, amount: int | None = None, contact: str | None = None) -> list[str]:
    """What a stage requires that the deal does not have, nor is given; a sum of nothing is none."""
    filled = {
        "amount": deal.amount if amount is None else amount,
        "contact": contact or deal.contact_id,
    }
    return [name for name in target.required if name in filled and not filled[name]]


async def _client(uow: UnitOfWork, actor: Actor, now: datetime, deal: Deal, fields: DealFields) -> Contact:
    """The client that was named on the way: one that the actor knows by this phone, or a new one."""
    found = await uow.clients.by_phone(fields.contact_phone) if fields.contact_phone else None
    if found is not None and granted(actor, Action.CLIENT_VIEW, contact_standing(found[0])):
        return found[0]
    contact = Contact(
        name=fields.contact_name,
        search=haystack(fields.contact_name),
        phone=fields.contact_phone,
        owner_id=deal.owner_id,
        department_id=deal.department_id,
        created_by=actor.person_id,
        created_at=now,
    )
    uow.clients.add(contact)
    await uow.clients.flush()
    made: history.Changes = {"deal": (None, deal.id)}
    await history.consequences(uow, actor, now, Action.CLIENT_CREATE, "contact", {contact.id: made})
    return contact
