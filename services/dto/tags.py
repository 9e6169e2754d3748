"""Tags as whoever gives them sees them."""

from dataclasses import dataclass

from services.dto.fields import FieldSubject


@dataclass(frozen=True, slots=True)
class TagLine:
    """A tag that something has, or could have."""

    id: int
    name: str
    on: bool


@dataclass(frozen=True, slots=True)
class TagSheet:
    """A lead, a client or a deal with tags to choose from, some at a time; its own first."""

    subject: FieldSubject
    id: int
    title: str
    mine: tuple[str, ...]
    tags: tuple[TagLine, ...]
    page: int
    more: bool
