"""One's own settings, and the company's for the owner."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from db.models import Event, Person, Workspace
from services.zones import COMMON, KNOWN, city_of, find_zone, is_zone, offset_of
from tests.cast import START, actor_of
from tests.world import World


async def test_a_language_is_changed_by_one_tap_and_back(world: World) -> None:
    await world.boris.press("Profile")
    await world.boris.press("In Russian")
    assert "🌐 Язык: русский" in world.boris.text
    await world.boris.press("По-английски")
    assert "🌐 Language: English" in world.boris.text


async def test_a_zone_is_chosen(world: World) -> None:
    await world.boris.press("Profile")
    await world.boris.press("Time zone")
    await world.boris.press("Novosibirsk")
    assert "🕒 Time zone: Novosibirsk" in world.boris.text
    assert (await actor_of(world.services, "boris")).zone == ZoneInfo("Asia/Novosibirsk")


async def test_a_zone_is_typed_and_asked_for_again_if_nobody_knows_it(world: World) -> None:
    await world.boris.press("Profile")
    await world.boris.press("Time zone")
    await world.boris.say("Lummerland")
    assert "I do not know this place" in world.boris.text
    await world.boris.say("берлин")
    assert "🕒 Time zone: Berlin" in world.boris.text


async def test_a_name_is_typed(world: World) -> None:
    await world.boris.press("Profile")
    await world.boris.press("My name")
    await world.boris.say("\u2800\u2800")
    assert "at least one letter" in world.boris.text
    await world.boris.say("Boris <b>B.</b>")
    assert "👤 Boris <b>B.</b>" in world.boris.text
    assert (await actor_of(world.services, "boris")).name == "Boris <b>B.</b>"
    events = await world.rows(select(Event.id).where(Event.action == "profile.edit"))
    assert len(events) == 1


@pytest.mark.parametrize("data", ["mel:xx", "mes:Nowhere/Land", "mes:../../etc/passwd", "mel:"])
async def test_forged_settings_are_refused(world: World, data: str) -> None:
    await world.boris.press(data=data)
    person = select(Person.language, Person.time_zone).where(Person.telegram_id == 1004)
    assert await world.rows(person) == [("en", None)]


async def test_the_owner_sets_up_the_company(world: World) -> None:
    await world.olga.press("Profile")
    await world.olga.press("Company")
    await world.olga.press("Company name")
    await world.olga.say("Cosy Home")
    assert "🏢 Cosy Home" in world.olga.text
    await world.olga.press("Time zone")
    await world.olga.say("UTC+7")
    assert "Time zone: Novosibirsk" in world.olga.text or "Krasnoyarsk" in world.olga.text
    await world.olga.press("Language")
    await world.olga.press("Russian")
    [(name, language)] = await world.rows(select(Workspace.name, Workspace.language))
    assert (name, language) == ("Cosy Home", "ru")
    await world.anna.say("/menu")
    assert "Cosy Home" in world.anna.text


@pytest.mark.parametrize("name", ["helen", "anna", "fiona", "max"])
async def test_nobody_else_sets_up_the_company(world: World, name: str) -> None:
    hand = world.hands[name]
    await hand.press("Profile")
    assert "🏢 Company" not in hand.labels
    for data in ("co", "coa:name:0", "cop:language:0:ru", "cop:zone:1:Asia/Omsk", "cod", "del:1:0"):
        assert await hand.press(data=data) == "You may not do this."
    assert await world.rows(select(Workspace.language, Workspace.time_zone)) == [("en", "Europe/Moscow")]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("МСК", "Europe/Moscow"),
        ("мск+2", "Asia/Yekaterinburg"),
        ("UTC+5", "Asia/Yekaterinburg"),
        ("utc −3", "Etc/GMT+3"),
        ("gmt", "UTC"),
        ("+0", "UTC"),
        ("Новосибирск", "Asia/Novosibirsk"),
        ("ростов на дону", "Europe/Moscow"),
        ("New York", "America/New_York"),
        ("america/new_york", "America/New_York"),
        ("Нью-Йорк", "America/New_York"),
        ("UTC+15", None),
        ("", None),
        ("../etc/passwd", None),
    ],
)
def test_zones_are_understood_as_people_write_them(typed: str, zone: str | None) -> None:
    assert find_zone(typed) == zone


def test_every_known_zone_exists_and_has_a_name() -> None:
    for zone in KNOWN:
        assert is_zone(zone.name)
        assert find_zone(zone.ru) == find_zone(zone.en) == zone.name
    assert city_of("Pacific/Port_Moresby", "en") == "Port Moresby"
    assert len({zone.name for zone in COMMON}) == len(COMMON)


def test_offsets_are_written_as_people_say_them() -> None:
    assert offset_of("Asia/Kolkata", START) == "UTC+5:30"
    assert offset_of("America/New_York", START) == "UTC-5"
    assert offset_of("UTC", START) == "UTC+0"
