"""In which group a deal could have a topic, and which deals are to have one and have none."""

from sqlalchemy import ColumnElement, exists, func, literal_column, select

from db.models import Deal, DealHelper, DealTopic, Department, Stage, TeamChat

_OF_PIPELINE = select(TeamChat.chat_id).where(TeamChat.pipeline_id == Deal.pipeline_id).correlate(Deal)
_OF_PLACE = select(Department.chat_id).where(Department.id == Deal.department_id).correlate(Deal)
HOME = func.coalesce(_OF_PIPELINE.scalar_subquery(), _OF_PLACE.scalar_subquery())
"""The group of its pipeline, else that of its department."""
# Written into the statement, which would otherwise be made anew each time it is asked.
_OPEN: list[ColumnElement[str]] = [literal_column("'open'"), literal_column("'payment'")]
IN_WORK = (Deal.archived_at.is_(None), Stage.kind.in_(_OPEN))
DUE = (
    *IN_WORK,
    exists().where(DealHelper.deal_id == Deal.id),
    ~exists().where(DealTopic.deal_id == Deal.id),
    HOME.is_not(None),
)
"""Several people work on it, there is a group, and no topic; of deals with their stages."""
