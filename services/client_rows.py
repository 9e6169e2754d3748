"""From an outside id to a contact or a company: the only way, and it asks for the right."""

from collections.abc import Iterable, Sequence

from db.models import Contact
from db.repositories.clients import Place
from db.repositories.known_clients import Client
from db.uow import UnitOfWork
from services.access import Action, Actor, Standing, allowed
from services.dto.clients import ClientKind
from services.errors import ForbiddenError, NotFoundError, StaleError
from services.rows import contact_standing, works_on

_OWN = frozenset({Action.CLIENT_HAND_OVER, Action.CLIENT_MERGE, Action.CLIENT_DELETE})
_CLIENTS = frozenset({Action.CLIENT_VIEW, Action.CLIENT_EDIT, Action.CLIENT_TAG}) | _OWN

_PERSON = frozenset({Action.CLIENT_DATA})
"""What is asked for with people alone: the law knows no personal data of companies."""


async def client_deeds(uow: UnitOfWork, actor: Actor, client: Client) -> frozenset[Action]:
    """Everything that the actor's rights allow with a client.

    A company lies wherever its people and its deals do, too: whoever sells to it may see and correct it.
    To whom it belongs, and with which it is united, is decided where it lies itself, and by anybody of these
    while it is nobody's.
    Whoever works on a deal, its co-workers too, sees its client as long as it is in work.
    """
    own = _where_it_lies(actor, client)
    if isinstance(client, Contact):
        return own or await _by_deals(uow, actor, ClientKind.CONTACT, client.id)
    if own == _CLIENTS:
        return own
    own = _where_it_lies(actor, client, await uow.clients.places(client.id))
    return own or await _by_deals(uow, actor, ClientKind.FIRM, client.id)


async def deeds_of_many(
    uow: UnitOfWork, actor: Actor, kind: ClientKind, clients: Sequence[Client]
) -> dict[int, frozenset[Action]]:
    """The same of many of a kind, by their ids, without statements for each of them."""
    own = {client.id: _where_it_lies(actor, client) for client in clients}
    if kind is ClientKind.FIRM:
        places = await uow.bulk.places([one for one, can in own.items() if can != _CLIENTS])
        own = {client.id: _where_it_lies(actor, client, places.get(client.id, ())) for client in clients}
    strange, can = [one for one, deeds in own.items() if not deeds], works_on(actor)
    if strange and can:
        own |= dict.fromkeys(await uow.bulk.worked_on(kind, strange, actor.person_id), can)
    return own


def _where_it_lies(actor: Actor, client: Client, places: Iterable[Place] = ()) -> frozenset[Action]:
    """What may be done with a client where it lies, and with a company where its people and deals do."""
    can = allowed(actor, contact_standing(client))
    if isinstance(client, Contact):
        return can & (_CLIENTS | _PERSON)
    own = can & _CLIENTS
    for place in places:
        here = allowed(actor, Standing(frozenset({place.owner_id}), place.department_id)) & _CLIENTS
        own |= here if client.owner_id is None else here - _OWN
    return own


async def _by_deals(uow: UnitOfWork, actor: Actor, kind: ClientKind, client_id: int) -> frozenset[Action]:
    """What may be done with a client that is not one's own, but whose deal one works on."""
    can = works_on(actor)
    return can if can and await uow.clients.works_with(kind, client_id, actor.person_id) else frozenset()


async def access_client(
    uow: UnitOfWork, actor: Actor, kind: ClientKind, client_id: int, action: Action
) -> Client:
    """A client, for an action. Raises `contact.not_found`, `firm.not_found` or `not_allowed`.

    One that was united with another is seen as that one; whoever wants more of it has an old card before
    them: `client.merged` (stale), by which the other one's is shown.
    """
    client = await uow.clients.get(kind, client_id)
    if client is None and (kept := await uow.merges.survivor(kind, client_id)) is not None:
        client = await access_client(uow, actor, kind, kept, Action.CLIENT_VIEW)
        if action is not Action.CLIENT_VIEW:
            raise StaleError("client.merged")
        return client
    can = await client_deeds(uow, actor, client) if client is not None else frozenset()
    if client is None or Action.CLIENT_VIEW not in can:
        raise NotFoundError(kind)
    if action not in can:
        raise ForbiddenError
    return client
