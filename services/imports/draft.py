"""What one row of a file says of a deal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.access import CLOSED_KINDS, StageKind
from services.dto.fields import Field as OwnField
from services.dto.fields import FieldSubject, Value

SOURCE = "import"
Said = tuple[tuple[OwnField, Value], ...]


@dataclass(frozen=True, slots=True)
class OwnSaid:
    """What a row says besides, of its deal and of its clients."""

    fields: Mapping[FieldSubject, Said] = field(default_factory=dict)
    """The company's own fields."""
    columns: Mapping[FieldSubject, Mapping[str, object]] = field(default_factory=dict)
    """What stands on the cards of clients."""
    first: Mapping[FieldSubject, str] = field(default_factory=dict)
    """The header of the first column that says something of each."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a row says of a deal. Texts are clean, `amount` is in minor units."""

    number: int
    title: str = ""
    """Never empty where nothing is wrong."""
    stage: str | None = None
    """Folded; None where the file has no stages at all."""
    stage_name: str | None = None
    """The same as the file writes it."""
    kind: StageKind = StageKind.OPEN
    external_id: str | None = None
    owner: str | None = None
    product: str | None = None
    company: str | None = None
    contact: str | None = None
    phone: str | None = None
    email: str | None = None
    department: str | None = None
    source: str = SOURCE
    opened_on: date | None = None
    closed_on: date | None = None
    amount: int | None = None
    tags: tuple[str, ...] = ()
    own: OwnSaid = field(default_factory=OwnSaid)

    @property
    def strays(self) -> tuple[str, ...]:
        """The columns that say something of a client whom the row does not name."""
        named = {
            FieldSubject.CONTACT: self.contact or self.phone or self.email,
            FieldSubject.FIRM: self.company,
        }
        return tuple(self.own.first[whose] for whose in named if whose in self.own.first and not named[whose])

    @property
    def undated(self) -> bool:
        """Whether it is closed, and nobody wrote when."""
        return self.kind in CLOSED_KINDS and self.closed_on is None
