"""Joining: links that work once, for the one role and department that they carry, and for nobody else."""

import asyncio
import re
from typing import Any

import pytest
from aiogram.types import Update
from sqlalchemy import func, select

from db.models import Event, Invite, Membership, Outbox, Person
from services.access import Role
from services.dto.people import Joined
from services.errors import AppError, Cause, ForbiddenError, NotFoundError
from services.joining import Joining, Newcomer
from services.people import People
from services.setup import FOUNDINGS, Setup, hash_of
from tests.cast import STRANGER, actor_of
from tests.world import World

EVE = Newcomer(STRANGER, "Eve Adams", "eve", "en")


def token_of(text: str) -> str:
    found = re.search(r"start=([A-Za-z0-9_-]+)", text)
    assert found is not None, text
    return found[1]


async def department_id(world: World, name: str) -> int:
    async with world.db.read() as uow:
        return next(row.id for row in await uow.people.departments() if row.name == name)


async def eve(world: World) -> Person | None:
    async with world.db.read() as uow:
        rows = await uow.people.by_telegram(STRANGER)
    return rows[0][0] if rows else None


async def test_a_head_invites_a_manager_in_two_taps(world: World) -> None:
    await world.helen.press("Team")
    await world.helen.press("Invite")
    assert "Manager · Sales" in world.helen.text
    token = token_of(world.helen.text)
    copied = await world.helen.press("Copy the link")
    assert copied == f"https://t.me/sdelka_bot?start={token}"
    await world.eve.start(payload=token)
    assert "Welcome, Eve! You are in: Manager." in world.eve.text
    assert "☀️ My day" in world.eve.labels
    person = await eve(world)
    assert person is not None
    assert (person.role, person.reachable) == ("manager", True)
    assert "Eve has joined: Manager · Sales" in world.helen.text
    assert (await world.rows(select(Membership.head).where(Membership.person_id == person.id))) == [(False,)]
    commands = world.telegram.bot.commands_for(("chat", STRANGER), language="en")
    assert "menu" in {row["command"] for row in commands}


async def test_the_owner_invites_anybody_anywhere(world: World) -> None:
    await world.olga.press("Team")
    await world.olga.press("Invite")
    await world.olga.press("Head of department")
    await world.olga.press("Service")
    token = token_of(world.olga.text)
    await world.eve.start(payload=token)
    person = await eve(world)
    assert person is not None
    assert person.role == "head"
    assert (await world.rows(select(Membership.head).where(Membership.person_id == person.id))) == [(True,)]


async def test_finance_needs_no_department(world: World) -> None:
    await world.olga.press("Team")
    await world.olga.press("Invite")
    await world.olga.press("Finance")
    await world.eve.start(payload=token_of(world.olga.text))
    assert "You are in: Finance" in world.eve.text


async def test_only_the_hash_of_a_token_is_kept(world: World) -> None:
    olga = await actor(world, "olga")
    made = await world.services.invites.create(olga, Role.FINANCE, None)
    assert len(made.token) >= 22
    [(kept,)] = await world.rows(select(Invite.token_hash))
    assert kept == hash_of(made.token)
    assert made.token not in str(await world.rows(select(Event.changes)))


async def test_a_link_works_once(world: World) -> None:
    made = await world.services.invites.create(await actor(world, "olga"), Role.FINANCE, None)
    await world.services.joining.join(EVE, made.token)
    with pytest.raises(AppError, match=r"invite\.invalid"):
        await world.services.joining.join(Newcomer(1777, "Mallory"), made.token)
    assert await world.rows(select(Invite.used_by).where(Invite.id == made.invite.id)) == [
        ((await eve(world)).id,)  # type: ignore[union-attr]  # Eve has just joined
    ]


@pytest.mark.parametrize("spoil", ["expired", "revoked", "used", "wrong", "long"])
async def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(world: World, spoil: str) -> None:
    olga = await actor(world, "olga")
    made = await world.services.invites.create(olga, Role.FINANCE, None)
    token = {"wrong": "A" * 22, "long": "A" * 64}.get(spoil, made.token)
    if spoil == "expired":
        world.clock.turn(days=7)
    elif spoil == "revoked":
        await world.services.invites.revoke(olga, made.invite.id)
    elif spoil == "used":
        await world.services.joining.join(Newcomer(1777, "Mallory"), token)
    people = await world.count(Person)
    await world.eve.start(payload=token)
    assert world.eve.text == "This link does not work any more. Please ask for a new one."
    assert await world.count(Person) == people


async def test_five_wrong_links_an_hour_then_silence_even_for_the_right_one(world: World) -> None:
    made = await world.services.invites.create(await actor(world, "olga"), Role.FINANCE, None)
    for number in range(9):
        await world.eve.start(payload=f"guess{number}")
    answers = [message for message in world.eve.messages if message.from_bot]
    assert len(answers) == 5
    await world.eve.start(payload=made.token)
    assert await eve(world) is None
    world.clock.turn(hours=1, seconds=1)
    await world.eve.start(payload=made.token)
    assert await eve(world) is not None


async def test_a_member_who_presses_an_invitation_does_not_use_it_up(world: World) -> None:
    made = await world.services.invites.create(await actor(world, "olga"), Role.OWNER, None)
    await world.boris.start(payload=made.token)
    assert "You are in already" in world.boris.text
    assert (await actor(world, "boris")).role is Role.MANAGER
    await world.eve.start(payload=made.token)
    assert "You are in: Owner" in world.eve.text


async def test_pressing_ones_own_link_again_is_a_welcome_again(world: World) -> None:
    made = await world.services.invites.create(await actor(world, "olga"), Role.FINANCE, None)
    await world.eve.start(payload=made.token)
    await world.eve.start(payload=made.token)
    assert "Welcome, Eve!" in world.eve.text


async def test_the_same_update_twice_lets_in_once(world: World) -> None:
    made = await world.services.invites.create(await actor(world, "olga"), Role.FINANCE, None)
    people = await world.count(Person)
    await world.eve.start(payload=made.token)
    await world.again()
    assert await world.count(Person) == people + 1
    joined = select(func.count()).select_from(Event).where(Event.action == "join")
    assert await world.rows(joined) == [(1,)]


async def test_whoever_left_may_come_back_under_their_name(world: World) -> None:
    olga = await actor(world, "olga")
    boris = await actor(world, "boris")
    await world.services.leaving.remove(olga, boris.person_id, None)
    await world.settle()
    await world.boris.say("/menu")
    assert "works for the people of one company" in world.boris.text
    made = await world.services.invites.create(olga, Role.HEAD, await department_id(world, "Service"))
    await world.boris.start(payload=made.token)
    back = await actor(world, "boris")
    assert (back.person_id, back.role) == (boris.person_id, Role.HEAD)
    assert back.departments == {await department_id(world, "Service")} == back.headed


@pytest.mark.parametrize("role", [Role.OWNER, Role.HEAD, Role.FINANCE, Role.MARKETING])
async def test_a_head_invites_nobody_but_managers(world: World, role: Role) -> None:
    invites = await world.count(Invite)
    with pytest.raises(ForbiddenError):
        await world.services.invites.create(
            await actor(world, "helen"), role, await department_id(world, "Sales")
        )
    assert await world.count(Invite) == invites


async def test_a_head_invites_nobody_into_another_department(world: World) -> None:
    with pytest.raises(NotFoundError):
        await world.services.invites.create(
            await actor(world, "helen"), Role.MANAGER, await department_id(world, "Service")
        )


@pytest.mark.parametrize("name", ["anna", "fiona", "max"])
async def test_others_invite_nobody(world: World, name: str) -> None:
    assert "👥 Team" not in world.hands[name].labels
    assert await world.hands[name].press(data="i") == "You may not do this."
    assert await world.hands[name].press(data="ir:owner:0") == "You may not do this."
    assert await world.count(Invite) == 0


async def test_a_forged_role_is_refused(world: World) -> None:
    assert await world.olga.press(data="ir:tsar:0") == "There is no such role."
    assert await world.helen.press(data="ir:owner:0") == "You may not do this."
    assert await world.count(Invite) == 0


async def test_open_invitations_are_listed_and_taken_back(world: World) -> None:
    await world.helen.press("Team")
    await world.helen.press("Invite")
    token = token_of(world.helen.text)
    await world.helen.press("Team")
    await world.helen.press("Open: 1")
    assert "1. Manager · Sales" in world.helen.text
    assert token not in world.helen.text
    await world.helen.press("Revoke № 1")
    assert "No invitation is open." in world.helen.text
    await world.eve.start(payload=token)
    assert "does not work" in world.eve.text


async def test_another_heads_invitations_are_out_of_sight(world: World) -> None:
    made = await world.services.invites.create(
        await actor(world, "hugo"), Role.MANAGER, await department_id(world, "Service")
    )
    helen = await actor(world, "helen")
    assert await world.services.invites.open(helen) == ()
    assert await world.helen.press(data=f"ix:{made.invite.id}") == "There is no such invitation."
    assert len(await world.services.invites.open(await actor(world, "hugo"))) == 1


async def test_revoking_twice_is_told(world: World) -> None:
    olga = await actor(world, "olga")
    made = await world.services.invites.create(olga, Role.FINANCE, None)
    await world.olga.press(data=f"ix:{made.invite.id}")
    assert await world.olga.press(data=f"ix:{made.invite.id}") == "This invitation is not open any more."


async def test_a_link_is_never_shown_again(world: World) -> None:
    """After a crash before the answer the invitation is found, but nobody knows its token any more."""
    await world.helen.press("Team")
    await world.helen.press("Invite")
    token = token_of(world.helen.text)
    update = Update.model_validate(world.telegram.bot.updates.history[-1].body)
    await world.front.handle(update, Cause(world.bot.id, update.update_id))
    assert token not in world.helen.text
    assert "The link was shown once" in world.helen.text
    assert await world.count(Invite) == 1


async def test_a_newcomer_is_spoken_to_in_their_language(world: World) -> None:
    made = await world.services.invites.create(await actor(world, "olga"), Role.FINANCE, None)
    world.eve.person.language_code = "ru"
    await world.eve.start(payload=made.token)
    assert "Добро пожаловать, Eve! Вы в команде: Финансы." in world.eve.text


async def test_a_name_from_a_profile_is_cleaned(world: World) -> None:
    made = await world.services.invites.create(await actor(world, "olga"), Role.FINANCE, None)
    hostile = "\u202e<b>Eve</b>\u200b " + "x" * 500
    await world.services.joining.join(Newcomer(STRANGER, hostile), made.token)
    person = await eve(world)
    assert person is not None
    assert len(person.name) <= 100
    assert person.name.startswith("<b>Eve</b> x")
    await world.settle()
    await world.olga.say("/team")
    await world.olga.press("Company-wide")
    assert "<b>Eve</b>" in world.olga.text


async def test_the_owners_link_makes_the_owner_once(db: Any, clock: Any) -> None:
    setup, joining = Setup(db, clock), Joining(db, clock)
    await setup.ensure(FOUNDINGS["en"])
    token = await setup.owner_link()
    assert token is not None
    assert (await joining.join(EVE, token)).role is Role.OWNER
    owner = await People(db, clock).identify(STRANGER)
    assert owner is not None
    assert len(owner.headed) == 1, "a company of one hears of its leads"
    assert await setup.owner_link() is None
    with pytest.raises(AppError, match=r"invite\.invalid"):
        await joining.join(Newcomer(1777, "Mallory"), token)


async def test_the_settings_name_the_owner(db: Any, clock: Any) -> None:
    await Setup(db, clock).ensure(FOUNDINGS["en"])
    joining = Joining(db, clock, STRANGER)
    with pytest.raises(AppError, match=r"invite\.invalid"):
        await joining.join(Newcomer(1777, "Mallory"), "")
    assert (await joining.join(EVE, "")).role is Role.OWNER


async def test_notices_of_joining_go_to_the_inviter_alone(world: World) -> None:
    made = await world.services.invites.create(
        await actor(world, "helen"), Role.MANAGER, await department_id(world, "Sales")
    )
    await world.eve.start(payload=made.token)
    told = await world.rows(select(Outbox.chat_id).where(Outbox.kind == "person_joined"))
    assert told == [(1002,)]


async def actor(world: World, name: str) -> Any:
    return await actor_of(world.services, name)


async def known_by_name(world: World, name: str = "Darcel", role: str = "manager") -> int:
    """Somebody whom an import has brought, in the department Sales."""
    sales, now = await department_id(world, "Sales"), world.clock.now()
    async with world.db.write() as uow:
        person = Person(
            name=name, name_folded=name.lower(), role=role, status="imported", import_id=7, created_at=now
        )
        uow.people.add(person)
        await uow.people.flush()
        await uow.people.place(person.id, [sales], head=False)
        return person.id


async def test_somebody_known_by_name_joins_as_themselves(world: World) -> None:
    darcel = await known_by_name(world)
    await world.helen.press("Team")
    await world.helen.press("Sales")
    await world.helen.press("▫️ Darcel")
    await world.helen.press("Invite")
    await world.eve.start(payload=token_of(world.helen.text))
    person = await eve(world)
    assert person is not None
    assert (person.id, person.name, person.status) == (darcel, "Darcel", "active")
    assert "Darcel has joined: Manager · Sales" in world.helen.text
    assert await world.helen.press(data=f"pi:{darcel}") == "Somebody has joined under this name already."


async def test_two_links_for_one_name_let_one_in(world: World) -> None:
    darcel, olga = await known_by_name(world), await actor(world, "olga")
    first = await world.services.invites.create_for(olga, darcel)
    second = await world.services.invites.create_for(olga, darcel)
    await world.services.joining.join(EVE, first.token)
    with pytest.raises(AppError, match=r"invite\.invalid"):
        await world.services.joining.join(Newcomer(1777, "Mallory"), second.token)


async def test_a_link_for_somebody_who_is_gone_is_worth_nothing(world: World) -> None:
    darcel, olga = await known_by_name(world), await actor(world, "olga")
    made = await world.services.invites.create_for(olga, darcel)
    await world.services.leaving.remove(olga, darcel, None)
    with pytest.raises(AppError, match=r"invite\.invalid"):
        await world.services.joining.join(EVE, made.token)


async def test_whoever_left_can_come_back_as_somebody_known_by_name(world: World) -> None:
    darcel, olga = await known_by_name(world), await actor(world, "olga")
    boris = await actor(world, "boris")
    await world.services.leaving.remove(olga, boris.person_id, None)
    made = await world.services.invites.create_for(olga, darcel)
    await world.boris.start(payload=made.token)
    assert (await actor(world, "boris")).person_id == darcel


async def test_a_head_invites_nobody_known_by_name_elsewhere_or_as_more_than_a_manager(world: World) -> None:
    darcel = await known_by_name(world)
    finance = await known_by_name(world, "Cassey", "finance")
    with pytest.raises(NotFoundError):
        await world.services.invites.create_for(await actor(world, "hugo"), darcel)
    with pytest.raises(ForbiddenError):
        await world.services.invites.create_for(await actor(world, "helen"), finance)
    assert await world.count(Invite) == 0


async def test_of_ten_who_press_one_link_at_once_one_comes_in(world: World) -> None:
    made = await world.services.invites.create(await actor(world, "olga"), Role.FINANCE, None)
    outcomes = await asyncio.gather(
        *(world.services.joining.join(Newcomer(2000 + n, f"N{n}"), made.token) for n in range(10)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Joined) for one in outcomes) == 1
    assert {one.code for one in outcomes if isinstance(one, AppError)} == {"invite.invalid"}
    newcomers = select(func.count()).select_from(Person).where(Person.telegram_id >= 2000)
    assert await world.rows(newcomers.where(Person.telegram_id < 2010)) == [(1,)]
