"""The groups of two clients that become one, and two again."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from db.models import Note, TeamChat
from services.dto.clients import ClientKind
from services.dto.team_chats import Holder, HolderKind
from services.errors import AppError
from tests.cast import actor_of
from tests.clients.test_groups import BOUND, bind, card_in, said_in
from tests.clients.uniting import two, unite
from tests.deals.making import make_deal
from tests.people.test_chats import group_of
from tests.world import World

KINDS = pytest.mark.parametrize("kind", list(ClientKind))
PARTED = "✖️ This is the group of no client any more: what is said here is not kept."


async def groups(world: World) -> dict[int, int]:
    """Which client has which group."""
    return {contact or firm: chat for chat, contact, firm in await world.rows(BOUND)}


async def apart(world: World, kind: ClientKind, kept: int, merge: int) -> None:
    """Take it back."""
    await world.services.merging.undo(await actor_of(world.services, "anna"), kind, kept, merge)
    await world.settle()


@KINDS
async def test_a_group_goes_along_with_its_client_and_comes_back(world: World, kind: ClientKind) -> None:
    kept, gone = await two(world, kind)
    group = await bind(world, kind, gone)
    card = card_in(world, group)
    assert "Petrov I." in card.text
    united = await unite(world, kept, gone, kind)
    await world.settle()
    assert await groups(world) == {kept: group.id}
    assert card_in(world, group) is card, "the one card is edited in place"
    assert "Ivan Petrov" in card.text
    mine = select(Note.contact_id if kind is ClientKind.CONTACT else Note.company_id)
    await world.anna.say("Of the one", group)
    assert await world.rows(mine) == [(kept,)]
    # Old buttons lead to the one that stayed.
    for button in ("tc", "tcc", "tcx", "tcy"):
        toast = await world.anna.press(data=f"{button}:{kind}:{gone}")
        assert toast == "This client was united with another one. Here it is.", button
        assert "Ivan Petrov" in world.anna.text
    assert await groups(world) == {kept: group.id}

    await apart(world, kind, kept, united.merge_id)
    assert await groups(world) == {gone: group.id}
    assert card_in(world, group) is card
    assert "Petrov I." in card.text
    await world.anna.say("Of the other", group)
    assert await world.rows(mine.order_by(Note.id)) == [(kept,), (gone,)]
    assert [one.text for one in said_in(world, group) if PARTED in one.text] == []


@KINDS
async def test_of_two_groups_the_one_of_the_client_that_stays_is_kept(world: World, kind: ClientKind) -> None:
    kept, gone = await two(world, kind)
    first, second = await bind(world, kind, kept), await bind(world, kind, gone, title="Another room")
    card = card_in(world, second)
    united = await unite(world, kept, gone, kind)
    await world.settle()
    assert await groups(world) == {kept: first.id}
    assert card.text == PARTED
    assert said_in(world, second)[-1].text.startswith("🔗 The client of this group was united with another")
    assert "🔗" not in said_in(world, first)[-1].text
    await world.anna.say("Is anybody here?", second)
    assert await world.count(Note) == 0

    await apart(world, kind, kept, united.merge_id)
    assert await groups(world) == {kept: first.id, gone: second.id}
    assert "Petrov I." in card_in(world, second).text


async def test_what_has_become_anothers_group_stays_that(world: World) -> None:
    kept, gone = await two(world)
    first, second = await bind(world, "contact", kept), await bind(world, "contact", gone)
    united = await unite(world, kept, gone)
    anna, deal = await actor_of(world.services, "anna"), await make_deal(world, contact=False)
    await world.services.team_chats.bind(anna, Holder(HolderKind.DEAL, deal), second.id)
    await apart(world, ClientKind.CONTACT, kept, united.merge_id)
    assert set(await world.rows(select(TeamChat.chat_id, TeamChat.contact_id, TeamChat.deal_id))) == {
        (first.id, kept, None),
        (second.id, None, deal),
    }


async def test_a_group_that_was_taken_off_meanwhile_does_not_come_back(world: World) -> None:
    kept, gone = await two(world)
    await bind(world, "contact", gone)
    united = await unite(world, kept, gone)
    anna = await actor_of(world.services, "anna")
    await world.services.team_chats.unbind(anna, Holder(HolderKind.CONTACT, kept))
    await apart(world, ClientKind.CONTACT, kept, united.merge_id)
    assert await world.count(TeamChat) == 0


@KINDS
async def test_a_group_that_comes_while_they_unite_is_the_ones_or_nobodys(
    world: World, kind: ClientKind
) -> None:
    """Whoever is later is refused; by a constraint an update is refused that is then tried again."""
    kept, gone = await two(world, kind)
    anna, group = await actor_of(world.services, "anna"), group_of(world, "anna")
    binding = world.services.team_chats.bind(anna, Holder(HolderKind(kind), gone), group.id)
    bound, united = await asyncio.gather(binding, unite(world, kept, gone, kind), return_exceptions=True)
    assert not isinstance(united, BaseException)
    if isinstance(bound, BaseException):
        assert isinstance(bound, AppError | DBAPIError)
    assert await groups(world) == ({} if isinstance(bound, BaseException) else {kept: group.id})
