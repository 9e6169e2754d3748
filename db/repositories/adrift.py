"""Deals without a next step: which ones are due to have one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_

from db.models import Deal, Task


@dataclass(frozen=True, slots=True)
class StepLimits:
    """Stages whose deals are to have a next step; those of all others may do without."""

    at_once: tuple[int, ...]
    later: tuple[tuple[tuple[int, ...], datetime], ...] = ()
    """Stages, and before when anything must have happened last with a deal that stands there."""

    @property
    def given(self) -> Mapping[str, object]:
        """The parameters of `parts`."""
        found: dict[str, object] = {"at_once": [*self.at_once]}
        for n, (stages, before) in enumerate(self.later):
            found |= {f"later_{n}": [*stages], f"before_{n}": before}
        return found


def parts(deal: type[Deal], later: int) -> list[ColumnElement[bool]]:
    """Such deals, in parts that have none in common; `later`: how many of the limits have a moment.

    A statement is the same for all limits of one shape, so that it is built once. Whoever counts, counts each
    part by itself: for alternatives SQLite reads the deals behind its indexes.
    """
    planned = exists().where(Task.deal_id == deal.id, Task.done_at.is_(None)).correlate(deal)
    waits = [and_(_in_stages(deal, f"later_{n}"), _untouched(deal, f"before_{n}")) for n in range(later)]
    return [and_(part, ~planned) for part in (_in_stages(deal, "at_once"), *waits)]


def adrift(deal: type[Deal], later: int) -> ColumnElement[bool]:
    """All of them."""
    return or_(*parts(deal, later))


def _in_stages(deal: type[Deal], stages: str) -> ColumnElement[bool]:
    """By their ids, which an index finds without looking at the stages themselves."""
    return deal.stage_id.in_(bindparam(stages, expanding=True))


def _untouched(deal: type[Deal], before: str) -> ColumnElement[bool]:
    moment: Any = bindparam(before, type_=Deal.__table__.c.touched_at.type)
    # Only open deals stand in open stages: said once more for the index of those in work.
    return and_(deal.closed_on.is_(None), or_(deal.touched_at.is_(None), deal.touched_at < moment))
