"""A lead that was answered once and is no deal yet is not forgotten either."""

from sqlalchemy import select

from db.models import Deal, Event, Lead, Pipeline, Task
from services.access import Actor
from services.dto.lead_intake import LeadInput
from services.dto.leads import CallOutcome, LeadCard, RejectReason
from services.followup.rules import Rule
from tests.cast import actor_of
from tests.followup.mornings import Days
from tests.followup.test_calls import only


async def answered(days: Days, name: str = "Ivan") -> tuple[Actor, LeadCard]:
    """A lead of Anna's whose client did not take the call."""
    anna = await actor_of(days.services, "anna")
    phone = f"+7916555{len(await days.rows(select(Lead.id))):04}"
    lead = await days.services.leads.create(
        anna, LeadInput(title="Windows", name=name, phone=phone, mine=True)
    )
    return anna, await days.services.leads.log_call(anna, lead.id, CallOutcome.NO_ANSWER)


async def test_whoever_did_not_pick_up_is_called_back_once_also_as_a_deal(
    days: Days,
) -> None:
    anna, lead = await answered(days)
    await days.until("20 17:55")
    assert await days.tasks() == []
    await days.until("23 09:00")
    assert await days.tasks() == ["Call back: Ivan"]
    [(task,)] = await days.rows(select(Task))
    assert (task.lead_id, task.deal_id, task.assignee_id) == (lead.id, None, anna.person_id)
    [(event,)] = await days.rows(select(Event).where(Event.action == "lead.follow_up"))
    assert (event.subject, event.subject_id) == ("lead", lead.id)
    [message] = await days.told()
    shown = await days.services.follow_ups.told(anna, message.params["tasks"], [])
    assert [(one.title, one.phone) for one in shown.calls] == [("Windows", "+79165550000")]
    await days.do_all(anna)
    card = await days.services.leads.card(anna, lead.id)
    await days.services.outcomes.qualify(anna, lead.id, card.version)
    assert await days.rows(select(Deal.callback_from)) == [(None,)]
    await days.until("25 09:00")
    assert await days.tasks() == []
    await days.until("26 09:00")
    assert await days.tasks() == ["Call again: Ivan"]


async def test_a_word_about_a_lead_ends_the_silence_and_a_rejected_one_has_none(days: Days) -> None:
    await only(days, Rule.SILENT)
    anna, lead = await answered(days)
    _, rejected = await answered(days, "Oleg")
    await days.until("20 12:00")
    await days.services.leads.add_note(anna, lead.id, "They think about it")
    await days.services.outcomes.reject(anna, rejected.id, rejected.version, RejectReason.SPAM)
    await days.until("24 09:00")
    assert await days.tasks() == []
    await days.until("25 09:00")
    assert await days.tasks() == ["Call again: Ivan"]


async def test_a_lead_that_nobody_has_answered_is_left_to_other_rules(days: Days) -> None:
    anna = await actor_of(days.services, "anna")
    lead = await days.services.leads.create(
        anna, LeadInput(title="Windows", name="Ivan", phone="+79165550000", mine=True)
    )
    await days.services.leads.add_note(anna, lead.id, "Ask what they need")
    assert await days.rows(select(Lead.silent_from, Lead.callback_from)) == [(None, None)]


async def test_a_lead_goes_by_the_rules_of_the_pipeline_that_it_will_enter(days: Days) -> None:
    """By those of the first one, where it has none or one that is not in use."""
    await only(days, Rule.CALLBACK)
    async with days.db.write() as uow:
        other = Pipeline(name="Service", position=1, rules={}, created_at=days.clock.now())
        uow.session.add(other)
        await uow.session.flush()
    helen = await actor_of(days.services, "helen")
    await days.services.follow_up_settings.set(helen, other.id, Rule.CALLBACK, 1)
    leads = [(await answered(days, name))[1].id for name in ("Oleg", "Ivan")]
    async with days.db.write() as uow:
        (await uow.session.get_one(Lead, leads[0])).pipeline_id = other.id
    await days.until("19 09:00")
    assert await days.tasks() == ["Call back: Oleg"]
    await days.services.follow_up_settings.set(helen, 1, Rule.CALLBACK, None)
    await days.until("24 09:00")
    assert await days.tasks() == ["Call back: Oleg"], "the other one's rule is off"
