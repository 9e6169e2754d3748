"""Deals to tell stories about."""

from db.models import Contact, Deal
from tests.cast import CAST, stages_by_name
from tests.world import World


async def make_deal(
    world: World,
    owner: str = "anna",
    stage: str = "New",
    amount: int | None = None,
    title: str = "Windows for Ivan",
    *,
    contact: bool = True,
) -> int:
    """A deal of somebody's, standing in a stage."""
    stages = await stages_by_name(world.db)
    actor = await world.services.people.identify(CAST[owner].telegram_id)
    assert actor is not None
    department = min(actor.departments)
    now = world.clock.now()
    async with world.db.write() as uow:
        person = Contact(
            name="Ivan Petrov",
            search="ivan petrov",
            phone="+79161234567",
            owner_id=actor.person_id,
            department_id=department,
            created_at=now,
        )
        if contact:
            uow.session.add(person)
            await uow.session.flush()
        deal = Deal(
            title=title,
            search=title.casefold(),
            pipeline_id=stages[stage].pipeline_id,
            stage_id=stages[stage].id,
            stage_since=now,
            amount=amount,
            currency="RUB",
            source="site",
            owner_id=actor.person_id,
            department_id=department,
            contact_id=person.id if contact else None,
            created_at=now,
        )
        uow.session.add(deal)
        await uow.session.flush()
        return deal.id
