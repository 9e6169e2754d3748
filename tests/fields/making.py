"""Fields to fill."""

from collections.abc import Callable, Coroutine
from typing import Any

from db.models import Contact, Deal, Lead
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.fields import Field, FieldKind, FieldSubject
from tests.cast import TurnedClock, stages_by_name

Find = Callable[[str], Coroutine[Any, Any, Actor]]


async def make_field(
    services: Services,
    owner: Actor,
    kind: FieldKind,
    name: str = "Z",
    options: str = "",
    subject: FieldSubject = FieldSubject.DEAL,
) -> Field:
    """A field of deals, unless it is said whose."""
    return (await services.fields.add(owner, subject, name, kind, options)).field


async def some_deal(
    db: Database, clock: TurnedClock, owner: Actor, stage: str = "New", title: str = "Windows"
) -> int:
    """A deal of somebody's, without a client."""
    stages = await stages_by_name(db)
    async with db.write() as uow:
        deal = Deal(
            title=title, search=title.casefold(), pipeline_id=stages[stage].pipeline_id,
            stage_id=stages[stage].id, stage_since=clock.now(), currency="RUB", source="site",
            owner_id=owner.person_id, department_id=min(owner.departments), created_at=clock.now(),
        )  # fmt: skip
        uow.session.add(deal)
        await uow.session.flush()
        return deal.id


async def some_lead(db: Database, clock: TurnedClock, owner: Actor, **columns: Any) -> int:
    """A lead that somebody has taken."""
    async with db.write() as uow:
        lead = Lead(
            title="Doors", search="doors", currency="RUB", source="site", status="in_work",
            owner_id=owner.person_id, department_id=min(owner.departments), created_by=owner.person_id,
            created_at=clock.now(), taken_at=clock.now(), **columns,
        )  # fmt: skip
        uow.session.add(lead)
        await uow.session.flush()
        return lead.id


async def some_contact(db: Database, clock: TurnedClock, owner: Actor, name: str = "Ivan") -> int:
    """A contact of somebody's."""
    async with db.write() as uow:
        contact = Contact(
            name=name, search=name.casefold(), owner_id=owner.person_id,
            department_id=min(owner.departments), created_at=clock.now(),
        )  # fmt: skip
        uow.session.add(contact)
        await uow.session.flush()
        return contact.id
