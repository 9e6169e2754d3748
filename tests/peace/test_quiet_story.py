"""Nothing rings in somebody's quiet time; when it ends all of it comes, folded, and nothing twice."""

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from db.models import Deal, Event, Outbox, Person, Workspace
from keyboards.quiet import QuietSetCb, QuietUrgentCb
from services.notices import NoticeKind, private, send
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import free_lead
from tests.tasks.ticking import set_task, tick, timers
from tests.world import World

NIGHT = datetime.fromisoformat("2026-11-18T23:00:00+03:00")
MORNING = datetime.fromisoformat("2026-11-19T08:00:00+03:00")


async def go(world: World, moment: datetime) -> None:
    world.clock.turn(seconds=(moment - world.clock.now()).total_seconds())
    await tick(world)


async def quiet(world: World, who: str, typed: str = "22-8") -> None:
    await world.services.quiet.choose(await actor_of(world.services, who), typed)


async def comment(world: World, deal: int, text: str = "They called", by: str = "helen") -> None:
    await world.services.deals.add_note(await actor_of(world.services, by), deal, text)
    await world.settle()


async def states(world: World, who: str) -> list[tuple[str, str]]:
    person = (await actor_of(world.services, who)).person_id
    query = select(Outbox.kind, Outbox.state).where(Outbox.person_id == person, Outbox.kind != "refresh")
    return [(row[0], row[1]) for row in await world.rows(query.order_by(Outbox.id))]


async def test_each_chooses_their_own_and_it_is_kept(world: World) -> None:
    anna = world.anna
    await anna.say("/profile")
    await anna.press("🌙 Quiet hours")
    assert anna.text.startswith("🌙 Quiet hours: none")
    assert (
        await anna.press(data=QuietUrgentCb(on=1).pack()) == "You have no quiet hours now. Choose them first."
    )
    await anna.press("22:00–8:00")
    assert anna.text.startswith("🌙 Quiet hours: 22:00–8:00")
    await anna.press("⬜️ Urgent leads and tasks may wake me")
    assert "✅ Urgent leads and tasks may wake me" in anna.labels
    await anna.press("✏️ Other hours")
    await anna.say("soon")
    assert "I could not read “soon”" in anna.text
    await anna.say("Mon-Fri 20-9")
    assert anna.text.startswith("🌙 Quiet hours: Mo–Fr 20:00–9:00")
    assert "✅ Urgent leads and tasks may wake me" in anna.labels, "that stays as it was"
    await anna.press("Outside my working hours")
    assert anna.text.startswith("🌙 Quiet hours: outside working hours")
    await anna.press("🔔 No quiet hours")
    assert anna.text.startswith("🌙 Quiet hours: none")
    kept = [row[0] for row in await world.rows(select(Event.changes).where(Event.action == "profile.edit"))]
    assert [one["quiet"][1] and one["quiet"][1]["start"] for one in kept] == [1320, 1320, 1200, 0, None]
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await anna.press(data=QuietSetCb(value="выходные 0-24").pack())
    assert anna.text.startswith("🌙 Тихие часы: сб–вс 0:00–24:00")
    assert await anna.press(data=QuietSetCb(value="0-24").pack()) is not None
    others = select(Person.name).where(Person.quiet.is_not(None))
    assert [row[0] for row in await world.rows(others)] == ["Anna"], "nobody sets another's"


async def test_a_night_comes_as_one_message_with_a_button_for_each_thing(world: World) -> None:
    await quiet(world, "anna")
    deals = [await make_deal(world, title=f"Door {n}") for n in range(4)]
    await world.anna.press(data=f"d:{deals[0]}")
    await go(world, NIGHT)
    before = len(world.anna.messages)
    for deal in [*deals, deals[0]]:
        await comment(world, deal)
        world.clock.turn(minutes=2)
    lead = await free_lead(world.services, world.db, phone="+79165550199", name="Olaf")
    gone = await free_lead(world.services, world.db, phone="+79165550188", name="Gone")
    await world.services.leads.take(await actor_of(world.services, "boris"), gone.id)
    await world.settle()
    assert len(world.anna.messages) == before
    assert any("🔕" not in one.text and "They called" in one.text for one in world.anna.messages), (
        "cards are drawn"
    )
    assert {state for _, state in await states(world, "anna")} == {"held", "cancelled"}
    # One deal is another's by the morning: its line goes with the right.
    async with world.db.write() as uow:
        victor = (await actor_of(world.services, "victor")).person_id
        await uow.session.execute(update(Deal).where(Deal.id == deals[3]).values(owner_id=victor))
    await go(world, MORNING - timedelta(seconds=1))
    assert len(world.anna.messages) == before
    await go(world, MORNING)
    assert len(world.anna.messages) == before + 1
    lines = world.anna.text.splitlines()
    assert lines[0] == "🌅 While you were away"
    assert lines[1:] == [
        "💼 Door 0: comment ×2",
        "💼 Door 1: comment",
        "💼 Door 2: comment",
        "📥 Olaf: new request",
    ]
    await world.anna.press("📥 Olaf")
    assert "Olaf" in world.anna.text
    await world.anna.press("✋ Take")
    owner = (await world.services.leads.card(await actor_of(world.services, "anna"), lead.id)).owner
    assert owner is not None
    assert owner.name == "Anna"
    await tick(world)
    assert len([row for row in await states(world, "anna") if row[0] == "away"]) == 1


async def test_few_things_come_as_themselves_one_message_each(world: World) -> None:
    await quiet(world, "anna")
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    deals = [await make_deal(world, title=f"Door {n}") for n in range(2)]
    await go(world, NIGHT)
    for _ in range(3):
        await comment(world, deals[0])
        world.clock.turn(minutes=2)
    await comment(world, deals[1])
    before = len(world.anna.messages)
    await go(world, MORNING)
    assert len(world.anna.messages) == before + 2
    assert [row for row in await states(world, "anna") if row[1] == "sent"] == [
        ("deal_commented", "sent")
    ] * 2


@pytest.mark.parametrize("allowed", [True, False])
async def test_urgent_things_break_through_only_where_that_is_allowed(world: World, allowed: bool) -> None:
    await quiet(world, "anna")
    if allowed:
        await world.services.quiet.wake(await actor_of(world.services, "anna"), on=True)
    deal = await make_deal(world)
    await set_task(world, "anna", hours=11, minutes=30)
    await go(world, NIGHT)
    before = len(world.anna.messages)
    await comment(world, deal)
    await go(world, NIGHT + timedelta(minutes=40))
    assert len(world.anna.messages) == before + allowed
    await go(world, MORNING)
    assert len(world.anna.messages) == before + 2
    assert (await states(world, "anna")).count(("task_due", "sent")) == 1


async def test_whoever_switches_it_off_at_night_gets_what_waits_at_once(world: World) -> None:
    await quiet(world, "anna")
    deal = await make_deal(world)
    await go(world, NIGHT)
    await comment(world, deal)
    await world.anna.say("/profile")
    await world.anna.press("🌙 Quiet hours")
    assert "📬 1 message waits" in world.anna.text
    before = len(world.anna.messages)
    await world.anna.press("20:00–9:00")
    assert len(world.anna.messages) == before
    await go(world, MORNING)
    assert len(world.anna.messages) == before, "it is quiet an hour longer now"
    await world.anna.press("🔔 No quiet hours")
    assert len(world.anna.messages) == before + 1
    await go(world, MORNING + timedelta(hours=1, minutes=1))
    assert len(world.anna.messages) == before + 1
    assert not [timer for timer in await timers(world) if timer.kind == "quiet_end"]


async def test_outside_of_work_and_in_another_zone(world: World) -> None:
    async with world.db.write() as uow:
        hours = {str(day): [[540, 1080]] for day in range(5)}
        await uow.session.execute(update(Workspace).values(hours=hours))
    await quiet(world, "anna", "work")
    anna = await actor_of(world.services, "anna")
    await world.services.people.live_in(anna, "Asia/Vladivostok")
    deal = await make_deal(world)
    before = len(world.anna.messages)
    await comment(world, deal)
    assert (await states(world, "anna"))[-1] == ("deal_commented", "held"), "it is evening there"
    card = await world.services.quiet.card(anna)
    assert card.until == datetime.fromisoformat("2026-11-19T09:00+10:00")
    await world.services.people.live_in(anna, "Europe/Moscow")
    await world.settle()
    assert len(world.anna.messages) == before + 1


async def test_who_leaves_or_was_restored_gets_nothing_of_it(world: World) -> None:
    for who in ("anna", "boris"):
        await quiet(world, who)
    deals = [await make_deal(world, owner=who) for who in ("anna", "boris")]
    await go(world, NIGHT)
    for deal in deals:
        await comment(world, deal)
    anna = (await actor_of(world.services, "anna")).person_id
    helen = (await actor_of(world.services, "helen")).person_id
    await world.services.leaving.remove(await actor_of(world.services, "olga"), anna, helen)
    await world.settle()
    async with world.db.write() as uow:
        await uow.session.execute(update(Workspace).values(outbox_epoch=2))
    before = len(world.anna.messages), len(world.boris.messages)
    await go(world, MORNING)
    assert (len(world.anna.messages), len(world.boris.messages)) == before
    assert await world.rows(select(Outbox.id).where(Outbox.state == "held")) == []


@pytest.mark.parametrize("seed", range(3))
async def test_nothing_is_lost_and_nothing_told_twice_across_the_border(world: World, seed: int) -> None:
    chance = random.Random(seed)
    await quiet(world, "anna")
    deals = [await make_deal(world, title=f"Door {n}") for n in range(6)]
    await go(world, NIGHT - timedelta(hours=2))
    told: list[tuple[datetime, int]] = []
    for n in range(60):
        world.clock.turn(minutes=chance.choice((0, 1, 20, 60)), seconds=chance.choice((0, 30)))
        deal = chance.choice(deals)
        async with world.db.write() as uow:
            person = await uow.people.get((await actor_of(world.services, "anna")).person_id)
            assert person is not None
            kind = chance.choice((NoticeKind.DEAL_COMMENTED, NoticeKind.DEAL_WON, NoticeKind.DEAL_SHARED))
            params: dict[str, object] = {"id": deal, "by": "Helen"}
            await send(uow, world.clock.now(), [private(person)], kind, f"n:{n}", params)
        told.append((world.clock.now(), deal))
        if chance.random() < 0.5:
            await tick(world)
    await go(world, world.clock.now() + timedelta(hours=24))
    rows = [row[0] for row in await world.rows(select(Outbox).where(Outbox.dedupe.like("n:%")))]
    assert len(rows) == len(told)
    assert {(row.state, row.error) for row in rows} <= {("sent", None), ("cancelled", "folded")}
    away = [row[0] for row in await world.rows(select(Outbox).where(Outbox.kind == "away"))]
    assert {row.state for row in away} <= {"sent"}
    in_away = sum(count for row in away for one in row.params["things"] for _, _, count in one["news"])
    alone = [row for row in rows if row.state == "sent"]
    folded = [row for row in rows if row.state == "cancelled"]
    assert in_away <= len(folded)
    for row in folded:
        assert any(
            row.created_at <= other.next_at and _tells_of(other, row.params["id"])
            for other in [*away, *alone]
        ), "of its deal something is told later"
    for row in alone:
        assert not row.next_at.astimezone(MORNING.tzinfo).hour >= 22
        assert not row.next_at.astimezone(MORNING.tzinfo).hour < 8


def _tells_of(row: Outbox, deal: int) -> bool:
    things = row.params.get("things") or [row.params]
    return any(one["id"] == deal for one in things)
