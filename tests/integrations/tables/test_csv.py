"""Text tables of every make give the same columns and cells."""

from collections.abc import Callable
from pathlib import Path

import pytest

from integrations.tables import Limits, TableError, TableFault, TableFormat, open_table

MakeCsv = Callable[..., Path]

HEADER = ["Клиент", "Сумма, ₽", "Дата"]
ROWS = [
    ["Иванов, Иван", "1 500,50", "01.03.2017"],
    ['ООО "Ромашка"; юг', "-7", "02.03.2017"],
    ["две\nстроки\tи табуляция | черта", "", "ё"],
]
ENCODINGS = ["utf-8", "utf-8-sig", "cp1251", "utf-16"]


def written(rows: list[list[str]], delimiter: str, newline: str = "\r\n") -> str:
    """Every cell quoted, so that any cell may hold any delimiter."""
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return newline.join(lines) + newline


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_delimiter_and_line_end_are_found(
    make_csv: MakeCsv, encoding: str, delimiter: str, newline: str
) -> None:
    # cp1251 has no rouble sign.
    header = [name.replace("₽", "р.") if encoding == "cp1251" else name for name in HEADER]
    table = open_table(make_csv(written([header, *ROWS], delimiter, newline), encoding), "a.csv")

    assert (table.format, table.encoding, table.delimiter) == (TableFormat.CSV, encoding, delimiter)
    assert table.columns == header
    assert [row.cells for row in table.rows()] == ROWS
    assert not any(row.is_ragged for row in table.rows())


def test_utf16_with_the_big_end_first_is_read(make_csv: MakeCsv) -> None:
    table = open_table(make_csv(b"\xfe\xff" + "Имя;Сумма\nЯ;1\n".encode("utf-16-be")), "a.csv")
    assert (table.columns, [row.cells for row in table.rows()]) == (["Имя", "Сумма"], [["Я", "1"]])


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("name;sum;rate\nA;1,5;2,5\nB;2,5;3,5\n", ";"),
        ("name;sum, rub;rate, rub\nA;1,5;2,5\nB;2,5;3,5\n", ";"),
        ("name,tags\nA,x;y\nB,z;w\n", ","),
        ("name\tnote\nA\tone, two; three\nB\tfour, five; six\n", "\t"),
        ("phone\n+79161234567\n+79161234568\n", None),
        ("name\nIvanov; Ivan\nPetrov; Petr\n", None),
        ("sep=|\nname|a;b\nA|1;2\n", "|"),
        ("sep=x,b\nA,1\n", ","),
        ("a,b", ","),
    ],
)
def test_the_delimiter_is_the_one_that_splits_evenly(
    make_csv: MakeCsv, text: str, delimiter: str | None
) -> None:
    table = open_table(make_csv(text), "a.csv")
    assert table.delimiter == delimiter
    assert all(not row.is_ragged for row in table.rows())


def test_a_single_column_keeps_its_commas(make_csv: MakeCsv) -> None:
    table = open_table(make_csv("name\nIvanov, Ivan\n"), "names.txt")
    assert [row.cells for row in table.rows()] == [["Ivanov, Ivan"]]


def test_blank_rows_are_skipped_but_counted(make_csv: MakeCsv) -> None:
    table = open_table(make_csv("\n,,\na,b,c\n\n1,2,3\n , ,\n4,5,6\n"), "a.csv")
    assert (table.header_row, table.columns) == (3, ["a", "b", "c"])
    assert [(row.number, row.cells) for row in table.rows()] == [(5, ["1", "2", "3"]), (7, ["4", "5", "6"])]


def test_a_title_above_the_header_is_passed_over(make_csv: MakeCsv) -> None:
    table = open_table(make_csv("Отчёт за март\n\nКлиент;Сумма;Дата\nА;1,5;01.03.2017\n"), "a.csv")
    assert (table.header_row, table.columns) == (3, ["Клиент", "Сумма", "Дата"])
    assert [row.cells for row in table.rows()] == [["А", "1,5", "01.03.2017"]]


def test_ragged_rows_are_told(make_csv: MakeCsv) -> None:
    table = open_table(make_csv("a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1,2,\n"), "a.csv")
    assert [(row.cells, row.width, row.is_ragged) for row in table.rows()] == [
        (["1", "2", ""], 2, True),
        (["1", "2", "3"], 4, True),
        (["1", "2", "3"], 3, False),
        (["1", "2", ""], 3, False),
    ]


def test_column_names_lose_their_stray_spaces(make_csv: MakeCsv) -> None:
    assert open_table(make_csv(" Deal \u00a0value ,b,\n1,2,\n"), "a.csv").columns == ["Deal value", "b"]


def test_rows_can_be_read_again_and_by_two_readers_at_once(make_csv: MakeCsv) -> None:
    table = open_table(make_csv("a,b\n1,2\n3,4\n"), "a.csv")
    first, second = table.rows(), table.rows()
    assert next(first) == next(second)
    assert next(first).cells == ["3", "4"]
    assert len(list(table.rows())) == 2


def test_a_header_alone_is_a_table_without_rows(make_csv: MakeCsv) -> None:
    assert list(open_table(make_csv("a,b,c\n"), "a.csv").rows()) == []


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (b"", "a.csv", TableFault.EMPTY),
        (b"\xef\xbb\xbf\r\n \r\n,,\r\n", "a.csv", TableFault.EMPTY),
        (b"a,b\n1,2\n", "a.exe", TableFault.NOT_A_TABLE),
        (b"a,b\n1,\x002\n", "a.csv", TableFault.NOT_A_TABLE),
        (b"\x98\x98,b\n", "a.csv", TableFault.NOT_A_TABLE),
        (b"a,b\n\x01\x02\x03\x04\x05,\x06\n", "a.csv", TableFault.NOT_A_TABLE),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", TableFault.NOT_A_TABLE),
        (b'{"a": 1}', "a.txt", TableFault.NOT_A_TABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", TableFault.OLD_EXCEL),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            TableFault.PASSWORD,
        ),
    ],
)
def test_what_is_no_table_is_refused(make_csv: MakeCsv, content: bytes, name: str, fault: TableFault) -> None:
    with pytest.raises(TableError) as caught:
        open_table(make_csv(content), name)
    assert caught.value.code is fault


def test_an_unclosed_quote_is_told_with_its_row(make_csv: MakeCsv) -> None:
    with pytest.raises(TableError) as caught:
        open_table(make_csv('a,b\n1,2\n3,"4\n5,6\n7,8\n'), "a.csv")
    assert (caught.value.code, caught.value.params) == (TableFault.UNCLOSED_QUOTE, {"row": 3})


def test_limits_are_those_that_were_given(make_csv: MakeCsv) -> None:
    path = make_csv("a,b,c\n1,2,3\n4,5,6\n")
    assert len(list(open_table(path, "a.csv", Limits(rows=3)).rows())) == 2
    table = open_table(path, "a.csv", Limits(rows=2))
    with pytest.raises(TableError) as caught:
        list(table.rows())
    assert (caught.value.code, caught.value.params) == (TableFault.TOO_MANY_ROWS, {"limit": 1})
    with pytest.raises(TableError) as caught:
        open_table(path, "a.csv", Limits(columns=2))
    assert caught.value.code is TableFault.TOO_MANY_COLUMNS
    with pytest.raises(TableError) as caught:
        open_table(path, "a.csv", Limits(size=5))
    assert (caught.value.code, caught.value.params["limit"]) == (TableFault.TOO_BIG, 5)
