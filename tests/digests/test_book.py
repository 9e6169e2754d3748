"""The figures of a digest as a workbook: real numbers and days, nothing that runs, and no deals to export."""

import io
from datetime import date
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from bot.i18n import Speech
from db.models import Contact, Deal, Workspace
from handlers.views.digest_book import sheets
from keyboards.digests import DigestFileCb
from services.dto.fields import FieldSubject
from services.plans.pace import month_code
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.digests.test_story import MONDAY, a_week, go, queued
from tests.people.test_work_times import place
from tests.world import World

SHEETS = ["Summary", "Managers", "Sources", "Reasons", "Funnel"]
WEEK = (date(2026, 11, 16), date(2026, 11, 22))
NASTY = '=HYPERLINK("http://example.com")'


async def opened(world: World, name: str) -> dict[str, list[list[object]]]:
    """The workbook that somebody gets, row by row."""
    actor = await actor_of(world.services, name)
    book = await world.services.digests.book(actor, *WEEK)
    content = world.services.outside.tables.book(sheets(book, Speech("en", actor.zone, world.clock)))
    with ZipFile(io.BytesIO(content)) as file:
        assert not [part for part in file.namelist() if "sheet" in part and b"<f>" in file.read(part)]
    found = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {sheet: found.get_sheet_by_name(sheet).to_python() for sheet in found.sheet_names}


async def test_an_owner_gets_figures_and_deals_and_a_head_the_figures_alone(world: World) -> None:
    await a_week(world)
    helen, sales = await actor_of(world.services, "helen"), await place(world)
    for whose in (0, helen.person_id):
        await world.services.plans.put(helen, month_code(WEEK[0]), sales, whose, 50_000_00)
    nasty = await make_deal(world, owner="anna", stage="Paid", amount=1_234_56, title=NASTY)
    await world.services.tags.write(helen, FieldSubject.DEAL, nasty, "VIP")
    async with world.db.write() as uow:
        await uow.session.execute(update(Contact).values(name="+cmd"))
        values = {"closed_on": date(2026, 11, 18)}
        await uow.session.execute(update(Deal).where(Deal.id == nasty).values(values))
    of_head, of_owner = await opened(world, "helen"), await opened(world, "olga")
    assert list(of_head) == SHEETS
    assert list(of_owner) == [*SHEETS, "Deals won"]
    summary = dict(row[:2] for row in of_head["Summary"])
    assert summary["From"] == date(2026, 11, 16)
    assert (summary["Leads"], summary["Won"], summary["Won, sum"]) == (3, 3, 201_234.56)
    assert (summary["Answered in time, %"], summary["First answer, minutes (median)"]) == (33.3, 4)
    assert (summary["Plan"], summary["Sold in the month"], summary["plan, %"]) == (50_000, 201_234.56, 402.5)
    people = {row[0]: row[1:] for row in of_head["Managers"]}
    assert people["Anna"] == [2, 1, 50, 4, 3, 201_234.56, 1, "", "", ""]
    assert people["Helen"] == [0, 0, "", "", 0, 0, 0, 50_000, 0, 0]
    assert of_head["Sources"][1:] == [["website", 3, 0]]
    assert of_head["Reasons"][1:] == [["no reason given", 1]]
    assert {row[1]: row[2] for row in of_head["Funnel"][1:]}["Paid"] == 3
    won = of_owner["Deals won"][1:]
    assert [row[6] for row in won].count("Service") == 1
    row = [nasty, NASTY, "+cmd", 1_234.56, date(2026, 11, 18), "Anna", "Sales", "website", "VIP"]
    assert won[-1] == row
    assert NASTY not in str(of_head)


async def test_it_comes_with_the_week_and_by_a_button_to_whoever_wants_it(world: World) -> None:
    await world.services.digest_round.begin()
    await a_week(world)
    async with world.db.write() as uow:
        await uow.session.execute(update(Workspace).values(protects_clients=True))
    await world.hugo.press(data="gzw:week_file:0")
    await go(world, MONDAY)
    await world.services.digest_round.begin()
    await go(world, MONDAY)
    assert await queued(world, "digest_file") == [1001, 1002]
    [file] = [one for one in world.helen.messages if "document" in one.content]
    assert file.content["document"]["file_name"] == "sdelka-2026-11-16-2026-11-22.xlsx"
    assert file.text == "📎 Nov 16–22 · the figures for Excel"
    assert file.protected
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await world.helen.say("/digest")
    await world.helen.press("📎 Excel")
    assert world.helen.text.endswith("цифры для Excel")


@pytest.mark.parametrize("name", ["anna", "fiona", "max"])
async def test_nobody_else_gets_it(world: World, name: str) -> None:
    assert await world.hands[name].press(data=DigestFileCb(period=0).pack())
    assert not [one for one in world.hands[name].messages if "document" in one.content]
