"""Clients to tell stories about."""

from typing import Any

from sqlalchemy import select

from db.models import Company, ContactPoint, Event
from services.dto.clients import ClientInput, ClientKind
from tests.cast import actor_of
from tests.world import World

PHONE = "+79161234567"
OTHER_PHONE = "+79031112233"
INN = "7707083893"
PERSONS_INN = "500100732259"


async def make_client(world: World, owner: str = "anna", name: str = "Ivan Petrov", **given: Any) -> int:
    """A contact of somebody's, by the program's own way."""
    actor = await actor_of(world.services, owner)
    wanted = ClientInput(ClientKind.CONTACT, name, **given)
    return (await world.services.client_making.create(actor, wanted)).id


async def make_firm(world: World, owner: str = "anna", name: str = "Romashka", **given: Any) -> int:
    """A company of somebody's."""
    actor = await actor_of(world.services, owner)
    wanted = ClientInput(ClientKind.FIRM, name, **given)
    return (await world.services.client_making.create(actor, wanted)).id


async def points_of(world: World, client_id: int, kind: str = "contact") -> list[tuple[str, str | None]]:
    """The phones and addresses of a client with their labels, as they stand in the database."""
    mine = ContactPoint.contact_id if kind == "contact" else ContactPoint.company_id
    query = select(ContactPoint.value, ContactPoint.label).where(mine == client_id).order_by(ContactPoint.id)
    return [(value, label) for value, label in await world.rows(query)]


async def changes_of(world: World, client_id: int, kind: str = "contact") -> list[dict[str, list[object]]]:
    """What the history tells of a client, oldest first."""
    query = (
        select(Event.changes).where(Event.subject == kind, Event.subject_id == client_id).order_by(Event.id)
    )
    return [row[0] for row in await world.rows(query)]


async def firm_row(world: World, firm_id: int) -> Company:
    """A company as it stands in the database."""
    return (await world.rows(select(Company).where(Company.id == firm_id)))[0][0]
