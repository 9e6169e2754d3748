"""Lists that people put together, as their readers see them."""

from dataclasses import dataclass
from enum import StrEnum

from services.dto.clients import ClientLine
from services.dto.common import Page, Ref, Sum
from services.dto.deals import DealLine, StageRef
from services.dto.fields import Field, FieldSubject
from services.dto.leads import LeadLine
from services.fields.filters import FilterValue
from services.lists.days import AskedDays
from services.lists.filters import Agreed, State, What


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are: so many, or that many at least."""

    n: int
    more: bool = False


class Lost(StrEnum):
    """Why a list shows nothing of what it asks for."""

    STAGE = "stage"
    """The stage is gone."""
    PERSON = "person"
    """The reader does not see what is this colleague's."""
    TAG = "tag"
    """Nothing of the kind has the tag any more, or tags are not for the reader."""
    FIELD = "field"
    """The field is gone, or hidden."""
    INNER = "inner"
    """It asks for what the reader is not told of deals."""


@dataclass(frozen=True, slots=True)
class StageChoice:
    """A stage; with its pipeline's name where there are several."""

    stage: StageRef
    pipeline: str | None


@dataclass(frozen=True, slots=True)
class PipelineChoice:
    """All stages of a pipeline."""

    name: str


@dataclass(frozen=True, slots=True)
class FieldAsked:
    """A field of the company's own, and what it has to say."""

    field: Field
    value: FilterValue


@dataclass(frozen=True, slots=True)
class Asked:
    """What a filter asks for, by names."""

    stages: tuple[StageChoice | PipelineChoice, ...] = ()
    people: tuple[Ref, ...] = ()
    """With `filters.MINE` for whoever looks, and `filters.NOBODY` for nobody."""
    sources: tuple[str, ...] = ()
    date: AskedDays | None = None
    amount_from: Sum | None = None
    amount_to: Sum | None = None
    tag: str | None = None
    no_task: bool = False
    rotting: bool = False
    fields: tuple[FieldAsked, ...] = ()
    lost: frozenset[Lost] = frozenset()
    subject: FieldSubject = FieldSubject.DEAL
    state: State | None = None
    score: int | None = None
    hot: bool = False
    consent: Agreed | None = None
    nothing: bool = True
    """Whether it asks for no more than every list of its subject does."""


@dataclass(frozen=True, slots=True)
class ViewRef:
    """A view with what its reader may do with it."""

    id: int
    name: str
    pinned: bool
    mine: bool
    department: Ref | None
    """With whom it is shared."""
    edits: bool
    """Whether the reader may rename, share and delete it."""


@dataclass(frozen=True, slots=True)
class FilterCard:
    """A filter on its own screen, with how many it lets through."""

    id: int
    asked: Asked
    count: Count
    view: ViewRef | None
    """The view that has this filter, if it is kept."""
    offered: tuple[What, ...] = ()
    """What may be asked for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be asked for; the number is what its button carries."""

    number: int
    label: str | AskedDays | State | Agreed | StageChoice | PipelineChoice
    chosen: bool
    opens: bool = False
    """A pipeline that stands for its stages, one of which is chosen then."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of which one may be asked for."""

    listing_id: int
    what: What
    choices: tuple[Choice, ...]
    next_page: int | None = None
    page: int = 0
    subject: FieldSubject = FieldSubject.DEAL
    card: FilterCard | None = None
    """Where several may be asked for: the filter as it asks now."""
    pipeline: Ref | None = None
    """Of stages: of this pipeline alone."""


@dataclass(frozen=True, slots=True)
class FieldAsk:
    """A field of which a list may ask something."""

    listing_id: int
    field: Field
    value: FilterValue | None
    card: FilterCard | None = None
    """Where several of its choices may be asked for: the filter as it asks now."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of what a filter lets through. `page.next_after` is also there where the next page may be empty.

    Of the hottest leads a page lies in a window, which is put in order: below the lead `top`.
    """

    id: int
    asked: Asked
    page: Page[DealLine | LeadLine | ClientLine]
    after: int
    """Behind which mark the page begins; 0 for the first one."""
    view: ViewRef | None
    selects: bool
    """Whether its reader may do anything with many of them at once."""
    leaves: bool = False
    """Whether its reader may take it away as a file."""
    top: int = 0
    next_top: int = 0


@dataclass(frozen=True, slots=True)
class ViewCard:
    """A view with what it asks for, and the departments with which its reader may share it."""

    view: ViewRef
    asked: Asked
    shares: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Views:
    """All views that somebody has or shares in, by name."""

    views: tuple[ViewRef, ...]
    full: bool
    """Whether the menu holds no more of them."""
    subjects: tuple[FieldSubject, ...] = (FieldSubject.DEAL,)
    """What the reader may list."""
