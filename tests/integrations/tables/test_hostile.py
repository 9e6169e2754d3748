"""Files made to hurt end in a clear answer, within little time and memory."""

import random
import struct
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from integrations.tables import TableError, TableFault, open_table, write_csv, write_xlsx

resource = pytest.importorskip("resource", reason="limits for a child process need Unix")

MakeXlsx = Callable[..., Path]

ROOT = Path(__file__).parents[3]
MEGABYTE = 1024 * 1024
# The child may take so much address space and processor time; beyond either it dies and the test fails.
MEMORY = 300 * MEGABYTE
SECONDS = 20
READ = """
import resource, sys
from pathlib import Path
from integrations.tables import TableError, open_table
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[3]),) * 2)
try:
    print(sum(1 for row in open_table(Path(sys.argv[1]), Path(sys.argv[1]).name).rows()))
except TableError as error:
    print(error.code)
"""


def outcome(path: Path) -> str:
    """Read the file in a child with limits: the number of its rows, or the fault."""
    command = [sys.executable, "-c", READ, str(path), str(MEMORY), str(SECONDS)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert child.returncode == 0, child.stderr
    return child.stdout.strip()


def png() -> bytes:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


TEXT_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "10 MB of zero bytes": (lambda: bytes(10 * MEGABYTE), TableFault.NOT_A_TABLE),
    "10 MB of the digit zero": (lambda: b"0" * 10 * MEGABYTE, TableFault.NOT_A_TABLE),
    "more than 10 MB": (lambda: b"a,b\n" * 3 * MEGABYTE, TableFault.TOO_BIG),
    "a picture": (png, TableFault.NOT_A_TABLE),
    "a zero byte at the end": (lambda: b"a,b\n" * 20_000 + b"1,\x002\n", TableFault.NOT_A_TABLE),
    "a line of a million columns": (lambda: b"c," * 1_000_000 + b"\n1,2\n", TableFault.TOO_MANY_COLUMNS),
    "a million columns below the header": (
        lambda: b"a,b\n" + b"1,2\n" * 50 + b"c," * 500_000,
        TableFault.TOO_MANY_COLUMNS,
    ),
    "201 columns": (lambda: b",".join([b"c"] * 201) + b"\n", TableFault.TOO_MANY_COLUMNS),
    "10 MB of line ends": (lambda: b"a,b\n1,2\n" + b"\n" * (10 * MEGABYTE - 8), TableFault.TOO_MANY_ROWS),
    "10 MB of commas": (lambda: b"a,b\n1,2\n" + b",,,,,,,\n" * 1_250_000, TableFault.TOO_MANY_ROWS),
    "100,000 rows": (lambda: b"a,b\n" + b"1,2\n" * 100_000, "100000"),
    "100,001 rows": (lambda: b"a,b\n" + b"1,2\n" * 100_001, TableFault.TOO_MANY_ROWS),
    "a quote that never ends": (lambda: b'a,b\n1,"' + b"x,y\n" * 2_000_000, TableFault.CELL_TOO_LONG),
    "one record of two million lines": (lambda: b'a,b\n1,2\n' + b'"\n",' * 2_000_000, "1"),
    "half a character": (lambda: b"\xff\xfea", TableFault.NOT_A_TABLE),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXT_FILES)
def test_a_hostile_text_is_answered(tmp_path: Path, name: str) -> None:
    make, expected = TEXT_FILES[name]
    path = tmp_path / "table.csv"
    path.write_bytes(make())
    assert outcome(path) == expected


def rows_of(cell: str, count: int) -> str:
    return "".join(f"<row>{cell}</row>" for _ in range(count))


def test_a_zip_bomb_is_not_unpacked(make_xlsx: MakeXlsx) -> None:
    assert outcome(make_xlsx(" " * 200 * MEGABYTE)) == TableFault.ZIP_BOMB


def test_a_small_zip_bomb_is_told_by_its_ratio(make_xlsx: MakeXlsx) -> None:
    assert outcome(make_xlsx(" " * 20 * MEGABYTE)) == TableFault.ZIP_BOMB


def test_a_bomb_with_a_false_size_is_not_unpacked(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx(" " * 20 * MEGABYTE)
    with ZipFile(path) as file:
        size = file.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 1000)))
    assert outcome(path) == TableFault.UNREADABLE


def test_an_archive_of_countless_entries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for number in range(20_000):
            file.writestr(f"{number}.xml", "")
    assert outcome(path) == TableFault.ZIP_BOMB


@pytest.mark.parametrize(
    ("last", "expected"), [((100_000, 199), "1"), ((1_048_575, 16_383), TableFault.TOO_MANY_COLUMNS)]
)
def test_two_far_cells_do_not_reserve_what_lies_between(
    tmp_path: Path, last: tuple[int, int], expected: str
) -> None:
    path = tmp_path / "book.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "first")
        sheet.write(*last, "last")
    assert outcome(path) == expected


def test_a_long_text_that_many_cells_share_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "note")
        for row in range(1, 100_001):
            sheet.write_string(row, 0, "я" * 10_000)
    assert outcome(path) == "100000"


def test_rows_beyond_the_limit_end_the_reading(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx("".join(f'<row r="{row}"><c><v>{row * 7919}</v></c></row>' for row in range(1, 150_000)))
    assert outcome(path) == TableFault.TOO_MANY_ROWS


def test_a_blank_sheet_that_is_listed_countless_times_is_read_once(make_xlsx: MakeXlsx) -> None:
    listed = '<sheets><sheet name="again" xmlns:r="r" r:id="rId1"/></sheets>' * 50_000
    noise = "".join(f"{number:x}" for number in range(20_000))  # keeps the ratio of the archive ordinary
    path = make_xlsx("<row/>" * 100_000, workbook=listed, parts={"noise.txt": noise * 3})
    assert outcome(path) == TableFault.EMPTY


@pytest.mark.slow
def test_a_million_shared_texts_are_read(make_xlsx: MakeXlsx) -> None:
    shared = "".join(f"<si><t>{number * 7919:x}</t></si>" for number in range(1_000_000))
    assert outcome(make_xlsx('<row><c t="s"><v>5</v></c></row>' * 2, shared=shared)) == "1"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels"]
)
def test_entities_are_refused_wherever_they_stand(make_xlsx: MakeXlsx, part: str) -> None:
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 12))
    laughs = f'<!DOCTYPE x [<!ENTITY e0 "ha">{levels}]><x><row><c><v>&e11;</v></c></row></x>'
    assert outcome(make_xlsx("", parts={part: laughs})) == TableFault.UNREADABLE


def test_a_foreign_file_is_not_drawn_in(make_xlsx: MakeXlsx, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    path = make_xlsx(
        "", parts={"xl/worksheets/sheet1.xml": f"{entity}<x><row><c t='str'><v>&e;</v></c></row></x>"}
    )
    assert outcome(path) == TableFault.UNREADABLE


def test_a_tag_without_end_costs_no_time(make_xlsx: MakeXlsx) -> None:
    noise = "".join(f"{number:x}" for number in range(4_000_000))
    assert outcome(make_xlsx(f'<row a="{noise}">')) == TableFault.UNREADABLE


def test_a_cell_without_end_is_refused(make_xlsx: MakeXlsx) -> None:
    noise = "".join(f"{number:x}" for number in range(1_000_000))
    assert outcome(make_xlsx(f'<row><c t="str"><v>{noise}</v></c></row>')) == TableFault.CELL_TOO_LONG


def test_deep_nesting_is_harmless(make_xlsx: MakeXlsx) -> None:
    noise = "".join(f"<a{number * 7919:x}>" for number in range(500_000))
    assert outcome(make_xlsx(noise)) == TableFault.UNREADABLE


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["<a/>", "<row/>", '<c r="A1"/>'])
def test_millions_of_bare_tags_end_the_reading(make_xlsx: MakeXlsx, tag: str) -> None:
    padding = random.Random(1).randbytes(MEGABYTE)  # keeps the ratio of the archive ordinary
    tags = tag * (46 * MEGABYTE // len(tag))
    assert outcome(make_xlsx(tags, parts={"xl/media/image1.png": padding})) == TableFault.ZIP_BOMB
    assert outcome(make_xlsx("", styles=tags, parts={"xl/media/image1.png": padding})) == TableFault.ZIP_BOMB


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, write: Callable[..., None]) -> None:
    def peak(count: int) -> int:
        path = tmp_path / "many"
        write(path, ["number", "name"], ([number, f"имя {number}"] for number in range(count)))
        tracemalloc.start()
        try:
            assert sum(1 for _ in open_table(path, "many").rows()) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # what is loaded or cached once
    assert peak(50_000) < 1.5 * peak(10_000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(
    edits=st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=8), cut=st.integers(0)
)
def test_a_damaged_workbook_is_read_or_refused(
    make_xlsx: MakeXlsx, edits: list[tuple[int, int]], cut: int
) -> None:
    path = make_xlsx(rows_of('<c s="1"><v>42795</v></c><c t="s"><v>0</v></c>', 3), shared="<si><t>a</t></si>")
    content = bytearray(path.read_bytes())
    for at, value in edits:
        content[at % len(content)] = value
    path.write_bytes(content[: len(content) - (cut % len(content) if cut % 3 == 0 else 0)])
    try:
        rows = list(open_table(path, "book.xlsx").rows())
    except TableError:
        return
    assert len(rows) <= 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.text(st.sampled_from('<>/="rctvsis1A09 &;.-eE') | st.characters(), max_size=60),
    shared=st.text(max_size=20),
    styles=st.sampled_from(
        ["", '<cellXfs><xf numFmtId="x"/></cellXfs>', '<cellXfs><xf numFmtId="14"/></cellXfs>']
    ),
)
def test_nonsense_inside_a_workbook_is_read_or_refused(
    make_xlsx: MakeXlsx, rows: str, shared: str, styles: str
) -> None:
    path = make_xlsx(
        f"<row><c>{rows}</c></row>".encode("utf-8", "replace").decode(), shared=shared, styles=styles
    )
    try:
        columns = open_table(path, "book.xlsx").columns
    except TableError:
        return
    assert columns


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    content=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-16", "replace"))
)
def test_any_bytes_are_a_table_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        table = open_table(path, "any.csv")
        rows = list(table.rows())
    except TableError:
        return
    assert all(len(row.cells) == len(table.columns) for row in rows)
