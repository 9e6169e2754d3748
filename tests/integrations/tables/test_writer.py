"""What is written cannot run, keeps its types, and is read back as it was."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.tables import open_table, write_csv, write_xlsx

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "+HYPERLINK(1)",
    '=HYPERLINK("http://example.com";"x")',
]
PLAIN = [
    "+7 916 123-45-67",
    "+79161234567",
    "+7 (916) 123-45-67",
    "a=b",
    "Иван",
    "https://example.com/?a=1",
    "1-2",
]


def raw_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_a_csv_is_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, [text, "b"], [[text, "x"]])
    assert raw_csv(path) == [["'" + text, "b"], ["'" + text, "x"]]


@pytest.mark.parametrize("text", PLAIN)
def test_phones_and_ordinary_text_stay_as_they_are(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, ["a", "b"], [[text, Decimal("-1.50")]])
    assert raw_csv(path)[1] == [text, "-1.50"]


def test_a_workbook_holds_no_formulas_and_no_links(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, FORMULAS, [FORMULAS, ["https://example.com"]])
    with ZipFile(path) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert next(open_table(path, "a.xlsx").rows()).cells == FORMULAS


def test_a_workbook_keeps_types(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    moment = datetime.fromisoformat("2017-03-01T12:30:15")
    row = [
        "79161234567",
        5,
        Decimal("1.10"),
        date(2017, 3, 1),
        moment,
        time(9, 5),
        True,
        None,
        12345678901234567890,
    ]
    write_xlsx(path, [f"column {number}" for number in range(len(row))], [row])
    (cells,) = (row.cells for row in open_table(path, "a.xlsx").rows())
    assert cells == [
        "79161234567",
        5,
        Decimal("1.1"),
        date(2017, 3, 1),
        moment,
        time(9, 5),
        True,
        "",
        str(row[-1]),
    ]
    assert [type(cell) for cell in cells[:3]] == [str, Decimal, Decimal]


def test_a_csv_writes_values_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    moment = datetime.fromisoformat("2017-03-01T12:30")
    write_csv(path, ["a"] * 7, [[5, Decimal("1E+3"), date(2017, 3, 1), moment, time(9, 5), False, None]], ";")
    (cells,) = (row.cells for row in open_table(path, "a.csv").rows())
    assert cells == ["5", "1000", "2017-03-01", "2017-03-01 12:30:00", "09:05:00", "FALSE", ""]


def test_text_beyond_what_excel_holds_is_cut_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, ["a"], [["я" * 40_000]])
    (cells,) = (row.cells for row in open_table(path, "a.xlsx").rows())
    assert cells == ["я" * 32_766 + "…"]


def test_rows_are_taken_one_by_one(tmp_path: Path) -> None:
    """The writers accept a generator, and so hold no more than a row of it."""

    def rows() -> Iterator[list[str]]:
        yield from ([str(number)] for number in range(1000))

    for write, name in ((write_csv, "a.csv"), (write_xlsx, "a.xlsx")):
        path = tmp_path / name
        write(path, ["number"], rows())
        assert [row.cells for row in open_table(path, name).rows()] == list(rows())


def test_what_no_file_can_carry_is_replaced(tmp_path: Path) -> None:
    for write, name in ((write_csv, "a.csv"), (write_xlsx, "a.xlsx")):
        path = tmp_path / name
        write(path, ["a", "b"], [["x\0y\ud800z", "b"]])
        assert next(open_table(path, name).rows()).cells[0] == "x\ufffdy\ufffdz"


# Surrogates and NUL are replaced, and text of nothing but control characters is rightly taken for no text.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\r\n=+-@'\";,|＝"), max_size=30
)
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=12)
)


@settings(deadline=None)
@given(rows=TABLES, delimiter=st.sampled_from([",", ";", "\t", "|", None]))
def test_whatever_is_written_is_read_back(rows: list[list[str]], delimiter: str | None) -> None:
    columns = [f"column {number}" for number in range(len(rows[0]))]
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    with TemporaryDirectory() as folder:
        if delimiter:
            path = Path(folder, "a.csv")
            write_csv(path, columns, rows, delimiter)
        else:
            path = Path(folder, "a.xlsx")
            write_xlsx(path, columns, rows)
        table = open_table(path, path.name)
        assert table.columns == columns
        assert [row.cells for row in table.rows()] == filled
        assert not any(row.is_ragged for row in table.rows())
