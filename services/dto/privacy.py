"""Personal data of a client: what they have agreed to, all that is kept of them, and its erasure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.dto.common import Ref
from services.dto.fields import FieldLine
from services.dto.talk import FileRef


class ConsentWay(StrEnum):
    """How somebody has agreed."""

    PAPER = "paper"
    CHAT = "chat"
    SPOKEN = "spoken"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A consent to a version of the text."""

    number: int
    way: ConsentWay
    given_at: datetime
    recorded_by: str | None
    """Nobody where a site has brought it."""
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None


@dataclass(frozen=True, slots=True)
class PrivacyCard:
    """What a client has agreed to. `newest`: the version that holds now; none: no text was written yet."""

    contact: Ref
    consents: tuple[ConsentLine, ...]
    """The newest first."""
    newest: int | None
    may_hand_out: bool
    """Whether the reader may hand out, and erase, all that is kept of them."""
    may_write: bool
    """Whether the reader may write the text."""

    @property
    def current(self) -> ConsentLine | None:
        """The consent that holds."""
        return next((one for one in self.consents if one.withdrawn_at is None), None)


@dataclass(frozen=True, slots=True)
class ConsentTextCard:
    """The version of the text that holds; without a number there is none yet."""

    number: int | None
    text: str
    created_at: datetime | None
    given: int
    """So many clients have agreed to it."""
    may_write: bool


@dataclass(frozen=True, slots=True)
class Remains:
    """How much is kept of a client."""

    leads: int
    deals: int
    tasks: int
    notes: int
    files: int
    calls: int


@dataclass(frozen=True, slots=True)
class ErasePreview:
    """What would be erased of a client; `open_work`: what has to be closed before."""

    contact: Ref
    version: int
    remains: Remains
    open_leads: tuple[Ref, ...]
    open_deals: tuple[Ref, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not (self.open_leads or self.open_deals)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: the act that the law asks for."""

    contact_id: int
    at: datetime
    by: str
    remains: Remains


Value = str | int | bool | datetime | FieldLine | Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is kept of a client: rows of named values by section, as `services.privacy.dossiers` orders
    them. Sums are in minor units."""

    contact: Ref
    at: datetime
    sections: tuple[tuple[str, tuple[dict[str, Value], ...]], ...]


@dataclass(frozen=True, slots=True)
class DossierFiles:
    """A portion of the files of a client, after `before` others, of so many in all."""

    contact_id: int
    files: tuple[FileRef, ...]
    before: int
    total: int

    @property
    def upto(self) -> int:
        """How many have been sent with it."""
        return self.before + len(self.files)
