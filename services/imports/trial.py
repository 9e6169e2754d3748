"""The dry run: which rows would become deals, which are here already, and which fail for what reason."""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from services.dto.imports import RowFault
from services.imports.plan import FaultCount, Plan
from services.imports.rows import BadRowError, Draft, RowReader
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
    unknown_stage: int = 0
    unknown_stage_at: tuple[int, str] = (0, "")
    skipped: int = 0
    undated: int = 0
    new_companies: int = 0
    known_companies: int = 0
    faults: dict[RowFault, FaultCount] = field(default_factory=dict)
    _companies: set[int] = field(default_factory=set)
    _numbers: "array[int]" = field(default_factory=lambda: array("q"))

    def read(self, rows: Sequence[TableRow]) -> list[Draft]:
        """The drafts of a portion; faults are counted."""
        drafts = []
        for row in rows:
            try:
                draft = self.reader.read(row)
                check_owner(draft, self.people)
                self.tags.check(draft)
            except BadRowError as error:
                seen = self.faults.get(error.reason, FaultCount(error.reason, 0, row.number, error.detail))
                self.faults[error.reason] = replace(seen, count=seen.count + 1)
            else:
                drafts.append(draft)
        return drafts

    def new_names(self, drafts: Sequence[Draft]) -> set[str]:
        """Folded names of companies that were not seen before."""
        fresh = set()
        for draft in drafts:
            name = fold(draft.company) if draft.company else ""
            if name and hash(name) not in self._companies:
                self._companies.add(hash(name))
                fresh.add(name)
        return fresh

    def count(
        self,
        drafts: Sequence[Draft],
        fresh: Collection[str],
        companies: Collection[str],
        known: Collection[str],
    ) -> None:
        """Count drafts, given which of their companies and numbers are here already."""
        self.known_companies += len(companies)
        self.new_companies += len(fresh) - len(companies)
        stages = {stage.folded: stage.stage_id for stage in self.plan.stages}
        for draft in drafts:
            if draft.external_id in known:
                self.skipped += 1
                continue
            if draft.external_id is not None:
                self._numbers.append(hash(draft.external_id))
            self.undated += draft.undated
            if draft.stage is None or stages.get(draft.stage) is not None:
                self.good += 1
            else:
                self.unknown_stage_at = (
                    self.unknown_stage_at if self.unknown_stage else (draft.number, draft.stage)
                )
                self.unknown_stage += 1

    def result(self) -> Plan:
        """The plan with all that was found out."""
        repeated = len(self._numbers) - len(set(self._numbers))
        return replace(
            self.plan,
            good=self.good - repeated,
            unknown_stage=self.unknown_stage,
            unknown_stage_at=self.unknown_stage_at,
            skipped=self.skipped + repeated,
            undated=self.undated,
            new_companies=self.new_companies,
            known_companies=self.known_companies,
            new_tags=tuple(self.tags.new.values()),
            faults=tuple(sorted(self.faults.values(), key=lambda fault: -fault.count)),
        )


def check_owner(draft: Draft, people: Collection[str]) -> None:
    """Raise BadRowError for an owner beyond those that a file may bring."""
    if draft.owner is not None and fold(draft.owner) not in people:
        raise BadRowError(RowFault.TOO_MANY_PEOPLE, draft.owner)
