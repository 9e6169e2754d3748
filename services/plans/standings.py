"""Plans beside what was sold: the same figures for the board of plans and for digests."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from db.models import Department, SalesPlan
from db.repositories.reports import SellerSum
from db.scope import Scope
from db.uow import UnitOfWork
from services.access import StageKind
from services.calendars import Calendars
from services.dto.common import Ref
from services.dto.plans import PersonTarget, PlacePlan, Target
from services.plans.pace import end_of, month_of, share, target, working_days
from services.sales import Ground
from services.work_calendar import WorkCalendar

Sellers = Mapping[int, Mapping[int, str]]
"""The names of whoever sells in a department, by its id."""


async def standings(
    uow: UnitOfWork,
    ground: Ground,
    places: Sequence[Department],
    month: date,
    day: date,
    by_place: Calendars,
    sellers: Sellers | None = None,
) -> tuple[PlacePlan, ...]:
    """The month of some departments as it stands at the end of a day; with `sellers` who have no plan."""
    plans = await uow.plans.of([month], [row.id for row in places])
    sold = await _sold(uow, ground, [row.id for row in places], month, min(day, end_of(month)))
    names = await uow.people.names({one.person_id for one in plans if one.person_id is not None})
    return tuple(
        _place(
            place,
            [one for one in plans if one.department_id == place.id],
            [row for row in sold if row.department_id == place.id],
            (sellers or {}).get(place.id, {}),
            names,
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
) -> Target:
    """What the plans ask of some days, by the working days among them, and what was sold in them.

    Departments without a plan count on neither side; the days may lie in two months.
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
    return Target(plan=sum(asked.values()), done=sum(row.total for row in sold))


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
    sold: Sequence[SellerSum],
    sellers: Mapping[int, str],
    names: Mapping[int, str],
    calendar: WorkCalendar,
    when: tuple[date, date],
) -> PlacePlan:
    month, day = when
    planned = {one.person_id: one.amount for one in plans}
    own = planned.pop(None, 0)
    done = {row.owner_id: row.total for row in sold}
    here = {**sellers, **{one: names.get(one, "") for one in planned if one is not None}}
    days = working_days(calendar, month)
    return PlacePlan(
        department=Ref(place.id, place.name),
        target=target(_total(plans), sum(done.values()), calendar, month, day),
        own=own,
        shared=sum(planned.values()),
        people=tuple(
            PersonTarget(Ref(one, name), target(planned.get(one, 0), done.get(one, 0), calendar, month, day))
            for one, name in sorted(here.items(), key=lambda pair: pair[1].casefold())
        ),
        gone=sum(one <= day for one in days),
        days=len(days),
    )


def _total(plans: Sequence[SalesPlan]) -> int:
    """A department's own plan; where it has none, those of its people together."""
    own = [one.amount for one in plans if one.person_id is None]
    return own[0] if own else sum(one.amount for one in plans)
