"""A lead that nobody answers: reminded, a task to call, passed on, and the head is told and steps in."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Department, Lead, Task, Timer
from keyboards.response import LeadMineCb, ResponseCb, ResponseSetCb, ResponseStepCb
from services.dto.lead_intake import LeadInput
from services.dto.leads import CallOutcome
from services.response.rules import LONGEST
from tests.cast import actor_of
from tests.leads.making import free_lead
from tests.people.test_work_times import place
from tests.tasks.ticking import away, tick
from tests.world import World


async def wait(world: World, **time: float) -> None:
    """Let time pass in steps of a minute, as the program does; at its end everything has been said."""
    until = world.clock.now() + timedelta(**time)
    while world.clock.now() < until:
        world.clock.turn(minutes=1)
        await tick(world)
    await world.settle()


async def free(world: World, title: str = "Windows") -> int:
    phone = f"+7916555{await world.count(Lead):04}"
    return (await free_lead(world.services, world.db, title=title, phone=phone)).id


async def take(world: World, who: str, title: str = "Windows") -> int:
    lead = await free(world, title)
    await world.services.leads.take(await actor_of(world.services, who), lead)
    await world.settle()
    return lead


async def lead_row(world: World, lead: int) -> Lead:
    [(row,)] = await world.rows(select(Lead).where(Lead.id == lead))
    return row


async def team_chat(world: World) -> int:
    group = world.telegram.add_group("Sales team", [hand.person for hand in world.hands.values()])
    async with world.db.write() as uow:
        department = await uow.people.department(await place(world))
        assert department is not None
        department.chat_id = group.id
    return group.id


async def test_a_taken_lead_is_reminded_of_passed_on_and_told_to_the_head(world: World) -> None:
    chat = await team_chat(world)
    lead = await take(world, "anna")
    await world.anna.say("/leads")
    await wait(world, minutes=9)
    assert "waits for your answer" not in world.anna.text
    await wait(world, minutes=1)
    assert world.anna.text.startswith("⏰ The client waits for your answer\n\nWindows")
    assert "🔴 The answer was due today, 12:10" in world.anna.text
    assert "Answer by" not in world.anna.text
    await wait(world, minutes=6)
    assert world.anna.text.startswith("⏰ It is time\n")
    assert "📞" in world.anna.text
    await wait(world, minutes=14)
    row = await lead_row(world, lead)
    [(boris,)] = await world.rows(select(Lead.owner_id).where(Lead.id == lead))
    assert (row.turn, len(row.passed)) == (2, 1)
    assert row.owner_id == boris
    assert world.boris.text.startswith("🔁 Passed on to you: Anna did not answer in time")
    assert world.helen.text.startswith("🚨 Not answered for 30 min\n🔁 Anna let it pass, Boris has it now")
    assert "+7 916" in world.helen.text
    public = world.telegram.messages(world.telegram.groups[chat])[-1]
    assert public.text.startswith("🚨 Not answered for 30 min")
    assert "916" not in public.text
    [(assignee,)] = await world.rows(select(Task.assignee_id))
    assert assignee == boris
    await world.boris.press("📞 Call outcome", on=world.boris.screen)
    await world.boris.press("✅ Reached")
    assert await world.rows(select(Timer.id).where(Timer.state == "new", Timer.kind == "lead_step")) == []
    answered = await lead_row(world, lead)
    assert (answered.answer_minutes, answered.step) == (30, None)


async def test_the_head_takes_it_or_gives_it_from_the_team_chat(world: World) -> None:
    chat = world.telegram.groups[await team_chat(world)]
    lead = await free(world)
    await world.settle()
    await wait(world, minutes=31)
    alarm = world.telegram.messages(chat)[-1]
    assert "🆕 Nobody has taken it" in alarm.text
    assert world.anna.text.startswith("⏰ Nobody has taken this lead yet")
    refused = await world.victor.press("✋ Take myself", on=alarm)
    assert refused
    assert (await lead_row(world, lead)).owner_id is None
    await world.helen.press("✋ Take myself", on=alarm)
    row = await lead_row(world, lead)
    helen = await actor_of(world.services, "helen")
    assert row.owner_id == helen.person_id
    await world.helen.press("✋ Take myself", on=alarm)
    assert (await lead_row(world, lead)).version == row.version
    await world.helen.press("🤝 Give to…", on=alarm)
    await world.helen.press("Boris")
    assert (await lead_row(world, lead)).owner_id == (await actor_of(world.services, "boris")).person_id


async def test_the_clock_stands_still_when_the_department_is_closed(world: World) -> None:
    world.clock.turn(hours=5, minutes=55)  # 17:55 in Moscow
    lead = await take(world, "anna")
    row = await lead_row(world, lead)
    assert row.step_at is not None
    assert row.step_at - world.clock.now() == timedelta(hours=15, minutes=10)
    assert "⏳ Answer by tomorrow, 09:05" in await card(world, lead)
    world.clock.turn(hours=15, minutes=20)
    anna = await actor_of(world.services, "anna")
    await world.services.leads.log_call(anna, lead, CallOutcome.NO_ANSWER)
    assert (await lead_row(world, lead)).answer_minutes == 20


async def test_a_rejection_taken_back_is_no_answer_and_the_clock_goes_on(world: World) -> None:
    lead = await take(world, "anna")
    await wait(world, minutes=8)
    assert "⏳ Answer by today, 12:10" in await card(world, lead)
    await world.anna.press("🗑 Not a lead")
    await world.anna.press("Spam")
    assert (await lead_row(world, lead)).answer_minutes == 8
    world.clock.turn(minutes=5)
    await world.anna.press("↩️ Undo")
    assert "⏳ Answer by today, 12:15" in world.anna.text
    back = await lead_row(world, lead)
    assert (back.answered_at, back.answer_minutes, back.callback_from) == (None, None, None)
    await wait(world, minutes=2)
    assert world.anna.text.startswith("⏰ The client waits for your answer")
    assert "🔴 The answer was due today, 12:15" in world.anna.text
    await world.services.leads.log_call(await actor_of(world.services, "anna"), lead, CallOutcome.REACHED)
    assert (await lead_row(world, lead)).answer_minutes == 10


async def card(world: World, lead: int) -> str:
    await world.anna.press(data=f"l:{lead}")
    return world.anna.text


async def test_late_leads_of_one_manager_come_in_one_message(world: World) -> None:
    leads = [await take(world, "anna", f"Windows {n}") for n in range(3)]
    before = len(world.anna.messages)
    await wait(world, minutes=10)
    new = [message.text for message in world.anna.messages[before:] if message.from_bot]
    assert len(new) == 1
    assert new[0].startswith("⏰ Clients wait for your answer")
    assert all(f"#{lead} Windows" in new[0] for lead in leads)
    assert len(await world.rows(select(Timer.id).where(Timer.state == "new", Timer.kind == "lead_step"))) == 3


async def test_whoever_took_it_a_moment_ago_gets_their_time(world: World) -> None:
    lead = await free(world)
    await wait(world, minutes=29)
    await world.services.leads.take(await actor_of(world.services, "anna"), lead)
    await wait(world, minutes=20)
    anna = (await actor_of(world.services, "anna")).person_id
    assert (await lead_row(world, lead)).owner_id == anna
    await wait(world, minutes=11)
    assert (await lead_row(world, lead)).owner_id != anna


async def test_a_lead_that_is_given_by_hand_begins_anew(world: World) -> None:
    lead = await take(world, "anna")
    world.clock.turn(days=5)
    helen, boris = await actor_of(world.services, "helen"), await actor_of(world.services, "boris")
    version = (await lead_row(world, lead)).version
    await world.services.handover.hand_over(helen, lead, boris.person_id, version)
    await world.settle()
    assert world.anna.text == "🤝 Lead #1 is with Boris now. Handed over by Helen."
    row = await lead_row(world, lead)
    assert (row.step, row.step_at) == ("remind", world.clock.now() + timedelta(minutes=10))
    for minutes in (0, 10, 5, 14):
        world.clock.turn(minutes=minutes)
        await tick(world)
        await world.settle()
        assert (await lead_row(world, lead)).alarmed_at is None
    world.clock.turn(minutes=1)
    await tick(world)
    await world.settle()
    assert world.helen.text.startswith("🚨 Not answered for")


async def test_the_heads_card_keeps_its_help_until_somebody_answers(world: World) -> None:
    lead = await free(world)
    await wait(world, minutes=29)
    await world.services.leads.take(await actor_of(world.services, "anna"), lead)
    await wait(world, minutes=31)  # told at 30, passed on at 59, which redraws the head's card
    assert "🚨 Not answered; the head knows\n⏳ Answer by" in world.helen.text
    assert world.helen.labels[:3] == ["✋ Take myself", "🤝 Give to…", "📞 Call outcome"]
    assert "🤝 Hand over" not in world.helen.labels
    await world.boris.press(data=f"l:{lead}")
    assert "🚨 Not answered; the head knows" in world.boris.text
    assert "✋ Take myself" not in world.boris.labels
    await world.helen.press("✋ Take myself")
    assert "✋ Take myself" not in world.helen.labels
    assert "🤝 Hand over" in world.helen.labels


async def test_after_an_outage_nobody_is_punished_for_what_he_could_not_press(world: World) -> None:
    leads = [await take(world, "anna", f"Windows {n}") for n in range(50)]
    await away(world, hours=2)
    assert await world.services.outages.notice() == 50
    assert await world.services.outages.notice() == 0, "it is granted once"
    before = len(world.anna.messages)
    await wait(world, minutes=5)
    owners = {(await lead_row(world, lead)).owner_id for lead in leads}
    assert owners == {(await actor_of(world.services, "anna")).person_id}
    assert len(world.anna.messages) == before
    await wait(world, minutes=6)
    late = [message for message in world.anna.messages[before:] if message.text.startswith("⏰ Clients wait")]
    assert len(late) == 1
    assert "…and 40 more" in late[0].text
    fired = await world.rows(select(Timer.subject_id).where(Timer.state == "done", Timer.kind == "lead_step"))
    assert sorted(one for (one,) in fired) == sorted(leads)


async def test_an_answer_and_the_step_in_the_same_second_never_both_win(world: World) -> None:
    anna = await actor_of(world.services, "anna")
    for n in range(6):
        lead = await take(world, "anna", f"Windows {n}")
        async with world.db.write() as uow:
            row = await uow.leads.get(lead)
            assert row is not None
            row.step = "pass_on"
            [timer] = [one for one, found in await uow.lead_steps.waiting("lead_step") if found.id == lead]
            timer.params = {"turn": 1, "step": "pass_on", "done": ["remind", "task"]}
        world.clock.turn(minutes=30)
        fire = world.services.timers.fire(timer)
        call = world.services.leads.log_call(anna, lead, CallOutcome.REACHED)
        results = await asyncio.gather(*((fire, call) if n % 2 else (call, fire)), return_exceptions=True)
        row = await lead_row(world, lead)
        refused = any(isinstance(result, Exception) for result in results)
        assert (row.answered_at is not None) != (row.turn == 2), results
        assert refused == (row.turn == 2)
        world.clock.turn(minutes=-30)


async def test_a_head_sets_the_steps_of_the_department(world: World) -> None:
    helen = world.helen
    await helen.say("/team")
    await helen.press(next(label for label in helen.labels if label.startswith("Sales")))
    await helen.press("⏱ Unanswered leads")
    assert (
        "After 10 min: the manager is reminded\nAfter 15 min: the manager gets a task to call" in helen.text
    )
    await helen.press("🔁 Pass on: 30 min")
    await helen.press("off")
    assert "another manager gets it" not in helen.text
    await helen.press("🔔 Remind: 10 min")
    await helen.say("soon")
    assert helen.text == "Please send a number of minutes, like 20, or 1 h."
    await helen.say("999 h")
    assert "too long" in helen.text
    await helen.say("1,5 ч")
    assert "After 90 min: the manager is reminded" in helen.text
    await helen.press("🚨 Tell the head: 30 min")
    await helen.press("✅ 30 min")
    lead = await take(world, "anna")
    await wait(world, minutes=40)
    assert (await lead_row(world, lead)).turn == 1
    assert world.helen.text.startswith("🚨 Not answered for 30 min")


@pytest.mark.parametrize("who", ["hugo", "anna", "fiona"])
async def test_nobody_else_sets_them_or_takes_a_lead_away(world: World, who: str) -> None:
    sales, lead = await place(world), await take(world, "boris")
    hand, forged = world.hands[who], {"department_id": sales, "step": "alarm"}
    for data in (
        ResponseCb(department_id=sales),
        ResponseStepCb(**forged),
        ResponseSetCb(**forged, minutes=0),
        LeadMineCb(lead_id=lead),
        LeadMineCb(lead_id=99_999),
    ):
        assert await hand.press(data=data.pack()), data
    assert (await lead_row(world, lead)).turn == 1
    [(rules,)] = await world.rows(select(Department.rules).where(Department.id == sales))
    assert rules == {}


async def test_forged_steps_and_times_are_refused(world: World) -> None:
    sales = await place(world)
    for step, minutes in (("nothing", 5), ("alarm", LONGEST + 1)):
        assert await world.helen.press(
            data=ResponseSetCb(department_id=sales, step=step, minutes=minutes).pack()
        )
    assert await world.helen.press(data=ResponseSetCb(department_id=99_999, step="alarm", minutes=5).pack())


async def test_in_russian(world: World) -> None:
    for name in ("anna", "helen"):
        await world.services.people.speak(await actor_of(world.services, name), "ru")
    await take(world, "anna")
    await wait(world, minutes=10)
    assert world.anna.text.startswith("⏰ Клиент ждёт вашего ответа")
    await wait(world, minutes=20)
    assert world.helen.text.startswith("🚨 Без ответа 30 мин\n🔁 Был у Anna, теперь у Boris")
    await world.helen.press(data=ResponseCb(department_id=await place(world)).pack())
    assert "Через 30 мин: лид переходит другому менеджеру" in world.helen.text


async def test_a_lead_that_was_made_a_deal_or_rejected_is_answered(world: World) -> None:
    anna = await actor_of(world.services, "anna")
    made = await world.services.leads.create(anna, LeadInput(title="A", phone="+79165550001", mine=True))
    world.clock.turn(minutes=7)
    await world.services.outcomes.qualify(anna, made.id, made.version)
    row = await lead_row(world, made.id)
    assert (row.answer_minutes, row.step_at) == (7, None)
