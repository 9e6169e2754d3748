"""Plans beside what was sold: the same figures for the board of plans and for digests."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from db.models import Department, SalesPlan
from db.repositories.reports import SellerSum
from db.scope import Scope
from db.uow import UnitOfWork
from services.access import StageKind
from services.calendars import Calendars
from services.dto.common import Ref
from services.dto.plans import PersonTarget, PlacePlan, Some, Target
from services.plans.pace import end_of, month_of, share, target, working_days
from services.plans.teams import Team, Teams
from services.sales import Ground
from services.work_calendar import WorkCalendar


async def standings(
    uow: UnitOfWork,
    ground: Ground,
    places: Sequence[Department],
    month: date,
    day: date,
    by_place: Calendars,
    teams: Teams,
) -> tuple[PlacePlan, ...]:
    """The month of some departments as it stands at the end of a day; with their sellers who have no plan."""
    plans = await uow.plans.of([month], [row.id for row in places])
    sold = await _sold(uow, ground, [row.id for row in places], month, min(day, end_of(month)))
    names = await uow.people.names({one.person_id for one in plans if one.person_id is not None})
    left = await uow.colleagues.left({row.owner_id for row in sold if row.owner_id is not None})
    return tuple(
        _place(
            place,
            [one for one in plans if one.department_id == place.id],
            {row.owner_id: row.total for row in sold if row.department_id == place.id},
            teams.get(place.id, Team()),
            (names, left),
            by_place[place.id],
            (month, day),
        )
        for place in places
    )


async def span_target(
    uow: UnitOfWork,
    ground: Ground,
    places: Sequence[Department],
    days: tuple[date, date],
    by_place: Calendars,
    teams: Teams,
) -> Target:
    """What the plans ask of some days, by the working days among them, and what was sold in them.

    Departments without a plan count on neither side, nor does, where only some people have one, who has none;
    the days may lie in two months.
    """
    first, last = days
    months = {month_of(first), month_of(last)}
    plans = await uow.plans.of(months, [row.id for row in places])
    asked = {
        place.id: sum(
            share(
                _total([one for one in plans if (one.month, one.department_id) == (month, place.id)]),
                by_place[place.id],
                month,
                first,
                last,
            )
            for month in months
        )
        for place in places
    }
    planned = [place for place, plan in asked.items() if plan]
    sold = await _sold(uow, ground, planned, first, last)
    done = 0
    for place in planned:
        here = {row.owner_id: row.total for row in sold if row.department_id == place}
        theirs = [one for one in plans if one.department_id == place]
        team = teams.get(place, Team())
        done += _counted(_planned_alone(theirs, months, team, here), here)
    return Target(plan=sum(asked.values()), done=done)


async def _sold(
    uow: UnitOfWork, ground: Ground, places: Iterable[int], first: date, last: date
) -> list[SellerSum]:
    departments = frozenset(places)
    if last < first or not departments:
        return []
    won = ground.stages(StageKind.WON)
    return await uow.reports.won_by_seller(Scope(departments=departments), won, first, last)


def _place(
    place: Department,
    plans: Sequence[SalesPlan],
    done: Mapping[int | None, int],
    team: Team,
    people: tuple[Mapping[int, str], Collection[int]],
    calendar: WorkCalendar,
    when: tuple[date, date],
) -> PlacePlan:
    month, day = when
    names, left = people
    planned = {one.person_id: one.amount for one in plans}
    own = planned.pop(None, 0)
    alone = _planned_alone(plans, [month], team, done)
    here = {**team.names, **{one: names.get(one, "") for one in planned if one is not None}}
    rest = {one: total for one, total in done.items() if one not in here}
    former = sum(total for one, total in rest.items() if one in left)
    days = working_days(calendar, month)
    return PlacePlan(
        department=Ref(place.id, place.name),
        target=target(_total(plans), _counted(alone, done), calendar, month, day),
        own=own,
        some=Some(len(alone), len(_sellers(team, planned, done))) if alone is not None else None,
        sold=sum(done.values()),
        former=former,
        others=sum(rest.values()) - former,
        shared=sum(planned.values()),
        people=tuple(
            PersonTarget(Ref(one, name), target(planned.get(one, 0), done.get(one, 0), calendar, month, day))
            for one, name in sorted(here.items(), key=lambda pair: pair[1].casefold())
        ),
        gone=sum(one <= day for one in days),
        days=len(days),
    )


def _planned_alone(
    plans: Sequence[SalesPlan], months: Iterable[date], team: Team, done: Mapping[int | None, int]
) -> frozenset[int | None] | None:
    """Whoever has a plan, where their sales alone are to be held against it; None: those of all.

    So it is where the department has no plan of its own and somebody who sells has none.
    """
    alone: frozenset[int | None] = frozenset()
    for month in months:
        people = frozenset(one.person_id for one in plans if one.month == month)
        if people and (None in people or _sellers(team, people, done) <= people):
            return None
        alone |= people
    return alone or None


def _sellers(
    team: Team, planned: Collection[int | None], done: Mapping[int | None, int]
) -> frozenset[int | None]:
    """Those of a department who sell: its people, a head only with a plan or with sales."""
    idle = {one for one in team.heads if one not in planned and not done.get(one)}
    return frozenset({*team.names, *planned} - idle - {None})


def _counted(alone: Collection[int | None] | None, done: Mapping[int | None, int]) -> int:
    return sum(total for one, total in done.items() if alone is None or one in alone)


def _total(plans: Sequence[SalesPlan]) -> int:
    """A department's own plan; where it has none, those of its people together."""
    own = [one.amount for one in plans if one.person_id is None]
    return own[0] if own else sum(one.amount for one in plans)
