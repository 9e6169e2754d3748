"""A deed with many deals, for the tests that kill the program."""

from sqlalchemy import select

from db.models import Deal, Event, Task
from keyboards.list_data import BulkDoCb, TickAllCb
from services.dto.bulk import Deed
from tests.cast import actor_of
from tests.lists.making import planned, sold
from tests.stories.company import Check, Company


async def many_change_hands(company: Company, _n: int) -> Check:
    """Helen gives all deals of her list to Boris."""
    world = company.world
    helen, boris = await actor_of(world.services, "helen"), await actor_of(world.services, "boris")
    old = await sold(world.db, count=5)
    for deal in old:
        await planned(world.db, deal)
    card = await world.services.lists.filter(helen)
    await company.press("helen", TickAllCb(listing_id=card.id).pack())
    await company.live()
    ids, _ = await world.services.lists.ids(helen, card.id, 500)
    plan = await world.services.bulk.plan(helen, card.id, ids, Deed.GIVE, boris.person_id)
    give = BulkDoCb(deed=Deed.GIVE.value, target_id=boris.person_id, mark=plan.mark)
    await company.press("helen", give.pack())

    async def check() -> None:
        theirs = select(Deal.id).where(Deal.owner_id == boris.person_id)
        assert {one for (one,) in await world.rows(theirs)} == set(ids)
        doers = select(Task.assignee_id).where(Task.deal_id.in_(old))
        assert {one for (one,) in await world.rows(doers)} == {boris.person_id}
        told = select(Event.subject_id).where(Event.subject == "deal", Event.subject_id.in_(old))
        assert sorted(one for (one,) in await world.rows(told)) == old

    return check
