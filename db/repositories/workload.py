"""What somebody has in hand: counted for the menu, and handed over when they leave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, func, select, update

from db.models import Company, Contact, Deal, DealHelper, Form, Lead, Mute, Outbox, Stage, Task
from db.repositories.base import Repository

_AT_ONCE = 5000
"""So many ids fit into one statement."""
UNFINISHED = ("open", "payment")


@dataclass(frozen=True, slots=True)
class Agenda:
    """Counts for the menu."""

    free_leads: int
    overdue: int
    due: int


@dataclass(frozen=True, slots=True)
class Workload:
    """Ids of somebody's unfinished work and of their clients."""

    leads: Sequence[int]
    deals: Sequence[int]
    tasks: Sequence[int]
    contacts: Sequence[int]
    firms: Sequence[int]


@dataclass(frozen=True, slots=True)
class Ties:
    """What of somebody's work belongs together: the contacts of deals and leads, and what tasks are for."""

    deals: Mapping[int, int | None]
    leads: Mapping[int, int | None]
    tasks: Mapping[int, tuple[str, int] | None]


class WorkloadRepository(Repository):
    """Won and lost deals stay with whoever closed them: they are that person's figures."""

    async def agenda(
        self, person_id: int, departments: Iterable[int], now: datetime, until: datetime
    ) -> Agenda:
        """Free leads of some departments, the person's overdue tasks, and those due from now `until`."""
        mine = (Task.assignee_id == person_id, Task.done_at.is_(None))
        free = (
            Lead.department_id.in_(sorted(departments)),
            Lead.owner_id.is_(None),
            Lead.closed_at.is_(None),
        )
        query = select(
            _count(Lead, *free),
            _count(Task, *mine, Task.due_at < now),
            _count(Task, *mine, Task.due_at >= now, Task.due_at < until),
        )
        leads, overdue, due = (await self.session.execute(query)).one()
        return Agenda(leads, overdue, due)

    async def of(self, person_id: int) -> Workload:
        """Everything unfinished that a person has in hand."""
        return Workload(
            leads=await self._ids(
                select(Lead.id).where(Lead.owner_id == person_id, Lead.closed_at.is_(None)).order_by(Lead.id)
            ),
            deals=await self._ids(
                select(Deal.id)
                .join(Stage, Stage.id == Deal.stage_id)
                .where(Deal.owner_id == person_id, Stage.kind.in_(UNFINISHED))
                .order_by(Deal.id)
            ),
            tasks=await self._ids(select(Task.id).where(_to_give(person_id)).order_by(Task.id)),
            contacts=await self._ids(
                select(Contact.id).where(Contact.owner_id == person_id).order_by(Contact.id)
            ),
            firms=await self._ids(
                select(Company.id).where(Company.owner_id == person_id).order_by(Company.id)
            ),
        )

    async def hand_over(self, person_id: int, heir_id: int) -> None:
        """Give all that `of` names to somebody else; whoever holds an older version finds it changed."""
        unfinished = select(Stage.id).where(Stage.kind.in_(UNFINISHED))
        # Tasks first: whoever does one comes to its lead or deal afterwards, too.
        for statement in (
            update(Task).where(_to_give(person_id)).values(assignee_id=heir_id, version=Task.version + 1),
            update(Lead)
            .where(Lead.owner_id == person_id, Lead.closed_at.is_(None))
            .values(owner_id=heir_id, version=Lead.version + 1),
            update(Deal)
            .where(Deal.owner_id == person_id, Deal.stage_id.in_(unfinished))
            .values(owner_id=heir_id, version=Deal.version + 1),
            update(Contact)
            .where(Contact.owner_id == person_id)
            .values(owner_id=heir_id, version=Contact.version + 1),
            update(Company)
            .where(Company.owner_id == person_id)
            .values(owner_id=heir_id, version=Company.version + 1),
        ):
            await self.session.execute(statement.execution_options(synchronize_session=False))

    async def ties(self, person_id: int) -> Ties:
        """What of all that `of` names belongs together."""
        deals = await self.session.execute(select(Deal.id, Deal.contact_id).where(Deal.owner_id == person_id))
        leads = await self.session.execute(select(Lead.id, Lead.contact_id).where(Lead.owner_id == person_id))
        tasks = await self.session.execute(
            select(Task.id, Task.deal_id, Task.lead_id, Task.contact_id, Task.company_id).where(
                _to_give(person_id)
            )
        )
        subjects = ("deal", "lead", "contact", "firm")
        return Ties(
            deals=dict(deals.all()),
            leads=dict(leads.all()),
            tasks={
                task: next(
                    ((subject, one) for subject, one in zip(subjects, places, strict=True) if one), None
                )
                for task, *places in tasks
            },
        )

    async def give(self, part: Workload, heir_id: int) -> None:
        """Give exactly this to somebody; whoever holds an older version finds it changed."""
        for table, ids in (
            (Task, part.tasks),
            (Lead, part.leads),
            (Deal, part.deals),
            (Contact, part.contacts),
            (Company, part.firms),
        ):
            owner = "assignee_id" if table is Task else "owner_id"
            for start in range(0, len(ids), _AT_ONCE):
                statement = update(table).where(table.id.in_(ids[start : start + _AT_ONCE]))
                values = {owner: heir_id, "version": table.version + 1}
                await self.session.execute(
                    statement.values(values).execution_options(synchronize_session=False)
                )

    async def leave_crews(self, person_id: int) -> list[int]:
        """Take somebody out of every deal that is another's; whoever holds an older version finds it changed.

        Returns which deals these are.
        """
        helped = select(Deal).join(DealHelper, DealHelper.deal_id == Deal.id).order_by(Deal.id)
        mine = helped.where(DealHelper.person_id == person_id).with_for_update(of=Deal)
        deals = (await self.session.scalars(mine)).all()
        for deal in deals:
            deal.crew = [person for person in deal.crew if person != person_id]
            deal.version += 1
        await self.session.flush()
        await self.session.execute(delete(DealHelper).where(DealHelper.person_id == person_id))
        return [deal.id for deal in deals]

    async def silence(self, person_id: int, telegram_id: int | None) -> None:
        """Nothing waits for this person any more: no message and no open form."""
        await self.session.execute(
            update(Outbox)
            .where(Outbox.person_id == person_id, Outbox.state.in_(("new", "held")))
            .values(state="cancelled")
            .execution_options(synchronize_session=False)
        )
        await self.session.execute(delete(Mute).where(Mute.person_id == person_id))
        if telegram_id is not None:
            await self.session.execute(delete(Form).where(Form.user_id == telegram_id))

    async def _ids(self, query: Select[int]) -> Sequence[int]:
        return (await self.session.scalars(query)).all()


def _to_give(person_id: int) -> ColumnElement[bool]:
    """Somebody's tasks that a colleague can do in their place: personal ones are nobody else's business."""
    return and_(Task.assignee_id == person_id, Task.done_at.is_(None), Task.personal.is_(False))


def _count(table: type[Lead | Task], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()
