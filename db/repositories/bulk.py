"""Many deals, leads or clients changed at once: each statement for all of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, exists, func, or_, select, union, update
from sqlalchemy.orm import aliased

from db.models import Company, Contact, Deal, DealTopic, Lead, Payment, Stage, Task
from db.repositories.base import Repository
from db.repositories.clients import Place, worked_on
from db.repositories.known_clients import KINDS, Client
from db.repositories.workload import UNFINISHED

_OPEN = Task.done_at.is_(None)
_OTHER, _STAGE = aliased(Deal), aliased(Stage)


@dataclass(frozen=True, slots=True)
class Along:
    """What goes with deals that change hands, with whose it was."""

    tasks: Mapping[int, int]
    contacts: Sequence[Contact]


class BulkRepository(Repository):
    """Deals, leads and clients by their ids; what else belongs to them is found by these."""

    async def deals(self, ids: Collection[int], *, hold: bool = False) -> list[tuple[Deal, Stage]]:
        """These deals with their stages, in the order of their ids; `hold` keeps others off till the end."""
        query = select(Deal, Stage).join(Stage, Stage.id == Deal.stage_id)
        query = query.where(Deal.id.in_(sorted(ids))).order_by(Deal.id)
        if hold:
            query = query.with_for_update(of=Deal).execution_options(populate_existing=True)
        return [(deal, stage) for deal, stage in await self.session.execute(query)]

    async def hold_tasks(self, deals: Collection[int], also: Collection[int] = ()) -> None:
        """Keep others off what is to do for these deals or their clients, and off some more, till the end.

        To be called before the deals are held: whoever does a task comes to its deal afterwards, too. SQLite
        has one writer anyway.
        """
        if self.session.get_bind().dialect.name == "sqlite":
            return
        clients = select(Deal.contact_id).where(Deal.id.in_(sorted(deals)))
        theirs = and_(_OPEN, or_(Task.deal_id.in_(sorted(deals)), Task.contact_id.in_(clients)))
        query = select(Task.id).where(or_(theirs, Task.id.in_(sorted(also)))).order_by(Task.id)
        await self.session.execute(query.with_for_update())

    async def leads(self, ids: Collection[int]) -> Sequence[Lead]:
        """These leads, in the order of their ids."""
        return (
            await self.session.scalars(select(Lead).where(Lead.id.in_(sorted(ids))).order_by(Lead.id))
        ).all()

    async def clients(self, kind: str, ids: Collection[int], *, hold: bool = False) -> Sequence[Client]:
        """These contacts, or companies, in the order of their ids; `hold` as with deals."""
        model = KINDS[kind]
        query = select(model).where(model.id.in_(sorted(ids))).order_by(model.id)
        if hold:
            query = query.with_for_update(of=model).execution_options(populate_existing=True)
        return cast("Sequence[Client]", (await self.session.scalars(query)).all())

    async def places(self, companies: Collection[int]) -> dict[int, list[Place]]:
        """Where the people and the deals of these companies lie, by company."""
        theirs = [
            select(one.company_id, one.owner_id, one.department_id).where(
                one.company_id.in_(sorted(companies))
            )
            for one in (Contact, Deal)
        ]
        found: dict[int, list[Place]] = {}
        for company, owner, department in await self.session.execute(union(*theirs)):
            found.setdefault(cast("int", company), []).append(Place(owner, department))
        return found

    async def worked_on(self, kind: str, ids: Collection[int], person_id: int) -> set[int]:
        """Those of these clients on whose deals in work somebody works."""
        client, query = worked_on(kind, person_id)
        found = await self.session.scalars(query.where(client.in_(sorted(ids))).distinct())
        return {one for one in found if one is not None}

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

    async def tasks_of(self, clients: Collection[int], kind: str = "contact") -> dict[int, int]:
        """What those who keep these clients still have to do for them, with whose it is."""
        model, place = KINDS[kind], Task.contact_id if kind == "contact" else Task.company_id
        query = (
            select(Task.id, Task.assignee_id)
            .join(model, and_(model.id == place, model.owner_id == Task.assignee_id))
            .where(model.id.in_(sorted(clients)), _OPEN)
            .order_by(Task.id)
        )
        return dict((await self.session.execute(query)).all())

    async def change(
        self, rows: Sequence[Mapping[str, Any]], model: type[Deal | Contact | Company] = Deal
    ) -> None:
        """Write values of what is held, each by its `id`; all rows name the same columns."""
        if not rows:
            return
        table, names = cast("Table", model.__table__), [name for name in rows[0] if name != "id"]
        values = {table.c[name]: bindparam(f"to_{name}", type_=table.c[name].type) for name in names}
        change = update(table).where(table.c.id == bindparam("of_id"))
        change = change.values({**values, table.c.version: table.c.version + 1})
        await self.session.execute(
            change,
            [{"of_id": row["id"], **{f"to_{name}": row[name] for name in names}} for row in rows],
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
