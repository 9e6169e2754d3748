"""Deals as rows of a table, read page by page."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from db.models import Company, Contact, Deal, Department, LossReason, Payment, Person, Stage
from db.repositories.base import Repository, within
from db.scope import Scope

WonRow = tuple[int, str, str, int | None, date | None, str, str, str, list[int]]


class ExportRepository(Repository):
    """Everything of a deal that a spreadsheet wants, without the talk."""

    async def deals(self, after: int, limit: int) -> list[Row[Any]]:
        """Deals with the names around them, after a key, the oldest first."""
        owner = aliased(Person)
        paid = (
            select(func.coalesce(func.sum(Payment.amount), 0))
            .where(Payment.deal_id == Deal.id, Payment.taken_back_at.is_(None))
            .correlate(Deal)
            .scalar_subquery()
        )
        query = (
            select(
                Deal.id,
                Deal.title,
                Stage.name.label("stage"),
                Stage.kind.label("kind"),
                Deal.amount,
                Deal.currency,
                paid.label("paid"),
                Contact.name.label("contact"),
                Contact.phone.label("phone"),
                Company.name.label("company"),
                owner.name.label("owner"),
                Department.name.label("department"),
                Deal.source,
                Deal.product,
                LossReason.name.label("loss_reason"),
                Deal.created_at,
                Deal.opened_on,
                Deal.closed_on,
                Deal.external_id,
                Deal.archived_at,
                Deal.tags,
            )
            .join(Stage, Stage.id == Deal.stage_id)
            .join(Department, Department.id == Deal.department_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .outerjoin(Company, Company.id == Deal.company_id)
            .outerjoin(owner, owner.id == Deal.owner_id)
            .outerjoin(LossReason, LossReason.id == Deal.loss_reason_id)
            .where(Deal.id > after)
            .order_by(Deal.id)
            .limit(limit)
        )
        return list((await self.session.execute(query)).all())

    async def won(
        self, scope: Scope, stages: Collection[int], first: date, last: date, limit: int
    ) -> list[WonRow]:
        """Deals that were won from a day to a day, the first ones: the fields of `WonDeal`, tags by id."""
        owner = aliased(Person)
        query = (
            select(
                Deal.id,
                Deal.title,
                func.coalesce(Company.name, Contact.name, ""),
                Deal.amount,
                Deal.closed_on,
                func.coalesce(owner.name, ""),
                Department.name,
                Deal.source,
                Deal.tags,
            )
            .join(Department, Department.id == Deal.department_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .outerjoin(Company, Company.id == Deal.company_id)
            .outerjoin(owner, owner.id == Deal.owner_id)
            .where(
                Deal.closed_on.between(first, last),
                Deal.stage_id.in_(stages),
                within(scope, Deal.owner_id, Deal.department_id),
            )
            .order_by(Deal.closed_on, Deal.id)
            .limit(limit)
        )
        return [(*row,) for row in await self.session.execute(query)]
