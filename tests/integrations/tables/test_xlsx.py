"""Workbooks are read as Excel shows them, whoever wrote them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import load_workbook
from xlsxwriter import Workbook

from integrations.tables import Table, TableError, TableFault, TableFormat, open_table

MakeXlsx = Callable[..., Path]

NOON = datetime.fromisoformat("2017-03-01T12:30")
DATES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
HEADER = '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>'


def cells_of(table: Table) -> list:
    return [row.cells for row in table.rows()]


def value_of(path: Path) -> object:
    """The first cell under the header."""
    return cells_of(open_table(path, "a.xlsx"))[0][0]


def test_a_phone_that_was_typed_as_a_number_keeps_its_digits(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("Лист1")
        sheet.write_row(0, 0, ["Имя", "Телефон"])
        sheet.write_row(1, 0, ["Иван", 79161234567])
    table = open_table(path, "a.xlsx")

    assert (table.format, table.sheet, table.columns) == (TableFormat.XLSX, "Лист1", ["Имя", "Телефон"])
    assert str(cells_of(table)[0][1]) == "79161234567"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("79161234567", "79161234567"),
        ("7.9161234567E10", "79161234567"),
        ("79161234567.0", "79161234567"),
        ("0.30000000000000004", "0.3"),
        ("-1.5", "-1.5"),
        ("1E3", "1000"),
        ("-0", "0"),
        ("1.1000000000000001E-2", "0.011"),
        ("12345678901234567890", "12345678901234567890"),
    ],
)
def test_numbers_are_what_excel_shows(make_xlsx: MakeXlsx, stored: str, shown: str) -> None:
    value = value_of(make_xlsx(f"{HEADER}<row><c><v>{stored}</v></c></row>"))
    assert isinstance(value, Decimal)
    assert str(value).lstrip("-") == shown.lstrip("-")
    assert value == Decimal(shown)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c s="1"><v>42795</v></c>', date(2017, 3, 1)),
        ('<c s="1"><v>42795.520833333336</v></c>', NOON),
        ('<c s="1"><v>0.75</v></c>', time(18)),
        ('<c s="1"><v>59</v></c>', date(1900, 2, 28)),
        ('<c s="1"><v>61</v></c>', date(1900, 3, 1)),
        ('<c s="1"><v>1e300</v></c>', Decimal(10) ** 300),
        ('<c s="1"><v>-5</v></c>', Decimal(-5)),
        ('<c t="d"><v>2017-03-01</v></c>', date(2017, 3, 1)),
        ('<c t="d"><v>2017-03-01T12:30:00</v></c>', NOON),
        ('<c t="d"><v>some day</v></c>', "some day"),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c t="str"><f>A1&amp;"x"</f><v>=x</v></c>', "=x"),
        ('<c t="s"><v>1</v></c>', "rich text"),
        (
            '<c t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve">line </t></r></is><v>9</v></c>',
            "inline ",
        ),
        ('<c t="inlineStr"><is><t>one_x000D_two_x005F_x000D_</t></is></c>', "one\rtwo_x000D_"),
    ],
)
def test_each_type_of_cell_is_read(make_xlsx: MakeXlsx, cell: str, value: object) -> None:
    shared = "<si><t>a</t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>reading</t></rPh></si>"
    assert value_of(make_xlsx(f"{HEADER}<row>{cell}</row>", shared=shared, styles=DATES)) == value


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd.mm.yyyy", True),
        ("[$-419]d mmmm yyyy;@", True),
        ("hh:mm", True),
        ("General", False),
        ('0.00" days"', False),
        ('#,##0.00\\ "₽"', False),
        ("[Red]-0.00", False),
        ("0.00E+00", False),
        ("[h]:mm:ss", False),
        ("0_d", False),
    ],
)
def test_a_date_is_told_from_a_number_by_its_format(make_xlsx: MakeXlsx, code: str, is_date: bool) -> None:
    quoted = code.replace('"', "&quot;")
    styles = f'<numFmts><numFmt numFmtId="165" formatCode="{quoted}"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="165"/></cellXfs>'
    value = value_of(make_xlsx(f'{HEADER}<row><c s="0"><v>42795</v></c></row>', styles=styles))
    assert value == (date(2017, 3, 1) if is_date else Decimal(42795))


def test_the_calendar_of_old_macs_is_known(make_xlsx: MakeXlsx) -> None:
    row = f'{HEADER}<row><c s="1"><v>41333</v></c></row>'
    assert value_of(make_xlsx(row, styles=DATES, workbook='<workbookPr date1904="1"/>')) == date(2017, 3, 1)


def test_places_that_are_not_written_follow_the_ones_before(make_xlsx: MakeXlsx) -> None:
    rows = (
        '<row r="3"><c r="B3" t="str"><v>b</v></c><c t="str"><v>c</v></c><c r="A3" t="str"><v>a</v></c></row>'
        '<row><c r="C4"><v>3</v></c></row><row r="9"><c r="A9" s="1"/><c><v>2</v></c></row>'
    )
    table = open_table(make_xlsx(rows), "a.xlsx")
    assert (table.header_row, table.columns) == (3, ["a", "b", "c"])
    assert [(row.number, row.cells, row.is_ragged) for row in table.rows()] == [
        (4, ["", "", Decimal(3)], False),
        (9, ["", Decimal(2), ""], False),
    ]


def test_cells_beside_the_table_make_a_row_ragged(make_xlsx: MakeXlsx) -> None:
    table = open_table(make_xlsx(f'{HEADER}<row><c><v>1</v></c><c r="E2"><v>5</v></c></row>'), "a.xlsx")
    assert [(row.width, row.is_ragged) for row in table.rows()] == [(5, True)]


def test_prefixes_and_windows_paths_are_understood(make_xlsx: MakeXlsx) -> None:
    sheet = (
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>'
        "<x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    parts = {"xl/worksheets/sheet1.xml": "<a/>", "xl\\worksheets\\SHEET1.xml": sheet}
    assert open_table(make_xlsx("", parts=parts), "a.xlsx").columns == ["1"]


def test_the_first_sheet_with_something_on_it_is_taken_and_hidden_ones_come_last(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(str(path)) as book:
        book.add_worksheet("Empty").activate()
        hidden = book.add_worksheet("Hidden")
        hidden.hide()
        hidden.write(0, 0, "wrong")
        book.add_worksheet("Deals").write(0, 0, "right")
    table = open_table(path, "a.xlsx")
    assert (table.sheet, table.columns) == ("Deals", ["right"])


def test_a_workbook_under_the_name_of_a_csv_is_read_as_a_workbook(make_xlsx: MakeXlsx) -> None:
    assert open_table(make_xlsx(HEADER), "a.csv").format is TableFormat.XLSX


def test_a_workbook_without_cells_is_empty(make_xlsx: MakeXlsx) -> None:
    with pytest.raises(TableError) as caught:
        open_table(make_xlsx(""), "a.xlsx")
    assert caught.value.code is TableFault.EMPTY


def test_an_archive_that_is_no_workbook_is_no_table(make_xlsx: MakeXlsx) -> None:
    with pytest.raises(TableError) as caught:
        open_table(make_xlsx("", parts={"_rels/.rels": "<a/>"}), "a.xlsx")
    assert caught.value.code is TableFault.NOT_A_TABLE


@pytest.mark.parametrize(
    "row",
    [
        "<row><c><v>twelve</v></c></row>",
        "<row><c><v>NaN</v></c></row>",
        "<row><c><v>1E999999999</v></c></row>",
        '<row><c t="s"><v>999</v></c></row>',
        '<row><c r="?1"><v>1</v></c></row>',
        '<row r="x"><c><v>1</v></c></row>',
        "<row><c><v>1</c></row>",
        '<row><c s="1"><v>1e-999999999</v></c></row>',
    ],
)
def test_what_cannot_be_read_is_refused(make_xlsx: MakeXlsx, row: str) -> None:
    with pytest.raises(TableError) as caught:
        value_of(make_xlsx(HEADER + row, styles=DATES))
    assert caught.value.code is TableFault.UNREADABLE


def test_another_reader_sees_the_same_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(str(path), {"default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [f"column {number}" for number in range(6)])
        for number in range(1, 200):
            sheet.write_row(number, 0, [f"имя {number}", number, number / 7, number % 2 == 0])
            sheet.write_datetime(number, 4, NOON + timedelta(minutes=777 * number))
            sheet.write_formula(number, 5, "=1+1", None, "two")
    theirs = load_workbook(str(path)).get_sheet_by_index(0).to_python()[1:]
    ours = cells_of(open_table(path, "a.xlsx"))

    assert len(ours) == 199
    assert [
        [round(float(cell), 9) if isinstance(cell, Decimal) else cell for cell in row] for row in ours
    ] == [[round(cell, 9) if isinstance(cell, float) else cell for cell in row] for row in theirs]
