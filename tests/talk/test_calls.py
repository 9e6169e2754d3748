"""A call that was made by hand is logged on deals and clients, with its next step by buttons."""

import pytest
from sqlalchemy import select

from db.models import Call, Note, Task
from tests.cast import actor_of
from tests.clients.making import PHONE, make_client, make_firm
from tests.deals.making import make_deal
from tests.world import World


async def calls(world: World) -> list[tuple[object, ...]]:
    query = select(Call.outcome, Call.deal_id, Call.contact_id, Call.company_id).order_by(Call.id)
    return [tuple(row) for row in await world.rows(query)]


async def test_a_call_that_reached_somebody_asks_for_the_next_step(world: World) -> None:
    deal = await make_deal(world)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("Call outcome")
    await world.anna.press("Reached")
    assert await calls(world) == [("reached", deal, None, None)]
    assert "What is the next step?" in world.anna.text
    assert "call: reached" in world.anna.text
    assert "▶️ In work" in world.anna.labels
    await world.anna.press("➕ Task")
    await world.anna.say("tomorrow at 15 send the offer")
    assert await world.count(Task) == 1


@pytest.mark.parametrize("outcome", ["No answer", "Call back"])
async def test_who_was_not_reached_is_called_again_at_a_moment_by_button(world: World, outcome: str) -> None:
    deal = await make_deal(world)
    await world.anna.press(data=f"dcs:{deal}")
    await world.anna.press(outcome)
    assert "Call back: Ivan Petrov" in world.anna.text
    await world.anna.press(world.anna.labels[0])
    assert [tuple(row) for row in await world.rows(select(Task.text, Task.deal_id))] == [
        ("Call back: Ivan Petrov", deal)
    ]


async def test_a_closed_deal_takes_the_log_of_a_call_too(world: World) -> None:
    deal = await make_deal(world, stage="Lost")
    await world.anna.press(data=f"dcs:{deal}")
    await world.anna.press("Wrong number")
    assert await calls(world) == [("wrong_number", deal, None, None)]


@pytest.mark.parametrize("kind", ["contact", "firm"])
async def test_a_call_to_a_client_stands_among_its_touches(world: World, kind: str) -> None:
    making = make_client if kind == "contact" else make_firm
    client = await making(world, phones=(PHONE,))
    await world.anna.press(data=f"{'c' if kind == 'contact' else 'kf'}:{client}")
    await world.anna.press("Call outcome")
    await world.anna.press("Reached")
    assert (await calls(world))[0][2 if kind == "contact" else 3] == client
    await world.anna.press("All touches")
    assert "Anna: reached" in world.anna.text
    await world.anna.press("Back")


async def test_an_answer_to_a_clients_card_is_a_note_of_the_client(world: World) -> None:
    client = await make_client(world, phones=(PHONE,))
    await world.anna.press(data=f"c:{client}")
    await world.anna.say("Prefers letters", reply_to=world.anna.screen)
    assert [tuple(row) for row in await world.rows(select(Note.text, Note.contact_id))] == [
        ("Prefers letters", client)
    ]
    await world.anna.press("All touches")
    assert "Anna: Prefers letters" in world.anna.text


@pytest.mark.parametrize("name", ["boris", "victor", "fiona", "max"])
async def test_others_log_no_calls(world: World, name: str) -> None:
    deal, client = await make_deal(world), await make_client(world, phones=("+79031112233",))
    hand = world.hands[name]
    for data in (
        *(f"dcs:{deal}", f"dcl:{deal}:reached", "dcl:987654:reached"),
        *(f"kca:contact:{client}", f"kco:contact:{client}:reached", "kco:firm:987654:reached"),
    ):
        toast = await hand.press(on=hand.messages[-1], data=data)
        assert toast == "You may not do this." or "not yours to see" in (toast or ""), data
    assert await calls(world) == []


@pytest.mark.parametrize("data", ["dcl:1:spoken", "kco:person:1:reached", "kco:contact:1:spoken"])
async def test_forged_outcomes_are_refused(world: World, data: str) -> None:
    await make_deal(world)
    assert await world.anna.press(data=data) == "There is no such choice any more."
    assert await calls(world) == []


async def test_the_outcome_is_asked_in_russian(world: World) -> None:
    deal = await make_deal(world)
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.press(data=f"dcs:{deal}")
    assert "Чем закончился звонок?" in world.anna.text
