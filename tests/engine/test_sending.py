"""What becomes of queued messages, error by error."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.sender import courier
from db.models import Card, Department, Event, NewsChannel, Outbox, Person, Workspace
from services.notices import Priority
from tests.engine.rig import Rig, message, until

ANNA, BORIS = 1001, 1002


@pytest.fixture
async def sending(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Rig:
    """An engine that sends, to people who have started the bot; it does not wait long after trouble."""
    monkeypatch.setattr(courier, "backoff", lambda *_, **__: 0.02)
    for person in rig.telegram.people.values():
        person.start()
    next(iter(rig.telegram.bots.values())).updates.clear()
    rig.product.quiet = True
    await rig.start()
    return rig


async def the_row(rig: Rig) -> Outbox:
    """The only message, when it has come to its end."""
    await rig.settled()
    (row,) = await rig.all(Outbox)
    return row


def attempts(rig: Rig) -> int:
    return len(rig.telegram.calls.of("sendMessage"))


async def test_a_message_is_sent_once_and_remembered(sending: Rig) -> None:
    await sending.queue(message(ANNA, "queued one", "k1"))
    row = await the_row(sending)
    assert row.state == "sent"
    assert row.message_id == sending.telegram.messages(sending.telegram.people[ANNA])[-1].id
    assert row.sent_at is not None
    assert sending.sent() == ["queued one"]


async def test_the_sender_does_not_wake_itself(sending: Rig) -> None:
    woken: list[None] = []
    sending.db.when_queued = lambda: woken.append(None)
    await sending.queue(*(message(ANNA, f"queued {n}", f"k{n}") for n in range(10)))
    await sending.settled()
    assert len(sending.sent()) == 10
    assert len(woken) <= 2  # the ten that were queued together, and perhaps a heartbeat


async def test_messages_to_one_chat_keep_their_order(sending: Rig) -> None:
    await sending.queue(*(message(ANNA, f"queued {n}", f"k{n}") for n in range(20)))
    await sending.settled()
    assert sending.sent() == [f"queued {n}" for n in range(20)]


@pytest.mark.parametrize("kind", ["500", "502html", "reset_before"])
async def test_trouble_of_telegram_is_waited_for(sending: Rig, kind: str) -> None:
    fault = sending.telegram.faults.script("sendMessage", kind=kind, times=7)
    await sending.queue(*(message(ANNA, f"queued {n}", f"k{n}") for n in range(3)))
    await sending.settled()
    assert fault.hits == 7
    assert sending.sent() == ["queued 0", "queued 1", "queued 2"]
    assert {row.attempts for row in await sending.all(Outbox)} == {7, 0}


async def test_a_line_that_breaks_after_acceptance_is_counted(sending: Rig) -> None:
    sending.telegram.faults.script("sendMessage", kind="reset_after", times=1)
    await sending.queue(message(ANNA, "queued one", "k1"))
    assert (await the_row(sending)).state == "sent"
    assert sending.engine is not None
    assert sending.engine.metrics.ambiguous._value.get() == 1
    assert sending.sent() == ["queued one", "queued one"]


async def test_a_refused_connection_is_not_ambiguous(sending: Rig) -> None:
    sending.telegram.faults.script("sendMessage", kind="500", times=1)
    await sending.queue(message(ANNA, "queued one", "k1"))
    await the_row(sending)
    assert sending.engine is not None
    assert sending.engine.metrics.ambiguous._value.get() == 0


async def test_429_is_waited_for_and_is_no_attempt(sending: Rig) -> None:
    sending.telegram.faults.script("sendMessage", kind="429", retry_after=1, times=1)
    await sending.queue(message(ANNA, "queued one", "k1"), message(BORIS, "queued two", "k2"))
    await until(lambda: "queued two" in sending.sent())
    assert "queued one" not in sending.sent()
    await sending.settled()
    first, second = [call.at for call in sending.telegram.calls.to(ANNA)]
    assert second - first >= 1
    assert {row.attempts for row in await sending.all(Outbox)} == {0}


async def test_a_long_429_sends_the_whole_chat_back_to_the_database(sending: Rig) -> None:
    sending.telegram.faults.script("sendMessage", kind="429", retry_after=3600, times=1)
    await sending.queue(message(ANNA, "queued one", "k1"))
    await until(lambda: attempts(sending) == 1)
    await sending.queue(message(ANNA, "queued two", "k2"), message(BORIS, "queued three", "k3"))
    await until(lambda: sending.sent() == ["queued three"])

    async def back() -> bool:
        return await sending.states(Outbox) == {"new": 2, "sent": 1}

    await until(back)
    soonest = min(row.next_at for row in await sending.all(Outbox) if row.state == "new")
    assert soonest > datetime.now(UTC) + timedelta(minutes=59)


async def test_who_blocks_the_bot_is_left_alone_until_they_are_back(sending: Rig) -> None:
    now = datetime.now(UTC)
    async with sending.db.write() as uow:
        await uow.session.execute(
            insert(Person).values(
                telegram_id=ANNA,
                name="Anna",
                name_folded="anna",
                role="manager",
                status="active",
                reachable=True,
                created_at=now,
            )
        )
    sending.telegram.people[ANNA].block()
    await sending.queue(*(message(ANNA, f"queued {n}", f"k{n}") for n in range(3)))
    await sending.settled()
    assert await sending.states(Outbox) == {"dead": 3}
    assert attempts(sending) == 1
    (person,) = await sending.all(Person)
    assert not person.reachable
    sending.telegram.people[ANNA].unblock()
    await sending.queue(message(ANNA, "queued news", "k3"))
    await sending.settled()
    assert sending.sent() == ["queued news"]


async def test_someone_who_never_started_the_bot_costs_one_attempt(sending: Rig) -> None:
    sending.telegram.add_person(1003, "Vera", "Orlova")
    await sending.queue(message(1003, "queued one", "k1"))
    row = await the_row(sending)
    assert (row.state, row.error) == ("dead", "unreachable")
    assert attempts(sending) == 1


async def test_what_is_withdrawn_is_deleted_and_a_channel_that_refuses_is_noted(sending: Rig) -> None:
    channel = sending.telegram.add_channel("News", sending.telegram.people[ANNA])
    async with sending.db.write() as uow:
        uow.news.add(NewsChannel(id=1, chat_id=channel.id, title="News", bound_at=datetime.now(UTC)))
    post = {"kind": "card", "params": {"text": "queued one", "subject": "post", "id": 1}}
    await sending.queue(message(channel.id, "", "k1", **post))
    await sending.settled()
    assert [one.text for one in channel.messages.values()] == ["queued one"]
    away = {"kind": "refresh", "params": {**post["params"], "away": True}}
    await sending.queue(message(channel.id, "", "k2", **away))
    await sending.settled()
    assert list(channel.messages) == []
    assert await sending.all(Card) == []
    channel.promote(next(iter(sending.telegram.bots.values())), {"can_edit_messages": True})
    await sending.queue(message(channel.id, "", "k3", **post))
    await sending.settled()
    assert (await sending.all(Outbox))[-1].error == "no rights"
    (noted,) = await sending.all(NewsChannel)
    assert noted.trouble == "rights"
    assert [event.action for event in await sending.all(Event)] == ["news.lost"]


async def add_department(rig: Rig, chat_id: int, thread: int | None = None) -> None:
    async with rig.db.write() as uow:
        await uow.session.execute(
            insert(Department).values(
                name="Sales",
                name_folded="sales",
                chat_id=chat_id,
                chat_thread=thread,
                created_at=datetime.now(UTC),
            )
        )


async def test_a_group_that_became_a_supergroup_is_followed(sending: Rig) -> None:
    group = sending.telegram.add_group("Sales", [sending.telegram.people[ANNA]], supergroup=False)
    await add_department(sending, group.id)
    new = group.upgrade()
    await sending.queue(message(group.id, "queued one", "k1"), message(group.id, "queued two", "k2"))
    await sending.settled()
    assert sending.sent() == ["queued one", "queued two"]
    assert {row.chat_id for row in await sending.all(Outbox)} == {new.id}
    assert [department.chat_id for department in await sending.all(Department)] == [new.id]


async def test_a_team_that_removed_the_bot_loses_its_route(sending: Rig) -> None:
    anna = sending.telegram.people[ANNA]
    bot = next(iter(sending.telegram.bots.values()))
    group = sending.telegram.add_group("Sales", [anna], supergroup=True)
    await add_department(sending, group.id)
    group.leave(bot, by=anna)
    await sending.queue(message(group.id, "queued one", "k1"))
    assert (await the_row(sending)).state == "dead"
    assert [department.chat_id for department in await sending.all(Department)] == [None]


async def test_what_was_meant_for_a_deleted_topic_goes_to_the_chat(sending: Rig) -> None:
    anna = sending.telegram.people[ANNA]
    group = sending.telegram.add_group("Sales", [anna], bot_admin={"can_manage_topics": True}, forum=True)
    topic = group.open_topic("Deals", by=anna)
    await add_department(sending, group.id, topic.id)
    group.delete_topic(topic)
    await sending.queue(message(group.id, "queued one", "k1", thread=topic.id))
    assert (await the_row(sending)).state == "sent"
    assert sending.sent() == ["queued one"]
    assert [department.chat_thread for department in await sending.all(Department)] == [None]


@pytest.mark.parametrize(
    ("text", "arrives"),
    [("<b>queued", "queued"), ("queued <x>y</x> &lt;", "queued y <"), ("queued " + "🦊" * 5000, "queued 🦊")],
)
async def test_a_text_that_telegram_refuses_goes_out_plain_and_cut(
    sending: Rig, text: str, arrives: str
) -> None:
    await sending.queue(message(ANNA, text, "k1", params={"text": text, "raw": True}))
    assert (await the_row(sending)).state == "sent"
    (sent,) = sending.sent()
    assert sent.startswith(arrives)
    assert len(sent.encode("utf-16-le")) <= 2 * 4096


async def test_a_message_that_telegram_dislikes_steps_aside(
    sending: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending.telegram.faults.script("sendMessage", kind="400", description="Bad Request: odd", times=2)
    await sending.queue(message(ANNA, "queued one", "k1"))
    await until(lambda: attempts(sending) == 1)
    await sending.queue(message(ANNA, "queued two", "k2"))
    await sending.settled()
    assert sorted(sending.sent()) == ["queued one", "queued two"]
    assert max(row.attempts for row in await sending.all(Outbox)) >= 1


async def test_after_a_day_it_is_given_up(sending: Rig) -> None:
    sending.telegram.faults.script("sendMessage", kind="400", description="Bad Request: odd", times=None)
    yesterday = datetime.now(UTC) - timedelta(hours=25)
    await sending.queue(message(ANNA, "queued one", "k1", created_at=yesterday))
    row = await the_row(sending)
    assert (row.state, attempts(sending)) == ("dead", 1)


async def test_what_lost_its_right_or_reason_is_not_sent(sending: Rig) -> None:
    await sending.queue(message(ANNA, "", "k1"))
    assert (await the_row(sending)).state == "cancelled"
    assert attempts(sending) == 0


async def test_what_comes_too_late_is_not_sent(sending: Rig) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    await sending.queue(message(ANNA, "queued one", "k1", expires_at=past))
    row = await the_row(sending)
    assert (row.state, row.error) == ("cancelled", "expired")


async def test_what_was_queued_before_a_restore_is_not_sent(sending: Rig) -> None:
    async with sending.db.write() as uow:
        await uow.session.execute(
            insert(Workspace).values(
                id=1,
                name="Okna",
                language="ru",
                currency="RUB",
                time_zone="Europe/Moscow",
                region="RU",
                outbox_epoch=2,
                created_at=datetime.now(UTC),
            )
        )
    await sending.queue(
        message(ANNA, "queued old", "k1", epoch=1), message(BORIS, "queued new", "k2", epoch=2)
    )
    await sending.settled()
    assert sending.sent() == ["queued new"]


async def test_of_several_with_one_key_only_the_newest_is_sent(sending: Rig) -> None:
    await sending.queue(
        *(message(ANNA, f"queued {n}", f"k{n}", coalesce="deal:1@1001") for n in range(10)),
        message(ANNA, "queued other", "k10", coalesce="deal:2@1001"),
    )
    await sending.settled()
    assert sorted(sending.sent()) == ["queued 9", "queued other"]


def card(text: str, key: str, kind: str = "card", **values: Any) -> dict[str, Any]:
    return message(ANNA, text, key, kind=kind, params={"text": text, "subject": "deal", "id": 7}, **values)


async def test_a_card_is_edited_where_it_stands(sending: Rig) -> None:
    await sending.queue(card("queued one", "k1"))
    await sending.settled()
    await sending.queue(card("queued two", "k2"))
    await sending.settled()
    await sending.queue(
        card("queued two", "k3", kind="refresh")
    )  # "message is not modified" is as good as done
    await sending.settled()
    (standing,) = await sending.all(Card)
    shown = sending.telegram.messages(sending.telegram.people[ANNA])
    assert [(m.id, m.text) for m in shown if m.text.startswith("queued")] == [
        (standing.message_id, "queued two")
    ]
    assert await sending.states(Outbox) == {"sent": 3}


async def test_a_card_that_is_gone_is_sent_anew_once(sending: Rig) -> None:
    await sending.queue(card("queued one", "k1"))
    await sending.settled()
    (standing,) = await sending.all(Card)
    sending.telegram.faults.script(
        "editMessageText", kind="400", description="Bad Request: message to edit not found"
    )
    await sending.queue(card("queued two", "k2"))
    await sending.settled()
    (again,) = await sending.all(Card)
    assert again.message_id > standing.message_id
    assert sending.sent() == ["queued one", "queued two"]


async def test_a_refresh_of_a_card_that_is_gone_forgets_it(sending: Rig) -> None:
    await sending.queue(card("queued one", "k1"))
    await sending.settled()
    sending.telegram.faults.script(
        "editMessageText", kind="400", description="Bad Request: message can't be edited"
    )
    await sending.queue(card("queued two", "k2", kind="refresh"))
    await sending.settled()
    assert await sending.all(Card) == []
    assert sending.sent() == ["queued one"]


async def test_a_refresh_without_a_card_is_nothing(sending: Rig) -> None:
    await sending.queue(card("queued one", "k1", kind="refresh"))
    assert (await the_row(sending)).state == "cancelled"
    assert attempts(sending) == 0


async def test_an_edit_may_be_repeated_and_is_not_ambiguous(sending: Rig) -> None:
    await sending.queue(card("queued one", "k1"))
    await sending.settled()
    sending.telegram.faults.script("editMessageText", kind="reset_after", times=1)
    await sending.queue(card("queued two", "k2"))
    await sending.settled()
    assert sending.engine is not None
    assert sending.engine.metrics.ambiguous._value.get() == 0
    assert len(await sending.all(Card)) == 1


async def test_the_urgent_overtake_and_the_rest_is_not_stuck(rig: Rig) -> None:
    people = [rig.telegram.add_person(2000 + n, f"P{n}", "X") for n in range(60)]
    for person in people:
        person.start()
    next(iter(rig.telegram.bots.values())).updates.clear()
    await rig.queue(
        *(
            message(person.id, f"queued bulk {person.id}", f"b{person.id}", priority=Priority.BULK)
            for person in people
        ),
        *(message(person.id, f"queued now {person.id}", f"u{person.id}") for person in people),
    )
    await rig.start()
    await rig.settled()
    order = rig.sent()
    last_urgent = max(index for index, text in enumerate(order) if "now" in text)
    before = sum("bulk" in text for text in order[:last_urgent])
    assert 4 <= before <= 12


async def test_news_of_a_deal_are_rewritten_by_the_next_ones_for_a_while(sending: Rig) -> None:
    async def tell(text: str, key: str, *, silent: bool = False) -> None:
        params = {"text": text, "id": 7}
        await sending.queue(message(ANNA, text, key, kind="payment_came", params=params, silent=silent))
        await sending.settled()

    await tell("queued half", "k1", silent=True)
    await tell("queued all", "k2")
    await tell("queued once more", "k3")
    await tell("queued another half", "k4", silent=True)
    shown = sending.telegram.messages(sending.telegram.people[ANNA])
    assert [m.text for m in shown][-2:] == ["queued another half", "queued once more"]
    assert attempts(sending) == 2
    async with sending.db.write() as uow:
        await uow.session.execute(update(Card).values(updated_at=datetime.now(UTC) - timedelta(minutes=11)))
    await tell("queued later", "k5")
    assert attempts(sending) == 3


async def test_news_of_a_task_put_its_older_card_away(sending: Rig) -> None:
    """They ring, so they are a message of their own; what stood before is drawn anew as what it is now."""
    for number, kind in enumerate(("task_given", "task_news")):
        params = {"text": f"queued {kind}", "subject": "task", "id": 7}
        await sending.queue(message(ANNA, kind, f"k{number}", kind=kind, params=params))
        await sending.settled()
    shown = sending.telegram.messages(sending.telegram.people[ANNA])
    assert shown[-1].text == "queued task_news"
    async with sending.db.read() as uow:
        rows = (await uow.session.scalars(select(Outbox).where(Outbox.kind == "refresh"))).all()
        assert [row.params for row in rows] == [{"subject": "task_before", "id": 7}]
        card = await uow.cards.find(ANNA, "task", 7)
        assert card is not None
        assert card.message_id == shown[-1].id
