"""Whoever mutes a deal hears no news of it, but still of what is given to them."""

import pytest
from sqlalchemy import select

from db.models import Event, Mute, Outbox
from keyboards.deal_data import DealMuteCb
from services.payment_methods import Method
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.peace.test_quiet_story import NIGHT, comment, go, quiet
from tests.tasks.ticking import set_task, tick
from tests.world import World


async def heard(world: World, who: str, *kinds: str) -> int:
    person = (await actor_of(world.services, who)).person_id
    query = select(Outbox.id).where(
        Outbox.person_id == person, Outbox.kind.in_(kinds), Outbox.state == "sent"
    )
    return len(await world.rows(query))


async def later(world: World, **time: float) -> None:
    world.clock.turn(**time)
    await tick(world)


async def muted(world: World) -> list[int]:
    return [row[0] for row in await world.rows(select(Mute.person_id))]


async def test_no_news_of_a_muted_deal_until_it_is_unmuted(world: World) -> None:
    deal = await make_deal(world, stage="Awaiting payment", amount=100_000_00)
    anna, fiona = world.anna, await actor_of(world.services, "fiona")
    await anna.press(data=f"d:{deal}")
    await anna.press("🔕 Mute")
    assert "🔔 Unmute" in anna.labels
    await anna.press(data=DealMuteCb(deal_id=deal, on=1).pack())
    assert "🔔 Unmute" in anna.labels, "an old button changes nothing more"
    await comment(world, deal)
    await later(world, minutes=1)
    await world.services.payments.record(fiona, deal, 1_000_00, Method.BANK)
    await set_task(world, "anna", deal=deal, hours=1)
    await later(world, hours=1)
    assert await heard(world, "anna", "deal_commented", "payment_came") == 0
    assert await heard(world, "anna", "task_due") == 1, "one's own tasks still come"
    assert await heard(world, "helen", "payment_came") == 1, "others hear it"
    await anna.press(data=f"d:{deal}")
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await anna.press("🔔 Unmute")
    assert "🔕 Без уведомлений" in anna.labels
    await comment(world, deal)
    await later(world, minutes=1)
    assert await heard(world, "anna", "deal_commented") == 1
    kept = [row[0] for row in await world.rows(select(Event.changes).where(Event.subject == "profile"))]
    assert [one["muted_deal"] for one in kept if "muted_deal" in one] == [[None, deal], [deal, None]]


async def test_what_waited_already_is_not_told_of_a_deal_that_was_muted_meanwhile(world: World) -> None:
    await quiet(world, "anna")
    deal = await make_deal(world, stage="Awaiting payment", amount=100_000_00)
    await go(world, NIGHT)
    await comment(world, deal)
    fiona = await actor_of(world.services, "fiona")
    await world.services.payments.record(fiona, deal, 1_000_00, Method.BANK)
    await world.services.mutes.mute(await actor_of(world.services, "anna"), deal, on=True)
    await later(world, hours=10)
    assert await heard(world, "anna", "deal_commented", "payment_came", "away") == 0


async def test_it_ends_when_the_deal_is_given_to_one_and_when_one_leaves(world: World) -> None:
    deal = await make_deal(world)
    helen, olga = await actor_of(world.services, "helen"), await actor_of(world.services, "olga")
    anna, boris = await actor_of(world.services, "anna"), await actor_of(world.services, "boris")
    card = await world.services.crews.add(helen, deal, boris.person_id, 1)
    for one in (anna, boris):
        await world.services.mutes.mute(one, deal, on=True)
    await world.services.deals.hand_over(helen, deal, boris.person_id, card.version)
    assert await muted(world) == [anna.person_id]
    await world.services.mutes.mute(boris, deal, on=True)
    await world.services.leaving.remove(olga, boris.person_id, anna.person_id)
    assert await muted(world) == [], "it is Anna's again, and Boris is gone"


@pytest.mark.parametrize("who", ["victor", "max", "boris"])
async def test_nobody_mutes_what_they_may_not_see(world: World, who: str) -> None:
    deal = await make_deal(world)
    for one in (deal, 99_999):
        assert await world.hands[who].press(data=DealMuteCb(deal_id=one, on=1).pack())
    assert await muted(world) == []
