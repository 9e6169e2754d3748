"""Leads as doors bring them in, and what is known of their clients already."""

from dataclasses import dataclass
from enum import StrEnum

from services.dto.common import Ref, Sum


@dataclass(frozen=True, slots=True)
class LeadInput:
    """A request as a door brings it. `amount` is in minor units of `currency` (none: the company's)."""

    title: str | None = None
    name: str | None = None
    phone: str | None = None
    """As typed; brought to E.164 when the lead is made."""
    email: str | None = None
    username: str | None = None
    amount: int | None = None
    currency: str | None = None
    source: str | None = None
    comment: str | None = None
    department_id: int | None = None
    """None: the actor's only one."""
    pipeline_id: int | None = None
    """None: the company's first."""
    mine: bool = False
    """The actor keeps it at once instead of leaving it free for the department."""
    again: bool = False
    """Make it even though its phone is known already."""

    @property
    def reachable(self) -> bool:
        """Whether the client can be found again by this."""
        return bool(self.phone or self.email or self.username or self.name)

    @property
    def complete(self) -> bool:
        """Whether nothing needs to be asked: a phone, and something that it is about."""
        return bool(self.phone and (self.title or self.name or self.amount))


class Sign(StrEnum):
    """By what a client is known again."""

    PHONE = "phone"
    EMAIL = "email"
    USERNAME = "username"


@dataclass(frozen=True, slots=True)
class KnownPhone:
    """An older record of the same client. What the reader may not see has no name and no id here."""

    subject: str
    """`lead` or `contact`."""
    id: int | None
    name: str | None
    owner: str | None
    touchable: bool
    """Whether there is something open that a new touch can be noted with."""
    sign: Sign = Sign.PHONE
    """By what."""


@dataclass(frozen=True, slots=True)
class LeadDraft:
    """What was understood of a request that is not saved yet."""

    given: LeadInput
    amount: Sum | None
    departments: tuple[Ref, ...]
    """Where it may go."""
    keeping: frozenset[int]
    """The departments in which the actor may keep it."""
    known: KnownPhone | None


@dataclass(frozen=True, slots=True)
class Touch:
    """A note was added to an older record; `id` is none where the reader may not see it."""

    subject: str
    id: int | None
    owner: str | None
