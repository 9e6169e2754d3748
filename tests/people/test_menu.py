"""The menu: what each role sees first, and the ways in and out."""

import pytest

from handlers.routes import all_routes
from services.understanding.menu_words import COMMAND_OF
from tests.deals.making import make_deal
from tests.world import World

MENUS = {
    "olga": {
        "➕ New lead",
        "☀️ My day",
        "🧭 Department now",
        "💼 Deals",
        "📥 Leads",
        "🗂 Clients",
        "👥 Team",
        "📊 Report",
        "🗞 Digest",
        "📂 Import",
    },
    "helen": {
        "➕ New lead",
        "☀️ My day",
        "🧭 Department now",
        "💼 Deals",
        "📥 Leads",
        "🗂 Clients",
        "👥 Team",
        "📊 Report",
        "🗞 Digest",
    },
    "anna": {"➕ New lead", "☀️ My day", "💼 My deals", "📥 Leads", "🗂 Clients", "🎯 My plan"},
    "fiona": {"☀️ My day", "Awaiting payment", "Paid", "Lost"},
    "max": {"➕ New lead", "☀️ My day"},
}
EVERYONE = {"📣 News", "🔎 Find", "👤 Profile", "❓ Help"}


@pytest.mark.parametrize("name", MENUS)
async def test_the_menu_offers_what_the_role_may_do(world: World, name: str) -> None:
    await world.hands[name].say("/menu")
    assert set(world.hands[name].labels) == MENUS[name] | EVERYONE


async def test_the_commands_of_a_role_are_listed_in_its_language(world: World) -> None:
    bot = world.telegram.bot
    names = {row["command"] for row in bot.commands_for(("chat", 1007), language="en")}
    assert "deals" in names
    assert "team" not in names
    await world.fiona.press("Profile")
    await world.fiona.press("In Russian")
    assert "Главное меню" in [row["description"] for row in bot.commands_for(("chat", 1007), language="en")]
    assert "Часовой пояс" in world.fiona.text


async def test_the_menu_speaks_russian_to_whoever_wants_it(world: World) -> None:
    await world.anna.press("Profile")
    await world.anna.press("In Russian")
    await world.anna.press("Меню")
    assert "Менеджер" in world.anna.text
    assert "☀️ Мой день" in world.anna.labels


async def test_help_is_two_taps_away_and_leads_back(world: World) -> None:
    await world.anna.press("Help")
    assert "+7 916" in world.anna.text
    await world.anna.press("Menu")
    assert "My company" in world.anna.text


async def test_the_menu_gives_an_open_question_up(world: World) -> None:
    await world.anna.press("Profile")
    await world.anna.press("My name")
    menu = world.anna.messages[1]
    await world.anna.press(on=menu, data="home")
    await world.anna.say("Somebody else")
    await world.anna.say("/profile")
    assert "Anna" in world.anna.text


async def test_cancel_leads_back_to_where_the_question_began(world: World) -> None:
    await world.anna.press("Profile")
    await world.anna.press("My name")
    await world.anna.press("Cancel")
    assert world.anna.text.startswith("👤 Anna")


async def test_cancel_without_a_question_shows_the_menu(world: World) -> None:
    await world.anna.press(data="x")
    assert "☀️ My day" in world.anna.labels


async def test_an_overdue_task_is_told_first(world: World) -> None:
    from datetime import timedelta

    from db.models import Task

    async with world.db.write() as uow:
        now = world.clock.now()
        anna = (await uow.people.by_telegram(1003))[0][0]
        uow.tasks.add(Task(text="Call", due_at=now - timedelta(hours=1), assignee_id=anna.id, created_at=now))
    await world.anna.say("/menu")
    assert "1 task is overdue" in world.anna.text
    assert "☀️ My day · 1" in world.anna.labels


async def test_an_unknown_command_says_so_and_a_number_is_looked_for(world: World) -> None:
    """A link that is no invitation is not spoken of as one."""
    deal = await make_deal(world, title="Windows")
    for text in ("/abracadabra", "/bin", "/pipelines 4 5"):
        await world.anna.say(text)
        assert f"I know no command {text.split()[0]}." in world.anna.text, text
        assert "☰" not in world.anna.labels
        assert "👤 Profile" in world.anna.labels
    for text in (f"/deal {deal}", f"/deal_{deal}", f"/deal #{deal}"):
        await world.anna.say(text)
        assert "Windows" in world.anna.text, text
    await world.anna.start("40")
    assert "invitation" not in world.anna.text
    assert "👤 Profile" in world.anna.labels


async def test_what_stands_in_the_menu_is_opened_by_its_name(world: World) -> None:
    assert set(COMMAND_OF.values()) <= all_routes().commands.keys()
    for name, said, shown in (
        ("anna", "Мой день", "☀️"),
        ("anna", "my  DEALS", "Deals by stage"),
        ("helen", "отчет", "📊"),
        ("fiona", "меню", "My company"),
    ):
        await world.hands[name].say(said)
        assert shown in world.hands[name].text, said
    await world.anna.say("отчёт")
    assert "Nothing found for “отчёт”." in world.anna.text, "no report for whoever has none"
    await world.anna.press("☰ Menu")
