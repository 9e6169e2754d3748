"""Deals: one in hand, its card's facts, and lists by stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from db.models import (
    Company,
    Contact,
    Deal,
    DealHelper,
    Department,
    Lead,
    LossReason,
    Mute,
    Note,
    NoteFile,
    Payment,
    Person,
    Pipeline,
    Stage,
    Task,
)
from db.repositories.base import Repository
from db.repositories.deal_writing import Told, write_and_tell, write_deal
from db.repositories.fields import SCORING, field_is_made
from db.repositories.pipelines import FIRST
from db.repositories.reach import deals_within, in_archive
from db.scope import Scope


@dataclass(frozen=True, slots=True)
class DealFacts:
    """A deal with what its card shows of others."""

    deal: Deal
    stage: Stage
    department: str
    owner: str | None
    contact: Contact | None
    company: str | None
    loss_reason: str | None
    next_task: Task | None
    """The open task that is due first."""
    paid: bool
    """Whether there are payments."""
    files: bool
    """Whether files lie with it or with its lead."""
    muted: bool
    """Whether the reader wants to hear no news of it."""
    pipeline: str | None
    """The name of its pipeline, unless that is the first one, which new deals enter."""
    fields: bool
    """Whether the company has made fields for its deals."""
    scoring: dict[str, Any] | None
    """By which rules a deal is judged likely."""
    request: str | None
    """What the lead says that it was made from."""
    edition: int
    """That of the stages of its pipeline."""


# These are asked for every press on a deal, so they are built once.
_GET = select(Deal, Stage).join(Stage, Stage.id == Deal.stage_id).where(Deal.id == bindparam("deal_id"))
_OWNER = aliased(Person)
_OPEN = aliased(Task)
_NEXT_TASK = (
    select(_OPEN.id)
    .where(_OPEN.deal_id == Deal.id, _OPEN.done_at.is_(None))
    .order_by(_OPEN.due_at, _OPEN.id)
    .limit(1)
    .scalar_subquery()
)
_FACTS = (
    select(
        Deal,
        Stage,
        Department.name,
        _OWNER.name,
        Contact,
        Company.name,
        LossReason.name,
        Task,
        exists().where(Payment.deal_id == Deal.id).correlate(Deal),
        exists()
        .where(NoteFile.note_id == Note.id, or_(Note.deal_id == Deal.id, Note.lead_id == Deal.lead_id))
        .correlate(Deal),
        exists()
        .where(
            Mute.person_id == bindparam("reader_id"),
            Mute.subject == literal("deal", literal_execute=True),
            Mute.subject_id == Deal.id,
        )
        .correlate(Deal),
        case((Pipeline.id != FIRST, Pipeline.name)),
        field_is_made("deal"),
        SCORING,
        Lead.comment,
        Pipeline.edition,
    )
    .join(Stage, Stage.id == Deal.stage_id)
    .join(Pipeline, Pipeline.id == Deal.pipeline_id)
    .join(Department, Department.id == Deal.department_id)
    .outerjoin(_OWNER, _OWNER.id == Deal.owner_id)
    .outerjoin(Contact, Contact.id == Deal.contact_id)
    .outerjoin(Company, Company.id == Deal.company_id)
    .outerjoin(LossReason, LossReason.id == Deal.loss_reason_id)
    .outerjoin(Task, Task.id == _NEXT_TASK)
    .outerjoin(Lead, Lead.id == Deal.lead_id)
    .where(Deal.id == bindparam("deal_id"))
)
_PAYMENTS = (
    select(Payment, Person.name)
    .outerjoin(Person, Person.id == Payment.recorded_by)
    .where(Payment.deal_id == bindparam("of_deal"))
    .order_by(Payment.paid_on, Payment.id)
)


class DealRepository(Repository):
    """Reads of single deals come with their stage, since every right depends on it."""

    def visible_to(self, scope: Scope) -> ColumnElement[bool]:
        """The condition that a deal, joined with its stage, lies in a scope."""
        return deals_within(scope, Stage.kind.in_(("payment", "won", "lost")))

    async def get(self, deal_id: int) -> tuple[Deal, Stage] | None:
        """A deal with its stage."""
        row = (await self.session.execute(_GET, {"deal_id": deal_id})).one_or_none()
        return (row[0], row[1]) if row else None

    async def facts(self, deal_id: int, reader_id: int) -> DealFacts | None:
        """Everything that a card needs of a deal, but for lists, in one query."""
        given = {"deal_id": deal_id, "reader_id": reader_id}
        row = (await self.session.execute(_FACTS, given)).one_or_none()
        return DealFacts(*cast("tuple[Any, ...]", row)) if row else None

    async def change(self, deal: Deal, **values: object) -> bool:
        """Change a deal if nobody changed it since it was read; False if somebody did."""
        return await write_deal(self.session, deal, values)

    async def change_and_tell(
        self, deal: Deal, values: Mapping[str, object], event: Mapping[str, object]
    ) -> Told | None:
        """The same with its event, see `HistoryRepository.append`, and where the deal is shown; none if
        somebody did, and then all is to be undone."""
        return await write_and_tell(self.session, deal, values, event)

    async def goes_on(self, pipeline_id: int, contact_id: int | None, company_id: int | None) -> bool:
        """Whether the contact, or the company where there is none, has a deal in work in a pipeline."""
        whose = Deal.contact_id == contact_id if contact_id is not None else Deal.company_id == company_id
        open_ = (Deal.closed_on.is_(None), Deal.archived_at.is_(None))
        query = select(exists().where(Deal.pipeline_id == pipeline_id, *open_, whose))
        return bool(await self.session.scalar(query))

    async def page(
        self,
        scope: Scope,
        stage_id: int | None,
        before_id: int | None,
        limit: int,
        *,
        archived: bool = False,
        pipeline_id: int | None = None,
    ) -> Sequence[tuple[Deal, Stage, str | None, str | None]]:
        """Visible deals with stage, contact and owner names, newest first, after the row `before_id`.

        Those of the archive, or all the others; of one stage, or one pipeline, if it is named.
        """
        query = (
            select(Deal, Stage, Contact.name, _OWNER.name)
            .join(Stage, Stage.id == Deal.stage_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .outerjoin(_OWNER, _OWNER.id == Deal.owner_id)
            .where(self.visible_to(scope), in_archive(archived=archived))
            .order_by(Deal.id.desc())
            .limit(limit)
        )
        if stage_id is not None:
            query = query.where(Deal.stage_id == stage_id)
        if pipeline_id is not None:
            query = query.where(Deal.pipeline_id == pipeline_id)
        if before_id is not None:
            query = query.where(Deal.id < before_id)
        return [
            (deal, stage, client, name) for deal, stage, client, name in await self.session.execute(query)
        ]

    async def set_helpers(self, deal_id: int, people: Sequence[int]) -> None:
        """Let exactly these people work on a deal."""
        await self.session.execute(delete(DealHelper).where(DealHelper.deal_id == deal_id))
        rows = [{"deal_id": deal_id, "person_id": person} for person in people]
        if rows:
            await self.session.execute(insert(DealHelper), rows)

    async def of_owner_lately(
        self, person_id: int, limit: int, pipeline_id: int | None = None
    ) -> list[tuple[Deal, str | None]]:
        """Somebody's deals in work with their clients' names, those that moved last first.

        Of one pipeline, if it is named.
        """
        query = (
            select(Deal, Contact.name)
            .join(Stage, Stage.id == Deal.stage_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .where(Deal.owner_id == person_id, Stage.kind.in_(("open", "payment")))
            .order_by(Deal.stage_since.desc(), Deal.id.desc())
            .limit(limit)
        )
        if pipeline_id is not None:
            query = query.where(Deal.pipeline_id == pipeline_id)
        return [(deal, client) for deal, client in await self.session.execute(query)]

    async def counts(self, scope: Scope, pipeline_id: int | None = None) -> dict[int, tuple[int, int]]:
        """Visible deals of a pipeline, or of all, by stage, not archived: how many, and their sum in minor
        units."""
        here = () if pipeline_id is None else (Deal.pipeline_id == pipeline_id,)
        query = (
            select(Deal.stage_id, func.count(), func.coalesce(func.sum(Deal.amount), 0))
            .join(Stage, Stage.id == Deal.stage_id)
            .where(self.visible_to(scope), *here, in_archive(archived=False))
            .group_by(Deal.stage_id)
        )
        rows = await self.session.execute(query)
        return {stage: (count, int(total or 0)) for stage, count, total in rows}

    async def payments(self, deal_id: int) -> list[tuple[Payment, str | None]]:
        """The payments of a deal with who recorded them, oldest first."""
        rows = await self.session.execute(_PAYMENTS, {"of_deal": deal_id})
        return [(payment, name) for payment, name in rows]
