"""The figures of a digest: of all that a head heads, or of one department for its team chat."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from db.models import Department
from db.repositories.digests import Requests
from db.repositories.reports import StageSum
from db.scope import Scope
from db.uow import Database, UnitOfWork
from services.access import Action, Actor, StageKind, require, scope
from services.calendars import Calendars, calendars, zone_of
from services.clock import Clock
from services.digests.conversion import conversions
from services.digests.figures import answers, by_source
from services.dto.common import Ref
from services.dto.digests import (
    Digest,
    DigestBook,
    MonthPlan,
    Morning,
    PersonLine,
    StageConversion,
    Watch,
    WonDeal,
)
from services.dto.plans import PersonTarget, Target, some_of
from services.dto.reports import Figures
from services.followup import violations
from services.followup.steps import step_limits, steps_of
from services.places import department_of
from services.plans.pace import month_of
from services.plans.service import own_target
from services.plans.standings import span_target, standings
from services.plans.teams import teams_of
from services.response.rules import Rules, Step
from services.sales import Ground, ground_of
from services.staff import reached
from services.tag_names import tell_list
from services.task_lines import task_line
from services.understanding.moments import midnights
from services.wall_clock import moment_of
from services.workspace import the_workspace

FIRST_TASKS = 5
MOST_DEALS = 10_000
"""So many deals are listed in a file."""
DAY = timedelta(days=1)
WEEK, MONTH = timedelta(days=7), timedelta(days=31)


class Digests:
    """The service of digests."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def of_headed(self, actor: Actor, first: date, last: date) -> Digest:
        """Some days of all departments that the actor heads, by their calendar. Raises `not_allowed`."""
        require(actor, Action.REPORT_VIEW)
        async with self._db.read() as uow:
            headed = reached(actor, Action.REPORT_VIEW)
            places = [row for row in await uow.people.departments() if headed is None or row.id in headed]
            return await self._digest(
                uow, scope(actor, Action.REPORT_VIEW), places, actor.zone, (first, last)
            )

    async def book(self, actor: Actor, first: date, last: date) -> DigestBook:
        """The same for a spreadsheet; the deals won for whoever may export deals. Raises `not_allowed`."""
        shown = await self.of_headed(actor, first, last)
        async with self._db.read() as uow:
            protect = (await the_workspace(uow)).protects_clients
            if not actor.may(Action.EXPORT_RUN):
                return DigestBook(shown, None, more=False, protect=protect)
            won = (await ground_of(uow)).stages(StageKind.WON)
            rows = await uow.exports.won(scope(actor, Action.EXPORT_RUN), won, first, last, MOST_DEALS + 1)
            names = await uow.tags.names({one for row in rows for one in row[-1]})
        deals = tuple(WonDeal(*row[:-1], tell_list(names, row[-1])) for row in rows[:MOST_DEALS])
        return DigestBook(shown, deals, more=len(rows) > MOST_DEALS, protect=protect)

    async def of_department(self, department_id: int, first: date, last: date) -> Digest:
        """The same of one department, for everybody in its team chat. Raises `department.not_found`."""
        async with self._db.read() as uow:
            department = await department_of(uow, department_id)
            zone = zone_of(department, await the_workspace(uow))
            only = Scope(departments=frozenset({department_id}))
            return await self._digest(uow, only, [department], zone, (first, last))

    async def this_week(self, actor: Actor) -> Digest:
        """The present week up to today. Raises `not_allowed`."""
        today = self._clock.now().astimezone(actor.zone).date()
        return await self.of_headed(actor, today - DAY * today.weekday(), today)

    async def morning(self, actor: Actor) -> Morning:
        """What waits for the actor today. Raises `not_allowed`."""
        require(actor, Action.MY_DAY)
        now = self._clock.now()
        midnight, next_midnight = midnights(now, actor.zone)
        today = now.astimezone(actor.zone).date()
        async with self._db.read() as uow:
            counts = await uow.workday.counts(actor.person_id, now, midnight, next_midnight)
            plan = await own_target(uow, actor, month_of(today), today - DAY)
            tasks = await uow.workday.tasks(actor.person_id, now, midnight, 0, FIRST_TASKS)
            return Morning(
                day=today,
                overdue=counts.overdue,
                due=counts.today,
                tasks=tuple(task_line(task, now) for task in tasks),
                unanswered=await uow.digests.unanswered(actor.person_id),
                free_leads=await uow.leads.count_free(scope(actor, Action.LEAD_VIEW)),
                adrift=await uow.workday.count_adrift(actor.person_id, await step_limits(uow, now)),
                currency=(await the_workspace(uow)).currency,
                plan=plan if plan.plan else None,
            )

    async def _digest(
        self,
        uow: UnitOfWork,
        seen: Scope,
        places: Sequence[Department],
        zone: ZoneInfo,
        days: tuple[date, date],
    ) -> Digest:
        first, last = days
        before = (first - (last - first + DAY), first - DAY)
        ground = await ground_of(uow)
        limits = {row.id: _limit(Rules.of(row.rules)) for row in places}
        now, ids, by_department = self._clock.now(), [row.id for row in places], await calendars(uow, places)
        requests = await uow.digests.requests(seen, *_moments(days, zone))
        found = await uow.reports.sums(seen, days, ground.split, None, by_owner=True, before=before)
        sums = [row for row in found if not row.earlier]
        came_before, alarms = await uow.digests.beside(seen, _moments(before, zone), _moments(days, zone))
        waiting = await uow.control.waiting(ids, steps_of(ground.watched, now), now)
        lost = ground.stages(StageKind.LOST)
        return Digest(
            first=first,
            last=last,
            place=Ref(places[0].id, places[0].name) if len(places) == 1 else None,
            currency=ground.currency,
            answers=answers(requests, limits),
            came_before=came_before,
            sales=ground.figures(sums),
            sales_before=ground.figures(row for row in found if row.earlier),
            losses=tuple(
                (reason or "", count) for reason, count in await uow.digests.losses(seen, lost, *days)
            ),
            sources=by_source(requests),
            people=await _people(uow, ground, sums, requests, limits),
            funnels=ground.funnels_of(sums),
            watch=Watch(
                alarms=alarms,
                free=waiting.free,
                oldest=waiting.oldest,
                adrift=waiting.adrift,
                late=waiting.late,
                violations=await violations.count(
                    uow, violations.limits_in(ground.watched, ids, by_department, now)
                ),
            ),
            conversion=await _conversion(uow, ground, seen, days, zone),
            plan=await _plan(
                uow, ground, places, (first, min(last, now.astimezone(zone).date())), by_department
            ),
        )


async def _conversion(
    uow: UnitOfWork, ground: Ground, seen: Scope, days: tuple[date, date], zone: ZoneInfo
) -> tuple[StageConversion, ...]:
    if days[1] - days[0] >= MONTH:
        return ()
    passages = await uow.passages.between(seen, *_moments(days, zone))
    return conversions((stages for _, stages in ground.funnels), passages)


async def _plan(
    uow: UnitOfWork,
    ground: Ground,
    places: Sequence[Department],
    days: tuple[date, date],
    by_department: Calendars,
) -> MonthPlan | None:
    """The month in which the days end that have begun; of departments without a plan nothing."""
    first, last = days
    teams = await teams_of(uow, [row.id for row in places])
    found = await standings(uow, ground, places, month_of(last), last, by_department, teams)
    planned = [place for place in found if place.target.plan]
    if not planned:
        return None
    people: dict[Ref, Target] = {}
    for one in (one for place in planned for one in place.people if one.target.plan):
        people[one.person] = people.get(one.person, Target()) + one.target
    furthest = sorted(people.items(), key=lambda one: -Fraction(one[1].done, one[1].plan))
    here = {place.department.id for place in planned}
    short = last - first < WEEK
    return MonthPlan(
        month=month_of(last),
        target=sum((place.target for place in planned), Target()),
        some=some_of(planned),
        people=tuple(PersonTarget(person, part) for person, part in furthest),
        days=await span_target(
            uow, ground, [row for row in places if row.id in here], days, by_department, teams
        )
        if short
        else None,
    )


async def _people(
    uow: UnitOfWork,
    ground: Ground,
    sums: Sequence[StageSum],
    requests: Sequence[Requests],
    limits: dict[int, int | None],
) -> tuple[PersonLine, ...]:
    sales = {owner: figures for owner, figures, _ in ground.ranked(sums) if owner and figures.closed}
    asked = {row.owner_id for row in requests if row.owner_id is not None}
    names = await uow.people.names({*sales, *asked})
    order = [*sales, *sorted(asked - sales.keys())]
    return tuple(
        PersonLine(
            Ref(one, names.get(one, "")),
            answers([row for row in requests if row.owner_id == one], limits),
            sales.get(one, Figures()),
        )
        for one in order
    )


def _limit(rules: Rules) -> int | None:
    """In how many minutes a request is to be answered: before anybody has to be reminded of it."""
    return rules.minutes.get(Step.REMIND, min(rules.minutes.values(), default=None))


def _moments(days: tuple[date, date], zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first moment of the first day up to the end of the last one."""
    return moment_of(days[0], 0, zone), moment_of(days[1] + DAY, 0, zone)
