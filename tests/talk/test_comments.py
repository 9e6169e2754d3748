"""An answer to a card is a comment on its record, in private and in the team's chat."""

import pytest
from sqlalchemy import select

from db.models import Event, Note
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.world import World


async def notes(world: World) -> list[tuple[str, int | None, int | None]]:
    return [tuple(row) for row in await world.rows(select(Note.text, Note.deal_id, Note.lead_id))]


async def test_an_answer_to_a_deals_card_is_a_note_of_the_deal(world: World) -> None:
    deal = await make_deal(world)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.say("They want white ones", reply_to=world.anna.screen)
    assert await notes(world) == [("They want white ones", deal, None)]
    assert "Anna: They want white ones" in world.anna.text
    assert "Move" in " ".join(world.anna.labels)


async def test_an_answer_to_a_leads_card_is_a_note_of_the_lead(world: World) -> None:
    lead = (await taken_lead(world)).id
    await world.anna.press(data=f"l:{lead}")
    await world.anna.say("Calls only after six", reply_to=world.anna.screen)
    assert await notes(world) == [("Calls only after six", None, lead)]
    assert "Calls only after six" in world.anna.text


async def test_a_head_comments_on_a_deal_and_its_owners_card_follows(world: World) -> None:
    deal = await make_deal(world)
    await world.anna.press(data=f"d:{deal}")
    await world.helen.press(data=f"d:{deal}")
    await world.helen.say("Offer them a discount", reply_to=world.helen.screen)
    assert "Helen: Offer them a discount" in world.anna.text


async def test_a_card_from_better_days_gives_no_right(world: World) -> None:
    deal = await make_deal(world)
    await world.anna.press(data=f"d:{deal}")
    card = world.anna.screen
    helen = await world.services.people.identify(world.helen.person.id)
    boris = await world.services.people.identify(world.boris.person.id)
    assert helen is not None
    assert boris is not None
    await world.services.deals.hand_over(helen, deal, boris.person_id, 1)
    await world.anna.say("Still mine?", reply_to=card)
    assert any("not yours to see" in message.text for message in world.anna.messages[-2:])
    assert await notes(world) == []


async def test_an_answer_that_comes_twice_is_kept_once(world: World) -> None:
    deal = await make_deal(world)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.say("Once", reply_to=world.anna.screen)
    await world.again()
    assert len(await notes(world)) == 1


async def test_an_answer_to_another_card_leaves_the_open_form_alone(world: World) -> None:
    first, second = await make_deal(world, title="First"), await make_deal(world, title="Second")
    await world.anna.press(data=f"d:{first}")
    card = world.anna.screen
    await world.anna.say("/deals")
    await world.anna.press(data=f"ds:{second}")
    await world.anna.say("They called", reply_to=card)
    assert await notes(world) == [("They called", first, None)]
    await world.anna.say("777")
    assert "₽777" in world.anna.text
    assert "Second" in world.anna.text


async def test_an_answer_to_a_question_of_a_form_answers_the_form(world: World) -> None:
    deal = await make_deal(world)
    await world.anna.press(data=f"ds:{deal}")
    await world.anna.say("555", reply_to=world.anna.screen)
    assert "₽555" in world.anna.text
    assert await notes(world) == []


async def team_with(world: World, lead: int) -> tuple[object, object]:
    """The team's chat with the card of a lead in it."""
    people = [hand.person for name, hand in world.hands.items() if name != "eve"]
    team = world.telegram.add_group("Sales team", people)
    sent = await world.bot.send_message(team.id, "A card")
    async with world.db.write() as uow:
        await uow.cards.bind(team.id, "lead", lead, sent.message_id, None, world.clock.now())
    return team, team.messages[sent.message_id]


async def test_an_answer_in_the_team_chat_is_kept_with_a_nod_and_without_words(world: World) -> None:
    lead = (await taken_lead(world)).id
    team, card = await team_with(world, lead)
    said = len(world.telegram.messages(team))
    await world.anna.say("I have called them", team, reply_to=card)
    assert await notes(world) == [("I have called them", None, lead)]
    answer = world.telegram.messages(team)[-1]
    assert len(world.telegram.messages(team)) == said + 1
    assert [one["emoji"] for found in answer.reactions.values() for one in found] == ["👍"]


@pytest.mark.parametrize("name", ["boris", "victor", "fiona", "max", "eve"])
async def test_others_may_talk_under_a_card_of_the_team_unheard(world: World, name: str) -> None:
    lead = (await taken_lead(world)).id
    team, card = await team_with(world, lead)
    if name == "eve":
        team.join(world.eve.person)
        await world.settle()
    calls, events = len(world.telegram.calls), await world.count(Event)
    await world.hands[name].say("Lucky you", team, reply_to=card)
    assert (
        len(
            [
                call
                for call in list(world.telegram.calls)[calls:]
                if call.method not in ("getUpdates", "getMe")
            ]
        )
        == 0
    )
    assert await world.count(Event) == events
