"""Whoever is forgotten is called: once, on the day, and not where anything is planned or has happened."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from db.models import Deal, Event, Person, Pipeline, Stage, Task
from services.access import Actor
from services.bundle import Services
from services.deal_entry import DealFields
from services.dto.clients import ClientKind
from services.dto.leads import CallOutcome
from services.dto.tasks import Link
from services.followup.rules import Rule
from services.payment_methods import Method
from services.quiet_hours import Quiet
from tests.cast import actor_of
from tests.followup.mornings import Days

BACK, AGAIN = "Call back: Ivan", "Call again: Ivan"
EVENING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


async def only(days: Days, rule: Rule, number: int = 3) -> None:
    """Of the rules for calls this one alone."""
    helen = await actor_of(days.services, "helen")
    pipeline = (await days.services.follow_up_settings.card(helen)).pipeline.id
    for other in (Rule.CALLBACK, Rule.SILENT):
        await days.services.follow_up_settings.set(helen, pipeline, other, number if other is rule else 0)


async def test_three_working_days_after_the_first_contact_there_is_a_task_and_one_message(days: Days) -> None:
    deal = await days.deal()
    await days.until("20 17:55")
    assert await days.tasks() == []
    await days.until("23 09:00")
    assert await days.tasks(deal) == [BACK]
    [(task,)] = await days.rows(select(Task))
    anna = await actor_of(days.services, "anna")
    assert (task.assignee_id, task.author_id, task.due_at) == (anna.person_id, None, EVENING)
    [message] = await days.told()
    assert (message.person_id, message.params) == (anna.person_id, {"tasks": [task.id], "contacts": []})
    [(event,)] = await days.rows(select(Event).where(Event.action == "deal.follow_up"))
    assert (event.subject_id, event.actor_id, event.door) == (deal, None, "timer")
    assert event.changes == {"task": [None, task.id], "rule": [None, "callback"]}
    await days.until("27 09:00")
    assert await days.tasks() == [BACK], "as long as it is not done there is no second one"
    assert len(await days.told()) == 1


async def test_who_is_silent_after_that_is_called_again_and_again(days: Days) -> None:
    deal, anna = await days.deal(), await actor_of(days.services, "anna")
    await days.until("23 09:00")
    await days.do_all(anna)
    await days.until("25 09:00")
    assert await days.tasks() == []
    await days.until("26 09:00")
    assert await days.tasks(deal) == [AGAIN]
    await days.do_all(anna)
    await days.until("30 09:00")
    assert await days.tasks() == []
    assert len(await days.told()) == 2


async def call(services: Services, anna: Actor, deal: int) -> None:
    await services.deals.log_call(anna, deal, CallOutcome.NO_ANSWER)


async def note(services: Services, anna: Actor, deal: int) -> None:
    await services.deals.add_note(anna, deal, "They think about it")


async def move(services: Services, anna: Actor, deal: int) -> None:
    card = await services.deals.card(anna, deal)
    await services.moves.move(anna, deal, card.moves[0].id, card.version)


async def call_client(services: Services, anna: Actor, deal: int) -> None:
    card = await services.deals.card(anna, deal)
    assert card.contact is not None
    await services.calls.log(anna, ClientKind.CONTACT, card.contact.id, CallOutcome.REACHED)


async def do_task(services: Services, anna: Actor, deal: int) -> None:
    task = await services.tasks.create(anna, "Ask", datetime(2026, 11, 21, tzinfo=UTC), Link("deal", deal))
    await services.tasks.done(anna, task.id)


async def pay(services: Services, _anna: Actor, deal: int) -> None:
    """Paid in part and brought back to work by the head."""
    olga = await actor_of(services, "olga")
    card = await services.deals.set_amount(olga, deal, 100_00)
    work, payment = card.stage, next(one for one in card.moves if one.kind == "payment")
    card = await services.moves.move(olga, deal, payment.id, card.version)
    card = await services.payments.record(olga, deal, 50_00, Method.CASH)
    await services.moves.move(olga, deal, work.id, card.version)


@pytest.mark.parametrize("touch", [call, note, move, call_client, do_task, pay])
async def test_whatever_happens_with_a_client_ends_their_silence(
    days: Days, touch: Callable[[Services, Actor, int], Awaitable[None]]
) -> None:
    await only(days, Rule.SILENT)
    deal, anna = await days.deal(), await actor_of(days.services, "anna")
    await days.until("20 12:00")
    await touch(days.services, anna, deal)
    await days.until("24 09:00")
    assert await days.tasks() == []
    await days.until("25 09:00")
    assert await days.tasks() == [AGAIN]


async def test_what_is_planned_put_off_or_changed_by_hand_is_no_word_from_the_client(days: Days) -> None:
    await only(days, Rule.SILENT, 1)
    deal, anna = await days.deal(), await actor_of(days.services, "anna")
    late = datetime(2026, 11, 26, tzinfo=UTC)
    task = await days.services.tasks.create(anna, "Ask", late, Link("deal", deal))
    await days.services.deals.rename(anna, deal, "Doors")
    await days.until("19 09:00")
    await days.services.tasks.put_off(anna, task.id, late.replace(day=27))
    assert await days.tasks() == ["Ask"], "somebody thinks of it already"
    [(silent_from, touched_at)] = await days.rows(select(Deal.silent_from, Deal.touched_at))
    assert silent_from is None
    assert touched_at.day == 18


async def test_a_rule_that_is_switched_off_sets_nothing_and_days_hold_as_they_are_set(days: Days) -> None:
    await only(days, Rule.CALLBACK, 1)
    await days.deal()
    helen = await actor_of(days.services, "helen")
    await days.services.follow_up_settings.set(helen, 1, Rule.CALLBACK, 0)
    await days.until("24 09:00")
    assert await days.tasks() == []
    await days.services.follow_up_settings.set(helen, 1, Rule.SILENT, 5)
    await days.until("24 18:00")
    assert await days.tasks() == []
    await days.until("25 09:00")
    assert await days.tasks() == [AGAIN]


@pytest.mark.parametrize("fate", ["lost", "archived", "payment", "nobody's", "its owner has left"])
async def test_nobody_is_called_for_a_deal_that_waits_for_nobody(days: Days, fate: str) -> None:
    deal = await days.deal()
    async with days.db.write() as uow:
        stages = {row.kind: row.id for row in (await uow.session.scalars(select(Stage))).all()}
        values = {
            "lost": {"stage_id": stages["lost"]},
            "archived": {"archived_at": days.clock.now()},
            "payment": {"stage_id": stages["payment"]},
            "nobody's": {"owner_id": None},
        }.get(fate)
        if values is not None:
            await uow.session.execute(update(Deal).where(Deal.id == deal).values(values))
        else:
            await uow.session.execute(update(Person).where(Person.name == "Anna").values(status="left"))
    await days.until("25 09:00")
    assert await days.tasks() == []
    assert await days.told() == []


async def test_a_closed_deal_is_silent_no_more_and_one_that_is_back_is_again(days: Days) -> None:
    await only(days, Rule.SILENT, 1)
    deal, anna = await days.deal(), await actor_of(days.services, "anna")
    card = await days.services.deals.card(anna, deal)
    lost = next(one for one in card.moves if one.kind == "lost")
    reason = (await days.services.deals.loss_reasons(anna, deal, lost.id))[0].id
    card = await days.services.moves.move(
        anna, deal, lost.id, card.version, DealFields(loss_reason_id=reason)
    )
    assert await days.rows(select(Deal.silent_from)) == [(None,)]
    await days.services.deals.add_note(anna, deal, "They were nice, though")
    assert await days.rows(select(Deal.silent_from)) == [(None,)]
    card = await days.services.deals.card(anna, deal)
    await days.services.moves.move(anna, deal, card.moves[0].id, card.version)
    await days.until("19 09:00")
    assert await days.tasks() == [AGAIN]


async def test_ten_deals_of_one_manager_are_one_message_and_each_has_their_own(days: Days) -> None:
    deals = [await days.deal(name=f"Client {n}") for n in range(10)]
    other = await days.deal("victor")
    await days.until("23 09:00")
    assert [await days.tasks(deal) for deal in deals] == [[f"Call back: Client {n}"] for n in range(10)]
    assert await days.tasks(other) == [BACK]
    assert sorted(len(row.params["tasks"]) for row in await days.told()) == [1, 10]


async def test_after_an_outage_and_restarts_everything_comes_once(days: Days) -> None:
    await days.deal()
    await days.until("20 12:00")
    await days.away(datetime.fromisoformat("2026-11-23T20:00:00+03:00"))
    assert await days.tasks() == [], "the day is over, nobody works any more"
    await days.away(datetime.fromisoformat("2026-11-24T11:30:00+03:00"))
    assert await days.tasks() == [BACK]
    await days.services.follow_up_round.begin()
    await days.services.follow_up_round.begin()
    await days.until("25 09:00")
    await days.fire()
    assert await days.tasks() == [BACK]
    assert len(await days.told()) == 1


async def test_whoever_is_off_finds_it_on_the_first_morning_back(days: Days) -> None:
    await days.deal()
    back = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
    async with days.db.write() as uow:
        values = {"shift": "off", "shift_until": back}
        await uow.session.execute(update(Person).where(Person.name == "Anna").values(values))
    await days.until("24 09:00")
    assert await days.tasks() == []
    await days.until("25 09:00")
    assert await days.tasks() == [BACK]


async def test_in_quiet_hours_the_tasks_are_there_and_the_message_waits(days: Days) -> None:
    await days.deal()
    async with days.db.write() as uow:
        quiet = Quiet(start=18 * 60, end=10 * 60).data
        await uow.session.execute(update(Person).where(Person.name == "Anna").values(quiet=quiet))
    await days.until("23 09:00")
    assert await days.tasks() == [BACK]
    assert len(await days.told("held")) == 1
    await days.until("23 10:00")
    assert len(await days.told("new")) == 1


async def test_it_speaks_the_language_of_whoever_is_to_call(days: Days) -> None:
    await only(days, Rule.SILENT)
    anna = await actor_of(days.services, "anna")
    await days.services.people.speak(anna, "ru")
    await days.deal()
    await days.until("23 09:00")
    assert await days.tasks() == ["Позвонить повторно: Ivan"]


async def test_of_a_flood_the_longest_waiting_come_first(days: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.followup.service.MOST", 2)
    for n in range(3):
        await days.deal(name=f"Client {n}")
        days.clock.turn(minutes=1)
    await days.until("23 09:00")
    assert await days.tasks() == ["Call back: Client 0", "Call back: Client 1"]
    await days.until("24 09:00")
    assert (await days.tasks())[2:] == ["Call back: Client 2"]


async def test_each_pipeline_has_its_own_rules(days: Days) -> None:
    deal = await days.deal()
    async with days.db.write() as uow:
        other = Pipeline(name="Service", position=1, rules={}, created_at=days.clock.now())
        uow.session.add(other)
        await uow.session.flush()
        stage = Stage(pipeline_id=other.id, name="New", position=0, kind="open", required=[])
        uow.session.add(stage)
        await uow.session.flush()
        values = {"pipeline_id": other.id, "stage_id": stage.id}
        await uow.session.execute(update(Deal).where(Deal.id == deal).values(values))
    helen = await actor_of(days.services, "helen")
    for rule in (Rule.CALLBACK, Rule.SILENT):
        await days.services.follow_up_settings.set(helen, other.id, rule, 0)
    ours = await days.deal(name="Oleg")
    await days.until("23 09:00")
    assert (await days.tasks(deal), await days.tasks(ours)) == ([], ["Call back: Oleg"])
