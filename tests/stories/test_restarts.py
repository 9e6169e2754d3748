"""The program is started anew in the middle of each form, and the form goes on."""

from pathlib import Path

import pytest

from bot.importing import ImportRunner
from bot.outside import TableFiles
from db.models import Deal
from services.imports.work import ImportWork
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.stories.staging import restarted
from tests.stories.wire import check_wire
from tests.stories.wizards import DEALS, LEADS, SETTINGS, WORK, Wizard, take
from tests.world import World

TABLE = "Title,Sum,Stage\nWindows,1000,New\nDoors,2000,Proposal\n"


@pytest.mark.parametrize(
    "wizards", [DEALS, LEADS, WORK, SETTINGS], ids=["deals", "leads", "work", "settings"]
)
async def test_a_form_goes_on_after_a_restart(world: World, wizards: dict[str, Wizard]) -> None:
    await make_deal(world, stage="New")
    await make_deal(world, stage="In work", contact=False, title="Fences")
    await make_deal(world, stage="In work", title="Roofs")
    await make_deal(world, stage="Awaiting payment", amount=90_000_00, title="Gates")
    await taken_lead(world, owner="boris", phone="+79160000001")
    await taken_lead(world, owner="boris", phone="+79160000002")
    for name, wizard in wizards.items():
        async with restarted(world) as before:
            await take(before, wizard.who, wizard.before)
        async with restarted(world) as after:
            await take(after, wizard.who, wizard.after)
            assert wizard.shows in after.hands[wizard.who].text, (name, after.hands[wizard.who].text)
            await check_wire(after)


async def test_an_import_goes_on_after_a_restart(world: World, tmp_path: Path) -> None:
    async def work(program: World) -> None:
        jobs = ImportWork(program.db, program.clock, TableFiles())
        runner = ImportRunner(program.bot, jobs, program.services.imports.bell, "test", tmp_path)
        while await runner.step():
            pass
        await program.settle()

    await world.olga.do("send_file", None, "deals.csv", TABLE.encode())
    async with restarted(world) as second:
        await work(second)
        assert "Columns" in second.olga.text
    async with restarted(world) as third:
        await third.olga.press("📥 Import 2 rows")
    async with restarted(world) as fourth:
        await work(fourth)
        assert "✅ Imported" in fourth.olga.text
        assert await fourth.count(Deal) == 2
        await check_wire(fourth)
