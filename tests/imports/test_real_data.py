"""A real pipeline of 8,800 deals goes in, gives its known answers, and comes out again without a trace."""

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db.models import Company, Contact, Deal, Event, ImportRow, Membership, Outbox, Person, Stage
from services.dto.imports import Field, ImportDeed, ImportState
from services.dto.reports import Figures
from services.report_periods import Named, Period, period_of, typed_period
from tests.imports.conftest import Desk

PIPELINE = (
    Path(__file__).parents[3] / "shared" / "data" / "maven-crm-sales-opportunities" / "sales_pipeline.csv"
)

pytestmark = pytest.mark.skipif(
    not PIPELINE.exists(), reason="the Maven CRM data set is not beside the repository (shared/data)"
)
Rows = Callable[[Any], Awaitable[list[Any]]]


QUARTERS = (
    ("Q1 2017", 531, 1_134_672),
    ("Q2 2017", 1254, 3_086_111),
    ("Q3 2017", 1257, 2_982_255),
    ("Q4 2017", 1196, 2_802_496),
)


def all_time() -> Period:
    return Period(None, None, Named.ALL)


async def test_the_preview_says_what_was_understood(desk: Desk) -> None:
    card = await desk.hand_in(PIPELINE.read_bytes(), "sales_pipeline.csv")
    preview = card.preview
    assert preview is not None
    assert (card.state, card.total, preview.good, preview.faults) == (ImportState.READY, 8800, 8800, ())
    assert [column.field for column in preview.columns] == [
        Field.EXTERNAL_ID,
        Field.OWNER,
        Field.PRODUCT,
        Field.COMPANY,
        Field.STAGE,
        Field.OPENED_ON,
        Field.CLOSED_ON,
        Field.AMOUNT,
    ]
    assert {(row.name, row.target, row.count) for row in preview.stages} == {
        ("Prospecting", "New", 500),
        ("Engaging", "In work", 1589),
        ("Won", "Paid", 4238),
        ("Lost", "Lost", 2473),
    }
    assert (len(preview.new_people), preview.new_companies) == (30, 85)
    assert ImportDeed.START in card.can


async def test_its_figures_are_the_known_answers_to_the_last_digit(desk: Desk, rows: Rows) -> None:
    card = await desk.run(PIPELINE.read_bytes(), "sales_pipeline.csv")
    assert (card.state, card.made, card.failed, card.skipped) == (ImportState.DONE, 8800, 0, 0)
    reports = desk.services.reports
    report = await reports.overview(desk.owner, all_time())
    assert (report.figures.won, report.figures.lost) == (4238, 2473)
    assert report.figures.won_sum == 10_005_534_00
    assert round(report.figures.won / report.figures.closed * 100, 2) == 63.15
    assert round(report.figures.days / report.figures.timed, 2) == 51.78
    assert {line.stage.name: line.count for line in report.funnels[0].lines} == {
        "New": 500,
        "In work": 1589,
        "Proposal": 0,
        "Awaiting payment": 0,
        "Paid": 4238,
        "Lost": 2473,
    }
    people = await reports.by_person(desk.owner, all_time())
    assert [(line.person.name, line.figures.won_sum) for line in people.lines[:3] if line.person] == [
        ("Darcel Schlecht", 1_153_214_00),
        ("Vicki Laflamme", 478_396_00),
        ("Kary Hendrixson", 454_298_00),
    ]
    for quarter, won, total in QUARTERS:
        period = typed_period(quarter)
        assert period is not None
        figures = (await reports.overview(desk.owner, period)).figures
        months = await reports.by_time(desk.owner, period)
        assert (
            (figures.won, figures.won_sum) == (months.total.won, months.total.won_sum) == (won, total * 100)
        )
        assert sum((part for _, part in months.lines), Figures()) == months.total
    assert await rows(select(func.count()).select_from(Outbox)) == [(0,)]
    [(title, since, company, owner)] = await rows(
        select(Deal.title, Deal.stage_since, Company.name, Person.name)
        .join(Company, Company.id == Deal.company_id)
        .join(Person, Person.id == Deal.owner_id)
        .where(Deal.external_id == "1C1I7A6R")
    )
    assert (title, company, owner) == ("GTX Plus Basic · Cancity", "Cancity", "Moses Frase")
    assert since.date() == date(2017, 3, 1)


async def test_the_same_file_again_is_all_here_already(desk: Desk, rows: Rows) -> None:
    await desk.run(PIPELINE.read_bytes(), "sales_pipeline.csv")
    again = await desk.hand_in(PIPELINE.read_bytes(), "once_more.csv")
    assert again.preview is not None
    assert (again.preview.good, again.preview.skipped) == (0, 8800)
    assert (again.preview.known_people, again.preview.new_companies) == (30, 0)
    assert ImportDeed.START not in again.can
    assert await rows(select(func.count()).select_from(Deal)) == [(8800,)]


async def test_taken_back_it_leaves_nothing_but_its_history(desk: Desk, rows: Rows) -> None:
    async def counts() -> dict[str, int]:
        kinds = (Deal, Company, Contact, Person, Membership, Stage, ImportRow)
        return {kind.__name__: (await rows(select(func.count()).select_from(kind)))[0][0] for kind in kinds}

    before = await counts()
    card = await desk.take_back(await desk.run(PIPELINE.read_bytes(), "sales_pipeline.csv"))
    assert (card.state, card.removed, card.kept) == (ImportState.UNDONE, 8800, 0)
    assert await counts() == before
    events = await rows(select(Event.changes).where(Event.subject == "import").order_by(Event.id))
    assert [changes["state"][1] for (changes,) in events] == ["received", "running", "undoing"]


def russian() -> bytes:
    """The same deals as a Russian Excel would save them: `;`, cp1251, decimal commas, dd.mm.yyyy."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ["Код", "Ответственный", "Товар", "Компания", "Этап", "Дата создания", "Дата закрытия", "Сумма, руб."]
    )
    stages = {
        "Won": "Успешно реализовано",
        "Lost": "Закрыто и не реализовано",
        "Engaging": "Переговоры",
        "Prospecting": "Новая",
    }
    for row in csv.DictReader(io.StringIO(PIPELINE.read_text())):
        days = [
            ".".join(reversed(row[name].split("-"))) if row[name] else ""
            for name in ("engage_date", "close_date")
        ]
        amount = f"{row['close_value']},00" if row["close_value"] else ""
        writer.writerow(
            [
                row["opportunity_id"],
                row["sales_agent"],
                row["product"],
                row["account"],
                stages[row["deal_stage"]],
                *days,
                amount,
            ]
        )
    return out.getvalue().encode("cp1251")


async def test_the_same_deals_in_russian_give_the_same_answers(desk: Desk) -> None:
    card = await desk.run(russian(), "сделки.csv")
    assert (card.made, card.failed) == (8800, 0)
    report = await desk.services.reports.overview(desk.owner, period_of(Named.ALL, desk.today))
    assert (report.figures.won, report.figures.lost, report.figures.won_sum) == (4238, 2473, 10_005_534_00)
