"""Deals: one in hand, its card's facts, and lists by stage."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import aliased

from db.models import Company, Contact, Deal, Department, LossReason, Payment, Person, Stage
from db.repositories.base import Repository, within
from db.scope import Scope


@dataclass(frozen=True, slots=True)
class DealFacts:
    """A deal with the names that its card shows."""

    deal: Deal
    stage: Stage
    department: str
    owner: str | None
    contact: Contact | None
    company: str | None
    loss_reason: str | None


class DealRepository(Repository):
    """Reads of single deals come with their stage, since every right depends on it."""

    def visible_to(self, scope: Scope) -> ColumnElement[bool]:
        """The condition that a deal, joined with its stage, lies in a scope."""
        return within(scope, Deal.owner_id, Deal.department_id, Stage.kind.in_(("payment", "won", "lost")))

    async def get(self, deal_id: int) -> tuple[Deal, Stage] | None:
        """A deal with its stage."""
        query = select(Deal, Stage).join(Stage, Stage.id == Deal.stage_id).where(Deal.id == deal_id)
        row = (await self.session.execute(query)).one_or_none()
        return (row[0], row[1]) if row else None

    async def facts(self, deal_id: int) -> DealFacts | None:
        """Everything that a card needs of a deal itself, in one query."""
        owner = aliased(Person)
        query = (
            select(Deal, Stage, Department.name, owner.name, Contact, Company.name, LossReason.name)
            .join(Stage, Stage.id == Deal.stage_id)
            .join(Department, Department.id == Deal.department_id)
            .outerjoin(owner, owner.id == Deal.owner_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .outerjoin(Company, Company.id == Deal.company_id)
            .outerjoin(LossReason, LossReason.id == Deal.loss_reason_id)
            .where(Deal.id == deal_id)
        )
        row = (await self.session.execute(query)).one_or_none()
        return DealFacts(*row) if row else None

    async def change(self, deal_id: int, version: int, **values: object) -> bool:
        """Change a deal if nobody changed it since that version; False if somebody did."""
        result = await self.session.execute(
            update(Deal)
            .where(Deal.id == deal_id, Deal.version == version)
            .values(version=version + 1, **values)
            .execution_options(synchronize_session="fetch")
        )
        return bool(result.rowcount)  # type: ignore[attr-defined]  # a CursorResult for DML

    async def page(
        self, scope: Scope, stage_id: int | None, before_id: int | None, limit: int
    ) -> Sequence[tuple[Deal, Stage, str | None, str | None]]:
        """Visible deals with stage, contact and owner names, newest first, after the row `before_id`."""
        owner = aliased(Person)
        query = (
            select(Deal, Stage, Contact.name, owner.name)
            .join(Stage, Stage.id == Deal.stage_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .outerjoin(owner, owner.id == Deal.owner_id)
            .where(self.visible_to(scope))
            .order_by(Deal.id.desc())
            .limit(limit)
        )
        if stage_id is not None:
            query = query.where(Deal.stage_id == stage_id)
        if before_id is not None:
            query = query.where(Deal.id < before_id)
        return [
            (deal, stage, client, name) for deal, stage, client, name in await self.session.execute(query)
        ]

    async def counts(self, scope: Scope, pipeline_id: int) -> dict[int, tuple[int, int]]:
        """Visible deals of a pipeline by stage: how many, and their sum in minor units."""
        query = (
            select(Deal.stage_id, func.count(), func.coalesce(func.sum(Deal.amount), 0))
            .join(Stage, Stage.id == Deal.stage_id)
            .where(self.visible_to(scope), Deal.pipeline_id == pipeline_id)
            .group_by(Deal.stage_id)
        )
        rows = await self.session.execute(query)
        return {stage: (count, int(total or 0)) for stage, count, total in rows}

    async def payments(self, deal_id: int) -> list[tuple[Payment, str | None]]:
        """The payments of a deal with who recorded them, oldest first."""
        query = (
            select(Payment, Person.name)
            .outerjoin(Person, Person.id == Payment.recorded_by)
            .where(Payment.deal_id == deal_id)
            .order_by(Payment.paid_on, Payment.id)
        )
        return [(payment, name) for payment, name in await self.session.execute(query)]
