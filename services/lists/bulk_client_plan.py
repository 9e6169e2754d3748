"""What a deed would do to each of many contacts or companies: judged by the rules of a single one."""

from collections.abc import Collection, Sequence

from db.models import Department
from db.repositories.history import Past
from db.repositories.known_clients import Client
from db.uow import UnitOfWork
from services.access import Action, Actor
from services.client_rows import deeds_of_many
from services.dto.bulk import Bar, BulkPlan, Deed
from services.dto.clients import ClientKind
from services.dto.common import Ref
from services.errors import NotFoundError
from services.lists.bulk_judged import ACTIONS, Judged, bar_of_tag
from services.lists.bulk_lead_plan import places_of
from services.lists.bulk_record import kept
from services.lists.bulk_targets import target_of
from services.staff import reached, selling_person

ClientRow = tuple[Client]
Rights = dict[int, frozenset[Action]]


async def judge(
    uow: UnitOfWork, actor: Actor, ids: Collection[int], deed: Deed, target_id: int, *, hold: bool = False
) -> tuple[Judged[ClientRow], Ref]:
    """What a deed would do, and its target by name. Raises `not_found` of whatever the target is."""
    rows = await uow.bulk.clients(deed.subject, ids, hold=hold)
    can = await deeds_of_many(uow, actor, ClientKind(deed.subject), rows)
    seen = [client for client in rows if Action.CLIENT_VIEW in can[client.id]]
    judged = Judged[ClientRow]()
    judged.barred[Bar.GONE] += len(set(ids)) - len(seen)
    if deed.plain is Deed.GIVE:
        return judged, await _give(uow, actor, seen, can, target_id, judged)
    return judged, await _tag(uow, seen, can, target_id, judged, deed)


async def plan_of(
    uow: UnitOfWork, listing_id: int, deed: Deed, judged: Judged[ClientRow], to: Ref
) -> BulkPlan:
    """The same in figures."""
    ids = [client.id for (client,) in judged.rows]
    return BulkPlan(
        listing_id=listing_id,
        deed=deed,
        target=to,
        n=len(ids),
        barred=judged.bars,
        tasks=len(await uow.bulk.tasks_of(ids, deed.subject)) if deed.plain is Deed.GIVE else 0,
        some=judged.some,
        left=judged.named,
        mark=judged.mark,
    )


def place_for(actor: Actor, client: Client, places: Sequence[Department]) -> int | None:
    """Where a client lies once somebody of these departments has it: one that lies nowhere gets a place."""
    here, within = [row.id for row in places], reached(actor, Action.CLIENT_HAND_OVER)
    if client.department_id is not None:
        return client.department_id if client.department_id in here else None
    return next((one for one in here if within is None or one in within), None)


async def back_rows(uow: UnitOfWork, actor: Actor, event: Past, deed: Deed) -> tuple[Judged[ClientRow], Ref]:
    """The clients that are still as the deed has left them, and may be brought back by the actor."""
    before = kept(event)
    rows = await uow.bulk.clients(deed.subject, before, hold=True)
    can = await deeds_of_many(uow, actor, ClientKind(deed.subject), rows)
    owners = {before[client.id][1] for client in rows} - {None} if deed.plain is Deed.GIVE else set()
    away = {owner for owner in sorted(owners) if not await uow.people.stays(owner)}
    judged = Judged[ClientRow]()
    judged.barred[Bar.GONE] += len(before) - len(rows)
    for client in rows:
        version, owner, _ = before[client.id]
        bar = Bar.PLACE if owner in away else None
        if client.version != version:
            bar = Bar.TOUCHED
        elif ACTIONS[deed] not in can[client.id]:
            bar = Bar.FOREIGN
        judged.add((client,), bar, seen=Action.CLIENT_VIEW in can[client.id])
    return judged, await target_of(uow, event, deed)


async def _give(
    uow: UnitOfWork,
    actor: Actor,
    clients: Sequence[Client],
    can: Rights,
    heir_id: int,
    judged: Judged[ClientRow],
) -> Ref:
    heir = await selling_person(uow, heir_id)
    places = await places_of(uow, heir.id)
    for client in clients:
        bar = None
        if Action.CLIENT_HAND_OVER not in can[client.id]:
            bar = Bar.FOREIGN
        elif client.owner_id == heir.id:
            bar = Bar.SAME
        elif place_for(actor, client, places) is None:
            bar = Bar.PLACE
        judged.add((client,), bar)
    return Ref(heir.id, heir.name)


async def _tag(
    uow: UnitOfWork,
    clients: Sequence[Client],
    can: Rights,
    tag_id: int,
    judged: Judged[ClientRow],
    deed: Deed,
) -> Ref:
    tag, on = await uow.tags.get(tag_id), deed.plain is Deed.TAG
    if tag is None:
        raise NotFoundError("tag")
    for client in clients:
        foreign = Action.CLIENT_TAG not in can[client.id]
        judged.add((client,), Bar.FOREIGN if foreign else bar_of_tag(client.tags, tag_id, on=on))
    return Ref(tag.id, tag.name)
