"""What is known about a file and decided about its import; kept with the import as JSON."""

from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from services.access import StageKind
from services.dto.fields import FieldSubject
from services.dto.imports import DateOrder, Field, RowFault


@dataclass(frozen=True, slots=True)
class FileStage:
    """A stage of the file; `stage_id` is the stage of ours that it becomes.

    `count`: how many rows that are not refused for anything else have it.
    """

    folded: str
    name: str
    count: int
    kind: StageKind
    stage_id: int | None


@dataclass(frozen=True, slots=True)
class FaultCount:
    """How many rows have a fault, with what is wrong with the first of them."""

    reason: RowFault
    count: int
    number: int
    detail: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it. `order_chosen`: the owner has said how dates are written."""

    department_id: int
    columns: tuple[str, ...] = ()
    fields: tuple[Field | None, ...] = ()
    chosen: tuple[tuple[int, Field | None], ...] = ()
    """What the owner has said of columns, by their places from 0; later words count."""
    own: tuple[tuple[int, FieldSubject, str], ...] = ()
    """Of columns by their places what else the owner has said that they fill: of whom, and its code."""
    fills: bool = False
    """Whether what known clients lack is filled in."""
    order: DateOrder = DateOrder.ISO
    order_sample: str | None = None
    order_chosen: bool = False
    mark: str | None = None
    own_pipeline: bool = False
    own_chosen: bool | None = None
    """Whether the owner wants the stages of the file; None: they have said nothing."""
    stages: tuple[FileStage, ...] = ()
    new_people: tuple[str, ...] = ()
    known_people: int = 0
    new_companies: int = 0
    makes_tags: bool = False
    """Whether whoever handed the file in may make tags."""
    new_tags: tuple[str, ...] = ()
    made_tags: tuple[int, ...] = ()
    """The tags that were made for this import, to be taken back with it."""
    good: int = 0
    """Rows that become deals."""
    failing: int = 0
    """Rows that cannot, each for one fault or several."""
    skipped: int = 0
    undated: int = 0
    """Rows that are closed without a day."""
    faults: tuple[FaultCount, ...] = ()
    pipeline_id: int | None = None
    """The pipeline that was made for this import, to be taken back with it."""

    @property
    def used_stages(self) -> tuple[FileStage, ...]:
        """Those that some row has that is not refused for anything else."""
        return tuple(stage for stage in self.stages if stage.count)

    @property
    def stage_ids(self) -> dict[str, int | None]:
        """What the stages of the file become, by their folded names."""
        return {stage.folded: stage.stage_id for stage in self.stages}

    def with_stages(self, ids: dict[str, int], pipeline_id: int) -> "Plan":
        """The same with the stages of a pipeline made for it."""
        stages = tuple(replace(stage, stage_id=ids.get(stage.folded)) for stage in self.stages)
        return replace(self, stages=stages, pipeline_id=pipeline_id)


_JSON: TypeAdapter[Plan] = TypeAdapter(Plan)


def to_json(plan: Plan) -> dict[str, Any]:
    """For the database."""
    kept: dict[str, Any] = _JSON.dump_python(plan, mode="json")
    return kept


def from_json(kept: dict[str, Any]) -> Plan:
    """From the database."""
    return _JSON.validate_python(kept)
