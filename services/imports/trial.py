"""The dry run: which rows would become deals, which are here already, and which fail for what reasons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.dto.imports import Fault, RowFault
from services.imports.draft import Draft
from services.imports.plan import FaultCount, Plan
from services.imports.rows import RowReader
from services.imports.tags import TagCheck
from services.ports import TableRow
from services.understanding.fold import fold


@dataclass(slots=True)
class Trial:
    """What was counted so far. Texts are remembered as hashes, so that a large file needs little memory."""

    reader: RowReader
    plan: Plan
    people: Collection[str]
    """Folded names of those who can own deals."""
    tags: TagCheck
    good: int = 0
    failing: int = 0
    skipped: int = 0
    undated: int = 0
    new_companies: int = 0
    owners: set[str] = field(default_factory=set)
    """Folded names of those who would own what is made."""
    stages: dict[str, int] = field(default_factory=dict)
    """How many rows that are not refused for anything else have a stage."""
    faults: dict[tuple[RowFault, str], FaultCount] = field(default_factory=dict)
    _ours: Mapping[str, int | None] = field(init=False)
    _companies: set[int] = field(default_factory=set)
    _numbers: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._ours = self.plan.stage_ids

    def read(self, rows: Sequence[TableRow]) -> list[Draft]:
        """The drafts of a portion that may become deals; of the others the faults are counted."""
        drafts = []
        for row in rows:
            draft, faults = self.reader.read(row)
            if faults:
                self._refuse(draft.number, [*faults, *self._stage_fault(draft)])
            else:
                drafts.append(draft)
        return drafts

    def made(self, drafts: Sequence[Draft], known: Collection[str]) -> list[Draft]:
        """Count drafts, given which of their numbers are here already; those that would become deals."""
        fresh = []
        for draft in drafts:
            number = None if draft.external_id is None else hash(draft.external_id)
            if draft.external_id in known or number in self._numbers:
                self.skipped += 1
                continue
            others = [one for one in (unknown_owner(draft, self.people), self.tags.fault(draft)) if one]
            if draft.stage is not None and not others:
                self.stages[draft.stage] = self.stages.get(draft.stage, 0) + 1
            if faults := [*others, *self._stage_fault(draft)]:
                self._refuse(draft.number, faults)
                continue
            if number is not None:
                self._numbers.add(number)
            fresh.append(draft)
            self.good += 1
            self.undated += draft.undated
            self.tags.make(draft)
            if draft.owner is not None:
                self.owners.add(fold(draft.owner))
        return fresh

    def new_names(self, drafts: Sequence[Draft]) -> set[str]:
        """Folded names of companies that were not seen before."""
        fresh = set()
        for draft in drafts:
            name = fold(draft.company) if draft.company else ""
            if name and hash(name) not in self._companies:
                self._companies.add(hash(name))
                fresh.add(name)
        return fresh

    def result(self) -> Plan:
        """The plan with all that was found out: of people, tags and stages what is really to be made."""
        return replace(
            self.plan,
            good=self.good,
            failing=self.failing,
            skipped=self.skipped,
            undated=self.undated,
            stages=tuple(
                replace(stage, count=self.stages.get(stage.folded, 0)) for stage in self.plan.stages
            ),
            new_people=tuple(name for name in self.plan.new_people if fold(name) in self.owners),
            new_companies=self.new_companies,
            new_tags=tuple(self.tags.new.values()),
            faults=tuple(sorted(self.faults.values(), key=lambda fault: -fault.count)),
        )

    def _stage_fault(self, draft: Draft) -> list[Fault]:
        fault = None if self.plan.own_pipeline else unknown_stage(draft, self._ours)
        return [fault] if fault is not None else []

    def _refuse(self, number: int, faults: Sequence[Fault]) -> None:
        self.failing += 1
        for one in faults:
            key = (one.reason, one.column)
            seen = self.faults.get(key, FaultCount(one.reason, 0, number, one.detail, one.column))
            self.faults[key] = replace(seen, count=seen.count + 1)


def unknown_stage(draft: Draft, ours: Mapping[str, int | None]) -> Fault | None:
    """Of a draft whose stage becomes none of ours; `ours` by the folded names of the file's."""
    if draft.stage is None or ours.get(draft.stage) is not None:
        return None
    return Fault(RowFault.UNKNOWN_STAGE, draft.stage_name or draft.stage)


def unknown_owner(draft: Draft, people: Collection[str]) -> Fault | None:
    """Of a draft whose owner is beyond those that a file may bring."""
    if draft.owner is None or fold(draft.owner) in people:
        return None
    return Fault(RowFault.TOO_MANY_PEOPLE, draft.owner)
