"""An XLSX workbook (ECMA-376, part 1, chapter 18): which sheets it has, and their records as a stream.

Why not a ready reader: calamine reserves every cell between the farthest two, so that a 5 KB file aborts the
whole process, and copies a shared text for each cell that shows it (a file of 0.5 MB took 1.9 GB of memory).
"""

import posixpath
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from integrations.tables import xlsx_values
from integrations.tables.table import Limits, Record, TableError, TableFault
from integrations.tables.xlsx_sheet import SheetContext, read_shared_strings, read_sheet
from integrations.tables.xml_stream import elements

_ENTRIES = 1000
_DIRECTORY_BYTES = 256 * 1024
_END_OF_DIRECTORY = b"PK\x05\x06"
# What a broken or forged archive makes zipfile, zlib and expat raise.
_BROKEN = (
    ArithmeticError,
    BadZipFile,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
    expat.ExpatError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet of a workbook file; it holds the workbook's shared texts, but no open file."""

    path: Path
    name: str
    part: str
    context: SheetContext

    def records(self) -> Iterator[Record]:
        """Stream the rows as the file stores them; raises `TableError` where it is broken."""
        with _archive(self.path) as archive, archive.part(self.part) as source:
            yield from read_sheet(source, self.context)


def sheets(path: Path, limits: Limits) -> Iterator[Sheet]:
    """Give the worksheets, the visible ones first; the archive is checked before any part is read."""
    with _archive(path) as archive:
        archive.check(path.stat().st_size, limits)
        main = archive.target_of_type("", "/officeDocument")
        if main is None:
            raise TableError(TableFault.NOT_A_TABLE)
        context = _context(archive, main, limits)
        targets = archive.targets(main)
        listed = sorted(_listed_sheets(archive, main), key=lambda sheet: sheet[2])
    # A part that is listed twice is read once, so that a short list cannot make us read it for ever.
    names: dict[str, str] = {}
    for name, link, _ in listed:
        if link in targets and archive.has(targets[link]):
            names.setdefault(targets[link].lower(), name)
    for part, name in names.items():
        yield Sheet(path, name, part, context)


def _listed_sheets(archive: "_Archive", main: str) -> Iterator[tuple[str, str, bool]]:
    """The sheets as the workbook lists them: name, id of the relation, whether it is hidden."""
    with archive.part(main) as source:
        for tag, attributes in elements(source):
            if tag == "sheet":
                link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                yield attributes.get("name", ""), link, attributes.get("state", "visible") != "visible"


def _context(archive: "_Archive", main: str, limits: Limits) -> SheetContext:
    is_1904 = False
    with archive.part(main) as source:
        for tag, attributes in elements(source):
            if tag == "workbookPr":
                is_1904 = attributes.get("date1904", "0") in {"1", "true"}
    date_styles: frozenset[str] = frozenset()
    strings: list[str] = []
    if part := archive.target_of_type(main, "/styles"):
        with archive.part(part) as source:
            date_styles = xlsx_values.date_styles(elements(source))
    if part := archive.target_of_type(main, "/sharedStrings"):
        with archive.part(part) as source:
            strings = read_shared_strings(source)
    return SheetContext(strings, date_styles, is_1904, limits.columns)


class _Archive:
    """The parts of an Office package and the relations between them (ECMA-376, part 2)."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file
        # Some programs write the separators of Windows.
        self._entries = {
            entry.filename.lower().replace("\\", "/").lstrip("/"): entry for entry in file.infolist()
        }

    def check(self, size: int, limits: Limits) -> None:
        """Refuse what unpacks to far more than it is; zipfile unpacks no entry beyond its stated size."""
        entries = self._file.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > _ENTRIES or unpacked > min(limits.unpacked, limits.ratio * size):
            raise TableError(TableFault.ZIP_BOMB, limit=limits.unpacked)

    def has(self, part: str) -> bool:
        return part.lower() in self._entries

    @contextmanager
    def part(self, name: str) -> Iterator[IO[bytes]]:
        entry = self._entries.get(name.lower())
        if entry is None or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise TableError(TableFault.UNREADABLE)
        with self._file.open(entry) as source:
            yield source

    def target_of_type(self, part: str, kind: str) -> str | None:
        """The part to which `part` is related in that way, if there is one; "" stands for the package."""
        return next((target for _, kind_of, target in self._relations(part) if kind_of.endswith(kind)), None)

    def targets(self, part: str) -> dict[str, str]:
        """The related parts by the id of the relation."""
        return {link: target for link, _, target in self._relations(part)}

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(relations):
            return
        with self.part(relations) as source:
            for tag, attributes in elements(source):
                if tag == "Relationship" and attributes.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                    yield attributes.get("Id", ""), attributes.get("Type", ""), target.lstrip("/")


@contextmanager
def _archive(path: Path) -> Iterator[_Archive]:
    """Open the package; whatever breaks inside the block because the file is broken becomes `unreadable`."""
    try:
        _check_directory(path)
        with ZipFile(path) as file:
            yield _Archive(file)
    except _BROKEN as error:
        raise TableError(TableFault.UNREADABLE) from error


def _check_directory(path: Path) -> None:
    """Refuse a huge list of entries before zipfile makes an object of each."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 65_557))  # 22 bytes and the longest possible comment
        tail = file.read()
    at = tail.rfind(_END_OF_DIRECTORY)
    if at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > _DIRECTORY_BYTES:
        raise TableError(TableFault.ZIP_BOMB, limit=_ENTRIES)
