"""Custom fields and their values as readers see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from services.dto.common import Sum
from services.dto.talk import SentFile


class FieldSubject(StrEnum):
    """Whose fields they are, by the codes of cards and of the history."""

    LEAD = "lead"
    CONTACT = "contact"
    FIRM = "firm"
    DEAL = "deal"


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    FLAG = "flag"
    PHONE = "phone"
    LINK = "link"
    FILE = "file"
    INVOICE = "invoice"


CHOSEN = (FieldKind.CHOICE, FieldKind.CHOICES)
"""Kinds whose values are chosen from a list."""


@dataclass(frozen=True, slots=True)
class Option:
    """What may be chosen; one that is gone stays with whatever has it, but is offered no more."""

    id: int
    name: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the company has made it."""

    id: int
    subject: FieldSubject
    key: str
    name: str
    kind: FieldKind
    position: int
    options: tuple[Option, ...]
    finance: bool
    """Whether whoever only settles deals sees it."""
    archived: bool
    to_deal: int | None = None
    to_contact: int | None = None

    @property
    def offered(self) -> tuple[Option, ...]:
        """What may be chosen now."""
        return tuple(one for one in self.options if not one.gone)


@dataclass(frozen=True, slots=True)
class Invoice:
    """A bill: its number, its sum, perhaps its day and its file."""

    number: str
    amount: Sum
    on: date | None = None
    file: SentFile | None = None


Value = str | Decimal | Sum | date | bool | tuple[Option, ...] | SentFile | Invoice
"""By kind: text, phone (E.164) and link are str; a choice and several are options."""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field and what it says of a subject."""

    field: Field
    value: Value | None


@dataclass(frozen=True, slots=True)
class FieldSheet:
    """All fields of one subject, as one reader may see them."""

    subject: FieldSubject
    id: int
    version: int
    title: str
    lines: tuple[FieldLine, ...]
    edits: bool
    """Whether this reader may fill them."""


@dataclass(frozen=True, slots=True)
class FieldList:
    """The fields of one kind of subject: those in use in their order, those that are hidden, ready ones."""

    subject: FieldSubject
    used: tuple[Field, ...]
    hidden: tuple[Field, ...]
    ready: tuple[str, ...]
    """Codes of ready-made fields that are not there yet."""
    dropped: tuple[Field, ...] = ()
    """What was deleted and may still come back."""


@dataclass(frozen=True, slots=True)
class DroppedField:
    """A field that was deleted, and for how long it may come back."""

    field: Field
    filled: int
    deleted_at: datetime
    days_left: int


@dataclass(frozen=True, slots=True)
class FieldCard:
    """One field in the settings."""

    field: Field
    place: int
    """From 0 on, among those in use."""
    up: bool
    down: bool
    filled: int
    """How many have a value."""
    copies: tuple[tuple[FieldSubject, str], ...] = ()
    """Into which fields a lead's is copied when it becomes a deal."""
    stages: tuple[str, ...] = ()
    """Which stages ask for it."""


@dataclass(frozen=True, slots=True)
class CopyChoice:
    """A lead's field, and the fields of its kind into which it may be copied."""

    card: FieldCard
    there: Mapping[FieldSubject, tuple[Field, ...]]
