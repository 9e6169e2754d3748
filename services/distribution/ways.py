"""How a department gives out its leads: as usual, or as it does with those of one pipeline."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.models import Department
from db.repositories.shifts import Which
from db.uow import UnitOfWork
from services.distribution.rules import Mode, Rules


@dataclass(frozen=True, slots=True)
class Ways:
    """The rules of a department, and by pipeline those that it has for its leads alone."""

    usual: Rules
    own: Mapping[int, Rules]

    def place(self, pipeline_id: int | None) -> int:
        """In whose turn a lead of this pipeline is given: the pipeline's, or 0 for the department's."""
        return pipeline_id if pipeline_id in self.own and pipeline_id is not None else 0

    def of(self, pipeline_id: int | None) -> Rules:
        """The rules for a lead that will enter this pipeline."""
        return self.own.get(pipeline_id or 0, self.usual)

    @property
    def gives(self) -> bool:
        """Whether any of its leads are given out, and not all shown to all."""
        return any(rules.mode is not Mode.ALL for rules in (self.usual, *self.own.values()))

    @property
    def given(self) -> Which:
        """The leads that are given out."""
        these = tuple(one for one, rules in self.own.items() if rules.mode is not Mode.ALL)
        return Which(these, others=self.usual.mode is not Mode.ALL, but=tuple(self.own))

    def which(self, pipeline_id: int) -> Which:
        """The leads that go by the rules of one pipeline, or by the usual ones (0)."""
        return Which((pipeline_id,)) if pipeline_id else Which((), others=True, but=tuple(self.own))


async def ways_of(uow: UnitOfWork, department: Department) -> Ways:
    """All ways of a department; a pipeline that is out of use has none of its own any more."""
    rules = await uow.shifts.rules(department.id)
    usual = Rules.of(rules.pop(0))
    used = {row.id for row in await uow.pipelines.all()} if rules else set[int]()
    return Ways(usual, {one: Rules.of(data) for one, data in rules.items() if one in used})
