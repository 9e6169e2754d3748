"""Two clients that may become one, as their reader sees them before, and what came of it."""

from dataclasses import dataclass

from services.dto.clients import ClientCard, ClientKind, ClientLine
from services.dto.common import Ref
from services.dto.fields import Value


@dataclass(frozen=True, slots=True)
class MergeChoice:
    """With whom a client may be united: those that look the same, or those that some words name."""

    kind: ClientKind
    client: Ref
    words: str
    found: tuple[ClientLine, ...]
    undo: Ref | None
    """The newest uniting that may still be taken back: its number, and who would be back."""


@dataclass(frozen=True, slots=True)
class MergeField:
    """What both have, and not the same; `bit` stands for it among the picks."""

    code: str
    """A column, OWNER, or FIELD for one of the company's own fields."""
    bit: int
    kept: str
    gone: str
    picked: bool
    """Whether the value of the one that goes is taken."""
    name: str = ""
    """Of a field of the company's own."""
    values: tuple[Value, Value] | None = None
    """What both say in it."""


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Two clients side by side. `linked` counts what goes along, by table."""

    kind: ClientKind
    kept: Ref
    gone: Ref
    seen: int
    """What was seen of both, and what is taken from which, see `seen_as`."""
    fields: tuple[MergeField, ...]
    points: tuple[str, ...]
    """All phones and addresses of both."""
    linked: dict[str, int]
    picks: int
    owner: str | None = None
    """Whose both are to be, if they are of two people now."""


OWNER, FIELD = "owner", "field"
_PICKS, _VERSIONS = 10_000_000, 1000


def seen_as(picks: int, kept_version: int, gone_version: int) -> int:
    """The picks and the versions of both in one number that a button has room for."""
    return (kept_version % _VERSIONS * _VERSIONS + gone_version % _VERSIONS) * _PICKS + picks


def picks_in(seen: int) -> int:
    """The bits of what is taken from the one that goes."""
    return seen % _PICKS


@dataclass(frozen=True, slots=True)
class Merged:
    """The one that stayed, what both were called before, and the number by which it is taken back."""

    client: ClientCard
    kept: str
    gone: str
    merge_id: int


@dataclass(frozen=True, slots=True)
class Parted:
    """The one that is back, and what the one is called now with which it was united."""

    client: ClientCard
    kept: str
