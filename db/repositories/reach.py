"""Which deals lie in a scope: one's own, those that one works on, those of departments, settled ones."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from db.models import Deal, DealHelper
from db.repositories.base import Sight, owner_in, within
from db.scope import Scope


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
