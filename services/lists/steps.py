"""Many values to choose from, some at a time; of many stages first the pipeline, then its stages."""

from collections.abc import Sequence
from dataclasses import replace

from services.dto.common import Ref
from services.dto.lists import Choice, Choices, FilterCard, PipelineChoice, StageChoice
from services.lists.filters import WHOLE, Filter, What

FEW = 24
"""So many stand on one screen."""


def some(
    found: Sequence[Choice],
    listing_id: int,
    filter_: Filter,
    what: What,
    page: int,
    card: FilterCard | None,
    pipeline_id: int = 0,
) -> Choices:
    """A page of them; `pipeline_id`: of the stages of one pipeline, where all would be too many."""
    here, shown = _of_pipeline(found, pipeline_id) if what is What.STAGE else (None, found)
    start = page * FEW
    further = page + 1 if len(shown) > start + FEW else None
    return Choices(
        listing_id,
        what,
        tuple(shown[start : start + FEW]),
        further,
        page,
        filter_.subject,
        card,
        pipeline=here,
    )


def where(
    found: Sequence[Choice],
    listing_id: int,
    filter_: Filter,
    what: What,
    number: int,
    card: FilterCard | None,
) -> Choices:
    """The page on which a value stands."""
    shown, pipeline_id = found, 0
    if what is What.STAGE and _pipelines(found) != list(found):
        groups = _by_pipeline(found)
        pipeline_id = next((one for one, rows in groups.items() if any(r.number == number for r in rows)), 0)
        shown = groups.get(pipeline_id, found)
    place = next((n for n, one in enumerate(shown) if one.number == number), 0)
    return some(found, listing_id, filter_, what, place // FEW, card, pipeline_id)


def _pipelines(found: Sequence[Choice]) -> list[Choice]:
    """All of them where they are few, else their pipelines, each of which opens."""
    groups = _by_pipeline(found)
    if len(found) <= FEW or len(groups) < 2:
        return list(found)
    return [
        replace(rows[0], chosen=any(row.chosen for row in rows), opens=True)
        for rows in groups.values()
        if rows
    ]


def _of_pipeline(found: Sequence[Choice], pipeline_id: int) -> tuple[Ref | None, Sequence[Choice]]:
    """The pipeline and its stages, which need not name it once more; where it is not there, all of them."""
    rows = _by_pipeline(found).get(pipeline_id, []) if pipeline_id else []
    if not rows or not isinstance(rows[0].label, PipelineChoice):
        return None, _pipelines(found)
    return Ref(pipeline_id, rows[0].label.name), [
        replace(row, label=replace(row.label, pipeline=None)) if isinstance(row.label, StageChoice) else row
        for row in rows
    ]


def _by_pipeline(found: Sequence[Choice]) -> dict[int, list[Choice]]:
    """By pipeline all of it and then its stages, as they stand there; by 0 where there is one pipeline."""
    groups: dict[int, list[Choice]] = {}
    here = 0
    for one in found:
        here = one.number - WHOLE if one.number >= WHOLE else here
        groups.setdefault(here, []).append(one)
    return groups
