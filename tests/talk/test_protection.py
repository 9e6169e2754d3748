"""The owner's switch: client cards and files that Telegram lets nobody forward or save."""

import pytest
from sqlalchemy import select

from db.models import NoteFile
from tests.cast import actor_of
from tests.clients.making import PHONE, make_client
from tests.deals.making import make_deal
from tests.world import World


async def protected(world: World) -> None:
    await world.services.company.protect(await actor_of(world.services, "olga"), on=True)


async def test_the_owner_switches_it_on_and_off(world: World) -> None:
    await world.olga.press(data="co")
    await world.olga.press("Protect clients")
    assert "cannot be forwarded or saved" in world.olga.text
    await world.olga.press("Do not protect clients")
    assert "cannot be forwarded or saved" not in world.olga.text


@pytest.mark.parametrize("name", ["helen", "anna", "fiona", "max"])
async def test_nobody_else_does(world: World, name: str) -> None:
    hand = world.hands[name]
    assert await hand.press(on=hand.messages[-1], data="cpr:1") == "You may not do this."


@pytest.mark.parametrize("on", [True, False])
async def test_client_cards_are_protected_when_it_is_on(world: World, on: bool) -> None:
    client = await make_client(world, phones=(PHONE,))
    if on:
        await protected(world)
    await world.anna.say("/clients")
    await world.anna.press("Ivan Petrov")
    assert world.anna.screen.protected == on
    await world.anna.press("Edit")
    await world.anna.press("Back")
    assert world.anna.screen.protected == on
    await world.anna.press("Send contact")
    assert world.anna.screen.protected == on
    assert client


@pytest.mark.parametrize("on", [True, False])
async def test_files_are_protected_when_it_is_on(world: World, on: bool) -> None:
    await make_deal(world, title="Windows")
    await world.anna.do("send_file", None, "plan.pdf", b"x")
    await world.anna.press("Windows")
    if on:
        await protected(world)
    number = (await world.rows(select(NoteFile.id)))[0][0]
    await world.anna.press(data=f"fo:{number}")
    assert world.anna.screen.protected == on
