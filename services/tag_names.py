"""Tags by their names: as people type them, and as files and other programs bring and get them."""

import re
from collections.abc import Iterable, Mapping, Sequence

from db.uow import UnitOfWork
from services.errors import AppError, StaleError
from services.understanding.fold import clean_line, fold

LONGEST = 24
MOST = 300
MOST_OF_ONE = 10
LONGEST_LIST = MOST_OF_ONE * 100
"""A longer text is no list of tags."""
SEPARATOR = ", "
_BETWEEN = re.compile(r"[,;\n]")


def read_name(typed: str) -> str:
    """The name that somebody types. Raises `tag.unnamed`, `tag.comma`, `tag.too_long`."""
    name = clean_line(typed.strip().lstrip("#"), LONGEST + 1)
    if not fold(name):
        raise AppError("tag.unnamed")
    if _BETWEEN.search(name):
        # Cards and files list tags between commas: one with a comma would read as several.
        raise AppError("tag.comma")
    if len(name) > LONGEST:
        raise AppError("tag.too_long", most=LONGEST)
    return name


def read_names(typed: Iterable[str]) -> tuple[str, ...]:
    """Several of them, each once. Raises as `read_name`, and `tag.full`."""
    names = {fold(name): name for name in map(read_name, typed)}
    if len(names) > MOST_OF_ONE:
        raise AppError("tag.full", most=MOST_OF_ONE)
    return tuple(names.values())


def read_list(text: str) -> tuple[str, ...]:
    """Those that a text lists between commas, semicolons or on lines. Raises as `read_names`."""
    if len(text) > LONGEST_LIST:
        raise AppError("tag.full", most=MOST_OF_ONE)
    return read_names(part for part in _BETWEEN.split(text) if part.strip(" #"))


def tell_list(names: Mapping[int, str], tags: Sequence[int]) -> str:
    """These tags as `read_list` reads them again; `names` by id, in the order in which they are told."""
    return SEPARATOR.join(name for one, name in names.items() if one in tags)


async def tag_called(uow: UnitOfWork, typed: str) -> int:
    """The tag of this name, made if there is none. Raises as `read_name`, and `tag.many`."""
    return (await tags_called(uow, [read_name(typed)], make=True))[0]


async def tags_called(uow: UnitOfWork, names: Sequence[str], *, make: bool) -> list[int]:
    """The tags of these names; those that are missing are made, for whoever may `make` any.

    Raises `tag.unknown`, `tag.many`.
    """
    known = await uow.tags.called([fold(name) for name in names])
    found = []
    for name in names:
        tag = known.get(fold(name))
        if tag is None and not make:
            raise AppError("tag.unknown", name=name)
        found.append(tag or await _make(uow, name))
    return found


async def _make(uow: UnitOfWork, name: str) -> int:
    if await uow.tags.count() >= MOST:
        raise AppError("tag.many", most=MOST)
    tag = await uow.tags.make(name, fold(name))
    if tag is None:
        raise StaleError
    return tag
