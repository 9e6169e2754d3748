"""XML from strangers as a stream of events: no document type, no entities, no token without end."""

from collections.abc import Iterator
from typing import IO, NoReturn
from xml.parsers import expat

from integrations.tables.table import TableError, TableFault

_CHUNK = 64 * 1024
# Before 2.6 expat scans an unfinished token anew with each chunk, so that one long attribute costs minutes
# (CVE-2023-52425); nothing in a workbook comes near this length.
_TOKEN_BYTES = 256 * 1024
_ELEMENTS = (
    500_000  # of a part other than sheets and texts; the styles of a large workbook are some thousands
)


def new_parser() -> expat.XMLParserType:
    """Make a parser that refuses document types, and with them entities and whatever they would load."""
    # The parts of a workbook are UTF-8; a declaration of something else is not believed.
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def feed(parser: expat.XMLParserType, source: IO[bytes]) -> Iterator[None]:
    """Parse `source` piece by piece; after each piece the caller may take what its handlers have gathered."""
    fed = 0
    while chunk := source.read(_CHUNK):
        parser.Parse(chunk)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > _TOKEN_BYTES:
            raise TableError(TableFault.UNREADABLE)
        yield
    is_final = True
    parser.Parse(b"", is_final)
    yield


def elements(source: IO[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """Stream the elements of a small part: name without prefix, attributes."""
    found: list[tuple[str, dict[str, str]]] = []
    total = 0
    parser = new_parser()
    parser.StartElementHandler = lambda name, attributes: found.append((local(name), attributes))
    for _ in feed(parser, source):
        total += len(found)
        if total > _ELEMENTS:
            raise TableError(TableFault.ZIP_BOMB)
        yield from found
        found.clear()


def local(name: str) -> str:
    """The name without its prefix: x:row -> row."""
    return name.rpartition(":")[2]


def _refuse(*_: object) -> NoReturn:
    raise TableError(TableFault.UNREADABLE)
