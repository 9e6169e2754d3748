"""A call that is logged does the task to make it; the history, the card and the reminders say so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Task, Timer
from services.dto.clients import ClientKind
from services.dto.leads import CallOutcome
from services.dto.tasks import Link
from services.understanding.calls import is_call
from tests.cast import actor_of
from tests.clients.making import PHONE, changes_of, make_client, make_firm
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.tasks.ticking import tick
from tests.world import World


@pytest.mark.parametrize(
    "text",
    [
        "Call back: Ivan",
        "перезвонить завтра",
        "Позвоните Ивану",
        "📞 Call Ivan",
        "Созвон в 15",
        "звонок в банк",
    ],
)
def test_these_are_calls(text: str) -> None:
    assert is_call(text)


@pytest.mark.parametrize(
    "text", ["Callous", "Recall", "Send the offer and call", "Звонница", "", "КП: звонок"]
)
def test_these_are_none(text: str) -> None:
    assert not is_call(text)


async def task_for(
    world: World, link: Link, text: str = "Call back: Ivan", who: str = "anna", **later: float
) -> int:
    """A task that somebody has set for something."""
    due = world.clock.now() + timedelta(**(later or {"minutes": 30}))
    return (await world.services.tasks.create(await actor_of(world.services, who), text, due, link)).id


async def done(world: World) -> list[int]:
    """The tasks that are done, by their order."""
    query = select(Task.id).where(Task.done_at.is_not(None)).order_by(Task.id)
    return [row[0] for row in await world.rows(query)]


async def test_a_call_from_the_reminder_does_its_task_and_the_other_reminder_follows(world: World) -> None:
    deal, anna = await make_deal(world), world.anna
    task = await task_for(world, Link("deal", deal))
    world.clock.turn(hours=1)
    await tick(world)
    reminder = anna.screen
    assert "Call back: Ivan" in reminder.text
    await anna.say("/deals")
    await anna.press(f"#{deal}")
    await anna.press("📞 Call outcome")
    await anna.press("✅ Reached")
    assert await done(world) == [task]
    assert "Anna: call: reached · the task to call is done" in anna.text
    assert "⚠️ No next step" in anna.text
    assert "✅ Call back: Ivan" in reminder.text
    assert "📞 Call outcome" not in str(reminder.labels)
    assert (await changes_of(world, task, "task"))[-1] == {"done": [False, True]}
    assert (await changes_of(world, deal, "deal"))[-1] == {
        "outcome": [None, "reached"],
        "ticked": [None, task],
    }
    assert not await world.rows(select(Timer.id).where(Timer.kind == "task_remind", Timer.state == "new"))
    # It was done by the call, and comes back like any other.
    await anna.press(on=reminder, label="↩️ Not done yet")
    assert await done(world) == []


async def test_only_a_call_of_today_that_one_may_do_is_done_and_one_at_a_time(world: World) -> None:
    deal, anna = await make_deal(world), await actor_of(world.services, "anna")
    link = Link("deal", deal)
    other = await task_for(world, link, "Send the offer")
    later = await task_for(world, link, days=1)
    foreign = await task_for(world, Link("deal", await make_deal(world)))
    helens = await task_for(world, link, who="helen")
    second, first = await task_for(world, link, minutes=50), await task_for(world, link, minutes=40)
    await world.services.deals.log_call(anna, deal, CallOutcome.REACHED)
    assert await done(world) == [first]
    await world.services.deals.log_call(anna, deal, CallOutcome.NO_ANSWER)
    assert await done(world) == [second, first]
    await world.services.deals.log_call(anna, deal, CallOutcome.REACHED)
    assert await done(world) == [second, first]
    # A head does her own, and her people's.
    await world.services.deals.log_call(await actor_of(world.services, "helen"), deal, CallOutcome.REACHED)
    assert await done(world) == [helens, second, first]
    assert not {other, later, foreign} & set(await done(world))


@pytest.mark.parametrize("kind", [ClientKind.CONTACT, ClientKind.FIRM])
async def test_the_task_to_call_a_client_is_done_and_the_next_one_is_theirs(
    world: World, kind: ClientKind
) -> None:
    making = make_client if kind is ClientKind.CONTACT else make_firm
    client = await making(world, phones=(PHONE,))
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    task = await task_for(world, Link("contact" if kind is ClientKind.CONTACT else "firm", client))
    await world.anna.press(data=f"kco:{kind}:{client}:no_answer")
    assert await done(world) == [task]
    assert "Перезвонить:" in world.anna.text
    await world.anna.press("Через час")
    row = (await world.rows(select(Task).where(Task.id == task + 1)))[0][0]
    assert client in (row.contact_id, row.company_id)
    assert row.text.startswith("Перезвонить")
    await world.anna.press(data=f"kco:{kind}:{client}:reached")
    assert await done(world) == [task, task + 1]


async def test_a_lead_that_did_not_answer_is_asked_about_and_its_call_is_done(world: World) -> None:
    lead, anna = await taken_lead(world), world.anna
    task = await task_for(world, Link("lead", lead.id))
    await anna.press(data=f"lc:{lead.id}:no_answer")
    assert await done(world) == [task]
    assert "Call back: Ivan" in anna.text
    await anna.press("✖️ Cancel")
    assert "call: no answer · the task to call is done" in anna.text
    # An old button of the task that is done already says so.
    assert "done" in (await anna.press(data=f"tkd:{task}") or "")
