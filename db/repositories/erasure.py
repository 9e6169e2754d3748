"""Destroys what is kept of a person, wherever it lies; what must stay loses what tells of them."""

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, null, or_, select, update

from db.models import (
    Call,
    Contact,
    ContactPoint,
    CustomField,
    Deal,
    Event,
    FieldValue,
    FieldWord,
    Inquiry,
    Lead,
    Merge,
    Note,
    NoteFile,
    NoteSource,
    NoteVersion,
    Task,
    TaskItem,
    TaskSeries,
)
from db.repositories.base import Repository
from db.repositories.leads import OPEN
from db.searched import written

PAGE = 500
BLANK = "—"
REPHRASING = ("task.edit", "task.give")
"""Events of tasks that tell their words."""


@dataclass(frozen=True, slots=True)
class Traces:
    """The rows that tell of somebody, by their ids."""

    contact_id: int
    points: frozenset[str]
    leads: frozenset[int]
    deals: frozenset[int]
    tasks: frozenset[int]
    notes: frozenset[int]
    former: frozenset[int] = frozenset()
    """Tasks that have named them before and are of something else now: of these only the history tells."""

    @property
    def subjects(self) -> Mapping[str, Collection[int]]:
        """The same as the history names them."""
        return {
            "contact": {self.contact_id},
            "lead": self.leads,
            "deal": self.deals,
            "task": self.tasks,
        }


class ErasureRepository(Repository):
    """Rights are asked before."""

    async def traces(self, contact_id: int) -> Traces:
        """Everything of a contact: a lead of nobody with their phone or address is theirs, too."""
        points = frozenset(
            await self._all(select(ContactPoint.value).where(ContactPoint.contact_id == contact_id))
        )
        reached = or_(Lead.phone.in_(points), Lead.email.in_(points))
        mine = or_(Lead.contact_id == contact_id, Lead.contact_id.is_(None) & reached)
        leads = frozenset(await self._all(select(Lead.id).where(mine)))
        of_leads = Deal.contact_id.is_(None) & Deal.lead_id.in_(leads)
        deals = frozenset(
            await self._all(select(Deal.id).where(or_(Deal.contact_id == contact_id, of_leads)))
        )
        tasks = frozenset(await self._all(select(Task.id).where(_of(Task, contact_id, leads, deals))))
        said = or_(_of(Note, contact_id, leads, deals), Note.task_id.in_(tasks))
        notes = frozenset(await self._all(select(Note.id).where(said)))
        return Traces(contact_id, points, leads, deals, tasks, notes)

    async def loose_tasks(self) -> AsyncIterator[list[tuple[int, str]]]:
        """What the tasks say that belong to no deal, lead or client, a part at a time."""
        after = 0
        linked = func.coalesce(Task.deal_id, Task.lead_id, Task.contact_id, Task.company_id)
        tasks = select(Task.id, Task.text).where(linked.is_(None)).order_by(Task.id).limit(PAGE)
        while True:
            query = tasks.where(Task.id > after)
            found = [(task, text) for task, text in await self.session.execute(query)]
            if not found:
                return
            yield found
            after = found[-1][0]

    async def former_words(self) -> AsyncIterator[list[tuple[int, str]]]:
        """What such tasks said before, as their history tells it, a part at a time."""
        after = 0
        linked = func.coalesce(Task.deal_id, Task.lead_id, Task.contact_id, Task.company_id)
        told = (
            select(Event.id, Event.subject_id, Event.changes)
            .join(Task, Task.id == Event.subject_id)
            .where(Event.subject == "task", Event.action.in_(REPHRASING), linked.is_(None))
            .order_by(Event.id)
            .limit(PAGE)
        )
        while True:
            rows = (await self.session.execute(told.where(Event.id > after))).all()
            if not rows:
                return
            yield [
                (task, word)
                for _, task, changes in rows
                for word in changes.get("text", ())
                if isinstance(word, str)
            ]
            after = rows[-1][0]

    async def notes_of_tasks(self, tasks: Collection[int]) -> frozenset[int]:
        """What was said of these tasks."""
        return frozenset(await self._all(select(Note.id).where(Note.task_id.in_(tasks))))

    async def count(self, traces: Traces) -> tuple[int, int]:
        """How many files and calls are among it."""
        files = select(func.count()).where(NoteFile.note_id.in_(traces.notes))
        calls = select(func.count()).where(_of(Call, traces.contact_id, traces.leads, traces.deals))
        row = (await self.session.execute(select(files.scalar_subquery(), calls.scalar_subquery()))).one()
        return int(row[0]), int(row[1])

    async def leads_in_work(self, ids: Collection[int]) -> list[Lead]:
        """Those of these leads that are not closed."""
        query = select(Lead).where(Lead.id.in_(ids), Lead.status.in_(OPEN)).order_by(Lead.id)
        return list(await self.session.scalars(query))

    async def deals_in_work(self, ids: Collection[int]) -> list[Deal]:
        """The same of deals."""
        query = select(Deal).where(Deal.id.in_(ids), Deal.closed_on.is_(None)).order_by(Deal.id)
        return list(await self.session.scalars(query))

    async def forget_talk(self, traces: Traces, now: datetime) -> None:
        """Notes with their files and what they said before; calls and tasks no longer say whose they were."""
        for part in (NoteFile, NoteVersion, NoteSource):
            await self._run(delete(part).where(part.note_id.in_(traces.notes)))
        await self._run(delete(Note).where(Note.id.in_(traces.notes)))
        written(self.session, "note", traces.notes)
        await self._run(update(Call).where(Call.contact_id == traces.contact_id).values(contact_id=None))
        await self._run(
            update(Task)
            .where(Task.id.in_(traces.tasks))
            .values(
                text=BLANK,
                contact_id=None,
                source_name=None,
                items=0,
                items_done=0,
                dropped_at=None,
                version=Task.version + 1,
            )
        )
        await self._run(delete(TaskItem).where(TaskItem.task_id.in_(traces.tasks)))
        series = select(Task.series_id).where(Task.id.in_(traces.tasks))
        await self._run(update(TaskSeries).where(TaskSeries.id.in_(series)).values(stopped_at=now))

    async def forget_requests(self, traces: Traces) -> None:
        """Leads stay as numbers with their dates and outcomes, so that reports stay true."""
        nothing = dict.fromkeys(("name", "phone", "email", "username", "comment", "contact_id"))
        await self._run(
            update(Lead)
            .where(Lead.id.in_(traces.leads))
            .values(**nothing, title=BLANK, search="", version=Lead.version + 1)
        )
        written(self.session, "lead", traces.leads)
        mine = or_(Inquiry.lead_id.in_(traces.leads), Inquiry.deal_id.in_(traces.deals))
        await self._run(
            update(Inquiry).where(mine).values(received={}, utm={}, page_url=None, external_id=None)
        )

    async def forget_deals(self, traces: Traces) -> None:
        """Deals and their payments stay for the books, without a client and without what they were called.

        Of the company's own fields numbers, days and choices stay; words and files go.
        """
        own = select(CustomField.id).where(CustomField.subject == "deal")
        told = or_(FieldValue.text.is_not(None), FieldValue.data.is_not(None))
        for gone in (
            delete(FieldWord).where(FieldWord.subject_id.in_(traces.deals), FieldWord.field_id.in_(own)),
            delete(FieldValue).where(
                FieldValue.subject == "deal", FieldValue.subject_id.in_(traces.deals), told
            ),
        ):
            await self._run(gone)
        await self._run(
            update(Deal)
            .where(Deal.id.in_(traces.deals))
            .values(contact_id=None, title=BLANK, search="", version=Deal.version + 1)
        )
        written(self.session, "deal", traces.deals)

    async def forget_unitings(self, contact_id: int) -> tuple[list[int], list[int]]:
        """Of whoever went into this contact nothing is kept any more; returns their numbers.

        And the numbers of those who were one with them for a while, and stand for themselves again.
        """
        gone: list[int] = []
        into = [contact_id]
        while into:
            query = select(Merge.gone_id).where(
                Merge.kind == "contact", Merge.kept_id.in_(into), Merge.undone_at.is_(None)
            )
            into = [one for one in await self._all(query) if one not in gone]
            gone += into
        mine = [contact_id, *gone]
        of_them = (Merge.kind == "contact", Merge.kept_id.in_(mine) | Merge.gone_id.in_(mine))
        both = await self.session.execute(select(Merge.kept_id, Merge.gone_id).where(*of_them))
        others = {one for row in both for one in row} - set(mine)
        forgotten = {"gone": null(), "points": [], "changed": {}, "moved": {}}
        await self._run(update(Merge).where(*of_them).values(**forgotten))
        return gone, sorted(others)

    async def remove(self, contact: Contact) -> bool:
        """The contact with its points and consents; False if it was changed meanwhile."""
        gone = delete(Contact).where(Contact.id == contact.id, Contact.version == contact.version)
        written(self.session, "contact", {contact.id})
        return bool(await self.affect(gone.execution_options(synchronize_session=False)))

    async def events(self, subject: str, ids: Collection[int]) -> AsyncIterator[list[Event]]:
        """The history of these subjects, a part at a time."""
        after = 0
        while True:
            query = select(Event).where(Event.subject == subject, Event.subject_id.in_(ids), Event.id > after)
            found = list(await self.session.scalars(query.order_by(Event.id).limit(PAGE)))
            if not found:
                return
            yield found
            after = found[-1].id

    async def scrub(self, event: Event, changes: dict[str, Any], fingerprint: str, erased_by: int) -> None:
        """Write down what is left of an event, and what its seal holds for."""
        values = {"changes": changes, "fingerprint": fingerprint, "erased_by": erased_by}
        await self._run(update(Event).where(Event.id == event.id).values(**values))

    async def _all(self, query: Select[Any]) -> list[Any]:
        return list((await self.session.scalars(query)).all())

    async def _run(self, statement: Any) -> None:
        await self.session.execute(statement.execution_options(synchronize_session=False))


def _of(
    model: type[Any], contact_id: int, leads: Collection[int], deals: Collection[int]
) -> ColumnElement[bool]:
    return or_(model.contact_id == contact_id, model.lead_id.in_(leads), model.deal_id.in_(deals))
