"""Closed deals: returned to work, put into the archive and taken out of it; nothing of it by one tap."""

import asyncio

import pytest
from sqlalchemy import select

from db.models import Deal, Event, LossReason, Task
from keyboards.task_data import DealTaskCb, TaskReopenCb
from services.errors import StaleError
from services.report_periods import Named, period_of
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.deals.test_loss import lose
from tests.tasks.ticking import set_task
from tests.world import Hand, World


async def deal_row(world: World, deal: int) -> Deal:
    return (await world.rows(select(Deal).where(Deal.id == deal)))[0][0]


async def last_event(world: World) -> Event:
    return (await world.rows(select(Event).order_by(Event.id.desc()).limit(1)))[0][0]


async def put_away(hand: Hand, deal: int) -> None:
    await hand.press(data=f"d:{deal}")
    await hand.press("🗄 To the archive")
    await hand.press("🗄 Yes, to the archive")


async def test_a_lost_deal_returns_to_where_it_was_with_a_word_why(world: World) -> None:
    deal = await make_deal(world, stage="In work")
    task = (await set_task(world, "anna", deal=deal)).id
    await lose(world, deal)
    assert "🔀 Move" not in world.anna.labels
    await world.anna.press("♻️ Return to work")
    assert "It was closed from “In work”." in world.anna.text
    assert world.anna.labels[0] == "▶️ In work"
    assert "🟢 Paid" not in world.anna.labels
    await world.anna.say("They have found the money")
    assert "💬 They have found the money" in world.anna.text
    await world.anna.press("▶️ In work")
    assert "Lost → In work · They have found the money" in world.anna.text
    assert "💔" not in world.anna.text
    row, event = await deal_row(world, deal), await last_event(world)
    assert (row.loss_reason_id, row.closed_on) == (None, None)
    reason = (await world.rows(select(LossReason.id).where(LossReason.name == "Price")))[0][0]
    assert event.changes["loss_reason_id"] == [reason, None]
    # What was dropped by the loss stays dropped: its time has passed.
    assert (await world.rows(select(Task.dropped).where(Task.id == task)))[0][0]
    await world.anna.say("Windows")
    assert "🔎" in world.anna.text or "Windows" in world.anna.text  # The form has closed.


async def test_a_won_deal_is_returned_by_a_head_alone_and_a_wrong_end_is_corrected(world: World) -> None:
    deal = await make_deal(world, stage="Paid", amount=100_00)
    await world.anna.press(data=f"d:{deal}")
    assert not {"♻️ Return to work", "🗄 To the archive"} & set(world.anna.labels)
    new = (await stages_by_name(world.db))["New"].id
    assert await world.anna.press(data=f"dra:{deal}") == "You may not do this."
    assert await world.anna.press(data=f"dr:{deal}:{new}:1") == "You may not do this."
    await world.helen.press(data=f"d:{deal}")
    await world.helen.press("♻️ Return to work")
    await world.helen.press("Lost")
    await world.helen.press("Price")
    assert "💔 Price" in world.helen.text
    await world.helen.press("♻️ Return to work")
    await world.helen.press("▶️ Paid")
    assert "🟢" in world.helen.text


async def test_what_the_stage_requires_is_asked_for_and_the_word_why_is_kept(world: World) -> None:
    deal = await make_deal(world, stage="Lost")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("♻️ Return to work")
    await world.anna.say("Again")
    await world.anna.press("Proposal")
    await world.anna.say("150k")
    assert "Lost → Proposal · Again" in world.anna.text


async def test_an_archived_deal_is_in_no_list_but_its_own_and_still_counts(world: World) -> None:
    deal = await make_deal(world, stage="In work", title="Windows")
    other = await make_deal(world, stage="In work", title="Windows too")
    await lose(world, deal)
    await set_task(world, "helen", deal=deal)
    helen = await actor_of(world.services, "helen")
    month = period_of(Named.MONTH, world.clock.now().date())
    before = await world.services.reports.overview(helen, month)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("🗄 To the archive")
    assert "1 open task of it will be dropped." in world.anna.text
    await world.anna.press("🗄 Yes, to the archive")
    assert "🗄 In the archive since" in world.anna.text
    assert "put it into the archive · 1 task dropped" in world.anna.text
    assert {"📝 Note", "↩️ Return from the archive", "♻️ Return to work"} <= set(world.anna.labels)
    gone = {"➕ Task", "💰 Sum", "🔀 Move", "🗄 To the archive", "📞 Call outcome", "↩️ Undo"}
    assert not gone & set(world.anna.labels)

    await world.anna.press("◀️ Deals")
    assert "Lost" not in world.anna.text
    await world.anna.press("🗄 Archive")
    assert f"🗄 #{deal} Windows" in world.anna.text
    await world.anna.press(data="dl:0:0")
    assert f"#{deal} " not in world.anna.text
    await world.anna.say("/find Windows")
    assert [one for one in world.anna.labels if "#" in one] == [
        f"💼 #{other} Windows too · Ivan Petrov · In work",
        f"🗄 #{deal} Windows · Ivan Petrov · Lost",
    ]
    assert "🗄 is in the archive." in world.anna.text
    assert await world.services.reports.overview(helen, month) == before

    await world.anna.press(f"🗄 #{deal} Windows · Ivan Petrov · Lost")
    await world.anna.press("↩️ Return from the archive")
    assert "🗄 In the archive" not in world.anna.text
    assert "💔 Price" in world.anna.text
    assert "♻️ Return to work" in world.anna.labels


async def test_it_takes_nothing_but_words_and_money_until_it_is_out(world: World) -> None:
    deal = await make_deal(world, stage="Lost")
    task = (await set_task(world, "anna", deal=deal)).id
    await world.services.tasks.done(await actor_of(world.services, "anna"), task)
    await put_away(world.anna, deal)
    ends = [one.id for one in (await stages_by_name(world.db)).values() if one.kind == "won"]
    for data in (f"dcl:{deal}:reached", *(f"dm:{deal}:{end}:2" for end in ends)):
        if data.startswith("dm"):
            assert "may not" in (await world.anna.press(data=data) or "")
            await world.helen.press(data=data)
            assert "lies in the archive" in (world.helen.toast or world.helen.text)
            continue
        await world.anna.press(data=data)
        told = world.anna.toast or world.anna.text
        assert "lies in the archive" in told, data
    for data in (DealTaskCb(deal_id=deal).pack(), TaskReopenCb(task_id=task).pack()):
        assert "lies in the archive" in (await world.anna.press(data=data) or ""), data
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("📝 Note")
    await world.anna.say("They called")
    assert "Anna: They called" in world.anna.text
    assert (await deal_row(world, deal)).archived_at is not None


async def test_the_archive_is_read_page_by_page(world: World) -> None:
    anna = await actor_of(world.services, "anna")
    deals = [await make_deal(world, stage="Lost", title=f"Deal {n}") for n in range(9)]
    for deal in deals:
        await world.services.archive.put_away(anna, deal, 1)
    await world.anna.say("/deals")
    await world.anna.press("🗄 Archive")
    assert "Deal 8" in world.anna.text
    assert "Deal 0" not in world.anna.text
    await world.anna.press("More ▶️")
    assert "Deal 0" in world.anna.text
    found = await world.services.search.find(anna, "Deal")
    more = await world.services.search.more(anna, "Deal", "deal", found.deals.next_after or 0)
    assert [hit.id for hit in (*found.deals.items, *more.items)] == deals[::-1]
    await world.victor.say("/deals")
    await world.victor.press("🗄 Archive")
    assert "Nothing is here." in world.victor.text


@pytest.mark.parametrize("name", ["boris", "victor", "hugo", "fiona", "max"])
async def test_it_refuses_whoever_may_not(world: World, name: str) -> None:
    deal = await make_deal(world, stage="Lost")
    hand = world.hands[name]
    for data in (
        f"dva:{deal}",
        f"dv:{deal}:1",
        f"dvx:{deal}:1",
        f"dra:{deal}",
        "dv:987654:1",
        "dvx:987654:1",
    ):
        toast = await hand.press(on=hand.messages[-1], data=data)
        assert toast == "You may not do this." or "not yours to see" in (toast or ""), data
    assert (await deal_row(world, deal)).archived_at is None


async def test_an_open_deal_and_an_old_button_change_nothing(world: World) -> None:
    deal = await make_deal(world, stage="In work")
    await world.helen.press(data=f"dva:{deal}")
    assert "only closed ones" in (world.helen.toast or "")
    await lose(world, deal)
    for data in (f"dv:{deal}:1", f"dvx:{deal}:2"):
        assert "changed meanwhile" in (await world.anna.press(data=data) or "")
    await put_away(world.anna, deal)
    for data in (f"dv:{deal}:3", f"dva:{deal}", f"dvx:{deal}:1"):
        assert "changed meanwhile" in (await world.anna.press(data=data) or "")
    assert (await deal_row(world, deal)).version == 3


async def test_of_two_who_press_at_once_one_is_heard(world: World) -> None:
    deal = await make_deal(world, stage="Lost")
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    new = (await stages_by_name(world.db))["New"].id
    archive, moves = world.services.archive, world.services.moves
    for version, (one, other) in enumerate(
        (
            (archive.put_away(anna, deal, 1), archive.put_away(helen, deal, 1)),
            (archive.take_out(anna, deal, 2), archive.take_out(helen, deal, 2)),
            (moves.move(anna, deal, new, 3), archive.put_away(helen, deal, 3)),
        ),
        start=2,
    ):
        found = await asyncio.gather(one, other, return_exceptions=True)
        failed = [error for error in found if isinstance(error, BaseException)]
        assert len(failed) == 1
        assert isinstance(failed[0], StaleError) or str(failed[0]) == "deal.open"
        assert (await deal_row(world, deal)).version == version


async def test_in_russian(world: World) -> None:
    deal = await make_deal(world, stage="Lost")
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.press(data=f"dra:{deal}")
    assert "На какой этап вернуть?" in world.anna.text
    await world.anna.press(data=f"dva:{deal}")
    await world.anna.press("🗄 Да, в архив")
    assert "🗄 В архиве с" in world.anna.text
    await world.anna.press(data="dvl:0")
    assert "Архив сделок" in world.anna.text
