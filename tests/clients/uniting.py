"""Clients that are the same, with all that may belong to them, to unite."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from db.models import Call, Contact, Deal, Lead, Note, Task
from services.dto.clients import ClientField, ClientKind, PointKind
from services.dto.fields import FieldSubject
from services.dto.merges import Merged
from services.dto.tasks import Link
from tests.cast import actor_of
from tests.clients.making import OTHER_PHONE, PHONE, make_client, make_firm
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.stories.digest import digest
from tests.world import World

CONTACT, FIRM = ClientKind.CONTACT, ClientKind.FIRM


async def two(world: World, kind: ClientKind = CONTACT, who: str = "anna") -> tuple[int, int]:
    """Two that are the same: one phone both have, one each has alone."""
    making = make_client if kind is CONTACT else make_firm
    first = await making(world, who, "Ivan Petrov", phones=(PHONE,), emails=("ivan@example.com",))
    actor = await actor_of(world.services, who)
    second = await making(world, who, "Petrov I.", phones=(OTHER_PHONE,))
    changes = world.services.client_changes
    await changes.add_point(actor, kind, second, PointKind.PHONE, PHONE)
    await changes.set_field(actor, kind, second, ClientField.NOTE, "Likes oak")
    await changes.set_field(actor, kind, second, ClientField.TYPE, "key")
    await changes.set_field(actor, kind, first, ClientField.NOTE, "Pays late")
    await changes.set_field(actor, kind, first, ClientField.TYPE, "demanding")
    for client, tags in ((first, ("VIP", "Dealer")), (second, ("Dealer", "Wholesale"))):
        for tag in tags:
            await world.services.tags.write(actor, FieldSubject(kind), client, tag)
    return first, second


async def belongings(world: World, kind: ClientKind, client: int) -> None:
    """Something of each kind that belongs to a client of Anna's."""
    column = "contact_id" if kind is CONTACT else "company_id"
    deal, lead = await make_deal(world, contact=False), await taken_lead(world, phone=f"+7916000000{client}")
    anna = await actor_of(world.services, "anna")
    link = Link("contact" if kind is CONTACT else "firm", client)
    later = world.clock.now() + timedelta(hours=1)
    await world.services.tasks.create(anna, "Send the offer", later, link)
    await world.services.calls.log(anna, kind, client, "reached")  # type: ignore[arg-type]
    async with world.db.write() as uow:
        await uow.notes.insert(
            text="Said so", author_id=anna.person_id, created_at=world.clock.now(), **{column: client}
        )
        await uow.session.execute(update(Deal).where(Deal.id == deal).values({column: client}))
        if kind is CONTACT:
            await uow.session.execute(update(Lead).where(Lead.id == lead.id).values(contact_id=client))
        else:
            person = await uow.session.get_one(Contact, await _someone(uow, anna.person_id, world))
            person.company_id = client


async def _someone(uow: Any, owner: int, world: World) -> int:
    person = Contact(name="Olga", search="olga", owner_id=owner, created_at=world.clock.now())
    uow.session.add(person)
    await uow.session.flush()
    return person.id


async def whose(world: World, kind: ClientKind) -> dict[str, set[int | None]]:
    """To whom what there is of each kind belongs."""
    column = "contact_id" if kind is CONTACT else "company_id"
    tables: list[Any] = [Deal, Task, Note, Call, Lead if kind is CONTACT else Contact]
    return {
        table.__tablename__: {row[0] for row in await world.rows(select(getattr(table, column)))} - {None}
        for table in tables
    }


def all_of(client: int) -> dict[str, set[int | None]]:
    """Everything belongs to this one."""
    return {table: {client} for table in ("deal", "task", "note", "call", "lead")}


async def unite(
    world: World, kept: int, gone: int, kind: ClientKind = CONTACT, who: str = "anna", picks: int = 0
) -> Merged:
    """Unite them as they stand."""
    actor = await actor_of(world.services, who)
    shown = await world.services.merge_choices.preview(actor, kind, kept, gone, picks)
    return await world.services.merging.merge(actor, kind, kept, gone, shown.seen)


async def as_it_is(world: World, model: Any) -> list[dict[str, Any]]:
    """The rows of a table without their versions."""
    rows = (await digest(world.db))[model.__tablename__]
    return sorted(
        ({name: value for name, value in row.items() if name != "version"} for row in rows),
        key=lambda row: int(row["id"]),
    )
