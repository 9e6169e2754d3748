"""Which stages deals came to, as the history tells it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, case, select

from db.models import Deal, Event
from db.models.history import PASSAGES
from db.repositories.base import Repository, Sight, given, within
from db.scope import Scope

EVENT, DEAL = (cast("Table", model.__table__) for model in (Event, Deal))


@dataclass(frozen=True, slots=True)
class Passage:
    """A deal came to a stage; no `stage_id`: it was made, and stands in the first one of its pipeline."""

    event_id: int
    deal_id: int
    pipeline_id: int
    stage_id: int | None
    undoes: int | None
    """The event that was taken back by it."""


_DEAL = case(
    (EVENT.c.subject == "lead", Event.changes[("deal_id", 1)].as_integer()), else_=EVENT.c.subject_id
)
_STAGE = Event.changes[("stage_id", 1)].as_integer()


@cache
def _passages(seen: Sight) -> Select[Any]:
    return (
        select(EVENT.c.id, DEAL.c.id, DEAL.c.pipeline_id, _STAGE, Event.changes[("undone", 0)].as_integer())
        .select_from(EVENT)
        .join(DEAL, DEAL.c.id == _DEAL)
        .where(
            PASSAGES,
            EVENT.c.at >= bindparam("since"),
            EVENT.c.at < bindparam("until"),
            within(seen, DEAL.c.owner_id, DEAL.c.department_id),
        )
        .order_by(EVENT.c.id)
    )


class PassageRepository(Repository):
    """Read from the history; deals that were imported have one from then on."""

    async def between(self, scope: Scope, since: datetime, until: datetime) -> list[Passage]:
        """From a moment up to another, in order."""
        values = {**given(scope), "since": since, "until": until}
        return [Passage(*row) for row in await self.session.execute(_passages(Sight.of(scope)), values)]
