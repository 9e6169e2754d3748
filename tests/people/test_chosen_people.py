"""Inviting by Telegram's own chooser: a link for each, which nobody else can use."""

import re

import pytest
from sqlalchemy import select

from db.models import Event, Form, Invite, Person
from sandbox import Person as Phone
from sandbox.messages import Message
from services.access import Role
from services.errors import ForbiddenError, NotFoundError
from services.invites import MOST, Chosen
from services.setup import hash_of
from tests.cast import STRANGER, actor_of
from tests.world import Hand, World

ASK = "ic:manager:{sales}"


async def sales(world: World) -> int:
    async with world.db.read() as uow:
        return next(row.id for row in await uow.people.departments() if row.name == "Sales")


async def ask(world: World, hand: Hand) -> None:
    await hand.press("Team")
    await hand.press("Invite")
    await hand.press("Choose people")


def newest(hand: Hand, count: int) -> list[Message]:
    return [message for message in hand.messages if message.from_bot][-count:]


def token_in(message: Message) -> str:
    found = re.search(r"start=([A-Za-z0-9_-]+)", message.text)
    assert found is not None, message.text
    return found[1]


@pytest.fixture
async def mallory(world: World) -> Phone:
    return world.telegram.add_person(1777, "Mallory", "Mint", language_code="en")


async def test_each_of_those_who_were_chosen_gets_an_invitation_to_forward(
    world: World, mallory: Phone
) -> None:
    await ask(world, world.helen)
    await world.helen.do("share_users", 1, world.eve.person, mallory, world.anna.person)
    told, for_eve, for_mallory = newest(world.helen, 3)
    assert told.text.splitlines()[0] == "Anna is here already."
    assert "Forward each invitation" in told.text
    assert "Eve, you are invited to My company." in for_eve.text
    assert "Mallory Mint, you are invited" in for_mallory.text
    assert for_eve.labels == ["✅ Join"]
    mallory.start(payload=token_in(for_eve))
    await world.settle()
    assert await world.services.people.identify(1777) is None, "it is Eve's alone"
    await world.eve.start(payload=token_in(for_eve))
    assert "You are in: Manager" in world.eve.text
    assert "Eve has joined: Manager · Sales" in world.helen.text
    mallory.start(payload=token_in(for_mallory))
    await world.settle()
    assert await world.services.people.identify(1777) is not None


async def test_the_keyboard_goes_away_and_one_event_tells_of_all(world: World, mallory: Phone) -> None:
    await ask(world, world.helen)
    events = len(await world.rows(select(Event.id)))
    await world.helen.do("share_users", 1, world.eve.person, mallory)
    chat = world.helen.person.chat()
    assert chat.reply_keyboards == {}
    added = (await world.rows(select(Event.action, Event.changes).order_by(Event.id)))[events:]
    ids = [number for (number,) in await world.rows(select(Invite.id).where(Invite.name.is_not(None)))]
    assert [(action, changes["invites"]) for action, changes in added] == [("people.invite", [None, ids])]
    await world.again()
    assert len(await world.rows(select(Event.id))) == events + 1
    assert await world.rows(select(Form.id).where(Form.state == "invite.people")) == []


async def test_open_invitations_name_those_they_are_for(world: World) -> None:
    await ask(world, world.helen)
    await world.helen.do("share_users", 1, world.eve.person)
    await world.helen.press(data="il")
    assert "Manager · Sales · Eve" in world.helen.text


async def test_other_words_are_refused_and_cancel_takes_the_keyboard_away(world: World) -> None:
    await ask(world, world.helen)
    await world.helen.say("Ivan")
    assert "below the input line" in world.helen.text
    await world.helen.do("reply_button", "✖️ Cancel")
    assert world.helen.text == "Nobody was chosen."
    assert world.helen.person.chat().reply_keyboards == {}
    assert await world.rows(select(Invite.id).where(Invite.name.is_not(None))) == []


async def test_it_speaks_russian(world: World) -> None:
    await world.helen.press(data="mel:ru")
    await world.helen.press(data=ASK.format(sales=await sales(world)))
    await world.helen.do("share_users", 1, world.eve.person)
    told, personal = newest(world.helen, 2)
    assert "Перешлите каждому" in told.text
    assert "Eve, вас приглашают в компанию My company." in personal.text


@pytest.mark.parametrize("name", ["anna", "fiona", "max", "hugo"])
async def test_nobody_else_invites_to_a_department(world: World, name: str) -> None:
    place = await sales(world)
    answer = await world.hands[name].press(data=ASK.format(sales=place))
    assert answer in ("You may not do this.", "There is no such department any more.")
    assert world.hands[name].person.chat().reply_keyboards == {}
    actor = await actor_of(world.services, name)
    with pytest.raises((ForbiddenError, NotFoundError)):
        await world.services.invites.create_many(actor, Role.MANAGER, place, [Chosen(STRANGER, "Eve")])
    assert await world.count(Invite) == 0


@pytest.mark.parametrize(
    "data", ["ic:tsar:1", "ic:owner:0", "ic:manager:0", "ic:manager:987654", "ic:manager:x"]
)
async def test_forged_roles_and_departments_are_refused(world: World, data: str) -> None:
    assert await world.helen.press(data=data)
    assert await world.count(Invite) == 0
    assert await world.rows(select(Form.id).where(Form.state == "invite.people")) == []


async def test_who_has_lost_the_right_meanwhile_invites_nobody(world: World) -> None:
    await ask(world, world.helen)
    olga, helen = [await actor_of(world.services, name) for name in ("olga", "helen")]
    await world.services.team.change_role(olga, helen.person_id, Role.MANAGER)
    await world.helen.do("share_users", 1, world.eve.person)
    assert await world.rows(select(Invite.id).where(Invite.name.is_not(None))) == []


async def test_names_are_cut_and_no_more_than_ten_are_read(world: World) -> None:
    olga = await actor_of(world.services, "olga")
    crowd = [Chosen(5_000 + number, "<b>" + "x" * 5_000) for number in range(MOST + 5)]
    made = await world.services.invites.create_many(olga, Role.FINANCE, None, [crowd[0], *crowd])
    assert len(made.made) == MOST - 1, "the same person twice gets one"
    assert {len(one.invite.name or "") for one in made.made} == {100}
    kept = await world.rows(select(Invite.token_hash))
    assert {one for (one,) in kept} == {hash_of(one.token) for one in made.made}
    assert await world.count(Person) == 8
