"""The company, its people and invitations as their readers see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.access import Action, Role
from services.dto.common import Ref
from services.dto.control import Watched
from services.dto.deals import StageCount


class Presence(StrEnum):
    """Whether the bot can reach a person."""

    REACHABLE = "reachable"
    SILENT = "silent"
    """They have blocked the bot, or not started it yet."""
    ABSENT = "absent"
    """Known by name only, for example from an import: nobody has joined under it."""


@dataclass(frozen=True, slots=True)
class Menu:
    """What somebody should know before anything else."""

    company: str
    free_leads: int
    overdue: int
    due_today: int
    settled: tuple[StageCount, ...]
    """For those who deal with money alone: the stages that they see, with what stands in them."""
    set_up: bool
    """False while the reader still has to be led through the company's settings."""
    watched: tuple[tuple[Watched, int], ...] = ()
    """For those who watch over departments: what waits there, with how much of it."""
    views: tuple[Ref, ...] = ()
    """The views that the reader has pinned."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in one line."""

    id: int
    name: str
    role: Role
    presence: Presence


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department in one line; `heads` are the names of those who head it."""

    id: int
    name: str
    people: int
    heads: tuple[str, ...]
    has_chat: bool
    branch: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """The departments that a reader may look into, and how many people belong to none."""

    departments: tuple[DepartmentLine, ...]
    loose: int
    invites: int
    can: frozenset[Action]


@dataclass(frozen=True, slots=True)
class DepartmentCard:
    """A department, or with no id those who belong to none; people page by page."""

    department: DepartmentLine | None
    people: tuple[PersonLine, ...]
    page: int
    more: bool
    can: frozenset[Action]


@dataclass(frozen=True, slots=True)
class Load:
    """How much unfinished work somebody has in hand."""

    leads: int = 0
    deals: int = 0
    tasks: int = 0
    contacts: int = 0

    def __bool__(self) -> bool:
        return bool(self.leads or self.deals or self.tasks or self.contacts)


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as heads and the owner see them."""

    id: int
    name: str
    username: str | None
    role: Role
    presence: Presence
    departments: tuple[Ref, ...]
    load: Load
    can: frozenset[Action]


@dataclass(frozen=True, slots=True)
class DepartmentChoice:
    """A department, and whether the person in question belongs to it."""

    id: int
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PersonDepartments:
    """A person and all the departments, to choose theirs."""

    person: Ref
    role: Role
    choices: tuple[DepartmentChoice, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is to be settled before somebody leaves: their work, and who could take it over."""

    person: Ref
    load: Load
    heirs: tuple[PersonLine, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Farewell:
    """Somebody has left; their work went to the heirs, each with what they got."""

    person: Ref
    telegram_id: int | None
    load: Load
    heirs: tuple[tuple[Ref, Load], ...]
    groups: tuple[tuple[int, str], ...] = ()
    """Team groups in which they may still sit: the chat, and whose it is by name."""


@dataclass(frozen=True, slots=True)
class InviteLine:
    """An invitation that waits to be used."""

    id: int
    role: Role
    department: str | None
    author: str | None
    expires_at: datetime
    open: bool
    name: str | None = None
    """For whom alone it is, if it was made for one person."""


@dataclass(frozen=True, slots=True)
class FreshInvite:
    """A new invitation with its token: the only time that anybody sees it."""

    invite: InviteLine
    token: str


@dataclass(frozen=True, slots=True)
class Invitations:
    """Invitations for people who were chosen by name, and the names of those who are here already."""

    company: str
    made: tuple[FreshInvite, ...]
    here: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody has joined: who, and whether they had been here before."""

    person: Ref
    role: Role
    returned: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as they see themselves; the language and zone are those in force."""

    id: int
    name: str
    role: Role
    departments: tuple[str, ...]
    language: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class ChatOffer:
    """A team chat that the bot was added to, and the departments that it could belong to."""

    departments: tuple[DepartmentLine, ...]
