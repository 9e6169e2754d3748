"""A contact or a company is written: compared and set, found by what it says now, and told once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from db.models import Company
from db.repositories.known_clients import KINDS, Client
from db.uow import UnitOfWork
from services import history, notices
from services.access import Action, Actor
from services.client_fields import contact_haystack, folded_name
from services.errors import AppError, StaleError

INN_OF_PERSON = 12
"""So many figures; people have no KPP."""


def changed_columns(client: Client, values: Mapping[str, object]) -> history.Changes:
    """What of these values is new to a client. Raises `client.kpp_of_person`: people have no such number."""
    values = dict(values)
    if isinstance(client, Company) and len(str(values.get("inn", client.inn))) == INN_OF_PERSON:
        if values.get("kpp") is not None:
            raise AppError("client.kpp_of_person")
        values["kpp"] = None
    return {
        name: (getattr(client, name), value)
        for name, value in values.items()
        if getattr(client, name) != value
    }


async def write_client(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    client: Client,
    changes: history.Changes,
    points: Sequence[str] | None = None,
    *,
    action: Action = Action.CLIENT_EDIT,
) -> int:
    """Write changes with their event, which is returned; what is searched follows.

    `points`: the phones and addresses that there will be, where these change. Raises `stale`.
    """
    kind = next(kind for kind, model in KINDS.items() if isinstance(client, model))
    columns = type(client).__table__.columns
    values = {name: new for name, (_, new) in changes.items() if name in columns}
    if points is None and values.keys() & {"name", "username"}:
        points = [row.value for row in await uow.clients.points(kind, client.id)]
    name = str(values.get("name", client.name))
    if isinstance(client, Company):
        values["name_folded"] = folded_name(name)
    elif points is not None:
        username = values.get("username", client.username)
        addresses = [value for value in points if "@" in value]
        values["search"] = contact_haystack(name, str(username) if username else None, addresses)
    if not await uow.clients.change(client, **values):
        raise StaleError
    event = await history.record(uow, actor, now, action, kind, client.id, changes)
    await notices.refresh_cards(uow, now, kind, client.id, event, but=actor.telegram_id)
    return event
