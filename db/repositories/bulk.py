"""Many deals or leads changed at once: each statement for all of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, exists, func, select, update
from sqlalchemy.orm import aliased

from db.models import Contact, Deal, DealTopic, Lead, Payment, Stage, Task
from db.repositories.base import Repository
from db.repositories.workload import UNFINISHED

DEAL = cast("Table", Deal.__table__)
_OPEN = Task.done_at.is_(None)
_OTHER, _STAGE = aliased(Deal), aliased(Stage)


@dataclass(frozen=True, slots=True)
class Along:
    """What goes with deals that change hands, with whose it was."""

    tasks: Mapping[int, int]
    contacts: Sequence[Contact]


class BulkRepository(Repository):
    """Deals by their ids; what else belongs to them is found by these."""

    async def deals(self, ids: Collection[int], *, hold: bool = False) -> list[tuple[Deal, Stage]]:
        """These deals with their stages, in the order of their ids; `hold` keeps others off till the end."""
        query = select(Deal, Stage).join(Stage, Stage.id == Deal.stage_id)
        query = query.where(Deal.id.in_(sorted(ids))).order_by(Deal.id)
        if hold:
            query = query.with_for_update(of=Deal).execution_options(populate_existing=True)
        return [(deal, stage) for deal, stage in await self.session.execute(query)]

    async def leads(self, ids: Collection[int]) -> Sequence[Lead]:
        """These leads, in the order of their ids."""
        return (
            await self.session.scalars(select(Lead).where(Lead.id.in_(sorted(ids))).order_by(Lead.id))
        ).all()

    async def paid(self, ids: Collection[int]) -> dict[int, int]:
        """How much was paid for these deals, of those for which anything was."""
        query = (
            select(Payment.deal_id, func.sum(Payment.amount))
            .where(Payment.deal_id.in_(sorted(ids)), Payment.taken_back_at.is_(None))
            .group_by(Payment.deal_id)
        )
        return {deal: int(total) for deal, total in await self.session.execute(query)}

    async def along(self, ids: Collection[int]) -> Along:
        """What the owners of these deals still have to do for them, and the clients that are these deals'.

        A client goes along if it is the owner's own and they have no other deal with it in work.
        """
        here = sorted(ids)
        elsewhere = exists().where(
            _OTHER.contact_id == Contact.id,
            _OTHER.owner_id == Contact.owner_id,
            _OTHER.id.not_in(here),
            _STAGE.id == _OTHER.stage_id,
            _STAGE.kind.in_(UNFINISHED),
        )
        ours = select(Deal.id).where(
            Deal.id.in_(here), Deal.contact_id == Contact.id, Deal.owner_id == Contact.owner_id
        )
        contacts = select(Contact).where(exists(ours.correlate(Contact)), ~elsewhere).order_by(Contact.id)
        tasks = select(Task.id, Task.assignee_id).join(
            Deal, and_(Deal.id == Task.deal_id, Deal.owner_id == Task.assignee_id)
        )
        found = await self.session.execute(tasks.where(Deal.id.in_(here), _OPEN).order_by(Task.id))
        return Along(dict(found.all()), (await self.session.scalars(contacts)).all())

    async def tasks_of(self, contacts: Collection[int]) -> dict[int, int]:
        """What those who keep these clients still have to do for them, with whose it is."""
        query = (
            select(Task.id, Task.assignee_id)
            .join(Contact, and_(Contact.id == Task.contact_id, Contact.owner_id == Task.assignee_id))
            .where(Contact.id.in_(sorted(contacts)), _OPEN)
            .order_by(Task.id)
        )
        return dict((await self.session.execute(query)).all())

    async def change(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write values of deals that are held, each by its `deal_id`; all rows name the same columns."""
        if not rows:
            return
        names = [name for name in rows[0] if name != "deal_id"]
        values = {DEAL.c[name]: bindparam(f"to_{name}", type_=DEAL.c[name].type) for name in names}
        change = update(DEAL).where(DEAL.c.id == bindparam("of_id"))
        change = change.values({**values, DEAL.c.version: DEAL.c.version + 1})
        await self.session.execute(
            change,
            [{"of_id": row["deal_id"], **{f"to_{name}": row[name] for name in names}} for row in rows],
        )

    async def give(self, table: type[Task | Contact], ids: Mapping[int, int]) -> None:
        """Give tasks or clients to people, each to its own."""
        column = "assignee_id" if table is Task else "owner_id"
        for person in sorted(set(ids.values())):
            theirs = sorted(one for one, whose in ids.items() if whose == person)
            given = update(table).where(table.id.in_(theirs))
            given = given.values({column: person, "version": table.version + 1})
            await self.session.execute(given.execution_options(synchronize_session=False))

    async def kept_by(self, contacts: Collection[int], person_id: int) -> Sequence[int]:
        """Those of these clients that are somebody's."""
        query = select(Contact.id).where(Contact.id.in_(sorted(contacts)), Contact.owner_id == person_id)
        return (await self.session.scalars(query)).all()

    async def open_tasks(self, ids: Collection[int]) -> Sequence[Task]:
        """Everything that is still to do for these deals."""
        query = select(Task).where(Task.deal_id.in_(sorted(ids)), _OPEN).order_by(Task.id)
        return (await self.session.scalars(query)).all()

    async def open_tasks_of_leads(self, ids: Collection[int]) -> Sequence[Task]:
        """Everything that is still to do for these leads."""
        query = select(Task).where(Task.lead_id.in_(sorted(ids)), _OPEN).order_by(Task.id)
        return (await self.session.scalars(query)).all()

    async def with_topics(self, ids: Collection[int]) -> Sequence[int]:
        """Those of these deals that have a topic of their own."""
        query = select(DealTopic.deal_id).where(DealTopic.deal_id.in_(sorted(ids)))
        return (await self.session.scalars(query.order_by(DealTopic.deal_id))).all()
