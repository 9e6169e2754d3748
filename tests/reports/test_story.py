"""The report on the phone: periods, people, months, the picture, and those whom it does not concern."""

import re
from datetime import date

import pytest
from sqlalchemy import update

from db.models import Person
from tests.reports.conftest import Sell
from tests.world import World


async def some_sales(sell: Sell) -> None:
    await sell("anna", "Paid", 1_500_000, opened=date(2026, 11, 1), closed=date(2026, 11, 3))
    await sell("boris", "Lost", 5, closed=date(2026, 11, 4))
    await sell("victor", "Paid", 70, closed=date(2026, 11, 5), department="Service")
    await sell("anna", "Paid", 2000, closed=date(2026, 10, 31))
    await sell("anna", "New", 11)


async def test_the_owner_walks_through_the_report(world: World, sell: Sell) -> None:
    await some_sales(sell)
    await world.olga.say("/report")
    text = world.olga.text
    assert text.startswith("📊 November 2026 · everybody")
    assert "Won: 2 · " in text
    assert "1,500,070" in text
    assert "Lost: 1" in text
    assert "66.7%" in text
    assert "Won in 2 days on average" in text
    assert re.search(r"^New +1 +11$", text, re.MULTILINE)
    assert "\n\n" not in text

    await world.olga.press("📅 November 2026")
    await world.olga.press("Last month")
    assert "October 2026" in world.olga.text
    assert "Won: 1 · " in world.olga.text
    await world.olga.press("👥 By manager")
    assert "1. Anna" in world.olga.text
    await world.olga.press("Anna")
    assert "October 2026 · Anna" in world.olga.text
    await world.olga.press("👥 Everybody")
    assert "October 2026 · everybody" in world.olga.text
    await world.olga.press("📈 By month")
    assert "Oct 2026" in world.olga.text
    await world.olga.press("◀️ Report")
    await world.olga.press("New")
    assert "Deal" in world.olga.labels[0]


async def test_a_period_is_typed(world: World, sell: Sell) -> None:
    await some_sales(sell)
    await world.olga.say("/report")
    await world.olga.press("📅 November 2026")
    await world.olga.press("⌨️ Other dates")
    await world.olga.say("whenever")
    assert "I could not read a period in this." in world.olga.text
    await world.olga.say("01.10.2026 - 03.11.2026")
    assert "1 Oct 2026 – 3 Nov 2026" in world.olga.text
    assert "Won: 2 · " in world.olga.text
    await world.olga.say("/report 10.2026")
    assert "October 2026" in world.olga.text
    await world.olga.say("/report rubbish")
    assert "I could not read a period in this." in world.olga.text


async def test_the_picture_is_a_picture(world: World, sell: Sell) -> None:
    await some_sales(sell)
    await world.olga.say("/report")
    await world.olga.press("🖼 Picture")
    photo = world.olga.screen.content["photo"][-1]
    stored = world.telegram.files.get(photo["file_id"])
    assert stored is not None
    assert stored.data.startswith(b"\x89PNG")
    assert "Funnel · November 2026 · everybody" in world.olga.text
    await world.olga.press("◀️ Report")
    assert world.olga.text.startswith("📊 November 2026 · everybody\n")


async def test_a_head_sees_only_their_own_departments(world: World, sell: Sell) -> None:
    await some_sales(sell)
    await world.hugo.say("/report")
    assert "Won: 1 · " in world.hugo.text
    assert "1,500,000" not in world.hugo.text
    assert world.hugo.text.startswith("📊 November 2026 · Service\n"), "it is said whose figures these are"
    await world.hugo.press("👥 By manager")
    assert world.hugo.text.startswith("👥 November 2026 · by manager · Service")
    assert "Anna" not in world.hugo.text
    anna = await world.services.people.identify(1003)
    assert anna is not None
    for prefix in ("rep", "rept", "repi"):
        answer = await world.hugo.press(data=f"{prefix}:0:{anna.person_id}")
        assert answer == "There is no such person in your reports."


@pytest.mark.parametrize("name", ["anna", "fiona", "max"])
async def test_others_have_no_report(world: World, sell: Sell, name: str) -> None:
    await some_sales(sell)
    hand = world.hands[name]
    await hand.say("/report")
    assert "You may not do this." in hand.text
    for data in ("rep:0:0", "repp:0:0", "rept:0:0", "repi:0:0", "repd:0:0", "repy:0"):
        assert await hand.press(data=data, on=hand.messages[-1]) == "You may not do this."
    assert "📊 Report" not in hand.labels


async def test_it_is_russian_for_a_russian(world: World, sell: Sell) -> None:
    await some_sales(sell)
    async with world.db.write() as uow:
        await uow.session.execute(update(Person).values(language="ru"))
    await world.olga.say("/report")
    assert world.olga.text.startswith("📊 ноябрь 2026 · все")
    assert "Доля побед: 66,7" in world.olga.text
    assert "1\u00a0500\u00a0070" in world.olga.text
    await world.olga.press("👥 По менеджерам")
    assert "Менеджер" in world.olga.text
    await world.olga.press("◀️ Отчёт")
    await world.olga.press("📈 По месяцам")
    assert "Итого" in world.olga.text


async def test_buttons_of_another_time_still_mean_what_they_say(world: World, sell: Sell) -> None:
    await some_sales(sell)
    await world.olga.say("/report")
    old = world.olga.screen
    world.clock.turn(days=40)
    await world.olga.press("👥 By manager", on=old)
    assert "December 2026" in old.text
    assert not await world.olga.press(data="rep:9999999999999:0")
    assert "December 2026" in world.olga.text
    assert await world.olga.press(data="rep:0:9999999999999") == "There is no such person in your reports."


async def test_hostile_names_break_no_table(world: World, sell: Sell) -> None:
    await some_sales(sell)
    async with world.db.write() as uow:
        await uow.session.execute(
            update(Person).where(Person.username == "anna").values(name="<b>\u202e🦄</pre>" + "Щ" * 150)
        )
    await world.olga.say("/report")
    await world.olga.press("👥 By manager")
    assert "1. <b>" in world.olga.text
    assert "1,500,000" in world.olga.text
    assert "2. Victor" in world.olga.text
