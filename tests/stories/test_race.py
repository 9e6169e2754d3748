"""Two managers and one lead: one wins, everybody else sees who it was."""

from sqlalchemy import select

from db.models import Event, Lead
from tests.leads.making import free_lead
from tests.stories.road import team_chat
from tests.stories.wire import check_wire
from tests.world import World


async def test_one_of_two_wins_and_every_other_card_is_a_stub_that_names_them(world: World) -> None:
    group = await team_chat(world)
    await free_lead(world.services, world.db)
    await world.settle()
    presses = {
        name: world.hands[name].person.press(world.hands[name].screen, "✋ Take")
        for name in ("anna", "boris")
    }
    await world.settle()
    answers = {name: await press for name, press in presses.items()}
    assert all(answer is not None for answer in answers.values())

    takes = await world.rows(select(Event.actor_id).where(Event.action == "lead.take"))
    lead = (await world.rows(select(Lead)))[0][0]
    assert takes == [(lead.owner_id,)]
    winner, loser = ("anna", "boris") if "In work" in world.anna.text else ("boris", "anna")
    name = winner.capitalize()
    assert f"👔 {name}" in world.hands[winner].text
    assert f"👔 {name}" in world.helen.text
    told = answers[loser]
    assert told is not None
    assert told.text == f"Already taken by {name}."
    assert world.hands[loser].text == f"#1 · taken by {name}"
    assert world.hands[loser].labels == []
    assert [message.text for message in world.telegram.messages(group)] == [f"#1 · taken by {name}"]
    await check_wire(world)


async def test_in_the_team_chat_the_presser_is_judged(world: World) -> None:
    group = await team_chat(world)
    group.join(world.victor.person, by=world.helen.person)
    group.join(world.eve.person, by=world.helen.person)
    await free_lead(world.services, world.db)
    await world.settle()
    card = world.telegram.messages(group)[-1]
    assert card.labels == ["✋ Take"]
    for outsider in (world.victor, world.eve):
        await outsider.press("✋ Take", on=card)
        assert "✋ Take" in card.labels
    assert "no such lead" in (world.victor.toast or "")
    await world.boris.press("✋ Take", on=card)
    assert card.text == "#1 · taken by Boris"
    assert "Ivan" not in " ".join(message.text for message in world.telegram.messages(group))
    await check_wire(world)
