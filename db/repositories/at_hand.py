"""What lies in the departments that are looked at: conditions that several repositories share."""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import aliased

from db.models import Deal, Lead, Membership, Stage
from db.repositories.workload import UNFINISHED


def here(column: Any) -> ColumnElement[bool]:
    """Lies in one of the departments that are looked at."""
    found: ColumnElement[bool] = column.in_(bindparam("departments", expanding=True))
    return found


def named(name: str) -> Any:
    """A parameter, of the type of what it stands beside."""
    return bindparam(name)


PERSON, AFTER, AT_MOST = named("person"), named("after"), named("at_most")
MEMBERS = select(Membership.person_id).where(here(Membership.department_id))
LEAD_IN_WORK = and_(here(Lead.department_id), Lead.status == "in_work")
_STAGE = aliased(Stage)


def unfinished(deal: type[Deal] = Deal) -> ColumnElement[bool]:
    """Lies here in a stage that is not the end; these are told by their ids, so that an index finds them."""
    stages = select(_STAGE.id).where(_STAGE.kind.in_(UNFINISHED))
    return and_(here(deal.department_id), deal.stage_id.in_(stages))
