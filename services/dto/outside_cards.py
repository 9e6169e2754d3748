"""Leads, clients and deals as other programs read and change them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.dto.clients import ClientField, Point, PointKind
from services.dto.fields import FieldLine, FieldSubject


@dataclass(frozen=True, slots=True)
class OutsideCard:
    """What a program reads of a subject."""

    subject: FieldSubject
    id: int
    version: int
    title: str
    """The name of a client."""
    fields: tuple[FieldLine, ...]
    """The company's own ones in use, those that say nothing among them."""
    contact_id: int | None = None
    """Of a deal."""
    company_id: int | None = None
    """Of a deal, or for which a contact works."""
    points: tuple[Point, ...] = ()
    columns: Mapping[ClientField, str | None] = field(default_factory=dict)
    """What else stands on the card of a client, as it could be typed."""


@dataclass(frozen=True, slots=True)
class OutsideChange:
    """What a program wants to be different, as it could be typed; "-" takes a value away."""

    columns: Mapping[ClientField, str] = field(default_factory=dict)
    """Of a client alone."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The company's own fields by their keys, or names."""
    points: Mapping[PointKind, Sequence[str]] = field(default_factory=dict)
    """Of a client alone: all phones, or addresses, that there shall be."""
    version: int | None = None
    """Only if nothing was changed since."""
