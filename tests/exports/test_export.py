"""Exports: every deal once, sums in whole units, and only for the owner."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.exporting import ExportError, export_all
from db.models import Deal, Event
from integrations.tables import open_table
from services.dto.fields import FieldKind, FieldSubject
from services.dto.imports import Field
from services.errors import ForbiddenError
from services.exports.columns import COLUMNS
from services.imports.columns import understand
from services.tag_names import read_list
from tests.cast import actor_of
from tests.clients.making import make_firm
from tests.deals.making import make_deal
from tests.fields.making import make_field
from tests.leads.making import free_lead
from tests.world import World


async def test_every_deal_is_one_row(world: World) -> None:
    await make_deal(world, owner="anna", stage="Proposal", amount=150_000_50, title="=cmd()")
    await make_deal(world, owner="victor", stage="New", contact=False)
    olga = await actor_of(world.services, "olga")
    rows = [
        dict(zip(COLUMNS[FieldSubject.DEAL], row, strict=True))
        async for row in world.services.exports.rows(olga)
    ]
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
    await export_all(file)
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
        _ = [row async for row in world.services.exports.rows(actor)]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
async def test_the_command_writes_a_file_that_reads_back(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    await make_deal(world, owner="anna", stage="New", title="=cmd()")
    monkeypatch.setenv("DATABASE_URL", world.db.engine.url.render_as_string(hide_password=False))
    file = tmp_path / f"deals.{suffix}"
    assert await export_all(file) == 1
    table = open_table(file, file.name)
    assert list(table.columns) == list(COLUMNS[FieldSubject.DEAL])
    assert [row.cells[1] for row in table.rows()] == ["=cmd()"]


async def test_an_unknown_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="xlsx or"):
        await export_all(tmp_path / "deals.pdf")


async def test_leads_and_clients_leave_with_their_own_fields(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    olga = await actor_of(world.services, "olga")
    deal = await make_deal(world, owner="anna", stage="New")
    lead = (await free_lead(world.services, world.db, phone="+79165550001")).id
    async with world.db.read() as uow:
        contact = (await uow.session.scalars(select(Deal.contact_id).where(Deal.id == deal))).one()
    firm = await make_firm(world, "anna", "=Okna()")
    for subject, one in (
        (FieldSubject.LEAD, lead),
        (FieldSubject.CONTACT, contact),
        (FieldSubject.FIRM, firm),
    ):
        field = await make_field(world.services, olga, FieldKind.TEXT, f"Own of {subject}", subject=subject)
        sheet = await world.services.filling.sheet(olga, subject, one or 0)
        await world.services.filling.write(olga, subject, one or 0, field.id, f"Oak {subject}", sheet.version)
    monkeypatch.setenv("DATABASE_URL", world.db.engine.url.render_as_string(hide_password=False))
    for subject, name in ((FieldSubject.LEAD, "lead"), (FieldSubject.CONTACT, "c"), (FieldSubject.FIRM, "f")):
        file = tmp_path / f"{name}.csv"
        assert await export_all(file, subject) >= 1
        table = open_table(file, file.name)
        assert list(table.columns[: len(COLUMNS[subject])]) == list(COLUMNS[subject])
        rows = [[str(cell) for cell in row.cells] for row in table.rows()]
        assert f"Oak {subject}" in {row[-1] for row in rows}
    only = world.services.exports.rows(olga, FieldSubject.CONTACT, [contact or 0])
    place = COLUMNS[FieldSubject.CONTACT].index("phone")
    assert [row[place] async for row in only] == ["+79161234567"]


async def test_an_owner_takes_a_list_away_as_a_file(world: World) -> None:
    await make_deal(world, owner="anna", stage="New", title="Windows", amount=150_000_00)
    await make_deal(world, owner="victor", stage="New", title="Doors", amount=5_000_00)
    olga = world.olga
    await olga.press(data="bf:0")
    await olga.press("💰 Sum")
    await olga.say("100k")
    await olga.press("▶️ Show · 1")
    await olga.press("📤 File")
    assert olga.screen.as_json()["document"]["file_name"] == "deals.xlsx"
    assert "For Excel: 1 row" in olga.text
    events = await world.rows(select(Event.actor_id, Event.changes).where(Event.action == "export.run"))
    assert [changes for _, changes in events] == [{"what": [None, "deal"], "rows": [None, 1]}]


@pytest.mark.parametrize("name", ["helen", "anna", "fiona"])
async def test_nobody_else_is_offered_or_given_one(world: World, name: str) -> None:
    await make_deal(world, owner="anna", stage="Paid", title="Windows")
    hand = world.hands[name]
    await hand.press(data="bf:0")
    await hand.press(next(one for one in hand.labels if one.startswith("▶️ Show")))
    assert "📤 File" not in hand.labels
    before = len(hand.messages)
    assert await hand.press(data="blf:1") == "You may not do this."
    assert len(hand.messages) == before
    assert await world.rows(select(Event.id).where(Event.action == "export.run")) == []


async def test_an_old_list_is_no_more(world: World) -> None:
    assert "put together long ago" in (await world.olga.press(data="blf:999") or "")
