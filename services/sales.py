"""What sums of deals come to: won, lost, in work, by the kinds of the stages that they stand in."""

from collections.abc import Iterable
from dataclasses import dataclass

from db.models import Stage
from db.repositories.pipelines import WatchedStage
from db.repositories.reports import DaySum, Stages, StageSum
from db.uow import UnitOfWork
from services.access import CLOSED_KINDS, StageKind
from services.deal_cards import stage_ref
from services.dto.reports import Figures, Funnel, FunnelLine


@dataclass(frozen=True, slots=True)
class Ground:
    """What every report needs to know before the figures."""

    funnels: tuple[tuple[str, tuple[Stage, ...]], ...]
    kinds: dict[int, StageKind]
    currency: str
    watched: tuple[WatchedStage, ...]
    """The stages of pipelines in use, with what is looked after there."""

    def stages(self, *kinds: StageKind) -> list[int]:
        """The stages of some kinds."""
        return [stage for stage, kind in self.kinds.items() if kind in kinds]

    @property
    def split(self) -> Stages:
        """The stages as the sums need them."""
        return Stages(
            all=list(self.kinds),
            open=self.stages(StageKind.OPEN, StageKind.PAYMENT),
            won=self.stages(StageKind.WON),
        )

    def figures(self, sums: Iterable[StageSum | DaySum]) -> Figures:
        """What the closed ones among these add up to."""
        won = won_sum = lost = days = timed = 0
        for row in sums:
            kind = self.kinds[row.stage_id]
            if kind == StageKind.WON:
                won, won_sum = won + row.count, won_sum + row.total
                if isinstance(row, StageSum):
                    days, timed = days + row.days, timed + row.timed
            elif kind == StageKind.LOST:
                lost += row.count
        return Figures(won, won_sum, lost, days, timed)

    def funnels_of(self, sums: Iterable[StageSum]) -> tuple[Funnel, ...]:
        """What of these stands in each stage of each pipeline."""
        found: dict[int, tuple[int, int]] = {}
        for row in sums:
            count, total = found.get(row.stage_id, (0, 0))
            found[row.stage_id] = (count + row.count, total + row.total)
        return tuple(
            Funnel(name, tuple(FunnelLine(stage_ref(one), *found.get(one.id, (0, 0))) for one in stages))
            for name, stages in self.funnels
        )

    def ranked(self, sums: Iterable[StageSum]) -> list[tuple[int | None, Figures, int]]:
        """Owners with their figures and open deals, by what they have won."""
        parts: dict[int | None, list[StageSum]] = {}
        for row in sums:
            parts.setdefault(row.owner_id, []).append(row)
        sellers = [(owner, self.figures(rows), self._open(rows)) for owner, rows in parts.items()]
        return sorted(sellers, key=lambda row: (-row[1].won_sum, -row[1].won, row[0] or 0))

    def _open(self, sums: Iterable[StageSum]) -> int:
        return sum(row.count for row in sums if self.kinds[row.stage_id] not in CLOSED_KINDS)


async def ground_of(uow: UnitOfWork) -> Ground:
    """The stages and the currency of the company."""
    rows = await uow.reports.ground()
    funnels: dict[int, tuple[str, list[Stage]]] = {}
    for pipeline, stage, _ in rows:
        funnels.setdefault(pipeline.id, (pipeline.name, []))[1].append(stage)
    return Ground(
        funnels=tuple((name, tuple(stages)) for name, stages in funnels.values()),
        kinds={stage.id: StageKind(stage.kind) for _, stage, _ in rows},
        currency=rows[0][2] if rows else "",
        watched=tuple(
            WatchedStage(stage.id, stage.kind, stage.norm_days, pipeline.id, pipeline.rules)
            for pipeline, stage, _ in rows
            if pipeline.archived_at is None
        ),
    )
