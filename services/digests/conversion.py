"""Conversion: of the deals that came to a stage, how many went on."""

from collections.abc import Iterable, Sequence

from db.models import Stage
from db.repositories.passages import Passage
from services.access import CLOSED_KINDS, StageKind
from services.deal_cards import stage_ref
from services.dto.digests import StageConversion


def conversions(
    pipelines: Iterable[Sequence[Stage]], passages: Sequence[Passage]
) -> tuple[StageConversion, ...]:
    """What became of the deals that came to each stage in work, by the passages of some days in order.

    A deal counts at a stage once, however often it came there in these days, also by being made. It *went on*
    if it came to a later stage of its pipeline, or was won, after that and within the same days; it was
    *lost* if it did not, and ended them lost. All others stand there still, or were brought back. So this is
    not the funnel of open deals: those who stood in a stage before these days and did not move are in
    none of these figures, and whoever came on the last day has had one day to go on.

    A move that was taken back, and its taking back, count for nothing.
    """
    undone = {one.undoes for one in passages if one.undoes is not None}
    paths: dict[int, tuple[int, list[int | None]]] = {}
    for one in passages:
        if one.undoes is None and one.event_id not in undone:
            paths.setdefault(one.deal_id, (one.pipeline_id, []))[1].append(one.stage_id)
    return tuple(
        line
        for stages in pipelines
        for line in _of_pipeline(
            stages, [path for home, path in paths.values() if home == stages[0].pipeline_id]
        )
        if line.came
    )


def _of_pipeline(stages: Sequence[Stage], paths: Iterable[list[int | None]]) -> list[StageConversion]:
    place = {stage.id: n for n, stage in enumerate(stages)} | {None: 0}
    walked = [[place[stage] for stage in path if stage in place] for path in paths]
    lines = []
    for here, stage in enumerate(stages):
        if stage.kind in CLOSED_KINDS:
            continue
        after = [path[path.index(here) + 1 :] for path in walked if here in path]
        on = [path for path in after if any(_is_on(stages, here, there) for there in path)]
        lost = [path for path in after if path and stages[path[-1]].kind == StageKind.LOST and path not in on]
        lines.append(StageConversion(stage_ref(stage), len(after), len(on), len(lost)))
    return lines


def _is_on(stages: Sequence[Stage], here: int, there: int) -> bool:
    kind = stages[there].kind
    return kind == StageKind.WON or (kind != StageKind.LOST and there > here)
