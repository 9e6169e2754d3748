"""From any page of a list but the first one a button leads to the first."""

from keyboards.bin import BinCb
from keyboards.clients import ClientListCb
from keyboards.control_data import NowCb, NowListCb
from keyboards.deal_archive import DealArchiveCb
from keyboards.deal_data import DealHistoryCb, DealListCb
from keyboards.handovers import DealsOfCb
from keyboards.histories import LeadHistoryCb
from keyboards.lead_data import LeadListCb
from keyboards.list_data import ListCb, SelectCb
from keyboards.my_day import DayAdriftCb
from services.dto.control import Watched
from tests.cast import actor_of
from tests.leads.making import taken_lead
from tests.lists.making import sold
from tests.world import World

FIRST = "⏮ First page"


async def test_every_list_leads_back_to_its_first_page(world: World) -> None:
    olga, anna = world.olga, await actor_of(world.services, "anna")
    deals, lead = await sold(world.db, count=20), (await taken_lead(world)).id
    listing = (await world.services.lists.filter(await actor_of(world.services, "olga"))).id
    after = deals[-9] * 2
    for data in (
        ListCb(listing_id=listing, after=after),
        SelectCb(listing_id=listing, after=after),
        DealListCb(stage_id=0, after=deals[9]),
        DealsOfCb(person_id=anna.person_id, after=deals[9]),
        NowListCb(watched=Watched.ADRIFT.value, department_id=0, person_id=0, after=deals[9]),
        DayAdriftCb(after=deals[9]),
        ClientListCb(kind="contact", after=9),
        ClientListCb(kind="firm", after=9),
        LeadListCb(shelf="all", after=99),
        DealArchiveCb(after=9),
        BinCb(after=9),
        NowCb(department_id=0, after=99),
        DealHistoryCb(deal_id=deals[0], after=9),
        LeadHistoryCb(lead_id=lead, after=1),
    ):
        await olga.press(data=data.pack())
        assert FIRST in olga.labels, data
        await olga.press(FIRST)
        assert FIRST not in olga.labels, data
    await olga.press(data=ListCb(listing_id=listing).pack())
    first = olga.text
    await olga.press("More ▶️")
    assert olga.text != first
    await olga.press(FIRST)
    assert olga.text == first
    await olga.say("/profile")
    await olga.press("🌐 In Russian")
    await olga.press(data=DealListCb(stage_id=0, after=deals[9]).pack())
    await olga.press("⏮ В начало")
    assert "⏮ В начало" not in olga.labels
