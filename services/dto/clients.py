"""Clients as their readers see them, and as doors bring them in: contacts and companies."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from services.access import Action
from services.dto.common import Page, Ref
from services.dto.deals import DealLine
from services.dto.fields import FieldLine
from services.dto.leads import LeadLine
from services.dto.privacy import ConsentLine
from services.understanding.birthdays import Birthday


class ClientKind(StrEnum):
    """What a client is. `firm`, since `company` stands for our own in codes of cards and of the history."""

    CONTACT = "contact"
    FIRM = "firm"


class ClientType(StrEnum):
    """What kind of relation it is."""

    NEW = "new"
    REGULAR = "regular"
    KEY = "key"
    DEMANDING = "demanding"
    PARTNER = "partner"
    FORMER = "former"


class ClientField(StrEnum):
    """What of a client is changed one by one; phones and addresses are points."""

    NAME = "name"
    POSITION = "position"
    USERNAME = "username"
    BIRTHDAY = "birthday"
    INN = "inn"
    KPP = "kpp"
    ADDRESS = "address"
    INDUSTRY = "industry"
    TYPE = "client_type"
    SOURCE = "source"
    NOTE = "note"


_COMMON = (ClientField.TYPE, ClientField.SOURCE, ClientField.NOTE)
FIELDS = MappingProxyType(
    {
        ClientKind.CONTACT: (
            *(ClientField.NAME, ClientField.POSITION, ClientField.USERNAME, ClientField.BIRTHDAY),
            *_COMMON,
        ),
        ClientKind.FIRM: (
            *(ClientField.NAME, ClientField.INN, ClientField.KPP, ClientField.ADDRESS, ClientField.INDUSTRY),
            *_COMMON,
        ),
    }
)
"""Which fields each kind of client has, in the order in which they are offered."""


class PointKind(StrEnum):
    """By what somebody is reached."""

    PHONE = "phone"
    EMAIL = "email"


class PointLabel(StrEnum):
    """What a phone or an address is for."""

    MOBILE = "mobile"
    WORK = "work"
    HOME = "home"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Point:
    """A phone in E.164 or an e-mail address."""

    id: int
    kind: PointKind
    value: str
    label: PointLabel | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCard:
    """What the cards of contacts and of companies share."""

    id: int
    version: int
    kind: ClientKind
    name: str
    points: tuple[Point, ...]
    client_type: ClientType | None
    source: str | None
    note: str | None
    owner: Ref | None
    department: str | None
    created_at: datetime
    deals: tuple[DealLine, ...]
    """Those that the reader may see, the newest first."""
    can: frozenset[Action]
    protect: bool
    """Telegram should hinder forwarding and saving."""
    fields: tuple[FieldLine, ...] = ()
    """The company's own fields, those that say nothing yet among them."""
    tags: tuple[str, ...] = ()
    files: bool = False
    """Whether files lie with it."""

    def reached_by(self, kind: PointKind) -> tuple[Point, ...]:
        """The phones, or the addresses."""
        return tuple(point for point in self.points if point.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard(ClientCard):
    """A contact as one reader may see it."""

    username: str | None
    telegram_id: int | None
    position: str | None
    birthday: Birthday | None
    company: Ref | None
    consent: ConsentLine | None
    """What they have agreed to, as far as it holds."""
    leads: tuple[LeadLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmCard(ClientCard):
    """A company as one reader may see it."""

    inn: str | None
    kpp: str | None
    address: str | None
    industry: str | None
    people: tuple[Ref, ...]
    """Its contacts that the reader may see, the newest first."""
    more_people: bool


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client in one line of a list."""

    id: int
    name: str
    hint: str | None
    """A contact's company or first phone; a company's tax number."""


@dataclass(frozen=True, slots=True)
class ClientList:
    """A page of contacts or companies."""

    kind: ClientKind
    page: Page[ClientLine]
    firm: Ref | None = None
    """The company whose people these are."""
    may_create: bool = False


@dataclass(frozen=True, slots=True)
class ClientInput:
    """A client as somebody typed it or sent it."""

    kind: ClientKind
    name: str
    phones: tuple[str, ...] = ()
    """E.164."""
    emails: tuple[str, ...] = ()
    username: str | None = None
    telegram_id: int | None = None
    inn: str | None = None
    firm_id: int | None = None
    """The company to which a new contact belongs."""


@dataclass(frozen=True, slots=True)
class KnownClient:
    """An older client with the same phone, address or tax number; empty where the reader may not see it."""

    kind: ClientKind
    id: int | None
    name: str | None


@dataclass(frozen=True, slots=True)
class FirmChoice:
    """Companies to link a contact with."""

    contact_id: int
    contact: str
    version: int
    linked: bool
    """Whether they work for one already."""
    words: str
    firms: tuple[Ref, ...]
    may_create: bool
    """Whether a company may be made that is called so."""
