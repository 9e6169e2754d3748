"""Plans of sales: set by heads and the owner, seen by whoever has one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from db.models import Department
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.calendars import calendars
from services.clock import Clock
from services.dto.common import Ref, Sum
from services.dto.plans import PersonTarget, PlacePlan, PlanBoard, PlanQuestion, Target
from services.errors import NotFoundError
from services.plans.pace import month_by
from services.plans.standings import standings
from services.plans.teams import teams_of
from services.sales import ground_of
from services.staff import SELLING, access_department, reached
from services.workspace import the_workspace


class Plans:
    """The service of plans. Managers see their own part, heads the departments they head, the owner all."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def board(self, actor: Actor, code: int = 0, department_id: int = 0) -> PlanBoard:
        """A month (by its `month_code`; 0: this one) of one department, or of all (0) that one heads.

        With a single department it is told in full. Raises `not_allowed`, `department.not_found`.
        """
        require(actor, Action.PLAN_VIEW)
        async with self._db.read() as uow:
            return await self._board(uow, actor, month_by(code, self._today(actor)), department_id)

    async def question(self, actor: Actor, code: int, department_id: int, person_id: int) -> PlanQuestion:
        """Whose plan one is about to set (0: the whole department's), and what it is. Raises as `put`."""
        async with self._db.read() as uow:
            month = month_by(code, self._today(actor))
            place, person = await self._whose(uow, actor, month, department_id, person_id)
            plan = await uow.plans.get(month, place.id, person.id if person else None)
            currency = (await the_workspace(uow)).currency
            return PlanQuestion(month, place, person, Sum(plan.amount, currency) if plan else None)

    async def put(
        self, actor: Actor, code: int, department_id: int, person_id: int, amount: int
    ) -> PlanBoard:
        """Set a plan; an amount of 0 clears it. The last one who sets it is right.

        Raises `department.not_found`, `not_allowed`, or `employee.not_found` for somebody who neither sells
        in the department nor has a plan in it.
        """
        async with self._db.write(actor.cause) as uow:
            month = month_by(code, self._today(actor))
            place, person = await self._whose(uow, actor, month, department_id, person_id)
            whose = person.id if person else None
            plan = await uow.plans.get(month, place.id, whose)
            before = plan.amount if plan else None
            if amount:
                await uow.plans.put(month, place.id, whose, amount)
            elif plan is not None:
                await uow.plans.drop(plan)
            changes: history.Changes = {
                "plan": (before, amount or None),
                "of": (None, [month.isoformat(), whose]),
            }
            now = self._clock.now()
            await history.record(uow, actor, now, Action.PLAN_SET, "department", place.id, changes)
            await uow.plans.flush()
            return await self._board(uow, actor, month, place.id)

    async def _board(self, uow: UnitOfWork, actor: Actor, month: date, department_id: int) -> PlanBoard:
        places, mine = await _places(uow, actor)
        shown = [row for row in places if department_id in (0, row.id)]
        if not shown and department_id:
            raise NotFoundError("department")
        ground = await ground_of(uow)
        teams = await teams_of(uow, [row.id for row in shown])
        found = await standings(uow, ground, shown, month, self._today(actor), await calendars(uow), teams)
        return PlanBoard(
            month=month,
            currency=ground.currency,
            places=tuple(_own_part(place, actor) for place in found) if mine else found,
            mine=mine,
            sets=actor.may(Action.PLAN_SET),
            many=len(places) > 1,
        )

    async def _whose(
        self, uow: UnitOfWork, actor: Actor, month: date, department_id: int, person_id: int
    ) -> tuple[Ref, Ref | None]:
        place = await access_department(uow, actor, department_id, Action.PLAN_SET)
        department = Ref(place.id, place.name)
        if not person_id:
            return department, None
        person = await uow.people.get(person_id)
        sells = {one.id for one in await uow.people.members(place.id, roles=SELLING)}
        if person is None or not (person.id in sells or await uow.plans.get(month, place.id, person.id)):
            raise NotFoundError("employee")
        return department, Ref(person.id, person.name)

    def _today(self, actor: Actor) -> date:
        return self._clock.now().astimezone(actor.zone).date()


async def own_target(uow: UnitOfWork, actor: Actor, month: date, day: date) -> Target:
    """Somebody's own plan of a month in all their departments together."""
    places = [row for row in await uow.people.departments() if row.id in actor.departments]
    found = await standings(uow, await ground_of(uow), places, month, day, await calendars(uow), {})
    own = [one.target for place in found for one in place.people if one.person.id == actor.person_id]
    return sum(own, Target())


async def _places(uow: UnitOfWork, actor: Actor) -> tuple[Sequence[Department], bool]:
    """The departments whose plans one sees, and whether only one's own part of them."""
    departments, headed = await uow.people.departments(), reached(actor, Action.PLAN_VIEW)
    if headed is None:
        return departments, False
    if headed:
        return [row for row in departments if row.id in headed], False
    return [row for row in departments if row.id in actor.departments], True


def _own_part(place: PlacePlan, actor: Actor) -> PlacePlan:
    """One's own part of a department's plan, in place of the whole."""
    own = next((one.target for one in place.people if one.person.id == actor.person_id), Target())
    person = PersonTarget(Ref(actor.person_id, actor.name), own)
    return replace(
        place,
        target=own,
        own=own.plan,
        some=None,
        sold=own.done,
        former=0,
        others=0,
        shared=0,
        people=(person,),
    )
