"""A forgotten client, told by hands on phones: the morning's message, the call, the settings."""

import pytest
from sqlalchemy import select

from db.models import Deal, Event, Pipeline, Stage, Task
from keyboards.follow_up import (
    FollowUpAskCb,
    FollowUpCb,
    FollowUpNormCb,
    FollowUpNormsCb,
    FollowUpNormSetCb,
    FollowUpOffCb,
    FollowUpSetCb,
)
from services.followup.rules import LONGEST
from tests.cast import actor_of
from tests.followup.mornings import Days
from tests.followup.test_birthdays import client
from tests.tasks.ticking import tick
from tests.world import World

FOREIGN = 99_999


async def monday(world: World) -> Days:
    """To the Monday after, nine in Moscow."""
    days = Days(world.services, world.db, world.clock)
    await days.until("23 08:55")
    world.clock.turn(minutes=5)
    for _ in ("the round", "what it has set"):
        await tick(world)
    return days


async def test_one_client_comes_as_a_task_with_all_that_can_be_done(world: World) -> None:
    await world.services.follow_up_round.begin()
    days = Days(world.services, world.db, world.clock)
    await days.deal()
    await world.settle()
    await monday(world)
    anna = world.anna
    card = next(one for one in reversed(anna.messages) if one.text.startswith("👋"))
    assert card.text.startswith(
        "👋 A client waits to hear from you\nThe last contact was 18 November, 12:00.\n"
    )
    assert "📌 Call back: Ivan" in card.text
    assert "📞 +7 916 555-00-00" in card.text
    await anna.press("📞 Call outcome", on=card)
    await anna.press("✅ Reached")
    assert "call: reached" in anna.text
    [(done_at, touched_at)] = await world.rows(select(Task.done_at, Deal.touched_at).join(Deal))
    assert done_at == touched_at == world.clock.now(), "two taps, and the task is done, too"


async def test_several_and_birthdays_are_one_message_and_what_is_done_meanwhile_is_not_in_it(
    world: World,
) -> None:
    await world.services.follow_up_round.begin()
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    days = Days(world.services, world.db, world.clock)
    for n in range(3):
        await days.deal(name=f"Клиент {n}")
    await client(days, "Мария", "11-23", year=1986)
    await world.settle()
    await monday(world)
    anna = world.anna
    card = next(one for one in reversed(anna.messages) if one.text.startswith("👋"))
    assert card.text.startswith("👋 Эти клиенты ждут вашего звонка\n📞 Перезвонить: Клиент 0\n")
    assert "🎂 Дни рождения\n• Мария — сегодня, исполнится 40" in card.text
    assert len([one for one in anna.messages if one.text.startswith("👋")]) == 1
    await anna.press("📞 Перезвонить: Клиент 1", on=card)
    assert "🕒 понедельник, 23 ноября, 18:00" in anna.text
    helen = await actor_of(world.services, "anna")
    tasks = [one for (one,) in await world.rows(select(Task.id))]
    await world.services.tasks.done(helen, tasks[1])
    shown = await world.services.follow_ups.told(helen, tasks, [])
    assert [one.task_id for one in shown.calls] == [tasks[0], tasks[2]]


async def test_a_head_sets_the_rules_and_the_days_of_stages(world: World) -> None:
    helen = world.helen
    await helen.say("/team")
    await helen.press(next(label for label in helen.labels if label.startswith("Sales")))
    await helen.press("🔁 Follow-up")
    assert helen.text.startswith("🔁 Follow-up · Sales\n")
    assert "📞 3 days after the first contact: a task to call back" in helen.text
    assert "⏳ Too long in a stage: after 14 days" in helen.text
    await helen.press("🔁 Silent client: 3 days")
    await helen.say("soon")
    assert helen.text == f"Please send a number of days from 1 to {LONGEST}, like 3."
    await helen.say("999")
    assert helen.text == f"Please send a number of days from 1 to {LONGEST}, like 3."
    await helen.say("5 дней")
    assert "🔁 5 days without a word from the client" in helen.text
    old = helen.screen
    await helen.press("📞 Call back: 3 days")
    await helen.press("off")
    assert "after the first contact" not in helen.text
    await helen.press("🎂 Birthdays: on the day")
    await helen.press("3 days before")
    assert "🎂 3 days before a client's birthday: a word in the morning" in helen.text
    await helen.press("🎂 Birthdays: 3 days before")
    await helen.press("off")
    assert "🎂 Birthdays: off" in helen.labels
    await helen.press("⚠️ No next step: at once")
    await helen.press("2 days")
    assert "⚠️ 2 days without a word and without a plan: the deal is listed" in helen.text
    [(kept,)] = await world.rows(select(Pipeline.rules))
    assert kept == {"callback": None, "silent": 5, "greet": None, "step": 2}
    await helen.press("⏳ Days per stage")
    await helen.press("Proposal: 14 days")
    await helen.press("7 days")
    assert "Proposal: 7 days" in helen.labels
    await helen.press("New: 14 days")
    await helen.say("0")
    assert "New: off" in helen.labels
    norms = dict(await world.rows(select(Stage.name, Stage.norm_days)))
    assert (norms["New"], norms["Proposal"], norms["Paid"], norms["Lost"]) == (None, 7, None, None)
    events = await world.rows(select(Event.changes).where(Event.action == "pipeline.rules"))
    assert {"silent": [3, 5]} in [one for (one,) in events]
    await helen.press("◀️ Back")
    assert "Too long in a stage: In work, Awaiting payment — 14 days; Proposal — 7 days" in helen.text
    await helen.press(data=FollowUpSetCb(pipeline_id=1, rule="silent", days=2).pack(), on=old)
    [(kept,)] = await world.rows(select(Pipeline.rules))
    assert kept["silent"] == 2, "an old button is as good as a new one"


@pytest.mark.parametrize("who", ["anna", "fiona", "max"])
async def test_nobody_else_sets_them(world: World, who: str) -> None:
    [(stage,)] = await world.rows(select(Stage.id).where(Stage.name == "New"))
    for data in (
        FollowUpCb(),
        FollowUpAskCb(pipeline_id=1, rule="silent"),
        FollowUpSetCb(pipeline_id=1, rule="silent", days=5),
        FollowUpOffCb(pipeline_id=1, rule="silent"),
        FollowUpNormsCb(pipeline_id=1),
        FollowUpNormCb(pipeline_id=1, stage_id=stage),
        FollowUpNormSetCb(pipeline_id=1, stage_id=stage, days=0),
    ):
        assert await world.hands[who].press(data=data.pack()) == "You may not do this."
    assert await world.rows(select(Pipeline.rules)) == [({},)]


async def test_forged_and_foreign_ones_are_refused(world: World) -> None:
    stages = dict(await world.rows(select(Stage.name, Stage.id)))
    gone = "There is no such pipeline any more."
    too_long = f"That is too long: at most {LONGEST} days."
    no_stage = "There is no such stage in this pipeline any more."
    for data, answer in (
        (FollowUpCb(pipeline_id=FOREIGN), gone),
        (FollowUpSetCb(pipeline_id=FOREIGN, rule="silent", days=3), gone),
        (FollowUpSetCb(pipeline_id=1, rule="nothing", days=3), "There is no such choice any more."),
        (FollowUpSetCb(pipeline_id=1, rule="silent", days=LONGEST + 1), too_long),
        (FollowUpSetCb(pipeline_id=1, rule="greet", days=31), "That is too long: at most 30 days."),
        (FollowUpOffCb(pipeline_id=FOREIGN, rule="step"), gone),
        (FollowUpNormCb(stage_id=FOREIGN), no_stage),
        (FollowUpNormSetCb(stage_id=stages["Paid"], days=3), no_stage),
    ):
        assert await world.helen.press(data=data.pack()) == answer, data
    assert await world.rows(select(Pipeline.rules)) == [({},)]


async def test_the_rules_in_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await world.helen.press(data=FollowUpCb().pack())
    assert world.helen.text.startswith("🔁 Забота о клиентах · Sales\nЧтобы никого не забыть.")
    assert "📞 3 дня после первого контакта: задача «Перезвонить»" in world.helen.text
    assert "🔁 Клиент молчит: 3 дня" in world.helen.labels
