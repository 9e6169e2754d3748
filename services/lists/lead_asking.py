"""From a filter of leads to what is asked of the database, for one reader and moment."""

from datetime import datetime

from db.repositories.lead_filters import STATUSES, PointRule, WantedLeads
from db.uow import UnitOfWork
from services.access import Action, Actor, scope
from services.dto.fields import Field, FieldSubject
from services.dto.scoring import Rule, When
from services.fields.filters import condition_of
from services.fields.shape import field_of
from services.lists.asking import conditions, people_wanted
from services.lists.days import Days
from services.lists.filters import NOBODY, Filter, State
from services.scoring.rules import rules_of

STATES: dict[State | None, frozenset[str]] = {
    None: frozenset(STATUSES),
    State.OPEN: frozenset({"new", "in_work"}),
    State.FREE: frozenset({"new"}),
    **{one: frozenset({one.value}) for one in (State.IN_WORK, State.QUALIFIED, State.REJECTED)},
}


async def wanted_leads(uow: UnitOfWork, actor: Actor, filter_: Filter, now: datetime) -> WantedLeads:
    """What a filter asks for, within what the actor may see."""
    days = Days.of(filter_.date, now, actor.zone)
    statuses, (low, high) = STATES[filter_.state], filter_.amounts
    if filter_.no_task or days.due is not None:
        statuses &= {"in_work"}
    return WantedLeads(
        scope(actor, Action.LEAD_VIEW),
        statuses=statuses,
        owner_ids=tuple(one for one in people_wanted(actor, filter_) if one != NOBODY),
        unowned=NOBODY in filter_.people,
        sources=filter_.sources,
        tag_id=filter_.tag,
        created=days.created,
        due=days.due,
        amount_from=low,
        amount_to=high,
        no_task=filter_.no_task,
        fields=await conditions(uow, actor, filter_),
        points_from=filter_.score,
        rules=await _point_rules(uow) if filter_.hot or filter_.score is not None else (),
        hot=filter_.hot,
    )


async def scoring_rules(uow: UnitOfWork) -> list[Rule]:
    """The rules by which leads are scored."""
    workspace = await uow.people.workspace()
    return rules_of(workspace.scoring, FieldSubject.LEAD) if workspace is not None else []


async def _point_rules(uow: UnitOfWork) -> tuple[PointRule, ...]:
    """The same for the database; one that names a hidden field gives no points, as on the card."""
    rules = await scoring_rules(uow)
    fields = {row.id: field_of(row) for row in await uow.fields.used(FieldSubject.LEAD)}
    found = (_point_rule(rule, fields.get(rule.field_id)) for rule in rules)
    return tuple(rule for rule in found if rule is not None)


def _point_rule(rule: Rule, field: Field | None) -> PointRule | None:
    match rule.when:
        case When.SOURCE:
            return PointRule(rule.points, source=str(rule.value))
        case When.AMOUNT:
            return PointRule(rule.points, amount=rule.value) if isinstance(rule.value, int) else None
        case When.REACHED:
            return PointRule(rule.points, reached=True)
    return PointRule(rule.points, field=condition_of(field, rule.value)) if field is not None else None
