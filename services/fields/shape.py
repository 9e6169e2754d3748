"""What a custom field must be, whatever is done to it, and its row as a field."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from db.models import CustomField
from services.dto.fields import Field, FieldKind, FieldSubject, Option
from services.errors import AppError
from services.lines import whole_line
from services.understanding.fold import clean_line, fold

MOST = 50
"""So many fields one kind of subject has, hidden ones among them."""
MOST_OPTIONS = 40
NAME_LIMIT = 40
KEY_LIMIT = 40
MONEY_KINDS = (FieldKind.MONEY, FieldKind.INVOICE)
"""What finance sees unless it is said otherwise."""
SEARCHED = (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.PHONE, FieldKind.LINK, FieldKind.INVOICE)

_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_SOUNDS = "a,b,v,g,d,e,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,h,ts,ch,sh,sch,,y,,e,yu,ya"
_LATIN = dict(zip(_CYRILLIC, _SOUNDS.split(","), strict=True))
_NO_KEY = re.compile(r"[^a-z0-9]+")


def field_of(row: CustomField) -> Field:
    """A field without its table."""
    return Field(
        id=row.id,
        subject=FieldSubject(row.subject),
        key=row.key,
        name=row.name,
        kind=FieldKind(row.kind),
        position=row.position,
        options=tuple(Option(one["id"], one["name"], gone=bool(one.get("gone"))) for one in row.options),
        finance=row.finance,
        archived=row.archived_at is not None,
        to_deal=row.to_deal,
        to_contact=row.to_contact,
    )


_LISTED = re.compile(r"[,;]")


def read_name(typed: str, taken: Iterable[str]) -> str:
    """A name that none of the others has.

    Raises `field.name_empty`, `field.name_long`, `field.name_taken`.
    """
    name = clean_line(typed, NAME_LIMIT + 1)
    if len(name) > NAME_LIMIT:
        raise AppError("field.name_long", most=NAME_LIMIT)
    if not any(char.isalnum() for char in name):
        raise AppError("field.name_empty")
    if fold(name) in {fold(one) for one in taken}:
        raise AppError("field.name_taken", name=name)
    return name


def read_options(typed: str, known: Sequence[Option] = ()) -> tuple[Option, ...]:
    """A list, one choice by line, or by commas in a single one; those of before keep their ids, and what is
    not named is gone.

    Raises `field.no_options`, `field.many_options`, and `line.long` for a choice that is too long.
    """
    names: dict[str, str] = {}
    lines = [line for line in typed.splitlines() if line.strip()]
    for line in _LISTED.split(lines[0]) if len(lines) == 1 else lines:
        if name := whole_line(line, NAME_LIMIT):
            names.setdefault(fold(name), name)
    if not names:
        raise AppError("field.no_options")
    before = {fold(one.name): one for one in known}
    following = max((one.id for one in known), default=0)
    made = []
    for folded, name in names.items():
        if folded in before:
            made.append(Option(before[folded].id, name))
        else:
            following += 1
            made.append(Option(following, name))
    left = [Option(one.id, one.name, gone=True) for one in known if fold(one.name) not in names]
    if len(made) + len(left) > MOST_OPTIONS:
        raise AppError("field.many_options", most=MOST_OPTIONS)
    return (*made, *left)


def kept_options(options: Iterable[Option]) -> list[dict[str, Any]]:
    """A list of choices as it is kept."""
    return [{"id": one.id, "name": one.name, **({"gone": True} if one.gone else {})} for one in options]


def key_of(name: str, taken: Collection[str]) -> str:
    """A key after a name, in Latin letters, that no other field of the subject has."""
    latin = "".join(_LATIN.get(char, char) for char in fold(name))
    base = _NO_KEY.sub("_", latin).strip("_")[: KEY_LIMIT - 3].strip("_") or "field"
    numbered = (f"{base}_{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (base, *numbered) if one not in taken)
