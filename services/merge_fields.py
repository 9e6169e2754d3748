"""What of two clients becomes one: what only one has is kept, of what both have one is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from db.repositories.known_clients import Client
from services.client_fields import NOTE_LIMIT
from services.dto.clients import ClientKind


@dataclass(frozen=True, slots=True)
class Part:
    """Columns that are taken from one of both, together."""

    code: str
    columns: tuple[str, ...]

    def of(self, client: Client) -> tuple[object, ...]:
        """Their values."""
        return tuple(getattr(client, name) for name in self.columns)


def _parts(*codes: str, **together: tuple[str, ...]) -> tuple[Part, ...]:
    return tuple(Part(code, together.get(code, (code,))) for code in codes)


PARTS = MappingProxyType(
    {
        ClientKind.CONTACT: _parts(
            *("name", "position", "username", "birthday", "client_type", "source", "company_id", "note"),
            username=("username", "telegram_id"),
            birthday=("birthday", "birth_year"),
        ),
        ClientKind.FIRM: _parts(
            *("name", "inn", "address", "industry", "client_type", "source", "note"), inn=("inn", "kpp")
        ),
    }
)


OWNER_BIT = 1 << 8
"""That the one responsible for the other one is from now on responsible for both."""
FIRST_FIELD = 9
"""The bit of the first field of the company's own in which they differ."""


def differing(kind: ClientKind, kept: Client, gone: Client) -> Iterator[tuple[int, Part]]:
    """What both have and not the same, each with its bit among the picks."""
    for number, part in enumerate(PARTS[kind]):
        mine, theirs = part.of(kept), part.of(gone)
        if any(mine) and any(theirs) and mine != theirs and _united_note(part, kept, gone) is None:
            yield 1 << number, part


def united(kind: ClientKind, kept: Client, gone: Client, picks: int) -> dict[str, object]:
    """What to write with the one that stays; `picks`: the bits of what is taken from the other one.

    Notes are joined as far as they fit, and it has the tags of both. It becomes the other one's owner's where
    that was chosen, or if it is nobody's.
    """
    chosen = {part.code: bool(picks & bit) for bit, part in differing(kind, kept, gone)}
    values: dict[str, object] = {}
    for part in PARTS[kind]:
        note = _united_note(part, kept, gone)
        if note is not None:
            values["note"] = note
        elif chosen.get(part.code, not any(part.of(kept))):
            values |= zip(part.columns, part.of(gone), strict=True)
    values["tags"] = [*kept.tags, *(one for one in gone.tags if one not in kept.tags)]
    if gone.owner_id is not None and (kept.owner_id is None or picks & OWNER_BIT):
        values |= {"owner_id": gone.owner_id, "department_id": gone.department_id}
    return {name: value for name, value in values.items() if value != getattr(kept, name)}


def _united_note(part: Part, kept: Client, gone: Client) -> str | None:
    """Both notes, if there are two and one may hold them."""
    if part.code != "note" or not kept.note or not gone.note or kept.note == gone.note:
        return None
    both = f"{kept.note}\n{gone.note}"
    return both if len(both) <= NOTE_LIMIT else None
