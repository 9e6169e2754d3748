"""Imports as the owner sees them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.access import StageKind
from services.dto.clients import ClientField
from services.dto.common import Ref
from services.dto.fields import FieldSubject


class ImportState(StrEnum):
    """How far an import is."""

    RECEIVED = "received"
    READY = "ready"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    UNDOING = "undoing"
    UNDONE = "undone"


class Field(StrEnum):
    """What a column may mean."""

    EXTERNAL_ID = "external_id"
    TITLE = "title"
    OWNER = "owner"
    PRODUCT = "product"
    COMPANY = "company"
    CONTACT = "contact"
    PHONE = "phone"
    EMAIL = "email"
    STAGE = "stage"
    OPENED_ON = "opened_on"
    CLOSED_ON = "closed_on"
    AMOUNT = "amount"
    CURRENCY = "currency"
    SOURCE = "source"
    DEPARTMENT = "department"
    TAGS = "tags"


class RowFault(StrEnum):
    """Why a row cannot be imported."""

    TOO_MANY_CELLS = "too_many_cells"
    TOO_LONG = "too_long"
    NO_TITLE = "no_title"
    NO_STAGE = "no_stage"
    UNKNOWN_STAGE = "unknown_stage"
    BAD_DATE = "bad_date"
    DATES_REVERSED = "dates_reversed"
    BAD_AMOUNT = "bad_amount"
    NEGATIVE_AMOUNT = "negative_amount"
    OTHER_CURRENCY = "other_currency"
    BAD_PHONE = "bad_phone"
    BAD_EMAIL = "bad_email"
    BAD_FIELD = "bad_field"
    NO_CLIENT = "no_client"
    """Something is said of a contact, or of a company, that the row does not name."""
    BAD_TAG = "bad_tag"
    UNKNOWN_TAG = "unknown_tag"
    TOO_MANY_PEOPLE = "too_many_people"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: the column where there is one, and what stands there."""

    reason: RowFault
    detail: str = ""
    column: str = ""

    @property
    def told(self) -> str:
        """Both together."""
        return f"{self.column}: {self.detail}" if self.column else self.detail


class DateOrder(StrEnum):
    """How the file writes its dates."""

    ISO = "iso"
    DAY_FIRST = "dd.mm.yyyy"
    MONTH_FIRST = "mm/dd/yyyy"


class ImportDeed(StrEnum):
    """What may be done with an import as it stands."""

    START = "start"
    CHOOSE_DEPARTMENT = "department"
    CHOOSE_PIPELINE = "pipeline"
    CHOOSE_DATES = "dates"
    CHOOSE_COLUMNS = "columns"
    CHOOSE_FILLS = "fills"
    CANCEL = "cancel"
    TAKE_BACK = "take_back"
    FAILED_ROWS = "failed_rows"


@dataclass(frozen=True, slots=True)
class OwnTarget:
    """What of the deal, the contact or the company of each row a column may fill besides the usual."""

    whose: FieldSubject
    code: str
    """By which a button and a plan name it."""
    own: str | None = None
    """The name of the company's own field that it is."""
    of_client: ClientField | None = None
    """What on the card of a client it is."""


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of the file and what it was understood as."""

    name: str
    field: Field | None
    own: OwnTarget | None = None
    """What else it fills."""


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage of the file, how many good rows have it, and what it becomes; no `target`: unknown to us, and
    the rows are good but for that."""

    name: str
    count: int
    kind: StageKind
    target: str | None


@dataclass(frozen=True, slots=True)
class FaultLine:
    """What is wrong with some rows, how many they are, and the first of them."""

    fault: Fault
    count: int
    number: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What was understood of a file, and what will be made by its `good` rows, which become deals."""

    columns: tuple[ColumnLine, ...]
    either: int | None
    """The place of a column whose name may mean a company or a person, and which is taken for one of them."""
    stages: tuple[StageLine, ...]
    own_pipeline: bool
    new_people: tuple[str, ...]
    known_people: int
    new_companies: int
    new_tags: tuple[str, ...]
    good: int
    skipped: int
    undated: int
    """Of the good ones those that are closed without a day: that of their opening counts, or today."""
    failing: int
    """Rows that will not be imported; each may have several faults."""
    faults: tuple[FaultLine, ...]
    order: DateOrder
    order_sample: str | None
    """A date that could be read both ways; the order is a guess then."""
    department: Ref
    targets: tuple[OwnTarget, ...] = ()
    """What else columns may fill."""
    fills: bool = False
    """Whether what clients who are here already lack is filled in, too."""


@dataclass(frozen=True, slots=True)
class ImportCard:
    """An import as it stands."""

    id: int
    state: ImportState
    filename: str
    created_at: datetime
    total: int
    done: int
    made: int
    skipped: int
    failed: int
    removed: int
    kept: int
    """After it was taken back: deals that had been changed since, and so stayed."""
    kept_deals: tuple[Ref, ...]
    joined: int
    """After it was taken back: people who have joined since, and so stayed."""
    joined_people: tuple[str, ...]
    fault: tuple[str, dict[str, object]] | None
    filled: int
    """Clients of before of whom it has filled something in; after it was taken back: of whom that stays."""
    preview: Preview | None
    departments: tuple[Ref, ...]
    """To choose from, while it may be chosen."""
    can: frozenset[ImportDeed]

    @property
    def can_take_back(self) -> bool:
        """Whether there is anything to take back."""
        return ImportDeed.TAKE_BACK in self.can


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import in one line."""

    id: int
    filename: str
    state: ImportState
    created_at: datetime
    made: int


@dataclass(frozen=True, slots=True)
class ImportJob:
    """An import that has something to be done in the background."""

    id: int
    state: ImportState
    filename: str
    file_id: str | None
    done: int
