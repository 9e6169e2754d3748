"""A new deal that begins after a closed one by the rule of its stage: for upkeep, or to win somebody back."""

from collections.abc import Sequence
from datetime import datetime

from db.models import Deal, Person, Stage
from db.uow import UnitOfWork
from services import history, notices
from services.access import Action, Actor
from services.deal_entry import lacks
from services.dto.fields import FieldKind, FieldSubject
from services.fields.entry import Filled, code_of, keep
from services.fields.shape import field_of
from services.fields.values import value_of
from services.haystack import haystack
from services.notices import NoticeKind
from services.pipelines import silence
from services.pipelines.auto_rules import Happening
from services.pipelines.robots import set_tasks

_STAYING = frozenset({FieldKind.FILE, FieldKind.INVOICE})
"""What belongs to the one sale alone."""


async def begin(
    uow: UnitOfWork, actor: Actor, now: datetime, old: Deal, target: Stage, what: Happening
) -> bool:
    """Begin it in a stage, with the client, the owner and the fields of the closed one, and without a sum.

    Not without a client, nor where they have a deal in work in that pipeline already, nor where the stage
    asks for what is not there: of that the owner is told. Where that one has left it is nobody's, and the
    heads of its department are told.
    """
    nobody = old.contact_id is None and old.company_id is None
    if nobody or await uow.deals.goes_on(target.pipeline_id, old.contact_id, old.company_id):
        return False
    deal = _after(old, target, now, actor)
    owner = await uow.people.get(old.owner_id) if old.owner_id is not None else None
    if owner is None or owner.status != "active":
        deal.owner_id = owner = None
    readers = [owner] if owner is not None else await uow.people.heads(old.department_id)
    sheet = await uow.fields.sheet(FieldSubject.DEAL, old.id)
    lacking = {code_of(row.id) for row, values in sheet if not values or row.kind in _STAYING}
    missing = [*lacks(deal, target), *(code for code in target.required if code in lacking)]
    if missing:
        await _tell(uow, now, readers, (old.id, old.id), target, what, missing)
        return False
    uow.deals.add(deal)
    await uow.deals.flush()
    if old.tags:
        await uow.tags.replace("deal", deal.id, old.tags)
    said = [
        Filled(row, value, None)
        for row, values in sheet
        if row.kind not in _STAYING and (value := value_of(field_of(row), values)) is not None
    ]
    await keep(uow, deal.id, said)
    await silence.arm(uow, now, target, [deal])
    rule: history.Changes = {"rule": (None, what.value)}
    made: history.Changes = {**rule, "after": (None, old.id)}
    if tasks := await set_tasks(uow, actor, now, deal, target):
        made["robots"] = ([], tasks)
    begun: history.Changes = {**rule, "begun": (None, deal.id)}
    event = await history.record(uow, actor, now, Action.DEAL_CREATE, "deal", old.id, begun)
    await history.consequences(uow, actor, now, Action.DEAL_CREATE, "deal", {deal.id: made})
    await notices.refresh_cards(uow, now, "deal", old.id, event)
    await _tell(uow, now, readers, (deal.id, old.id), target, what, [])
    return True


def _after(old: Deal, target: Stage, now: datetime, actor: Actor) -> Deal:
    return Deal(
        title=old.title,
        search=haystack(old.title),
        pipeline_id=target.pipeline_id,
        stage_id=target.id,
        stage_since=now,
        currency=old.currency,
        source=old.source,
        owner_id=old.owner_id,
        department_id=old.department_id,
        contact_id=old.contact_id,
        company_id=old.company_id,
        product=old.product,
        created_at=now,
        opened_on=now.astimezone(actor.zone).date(),
        touched_at=now,
        silent_from=now,
        tags=[*old.tags],
    )


async def _tell(
    uow: UnitOfWork,
    now: datetime,
    readers: Sequence[Person],
    deals: tuple[int, int],
    target: Stage,
    what: Happening,
    missing: list[str],
) -> None:
    """Tell them that a deal has begun, after which one; or would have if nothing were `missing`."""
    shown, after = deals
    params: dict[str, object] = {"id": shown, "what": what.value, "stage": target.id, "after": after}
    params |= {"name": target.name, "lacks": missing}
    places = [notices.private(person) for person in readers]
    await notices.send(
        uow, now, places, NoticeKind.DEAL_RULED, f"begun:{after}:{target.id}:{now.isoformat()}", params
    )
