"""What stands for a title that went with its client's data, and that nobody can type it."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.i18n import Speech
from db.models import Deal
from keyboards.common import titled
from services.dto.lead_intake import LeadInput
from services.dto.leads import LeadField
from services.errors import AppError
from services.lines import as_title
from tests.cast import TurnedClock, actor_of
from tests.deals.making import make_deal
from tests.leads.making import free_lead
from tests.world import World


async def erased(world: World) -> int:
    """A won deal whose client's data is erased."""
    deal = await make_deal(world, stage="Paid", amount=100_00, title="Windows for Zivan")
    async with world.db.write() as uow:
        row = await uow.session.get(Deal, deal)
        assert row is not None
        row.closed_on = world.clock.now().date()
        contact = row.contact_id
    assert contact is not None
    olga = await actor_of(world.services, "olga")
    shown = await world.services.erasing.preview(olga, contact)
    await world.services.erasing.erase(olga, contact, shown.version)
    await world.settle()
    return deal


async def test_a_deal_without_its_client_is_headed_by_words_on_every_screen(world: World) -> None:
    deal = await erased(world)
    olga = world.olga
    for language, words in (("en", "Erased client"), ("ru", "Клиент удалён")):
        await world.services.people.speak(await actor_of(world.services, "olga"), language)
        await olga.press(data=f"d:{deal}")
        assert olga.text.startswith(f"{words} · #{deal}\n"), olga.text
        await olga.press(data=f"hs:deal:{deal}")
        for press in (f"dh:{deal}:0", f"dp:{deal}", f"df:{deal}:0"):
            await olga.press(data=press)
            assert "—" not in olga.text.split("\n")[0], press
        await olga.press(data="dl:0:0")
        assert f"#{deal} {words}" in olga.text
        assert f"#{deal} {words}" in olga.labels
        await olga.say(f"/find #{deal}")
        assert f"{words}" in olga.text + " ".join(olga.labels)
    assert [row[0] for row in await world.rows(select(Deal.title))] == ["—"], "one word for both languages"


@pytest.mark.parametrize("typed", ["—", " – ", "-", "— —"])
async def test_dashes_alone_are_no_title(world: World, typed: str) -> None:
    anna = await actor_of(world.services, "anna")
    deal = await make_deal(world)
    assert (await world.services.deals.rename(anna, deal, typed)).title == "Windows for Ivan"
    lead = await free_lead(world.services, world.db, phone="+79160000001")
    helen = await actor_of(world.services, "helen")
    with pytest.raises(AppError, match=r"lead\.bad_text"):
        await world.services.leads.edit(helen, lead.id, LeadField.TITLE, typed)
    given = LeadInput(title=typed, name="Petr", phone="+7 916 000-00-77")
    made = await world.services.leads.create(anna, given)
    assert made.title == "Petr"
    assert as_title(typed) == ""


def test_other_titles_stay_as_they_are() -> None:
    t = Speech("en", ZoneInfo("UTC"), TurnedClock())
    assert [titled(one, t) for one in ("A — B", "-", "—")] == ["A — B", "-", "Erased client"]
