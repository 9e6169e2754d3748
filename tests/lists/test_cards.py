"""A card takes as many queries with years of work behind it as on its first day."""

from collections.abc import Awaitable, Callable

from sqlalchemy import event, select, update

from db.models import Company, Contact, Deal, Task
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.clients import ClientKind
from services.dto.fields import FieldKind, FieldSubject
from services.dto.leads import CallOutcome
from tests.cast import START
from tests.fields.making import make_field
from tests.leads.making import free_lead
from tests.lists.making import planned, sold

Find = Callable[[str], Awaitable[Actor]]
MOST = {"deal": 14, "lead": 12, "contact": 14, "firm": 14, "task": 10}
"""Of each card so many at most; all of them are in the tables, none grows with what lies there."""


async def client(db: Database, owner: Actor) -> tuple[int, int]:
    """A contact and its company."""
    place = {"owner_id": owner.person_id, "department_id": min(owner.departments), "created_at": START}
    async with db.write() as uow:
        firm = Company(name="Okna", name_folded="okna", **place)
        uow.session.add(firm)
        await uow.session.flush()
        contact = Contact(name="Ivan", search="ivan", company_id=firm.id, **place)
        uow.session.add(contact)
        await uow.session.flush()
        return contact.id, firm.id


async def test_each_card_takes_a_bounded_number_of_queries(
    db: Database, services: Services, actor: Find
) -> None:
    anna, olga = await actor("anna"), await actor("olga")
    (deal,) = await sold(db)
    contact, firm = await client(db, anna)
    async with db.write() as uow:
        await uow.session.execute(
            update(Deal).where(Deal.id == deal).values(contact_id=contact, company_id=firm)
        )
    lead = (await free_lead(services, db, phone="+79165550001")).id
    await services.leads.take(anna, lead)
    await planned(db, deal)
    async with db.read() as uow:
        task = (await uow.session.scalars(select(Task.id).where(Task.deal_id == deal))).one()
    cards: dict[str, Callable[[], Awaitable[object]]] = {
        "deal": lambda: services.deals.card(anna, deal),
        "lead": lambda: services.leads.card(anna, lead),
        "contact": lambda: services.clients.card(anna, ClientKind.CONTACT, contact),
        "firm": lambda: services.clients.card(anna, ClientKind.FIRM, firm),
        "task": lambda: services.tasks.card(anna, task),
    }
    tagged = {
        FieldSubject.DEAL: deal,
        FieldSubject.LEAD: lead,
        FieldSubject.CONTACT: contact,
        FieldSubject.FIRM: firm,
    }
    asked = [0]
    event.listen(
        db.engine.sync_engine, "before_cursor_execute", lambda *_: asked.__setitem__(0, asked[0] + 1)
    )

    async def counted() -> dict[str, int]:
        found = {}
        for name, card in cards.items():
            asked[0] = 0
            await card()
            found[name] = asked[0]
        return found

    async def happens(times: int) -> None:
        for n in range(times):
            await services.deals.add_note(anna, deal, f"Said {n}")
            await services.leads.add_note(anna, lead, f"Said {n}")
            await services.deals.log_call(anna, deal, CallOutcome.NO_ANSWER)
            for subject, one in tagged.items():
                await services.tags.write(anna, subject, one, f"Tag {n % 9}")
            await planned(db, deal)
            await services.comments.add(anna, task, f"Said {n}")
            (other,) = await sold(db)
            async with db.write() as uow:
                change = update(Deal).where(Deal.id == other).values(contact_id=contact, company_id=firm)
                await uow.session.execute(change)

    for kind in (FieldKind.TEXT, FieldKind.NUMBER):
        field = await make_field(services, olga, kind, kind.value)
        version = (await services.deals.card(anna, deal)).version
        await services.filling.write(anna, FieldSubject.DEAL, deal, field.id, "5", version)
    await happens(1)
    few = await counted()
    await happens(25)
    assert await counted() == few
    assert {name for name, count in few.items() if count > MOST[name]} == set(), few
