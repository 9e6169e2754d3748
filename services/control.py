"""Control for the head: how a department stands now, and the lists behind each figure."""

from datetime import datetime

from db.repositories import deeds
from db.repositories.hands import InHand
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.calendars import calendars
from services.clock import Clock
from services.deal_cards import stage_ref
from services.dto.common import Page, Ref, Sum
from services.dto.control import (
    DeedLine,
    Deeds,
    DepartmentNow,
    Line,
    Seller,
    SellerNow,
    Watched,
    WatchedList,
    Where,
)
from services.dto.deals import DealLine
from services.dto.task_lists import LateTask
from services.errors import NotFoundError
from services.followup import violations
from services.followup.steps import step_limits, steps_of
from services.lead_cards import lead_line
from services.staff import reached
from services.task_lines import task_line
from services.understanding.moments import at_local

PAGE = 8


class Control:
    """The service of watching over departments: the owner sees all, a head those that they head.

    Whatever it is about lies in these departments; the personal tasks of others stay theirs. A day is the
    reader's own. All raise `not_allowed` and `department.not_found`.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def departments(self, actor: Actor) -> tuple[Ref, ...]:
        """Those that the actor may look at, by name."""
        async with self._db.read() as uow:
            return await _choice(uow, actor)

    async def department(self, actor: Actor, department_id: int = 0, after: int = 0) -> DepartmentNow:
        """A department (0: all that the actor heads) with its people by name, after one of them."""
        now = self._clock.now()
        async with self._db.read() as uow:
            choice = await _choice(uow, actor)
            here = _narrow(choice, department_id)
            stages = await uow.pipelines.watched()
            waiting = await uow.control.waiting(here, steps_of(stages, now), now)
            limits = violations.limits_in(stages, here, await calendars(uow), now)
            violated = await violations.count(uow, limits)
            rows = await uow.hands.holders(here, after, PAGE + 1)
            sellers = await _sellers(uow, here, rows[:PAGE], _midnight(now, actor))
            return DepartmentNow(
                department=choice[0] if len(choice) == 1 else _named(choice, department_id),
                choice=choice,
                at=now,
                free=waiting.free,
                oldest=waiting.oldest,
                adrift=waiting.adrift,
                late=waiting.late,
                orphans=waiting.orphans,
                violations=violated,
                sellers=Page(sellers, sellers[-1].person.id if len(rows) > PAGE else None),
            )

    async def seller(self, actor: Actor, where: Where) -> SellerNow:
        """Somebody who works there. Raises `employee.not_found` for all others."""
        now = self._clock.now()
        async with self._db.read() as uow:
            here = _narrow(await _choice(uow, actor), where.department_id)
            one = await _holder(uow, here, where.person_id)
            workspace, stages = await uow.people.workspace(), await uow.pipelines.watched()
            limits = violations.limits_in(stages, here, await calendars(uow), now)
            adrift, late = await uow.control.of_one(here, one.id, steps_of(stages, now), now)
            seller = (await _sellers(uow, here, [one], _midnight(now, actor)))[0]
            return SellerNow(
                where=where,
                at=now,
                person=seller.person,
                leads=seller.leads,
                deals=seller.deals,
                total=Sum(one.total, workspace.currency if workspace else "RUB"),
                adrift=adrift,
                late=late,
                violations=await violations.count(uow, limits, one.id),
                today=seller.today,
            )

    async def watched(self, actor: Actor, watched: Watched, where: Where, after: int = 0) -> WatchedList:
        """A page of a list; `after` is the last page's key. Raises `employee.not_found`."""
        now = self._clock.now()
        async with self._db.read() as uow:
            here = _narrow(await _choice(uow, actor), where.department_id)
            person = await _holder(uow, here, where.person_id) if where.person_id else None
            lines = await _lines(uow, actor, watched, here, where.person_id, now, after)
            last = lines[PAGE - 1] if len(lines) > PAGE else None
            return WatchedList(
                watched,
                where,
                Ref(person.id, person.name) if person else None,
                Page(tuple(lines[:PAGE]), _key(last) if last else None),
            )


async def _choice(uow: UnitOfWork, actor: Actor) -> tuple[Ref, ...]:
    require(actor, Action.DEPARTMENT_WATCH)
    may = reached(actor, Action.DEPARTMENT_WATCH)
    rows = await uow.people.departments()
    return tuple(Ref(row.id, row.name) for row in rows if may is None or row.id in may)


def _narrow(choice: tuple[Ref, ...], department_id: int) -> list[int]:
    here = [one.id for one in choice if department_id in (0, one.id)]
    if not here and department_id:
        raise NotFoundError("department")
    return here


def _named(choice: tuple[Ref, ...], department_id: int) -> Ref | None:
    return next((one for one in choice if one.id == department_id), None)


async def _holder(uow: UnitOfWork, here: list[int], person_id: int) -> InHand:
    one = await uow.hands.holder(here, person_id)
    if one is None:
        raise NotFoundError("employee")
    return one


async def _sellers(
    uow: UnitOfWork, here: list[int], rows: list[InHand], midnight: datetime
) -> tuple[Seller, ...]:
    today = await uow.deeds.today(here, [row.id for row in rows], midnight)
    return tuple(
        Seller(Ref(row.id, row.name), row.leads, row.deals, _deeds(today.get(row.id, {}))) for row in rows
    )


def _deeds(counts: dict[str, int]) -> Deeds:
    kinds = (deeds.TAKE, deeds.CALL, deeds.MOVES[0], deeds.DONE, deeds.PAID)
    return Deeds(*(counts.get(kind, 0) for kind in kinds))


async def _lines(
    uow: UnitOfWork,
    actor: Actor,
    watched: Watched,
    here: list[int],
    person_id: int,
    now: datetime,
    after: int,
) -> list[Line]:
    """One line more than a page has, if there is one."""
    control, person, most = uow.control, person_id or None, PAGE + 1
    match watched:
        case Watched.FREE:
            return [lead_line(lead, None) for lead in await control.free(here, after, most)]
        case Watched.LEADS:
            return [lead_line(lead, None) for lead in await control.leads(here, person_id, after, most)]
        case Watched.DEALS:
            rows = await control.deals(here, person, after, most)
        case Watched.ADRIFT:
            rows = await control.adrift(here, await step_limits(uow, now), person, after, most)
        case Watched.LATE:
            late = await control.late(here, person, now, after, most)
            return [LateTask(task_line(task, now), name) for task, name in late]
        case Watched.UNANSWERED:
            leads = await uow.violations.unanswered(here, person, after, most)
            return [lead_line(lead, None) for lead in leads]
        case Watched.ROTTING:
            limits = await violations.limits_of(uow, here, await calendars(uow), now)
            rows = await uow.violations.rotting(limits, person, after, most)
        case Watched.SILENT:
            limits = await violations.limits_of(uow, here, await calendars(uow), now)
            rows = await uow.violations.silent(limits, person, after, most)
        case Watched.TODAY:
            return await _today(uow, here, person_id, _midnight(now, actor), after)
    return [
        DealLine(
            id=deal.id,
            title=deal.title,
            stage=stage_ref(stage),
            amount=Sum(deal.amount, deal.currency) if deal.amount is not None else None,
            client=client,
            owner=None if person else owner,
        )
        for deal, stage, client, owner in rows
    ]


async def _today(
    uow: UnitOfWork, here: list[int], person_id: int, midnight: datetime, before: int
) -> list[Line]:
    rows = await uow.deeds.page(here, person_id, midnight, before, PAGE + 1)
    events = await history.lines(uow, [(row.event, None) for row in rows])
    return [
        DeedLine(event, row.event.subject, row.event.subject_id, row.title, row.currency)
        for event, row in zip(events, rows, strict=True)
    ]


def _key(line: Line) -> int:
    match line:
        case LateTask():
            return line.task.id
        case DeedLine():
            return line.event.id
    return line.id


def _midnight(now: datetime, actor: Actor) -> datetime:
    """The first moment of today in the actor's zone."""
    local = now.astimezone(actor.zone)
    return at_local(local.date(), 0, local)
