"""Which deals lie in a scope: one's own, those that one works on, those of departments, settled ones. And
which companies do, by their people and their deals, too, and which tasks."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from db.models import Company, Contact, Deal, DealHelper, Lead, Membership, Task
from db.repositories.base import Sight, owner_in, within
from db.scope import Scope

_PERSON, _DEAL = aliased(Contact), aliased(Deal)


def deals_within(
    scope: Scope | Sight, settled: ColumnElement[bool] | None = None, deal: Any = Deal
) -> ColumnElement[bool]:
    """The condition that a deal, or an alias of it, lies in the scope."""
    reached = within(scope, deal.owner_id, deal.department_id, settled)
    sight = scope if isinstance(scope, Sight) else Sight.of(scope)
    if sight.everything or not sight.own:
        return reached
    helped = select(DealHelper.deal_id).where(DealHelper.person_id == owner_in(scope))
    return or_(reached, deal.id.in_(helped))


def in_archive(*, archived: bool) -> ColumnElement[bool]:
    """The condition that a deal lies in the archive, or that it does not."""
    return Deal.archived_at.is_not(None) if archived else Deal.archived_at.is_(None)


def companies_within(scope: Scope | Sight, deals: Scope | Sight, firm: Any = Company) -> ColumnElement[bool]:
    """The condition that a company, one of its people or one of its deals lies in reach."""
    if scope.everything:
        return within(scope, firm.owner_id, firm.department_id)
    person, deal = _PERSON, _DEAL
    # By sums, so that the company leads to its people and deals, and not the index of all of an owner's.
    people = exists().where(
        person.company_id == firm.id, within(scope, person.owner_id + 0, person.department_id + 0)
    )
    sales = exists().where(
        deal.company_id == firm.id, within(deals, deal.owner_id + 0, deal.department_id + 0)
    )
    return within(scope, firm.owner_id, firm.department_id) | people | sales


def tasks_placed(departments: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a task lies in a department: by its assignee, or by what it is for."""
    places = sorted(departments)
    ties = (
        (Task.deal_id, Deal),
        (Task.lead_id, Lead),
        (Task.contact_id, Contact),
        (Task.company_id, Company),
    )
    return or_(
        Task.assignee_id.in_(select(Membership.person_id).where(Membership.department_id.in_(places))),
        *(tie.in_(select(model.id).where(model.department_id.in_(places))) for tie, model in ties),
    )
