"""Deals as their readers see them."""

from dataclasses import dataclass
from datetime import date, datetime

from services.access import Action, Role, StageKind
from services.dto.common import EventLine, Ref, Sum, TaskLine
from services.dto.fields import FieldLine
from services.dto.scoring import Score


@dataclass(frozen=True, slots=True)
class StageRef:
    """A stage by name and meaning."""

    id: int
    name: str
    kind: StageKind
    color: str | None = None
    """Of its mark, see `services.pipelines.shape.Color`; none: that of its kind."""


@dataclass(frozen=True, slots=True)
class ClientRef:
    """The client's side of a deal; without a phone for those who only settle it."""

    id: int
    name: str
    phone: str | None
    opens: bool = False
    """Whether the reader may see its own card."""


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """Money that came."""

    id: int
    amount: Sum
    paid_on: date
    method: str
    recorded_by: str | None


@dataclass(frozen=True, slots=True)
class Talk:
    """The inner side of a deal: what was planned and said. Not made at all for those who may not see it."""

    next_task: TaskLine | None
    events: tuple[EventLine, ...]
    request: str | None = None
    """What was asked for: the words of the lead that it was made from."""


@dataclass(frozen=True, slots=True)
class DealCard:
    """A deal as one reader may see it. `moves` are the stages that this reader may move it to now."""

    id: int
    version: int
    title: str
    stage: StageRef
    pipeline: str | None
    """Its name, unless it is the one that new deals enter."""
    responsible: Role | None
    """Who sees to deals of this stage."""
    result: str | None
    """What is to be reached there."""
    message: str | None
    """What to write to the client there, its gaps not filled yet; for those who may see the talk."""
    amount: Sum | None
    currency: str
    department: str
    owner: Ref | None
    crew: tuple[Ref, ...]
    """Who works on it besides its owner."""
    tags: tuple[str, ...]
    """By name; for those who may see the talk."""
    contact: ClientRef | None
    company: ClientRef | None
    source: str
    product: str | None
    created_at: datetime
    stage_since: datetime
    overstays: int | None
    """For how many days it stands there, where that is too long."""
    closed_on: date | None
    archived_at: datetime | None
    loss_reason: str | None
    moves: tuple[StageRef, ...]
    returns: bool
    """Whether this reader may bring it back to work, in its pipeline or in another one."""
    next: StageRef | None
    """The stage ahead that this reader may move it to."""
    can: frozenset[Action]
    talk: Talk | None
    payments: tuple[PaymentLine, ...]
    paid: Sum
    imported: bool
    """Whether it came with an import, its payments staying where it came from."""
    corrected: bool
    """Whether a payment was taken back."""
    files: bool
    """Whether files lie with it."""
    muted: bool
    """Whether this reader hears no news of it."""
    undo: int | None
    """The event that this reader may take back by one tap."""
    leftovers: int = 0
    """How many tasks of the won deal are open still that this reader may close in one go."""
    reopens: int | None = None
    """The event by which this reader has closed them, and may open them again."""
    chance: Score | None = None
    """How likely it is won, in percent; for those who may see the talk."""
    us: str = ""
    """The name of our own company, where its message asks for it."""
    fields: tuple[FieldLine, ...] = ()
    """The company's own fields, those that say nothing yet among them."""

    @property
    def due(self) -> Sum | None:
        """What is still to come; not known without a sum."""
        if self.amount is None:
            return None
        return Sum(max(self.amount.minor - self.paid.minor, 0), self.currency)

    @property
    def may_price(self) -> bool:
        """Whether this reader may change its sum: while it is open, and of a won one who may set it paid."""
        won = self.stage.kind is StageKind.WON and self.archived_at is None
        return Action.DEAL_EDIT in self.can or (won and Action.DEAL_SETTLE in self.can)

    @property
    def is_paid(self) -> bool:
        """Whether all of its sum has come."""
        return self.due is not None and self.due.minor == 0


@dataclass(frozen=True, slots=True)
class MoveChoice:
    """Where else a deal may go: the stage that it was closed from, and the other pipelines in use."""

    deal: DealCard
    origin: StageRef | None
    pipelines: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """The stages of another pipeline to which the reader may bring a deal."""

    deal: DealCard
    pipeline: Ref
    same: StageRef | None
    """The one that means the same as where it stands."""
    stages: tuple[StageRef, ...]


@dataclass(frozen=True, slots=True)
class DealLine:
    """A deal in one line of a list."""

    id: int
    title: str
    stage: StageRef
    amount: Sum | None
    client: str | None
    owner: str | None
    """Not told to the owner, who knows."""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many deals stand in a stage, and their sum."""

    stage: StageRef
    count: int
    total: Sum
    pipeline: str | None = None
    """The name of its pipeline, where it is told among those of another one."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A deal that the reader most likely looks for."""

    id: int
    title: str
    client: str | None


@dataclass(frozen=True, slots=True)
class Board:
    """The stages of a pipeline, and the deals that the reader most likely looks for."""

    stages: tuple[StageCount, ...]
    latest: tuple[Recent, ...]
    """Of this pipeline alone."""
    pipeline: Ref | None = None
    """Named where there are several."""
    others: tuple[Ref, ...] = ()
    """The other pipelines."""
    expected: Sum | None = None
    """What the deals in work come to, each sum by how likely its stage is won."""


@dataclass(frozen=True, slots=True)
class DealFirmChoice:
    """Companies of which one may be said to buy by a deal, that of its client first."""

    deal: DealCard
    words: str
    firms: tuple[Ref, ...]
    may_create: bool
    """Whether a company may be made that is called so."""


@dataclass(frozen=True, slots=True)
class DealCrew:
    """Who works on a deal, and a page of those who could."""

    deal: DealCard
    offered: tuple[Ref, ...]
    page: int
    more: bool
