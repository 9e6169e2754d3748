"""What one row of a file says of a deal."""

from dataclasses import dataclass
from datetime import date

from services.access import CLOSED_KINDS, StageKind
from services.dto.fields import Field as OwnField
from services.dto.fields import Value

SOURCE = "import"


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
    own: tuple[tuple[OwnField, Value], ...] = ()
    """What the company's own fields say."""

    @property
    def undated(self) -> bool:
        """Whether it is closed, and nobody wrote when."""
        return self.kind in CLOSED_KINDS and self.closed_on is None
