"""A real pipeline of 8,800 deals gives its known answers, in each guise in which an owner may send it."""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from integrations.tables import (
    DateOrder,
    Table,
    guess_date_order,
    guess_decimal_mark,
    open_table,
    to_date,
    to_money,
    to_text,
    write_xlsx,
)

DATA = Path(__file__).parents[4] / "shared" / "data" / "maven-crm-sales-opportunities"
PIPELINE = DATA / "sales_pipeline.csv"

pytestmark = pytest.mark.skipif(
    not PIPELINE.exists(), reason="the Maven CRM data set is not beside the repository (shared/data)"
)


def original() -> list[dict[str, str]]:
    with PIPELINE.open(newline="") as file:
        return list(csv.DictReader(file))


def rewritten(day: str, mark: str) -> list[list[str]]:
    """The rows with other dates and sums like 1.054,00 or 1,054.00."""
    rows = []
    for deal in original():
        for name in ("engage_date", "close_date"):
            if deal[name]:
                deal[name] = date.fromisoformat(deal[name]).strftime(day)
        if deal["close_value"]:
            amount = f"{int(deal['close_value']):,}.00"
            deal["close_value"] = amount if mark == "." else amount.translate(str.maketrans(",.", ".,"))
        rows.append(list(deal.values()))
    return rows


def write_text(path: Path, rows: list[list[str]], delimiter: str, encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["Код", *list(original()[0])[1:]])
        writer.writerows(rows)


def untouched(path: Path) -> None:
    path.write_bytes(PIPELINE.read_bytes())


def russian(path: Path) -> None:
    write_text(path, rewritten("%d.%m.%Y", ","), ";", "cp1251")


def american(path: Path) -> None:
    write_text(path, rewritten("%m/%d/%Y", "."), ",", "utf-8-sig")


def british(path: Path) -> None:
    write_text(path, rewritten("%d/%m/%Y %H:%M", "."), "\t", "utf-16")


def workbook_of_text(path: Path) -> None:
    write_xlsx(path, list(original()[0]), rewritten("%d.%m.%Y", ","))


def workbook_of_values(path: Path) -> None:
    deals = original()
    write_xlsx(
        path,
        list(deals[0]),
        (
            [
                *list(deal.values())[:5],
                *(
                    date.fromisoformat(deal[name]) if deal[name] else None
                    for name in ("engage_date", "close_date")
                ),
                int(deal["close_value"]) if deal["close_value"] else None,
            ]
            for deal in deals
        ),
    )


GUISES: list[tuple[Callable[[Path], None], str, DateOrder]] = [
    (untouched, "deals.csv", DateOrder.ISO),
    (russian, "deals.csv", DateOrder.DAY_FIRST),
    (american, "deals.csv", DateOrder.MONTH_FIRST),
    (british, "deals.txt", DateOrder.DAY_FIRST),
    (workbook_of_text, "deals.xlsx", DateOrder.DAY_FIRST),
    (workbook_of_values, "deals.xlsx", DateOrder.ISO),
]


def column(table: Table, name: str) -> list:
    at = table.columns.index(name)
    return [row.cells[at] for row in table.rows()]


@pytest.mark.parametrize(("make", "name", "order"), GUISES, ids=[make.__name__ for make, _, _ in GUISES])
def test_the_pipeline_gives_its_known_answers(
    tmp_path: Path, make: Callable[[Path], None], name: str, order: DateOrder
) -> None:
    path = tmp_path / name
    make(path)
    table = open_table(path, name)
    stages = [to_text(cell) for cell in column(table, "deal_stage")]
    values = column(table, "close_value")
    closings = column(table, "close_date")

    assert Counter(stages) == {"Won": 4238, "Lost": 2473, "Engaging": 1589, "Prospecting": 500}
    assert guess_date_order(closings) is order
    mark = guess_decimal_mark(values)
    won: Counter[int] = Counter()
    sums: Counter[int] = Counter()
    for stage, value, closing in zip(stages, values, closings, strict=True):
        closed = to_date(closing, order)
        assert (closed is None) == (to_text(closing) == "")
        if stage == "Won":
            assert closed is not None
            assert closed.year == 2017
            quarter = (closed.month + 2) // 3
            won[quarter] += 1
            sums[quarter] += to_money(value, mark) or 0
    assert won == {1: 531, 2: 1254, 3: 1257, 4: 1196}
    assert sums == {1: 1_134_672_00, 2: 3_086_111_00, 3: 2_982_255_00, 4: 2_802_496_00}
    assert sums.total() == 10_005_534_00


def test_the_dirt_of_the_pipeline_is_kept_for_others_to_judge() -> None:
    table = open_table(PIPELINE, "sales_pipeline.csv")
    rows = list(table.rows())

    assert [row.number for row in rows] == list(range(2, 8802))
    assert not any(row.is_ragged for row in rows)
    assert column(table, "product").count("GTXPro") == 1480
    assert [column(table, name).count("") for name in ("account", "engage_date", "close_date")] == [
        1425,
        500,
        2089,
    ]


@pytest.mark.parametrize(("name", "count"), [("accounts", 85), ("products", 7), ("sales_teams", 35)])
def test_the_other_tables_are_read(name: str, count: int) -> None:
    table = open_table(DATA / f"{name}.csv", f"{name}.csv")
    assert sum(1 for _ in table.rows()) == count
