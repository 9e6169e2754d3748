"""Deals, leads, contacts and companies as rows of a table, read page by page."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from db.models import (
    Company,
    Contact,
    ContactPoint,
    Deal,
    Department,
    Lead,
    LossReason,
    Payment,
    Person,
    Stage,
)
from db.models.clients import EMAIL, PHONE
from db.repositories.base import Repository, within
from db.scope import Scope

WonRow = tuple[int, str, str, int | None, date | None, str, str, str, list[int]]


_OWNER = aliased(Person)
_PAID = (
    select(func.coalesce(func.sum(Payment.amount), 0))
    .where(Payment.deal_id == Deal.id, Payment.taken_back_at.is_(None))
    .correlate(Deal)
    .scalar_subquery()
)


def _points(kind: str, whose: Any) -> Any:
    """All phones or addresses of somebody."""
    told = select(func.aggregate_strings(ContactPoint.value, ", "))
    return told.where(ContactPoint.kind == kind, whose).scalar_subquery()


_DEALS = (
    select(
        Deal.id,
        Deal.title,
        Stage.name.label("stage"),
        Stage.kind.label("stage_kind"),
        Deal.amount,
        Deal.currency,
        _PAID.label("paid"),
        Contact.name.label("contact"),
        Contact.phone.label("phone"),
        Company.name.label("company"),
        _OWNER.name.label("owner"),
        Department.name.label("department"),
        Deal.source,
        Deal.product,
        LossReason.name.label("loss_reason"),
        Deal.created_at.label("created"),
        Deal.opened_on.label("opened"),
        Deal.closed_on.label("closed"),
        Deal.external_id,
        Deal.archived_at.label("archived"),
        Deal.tags,
    )
    .join(Stage, Stage.id == Deal.stage_id)
    .join(Department, Department.id == Deal.department_id)
    .outerjoin(Contact, Contact.id == Deal.contact_id)
    .outerjoin(Company, Company.id == Deal.company_id)
    .outerjoin(_OWNER, _OWNER.id == Deal.owner_id)
    .outerjoin(LossReason, LossReason.id == Deal.loss_reason_id)
)
_LEADS = (
    select(
        Lead.id,
        Lead.title,
        Lead.status,
        Lead.name,
        Lead.phone,
        Lead.email,
        Lead.username,
        Lead.amount,
        Lead.currency,
        _OWNER.name.label("owner"),
        Department.name.label("department"),
        Lead.source,
        Lead.comment,
        Lead.reject_reason,
        Lead.created_at.label("created"),
        Lead.closed_at.label("ended"),
        Lead.tags,
    )
    .join(Department, Department.id == Lead.department_id)
    .outerjoin(_OWNER, _OWNER.id == Lead.owner_id)
)
_CONTACTS = (
    select(
        Contact.id,
        Contact.name,
        _points(PHONE, ContactPoint.contact_id == Contact.id).label("phone"),
        _points(EMAIL, ContactPoint.contact_id == Contact.id).label("email"),
        Contact.username,
        Contact.position,
        Contact.birthday,
        Contact.birth_year,
        Company.name.label("company"),
        Contact.client_type,
        Contact.source,
        _OWNER.name.label("owner"),
        Department.name.label("department"),
        Contact.created_at.label("created"),
        Contact.tags,
    )
    .outerjoin(Company, Company.id == Contact.company_id)
    .outerjoin(Department, Department.id == Contact.department_id)
    .outerjoin(_OWNER, _OWNER.id == Contact.owner_id)
)
_FIRMS = (
    select(
        Company.id,
        Company.name,
        Company.inn,
        Company.kpp,
        Company.address,
        Company.industry,
        Company.client_type,
        Company.source,
        _points(PHONE, ContactPoint.company_id == Company.id).label("phone"),
        _points(EMAIL, ContactPoint.company_id == Company.id).label("email"),
        _OWNER.name.label("owner"),
        Department.name.label("department"),
        Company.created_at.label("created"),
        Company.tags,
    )
    .outerjoin(Department, Department.id == Company.department_id)
    .outerjoin(_OWNER, _OWNER.id == Company.owner_id)
)
_OF: Mapping[str, tuple[type[Any], Any]] = MappingProxyType(
    {
        "lead": (Lead, _LEADS),
        "contact": (Contact, _CONTACTS),
        "firm": (Company, _FIRMS),
        "deal": (Deal, _DEALS),
    }
)
COLUMNS_OF = MappingProxyType(
    {name: tuple(query.selected_columns.keys()) for name, (_, query) in _OF.items()}
)
"""The columns of each kind, in order."""


class ExportRepository(Repository):
    """Everything of a deal, lead, contact or company that a spreadsheet wants, without the talk."""

    async def page(
        self, subject: str, after: int, limit: int, only: Collection[int] | None = None
    ) -> list[Row[Any]]:
        """Rows of a kind after a key, the oldest first; with `only` some ids, of these alone."""
        model, query = _OF[subject]
        page = query.where(model.id > after).order_by(model.id).limit(limit)
        if only is not None:
            next_ones = sorted(one for one in only if one > after)[:limit]
            page = page.where(model.id.in_(next_ones))
        return list((await self.session.execute(page)).all())

    async def won(
        self, scope: Scope, stages: Collection[int], first: date, last: date, limit: int
    ) -> list[WonRow]:
        """Deals that were won from a day to a day, the first ones: the fields of `WonDeal`, tags by id."""
        query = (
            select(
                Deal.id,
                Deal.title,
                func.coalesce(Company.name, Contact.name, ""),
                Deal.amount,
                Deal.closed_on,
                func.coalesce(_OWNER.name, ""),
                Department.name,
                Deal.source,
                Deal.tags,
            )
            .join(Department, Department.id == Deal.department_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .outerjoin(Company, Company.id == Deal.company_id)
            .outerjoin(_OWNER, _OWNER.id == Deal.owner_id)
            .where(
                Deal.closed_on.between(first, last),
                Deal.stage_id.in_(stages),
                within(scope, Deal.owner_id, Deal.department_id),
            )
            .order_by(Deal.closed_on, Deal.id)
            .limit(limit)
        )
        return [(*row,) for row in await self.session.execute(query)]
