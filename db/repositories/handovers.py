"""Handing over all that a colleague has in work, within what somebody may hand over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select, update

from db.models import Contact, Deal, Person, Stage, Task
from db.repositories.base import Repository, within
from db.repositories.workload import UNFINISHED
from db.scope import Scope


@dataclass(frozen=True, slots=True)
class Bundle:
    """Deals that change hands together, with the tasks and clients that go along."""

    deals: Sequence[int]
    tasks: Sequence[int]
    contacts: Sequence[int]


class HandoverRepository(Repository):
    """Won and lost deals stay with whoever closed them."""

    async def holders(self, scope: Scope) -> list[tuple[int, str, int, int]]:
        """People with deals in work: id, name, how many, and their sum in minor units; by name."""
        query = (
            select(Person.id, Person.name, func.count(), func.coalesce(func.sum(Deal.amount), 0))
            .join(Deal, Deal.owner_id == Person.id)
            .join(Stage, Stage.id == Deal.stage_id)
            .where(_in_work(scope))
            .group_by(Person.id, Person.name, Person.name_folded)
            .order_by(Person.name_folded, Person.id)
        )
        return [
            (one, name, count, int(total or 0))
            for one, name, count, total in await self.session.execute(query)
        ]

    async def page(
        self, scope: Scope, person_id: int, before: int | None, limit: int
    ) -> list[tuple[Deal, Stage, str | None]]:
        """Somebody's deals in work with stage and client, newest first, after the row `before`."""
        query = (
            select(Deal, Stage, Contact.name)
            .join(Stage, Stage.id == Deal.stage_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .where(_in_work(scope), Deal.owner_id == person_id)
            .order_by(Deal.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(Deal.id < before)
        return [(deal, stage, client) for deal, stage, client in await self.session.execute(query)]

    async def departments(self, scope: Scope, person_id: int) -> dict[int, int]:
        """In which departments somebody's deals in work lie, and how many in each."""
        query = (
            select(Deal.department_id, func.count())
            .join(Stage, Stage.id == Deal.stage_id)
            .where(_in_work(scope), Deal.owner_id == person_id)
            .group_by(Deal.department_id)
        )
        rows = await self.session.execute(query)
        return dict(rows.all())

    async def bundle(
        self, scope: Scope, person_id: int, departments: Collection[int], *, hold: bool = False
    ) -> Bundle:
        """Somebody's deals in work in some departments; `hold` keeps others off till its end."""
        mine = _of(scope, person_id, departments)
        wanted = mine.order_by(Deal.id)
        if hold:  # Tasks first: whoever does one comes to its deal afterwards, too.
            theirs = select(Task.id).where(_tasks(mine, person_id)).order_by(Task.id)
            await self.session.execute(theirs.with_for_update())
        return Bundle(
            deals=(await self.session.scalars(wanted.with_for_update(of=Deal) if hold else wanted)).all(),
            tasks=await self._ids(Task, _tasks(mine, person_id)),
            contacts=await self._ids(Contact, _contacts(mine, person_id)),
        )

    async def give(self, scope: Scope, person_id: int, departments: Collection[int], heir_id: int) -> None:
        """Give all that `bundle` names to somebody else; whoever holds an older version finds it changed."""
        mine = _of(scope, person_id, departments)
        for statement in (
            update(Task).where(_tasks(mine, person_id)).values(assignee_id=heir_id, version=Task.version + 1),
            update(Contact)
            .where(_contacts(mine, person_id))
            .values(owner_id=heir_id, version=Contact.version + 1),
            update(Deal).where(Deal.id.in_(mine)).values(owner_id=heir_id, version=Deal.version + 1),
        ):
            await self.session.execute(statement.execution_options(synchronize_session=False))

    async def _ids(self, table: type[Task | Contact], condition: ColumnElement[bool]) -> Sequence[int]:
        return (await self.session.scalars(select(table.id).where(condition).order_by(table.id))).all()


def _in_work(scope: Scope) -> ColumnElement[bool]:
    return within(scope, Deal.owner_id, Deal.department_id) & Stage.kind.in_(UNFINISHED)


def _of(scope: Scope, person_id: int, departments: Collection[int]) -> Select[int]:
    return (
        select(Deal.id)
        .join(Stage, Stage.id == Deal.stage_id)
        .where(_in_work(scope), Deal.owner_id == person_id, Deal.department_id.in_(sorted(departments)))
    )


def _tasks(deals: Select[int], person_id: int) -> ColumnElement[bool]:
    """What the person still has to do for these deals and their clients; tasks of others stay theirs."""
    clients = select(Contact.id).where(_contacts(deals, person_id))
    place = or_(Task.deal_id.in_(deals), Task.contact_id.in_(clients))
    return place & (Task.assignee_id == person_id) & Task.done_at.is_(None)


def _contacts(deals: Select[int], person_id: int) -> ColumnElement[bool]:
    """The person's own clients of these deals."""
    clients = select(Deal.contact_id).where(Deal.id.in_(deals), Deal.contact_id.is_not(None))
    return Contact.id.in_(clients) & (Contact.owner_id == person_id)
