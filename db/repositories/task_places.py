"""What tasks are for: the deal, lead or client, with what the right to see it depends on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select

from db.models import Company, Contact, Deal, Lead, Stage, Task
from db.repositories.base import Repository


@dataclass(frozen=True, slots=True)
class TaskPlace:
    """The deal, lead or client that a task is for."""

    kind: str
    title: str
    owners: frozenset[int | None]
    department_id: int | None
    stage: str | None = None
    """The kind of a deal's stage."""


def placed(column: Any) -> Select[Any]:
    """Something of tasks, and after it the columns of which `place_of` reads what each is for."""
    return (
        select(column, Deal.title, Deal.owner_id, Deal.crew, Deal.department_id, Stage.kind)
        .select_from(Task)
        .add_columns(Lead.title, Lead.owner_id, Lead.department_id)
        .add_columns(Contact.name, Contact.owner_id, Contact.department_id)
        .add_columns(Company.name, Company.owner_id, Company.department_id)
        .outerjoin(Deal, Deal.id == Task.deal_id)
        .outerjoin(Stage, Stage.id == Deal.stage_id)
        .outerjoin(Lead, Lead.id == Task.lead_id)
        .outerjoin(Contact, Contact.id == Task.contact_id)
        .outerjoin(Company, Company.id == Task.company_id)
    )


def place_of(columns: Sequence[Any]) -> TaskPlace | None:
    """A qualified lead's task goes on with its deal."""
    deal, owner, crew, department, stage, *others = columns
    if deal is not None:
        return TaskPlace("deal", deal, frozenset({owner, *crew}), department, stage)
    for kind, (name, owner_, department_) in zip(
        ("lead", "client", "client"), (others[:3], others[3:6], others[6:]), strict=True
    ):
        if name is not None:
            return TaskPlace(kind, name, frozenset({owner_}), department_)
    return None


_OF_TASKS = placed(Task.id).where(Task.id.in_(bindparam("ids", expanding=True)))
_DEALS = (
    select(Deal, Stage)
    .join(Stage, Stage.id == Deal.stage_id)
    .where(Deal.id.in_(bindparam("ids", expanding=True)))
    .order_by(Deal.id)
)


class TaskPlaceRepository(Repository):
    """Reads only."""

    async def of_tasks(self, ids: Collection[int]) -> dict[int, TaskPlace]:
        """What each of these tasks is for; those that are for nothing are left out."""
        if not ids:
            return {}
        rows = await self.session.execute(_OF_TASKS, {"ids": sorted(ids)})
        found = ((row[0], place_of(row[1:])) for row in rows)
        return {task: place for task, place in found if place is not None}

    async def deals(self, ids: Collection[int]) -> list[tuple[Deal, Stage]]:
        """Some deals with their stages."""
        if not ids:
            return []
        rows = await self.session.execute(_DEALS, {"ids": sorted(ids)})
        return [(deal, stage) for deal, stage in rows]
