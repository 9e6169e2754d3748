"""Deals as rows of a table, read page by page."""

from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from db.models import Company, Contact, Deal, Department, LossReason, Payment, Person, Stage
from db.repositories.base import Repository


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
