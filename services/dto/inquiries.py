"""Requests as other programs bring them, and the ways in as the owner sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.access import Actor
from services.dto.common import Ref


class KeyScope(StrEnum):
    """What a key to the open API is good for."""

    LEADS_WRITE = "leads:write"
    LEADS_READ = "leads:read"
    CARDS_READ = "cards:read"
    """What leads, clients and deals say, the company's own fields among it."""
    CARDS_WRITE = "cards:write"
    """The same, and to change the fields of all of them and what stands on the cards of clients."""


class WayKind(StrEnum):
    """Which way in is meant."""

    SOURCE = "source"
    KEY = "key"


class Shape(StrEnum):
    """In which form a request came."""

    API = "api"
    FORM = "form"
    TILDA = "tilda"
    BITRIX24 = "bitrix24"


@dataclass(frozen=True, slots=True)
class Way:
    """The way by which a request comes: a source of forms, or a key. Who acts is the program behind it."""

    actor: Actor
    name: str
    department_id: int
    pipeline_id: int | None = None
    source_id: int | None = None
    key_id: int | None = None
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InquiryInput:
    """A request as another program brings it. `amount` is in minor units of `currency`."""

    shape: Shape
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    title: str | None = None
    text: str | None = None
    source: str | None = None
    """None: the name of the way by which it came."""
    amount: int | None = None
    budget: str | None = None
    """The same as somebody typed it; what cannot be read as a sum goes into the text."""
    currency: str | None = None
    department: str | None = None
    """Its id or name; None: the department of the way by which it came."""
    external_id: str | None = None
    page_url: str | None = None
    utm: Mapping[str, str] = field(default_factory=dict)
    """By `source`, `medium`, `campaign`, `content`, `term`."""
    consent: bool = False
    """Whether the client has agreed to the company's text, see `services.privacy.consents`."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The company's own fields of leads by their keys, as they could be typed."""
    tags: tuple[str, ...] = ()
    """By their names."""
    dedupe: str | None = None
    """The sender's own mark, by which a repeated request is known again."""
    received: Mapping[str, str] = field(default_factory=dict, compare=False)
    """All its fields, as they are kept for whoever wants to see what really came."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a request; the same for a repeated one."""

    id: int
    lead_id: int | None
    deal_id: int | None
    made_lead: bool
    """Else its client was known, and it was noted with their lead or deal."""
    repeated: bool = False

    @property
    def subject_id(self) -> int:
        """The number of the lead or deal."""
        return self.lead_id or self.deal_id or 0


@dataclass(frozen=True, slots=True)
class LeadState:
    """What became of a lead, for the program that brought it."""

    id: int
    status: str
    created_at: datetime
    taken_at: datetime | None
    closed_at: datetime | None
    deal_id: int | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A source of forms; the token is the secret part of its addresses."""

    id: int
    name: str
    token: str
    department: Ref
    pipeline: Ref | None
    """Which its leads enter; none where the company has only one."""
    origins: tuple[str, ...]
    count: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClosedSource:
    """A source of forms that was closed, and may be opened again."""

    id: int
    name: str
    department: Ref
    closed_at: datetime
    days_left: int


@dataclass(frozen=True, slots=True)
class KeyCard:
    """A key; what it is itself was told once."""

    id: int
    name: str
    hint: str
    scopes: tuple[KeyScope, ...]
    department: Ref
    pipeline: Ref | None
    """Which its leads enter; none where the company has only one."""
    count: int
    used_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WayPipelineChoice:
    """A source or key, and the pipelines that its leads may enter."""

    kind: WayKind
    id: int
    name: str
    now: Ref | None
    choice: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class FreshKey:
    """A key that was made just now, with the secret that is never told again."""

    card: KeyCard
    secret: str


@dataclass(frozen=True, slots=True)
class Ways:
    """All ways in, the departments to which new ones may lead, and the sources closed of late."""

    sources: tuple[Ref, ...]
    keys: tuple[Ref, ...]
    departments: tuple[Ref, ...]
    closed: tuple[Ref, ...] = ()
