"""What is not as it should be: counted and listed for the head, and told as the day ends."""

from datetime import timedelta

from sqlalchemy import select, update

from db.models import Deal, Lead, Stage
from keyboards.control_data import NowListCb
from keyboards.deal_data import DealCb
from services.dto.control import Violations, Watched, Where
from services.dto.tasks import Link
from services.followup.rules import Rule
from tests.cast import actor_of
from tests.digests.test_story import EVENING, go
from tests.followup.mornings import Days
from tests.leads.making import free_lead
from tests.world import World


async def listed(days: Days, kind: Watched, who: str = "helen", person: int = 0) -> list[int]:
    reader = await actor_of(days.services, who)
    shown = await days.services.control.watched(reader, kind, Where(0, person))
    return [one.id for one in shown.page.items if hasattr(one, "id")]


async def counted(days: Days, who: str = "helen") -> Violations:
    reader = await actor_of(days.services, who)
    found = (await days.services.control.department(reader)).violations
    assert (await days.services.digests.this_week(reader)).watch.violations == found
    return found


async def test_a_deal_that_stands_too_long_is_marked_and_listed(days: Days) -> None:
    deal, anna = await days.deal(), await actor_of(days.services, "anna")
    theirs = await days.deal("victor")
    stage = (await days.services.deals.card(anna, deal)).stage.id
    days.clock.turn(days=14)
    assert await listed(days, Watched.ROTTING) == []
    assert (await days.services.deals.card(anna, deal)).overstays is None
    days.clock.turn(hours=1)
    assert await listed(days, Watched.ROTTING) == [deal]
    assert await listed(days, Watched.ROTTING, "olga") == [deal, theirs]
    assert (await days.services.deals.card(anna, deal)).overstays == 14
    assert (await counted(days)).rotting == 1
    helen = await actor_of(days.services, "helen")
    assert await listed(days, Watched.ROTTING, person=helen.person_id) == []
    assert await listed(days, Watched.ROTTING, person=anna.person_id) == [deal]
    await days.services.follow_up_settings.set_norm(helen, stage, 30)
    assert (await counted(days)).rotting == 0
    await days.services.follow_up_settings.set_norm(helen, stage, 0)
    days.clock.turn(days=300)
    assert await listed(days, Watched.ROTTING) == []


async def test_a_moved_or_closed_deal_does_not_stand_too_long(days: Days) -> None:
    deals = [await days.deal(name=f"Client {n}") for n in range(3)]
    anna = await actor_of(days.services, "anna")
    days.clock.turn(days=20)
    card = await days.services.deals.card(anna, deals[0])
    await days.services.moves.move(anna, deals[0], card.moves[0].id, card.version)
    async with days.db.write() as uow:
        lost = (await uow.session.scalars(select(Stage.id).where(Stage.kind == "lost"))).one()
        await uow.session.execute(
            update(Deal).where(Deal.id == deals[1]).values(stage_id=lost, closed_on=days.clock.now().date())
        )
    assert await listed(days, Watched.ROTTING) == [deals[2]]


async def test_clients_are_silent_until_something_happens_or_is_planned_for_later(days: Days) -> None:
    deal, anna = await days.deal(), await actor_of(days.services, "anna")
    planned, imported = await days.deal(name="Oleg"), await days.deal(name="Imported")
    async with days.db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.id == imported).values(touched_at=None))
    far = days.clock.now() + timedelta(days=60)
    await days.services.tasks.create(anna, "Ask", far, Link("deal", planned))
    await days.until("20 17:55")
    assert await listed(days, Watched.SILENT) == []
    await days.until("23 17:55")
    assert await listed(days, Watched.SILENT) == [], "they are to be called today"
    await days.until("23 18:05")
    assert await listed(days, Watched.SILENT) == [deal]
    assert (await counted(days)).silent == 1
    assert await listed(days, Watched.SILENT, "hugo") == []
    helen = await actor_of(days.services, "helen")
    await days.services.follow_up_settings.set(helen, 1, Rule.SILENT, 0)
    assert (await counted(days)).silent == 0
    await days.services.follow_up_settings.set(helen, 1, Rule.SILENT, 1)
    assert (await counted(days)).silent == 1
    await days.services.deals.add_note(anna, deal, "They will write")
    assert (await counted(days)).silent == 0


async def test_leads_that_nobody_answers_are_listed_once_the_head_was_told(days: Days) -> None:
    lead = (await free_lead(days.services, days.db)).id
    assert await listed(days, Watched.UNANSWERED) == []
    async with days.db.write() as uow:
        await uow.session.execute(update(Lead).values(alarmed_at=days.clock.now()))
    assert await listed(days, Watched.UNANSWERED) == [lead]
    assert (await counted(days)).unanswered == 1
    assert await listed(days, Watched.UNANSWERED, "hugo") == []
    anna = await actor_of(days.services, "anna")
    taken = await days.services.leads.take(anna, lead)
    assert await listed(days, Watched.UNANSWERED, person=anna.person_id) == [lead]
    await days.services.outcomes.qualify(anna, lead, taken.version)
    assert (await counted(days)).unanswered == 0


async def test_the_evening_tells_the_head_and_leads_to_the_lists(world: World) -> None:
    await world.services.digest_round.begin()
    days = Days(world.services, world.db, world.clock)
    deal = await days.deal()
    await free_lead(world.services, world.db, phone="+79165551234", title="Doors")
    long_ago = world.clock.now() - timedelta(days=20)
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).values(touched_at=long_ago, stage_since=long_ago))
        await uow.session.execute(update(Lead).values(alarmed_at=world.clock.now()))
    await world.settle()
    await go(world, EVENING)
    helen = world.helen
    card = next(one for one in reversed(helen.messages) if "🗞" in one.text)
    assert card.text.endswith(
        "👀 Needs a look\n🚨 Leads that nobody answers: 1\n⚠️ Deals without a next step: 1\n"
        "⏳ Deals too long in a stage: 1\n🔇 Silent clients: 1"
    )
    await helen.press("🔇 Silent clients: 1", on=card)
    assert helen.text.startswith("🔇 Silent clients: nothing has happened")
    await helen.press("◀️ Back")
    assert helen.text.startswith("🗞"), "back to where one came from"
    await helen.press("⏳ Too long in a stage: 1")
    assert helen.text.startswith("⏳ Deals too long in a stage\n")
    assert f"#{deal} Windows for Ivan" in helen.text
    await helen.press(f"#{deal} Windows for Ivan")
    assert "⏳ 20 days in this stage, which is too long" in helen.text
    await helen.say("/now")
    assert "🔇 Silent clients: 1" in helen.text
    await helen.press("🔇 Silent · 1")
    assert helen.text.startswith("🔇 Silent clients: nothing has happened, nothing is planned\n")
    await helen.press("◀️ Back")
    await helen.press("🚨 No answer · 1")
    assert "Doors" in helen.text
    async with world.db.write() as uow:
        anna = (await actor_of(world.services, "anna")).person_id
        await uow.session.execute(update(Lead).values(owner_id=anna, status="in_work"))
    await helen.say("/now")
    await helen.press("👤 Anna")
    told = ("🚨 Leads that nobody answers: 1", "⏳ Deals too long in a stage: 1", "🔇 Silent clients: 1")
    assert all(line in helen.text for line in told)
    for opener, title, deed in (
        ("🚨 No answer · 1", "🚨 Leads that nobody answers · Anna", "Doors"),
        ("⏳ Too long · 1", "⏳ Deals too long in a stage · Anna", "Windows for Ivan"),
        ("🔇 Silent · 1", "🔇 Silent clients: nothing has happened, nothing is planned · Anna", "🤝"),
    ):
        await helen.press(opener)
        assert helen.text.startswith(title)
        assert any(deed in label for label in helen.labels)
        await helen.press("◀️ Back")
    await helen.press("◀️ Back")
    await helen.press("👤 Boris")
    assert not [line for line in ("🚨", "⏳", "🔇") if line in helen.text], "they are another's"
    for kind in ("rotting", "silent", "late_leads"):
        assert await world.anna.press(data=NowListCb(watched=kind).pack()) == "You may not do this."
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.press(data=DealCb(deal_id=deal).pack())
    assert "⏳ На этом этапе уже 20 дней — слишком долго" in world.anna.text
