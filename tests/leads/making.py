"""Leads to tell stories about, and more people to race for them."""

from dataclasses import replace
from typing import Any

from aiogram.types import Update
from sqlalchemy import insert, select

from db.models import Contact, Department, Lead, Membership, Person
from db.uow import Cause, Database
from services.access import Actor, Door
from services.bundle import Services
from services.dto.lead_intake import LeadInput
from services.dto.leads import LeadCard
from services.understanding.fold import fold
from tests.cast import START, actor_of
from tests.world import World

PHONE = "+79161234567"


async def department_id(db: Database, name: str = "Sales") -> int:
    """A department's id."""
    async with db.read() as uow:
        found = await uow.session.scalar(select(Department.id).where(Department.name == name))
        assert found is not None
        return found


async def free_lead(services: Services, db: Database, department: str = "Sales", **given: Any) -> LeadCard:
    """A lead that the owner has typed in for a department."""
    olga = await actor_of(services, "olga")
    usual = LeadInput(title="Windows", name="Ivan", phone=PHONE, amount=150_000_00, source="site")
    wanted = replace(usual, department_id=await department_id(db, department), **given)
    return await services.leads.create(olga, wanted)


async def taken_lead(world: World, owner: str = "anna", **given: Any) -> LeadCard:
    """A lead that somebody of Sales has in work."""
    lead = await free_lead(world.services, world.db, **given)
    taken = await world.services.leads.take(await actor_of(world.services, owner), lead.id)
    await world.settle()
    return taken


async def sellers(services: Services, db: Database, count: int) -> list[Actor]:
    """More managers of Sales."""
    sales = await department_id(db)
    async with db.write() as uow:
        people = [
            Person(
                telegram_id=5000 + n,
                name=f"Seller {n}",
                name_folded=f"seller {n}",
                role="manager",
                status="active",
                reachable=True,
                created_at=START,
            )
            for n in range(count)
        ]
        uow.session.add_all(people)
        await uow.session.flush()
        ids = [person.id for person in people]
        await uow.session.execute(
            insert(Membership), [{"person_id": one, "department_id": sales, "head": False} for one in ids]
        )
    actors = [await services.people.actor(one, Door.TELEGRAM) for one in ids]
    return [actor for actor in actors if actor is not None]


async def contact_of(world: World, owner: str, name: str = "Petrov", phone: str = PHONE) -> int:
    """A client of somebody's."""
    actor = await actor_of(world.services, owner)
    async with world.db.write() as uow:
        contact = Contact(
            name=name,
            search=fold(name),
            phone=phone,
            owner_id=actor.person_id,
            department_id=min(actor.departments),
            created_at=world.clock.now(),
        )
        uow.session.add(contact)
        await uow.session.flush()
        return contact.id


async def lead_row(world: World, lead_id: int) -> Lead:
    """A lead as it stands in the database."""
    return (await world.rows(select(Lead).where(Lead.id == lead_id)))[0][0]


async def handled_again(world: World) -> None:
    """The newest update passes through the program once more, as after a crash before it was marked done."""
    newest = world.telegram.bot.updates.history[-1]
    update = Update.model_validate(newest.body, context={"bot": world.bot})
    await world.front.handle(update, Cause(world.bot.id, newest.id))
    await world.settle()
