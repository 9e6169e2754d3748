"""Exports: every deal once, sums in whole units, and only for the owner."""

from pathlib import Path

import pytest

from bot.exporting import ExportError, export_deals
from integrations.tables import open_table
from services.dto.fields import FieldSubject
from services.dto.imports import Field
from services.errors import ForbiddenError
from services.exports import COLUMNS
from services.imports.columns import understand
from services.tag_names import read_list
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.world import World


async def test_every_deal_is_one_row(world: World) -> None:
    await make_deal(world, owner="anna", stage="Proposal", amount=150_000_50, title="=cmd()")
    await make_deal(world, owner="victor", stage="New", contact=False)
    olga = await actor_of(world.services, "olga")
    rows = [dict(zip(COLUMNS, row, strict=True)) async for row in world.services.exports.deals(olga)]
    assert [row["title"] for row in rows] == ["=cmd()", "Windows for Ivan"]
    assert str(rows[0]["amount"]) == "150000.5"
    assert rows[0]["phone"] == "+79161234567"
    assert rows[1]["contact"] == ""


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
async def test_tags_go_out_as_they_can_come_in_again(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    deal = await make_deal(world, owner="anna", stage="New", title="Tagged")
    await make_deal(world, owner="victor", stage="New", contact=False, title="Plain")
    olga = await actor_of(world.services, "olga")
    for name in ("VIP", "Дилер"):
        await world.services.tags.write(olga, FieldSubject.DEAL, deal, name)
    monkeypatch.setenv("DATABASE_URL", world.db.engine.url.render_as_string(hide_password=False))
    file = tmp_path / f"deals.{suffix}"
    await export_deals(file)
    table = open_table(file, file.name)
    place = table.columns.index("tags")
    told = [str(row.cells[place]) for row in table.rows()]
    assert told == ["VIP, Дилер", ""]
    assert understand(table.columns)[place] is Field.TAGS
    assert [read_list(one) for one in told] == [("VIP", "Дилер"), ()]


@pytest.mark.parametrize("name", ["helen", "anna", "fiona", "max"])
async def test_it_refuses_everybody_else(world: World, name: str) -> None:
    actor = await actor_of(world.services, name)
    with pytest.raises(ForbiddenError):
        _ = [row async for row in world.services.exports.deals(actor)]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
async def test_the_command_writes_a_file_that_reads_back(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    await make_deal(world, owner="anna", stage="New", title="=cmd()")
    monkeypatch.setenv("DATABASE_URL", world.db.engine.url.render_as_string(hide_password=False))
    file = tmp_path / f"deals.{suffix}"
    assert await export_deals(file) == 1
    table = open_table(file, file.name)
    assert list(table.columns) == list(COLUMNS)
    assert [row.cells[1] for row in table.rows()] == ["=cmd()"]


async def test_an_unknown_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="xlsx or"):
        await export_deals(tmp_path / "deals.pdf")
