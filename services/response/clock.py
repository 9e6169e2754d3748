"""The clock of a lead: one timer for the next step, set when it comes and when it changes hands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.models import Department, Lead
from db.uow import UnitOfWork
from services.calendars import calendar_of
from services.errors import StaleError
from services.places import department_of
from services.response.rules import Rules, Step
from services.timers import TimerKind
from services.work_calendar import WorkCalendar

MINUTE = timedelta(minutes=1)
OPEN = ("new", "in_work")


@dataclass(frozen=True, slots=True)
class Pace:
    """By what a department's leads are timed."""

    rules: Rules
    calendar: WorkCalendar

    def due(self, lead: Lead, step: Step) -> datetime:
        """When a step is due: counted from when the lead changed hands, so that whoever has got it has their
        time. The alarm counts from the request, unless that was due before they had the lead."""
        minutes = self.rules.minutes[step]
        since, granted = lead.turn_at or lead.created_at, lead.granted - lead.turn_granted
        if step is Step.ALARM:
            asked = self.calendar.after(lead.created_at, MINUTE * (minutes + lead.granted))
            if asked > since:
                return asked
        if step is Step.PASS_ON and lead.taken_at is not None:
            since = max(since, lead.taken_at)
        return self.calendar.after(since, MINUTE * (minutes + granted))

    def next(self, lead: Lead, done: Iterable[str]) -> tuple[datetime, Step] | None:
        """The earliest of the steps that are still to be done in this turn."""
        order = list(Step)
        passed = {*done, *([Step.ALARM] if lead.alarmed_at else [])}
        waiting = [(self.due(lead, step), step) for step in self.rules.minutes if step not in passed]
        return min(waiting, key=lambda pair: (pair[0], order.index(pair[1])), default=None)


def waits(lead: Lead) -> bool:
    """Whether somebody still owes this lead an answer."""
    return lead.answered_at is None and lead.status in OPEN


@dataclass(frozen=True, slots=True)
class Stood:
    """Where the clock of a lead stood before it changed hands."""

    turn_at: datetime | None
    turn_granted: int
    done: list[str] | None
    """The steps that were done; none if nothing was to follow."""


def next_turn(lead: Lead, now: datetime) -> dict[str, object]:
    """What is written with a lead that changes hands."""
    return {"turn": lead.turn + 1, "turn_at": now, "turn_granted": lead.granted}


def former_turn(lead: Lead, stood: Stood) -> dict[str, object]:
    """What is written with a lead whose handing over is taken back."""
    return {"turn": lead.turn + 1, "turn_at": stood.turn_at, "turn_granted": stood.turn_granted}


async def pace_of(uow: UnitOfWork, department_id: int) -> Pace:
    """The rules and the working time of a department. Raises `department.not_found`."""
    return await pace(uow, await department_of(uow, department_id))


async def pace(uow: UnitOfWork, department: Department) -> Pace:
    """The same for a department at hand."""
    return Pace(Rules.of(department.rules), await calendar_of(uow, department))


async def stop(uow: UnitOfWork, lead: Lead, now: datetime) -> None:
    """Let no step follow any more.

    Called before a lead is changed: whoever changes one and whoever does a step lock its timer first.
    """
    await uow.timers.cancel(TimerKind.LEAD_STEP, "lead", lead.id, now)


async def start(uow: UnitOfWork, lead: Lead, now: datetime) -> None:
    """A lead has come, or changed hands after `stop`: the steps begin anew."""
    if waits(lead):
        await arm(uow, lead, await pace_of(uow, lead.department_id), (), now)


async def go_on(uow: UnitOfWork, lead: Lead, done: Iterable[str], since: datetime, now: datetime) -> None:
    """The steps go on where they stood at a moment: the working time since then counts for nobody."""
    by = await pace_of(uow, lead.department_id)
    lead.granted += by.calendar.between(since, now) // MINUTE
    await arm(uow, lead, by, done, now)


async def stand(uow: UnitOfWork, leads: Iterable[Lead]) -> dict[int, Stood]:
    """Where the clocks of these leads stand, by lead; their timers stay as they are until the end of the
    transaction."""
    rows = list(leads)
    params = await uow.timers.params_of(TimerKind.LEAD_STEP, "lead", [lead.id for lead in rows])
    steps = {lead.id: params.get(lead.id, {}).get("done", []) if lead.step else None for lead in rows}
    return {lead.id: Stood(lead.turn_at, lead.turn_granted, steps[lead.id]) for lead in rows}


async def stand_again(uow: UnitOfWork, lead: Lead, stood: Stood, since: datetime, now: datetime) -> None:
    """A lead was brought back, after `stop`: what was to follow at a moment does, and nothing else."""
    if stood.done is not None and waits(lead):
        await go_on(uow, lead, stood.done, since, now)
    else:
        lead.step, lead.step_at = None, None


async def arm(uow: UnitOfWork, lead: Lead, by: Pace, done: Iterable[str], now: datetime) -> None:
    """Set the timer of the next step, and let the card tell of it; nothing when no step is left."""
    passed = sorted(done)
    step = by.next(lead, passed)
    lead.step, lead.step_at = (step[1], step[0]) if step else (None, None)
    if step is None:
        return
    due_at, kind = step
    await uow.timers.set(
        kind=TimerKind.LEAD_STEP,
        subject="lead",
        subject_id=lead.id,
        dedupe=f"{TimerKind.LEAD_STEP}:{lead.id}:{lead.turn}:{kind}:{due_at.isoformat()}",
        params={"turn": lead.turn, "step": kind.value, "done": passed},
        due_at=due_at,
        created_at=now,
    )


async def unanswer(uow: UnitOfWork, lead: Lead, done: list[str] | None, now: datetime) -> None:
    """What was measured as the answer was none: the steps go on where they stood before it, and the time in
    between counts for nobody. `done`: those that were done by then; none if nothing was to follow."""
    since = lead.answered_at
    if since is None:
        return
    lead.answered_at, lead.answer_minutes = None, None
    lead.callback_from, lead.silent_from = None, None
    if done is not None and waits(lead):
        await go_on(uow, lead, done, since, now)


async def due_at(uow: UnitOfWork, lead: Lead, rules: Rules, now: datetime) -> datetime | None:
    """Since when the answer is due, once the first of the steps was done in this turn."""
    first = min(rules.minutes.values(), default=None)
    if first is None or not waits(lead) or (lead.step and rules.minutes.get(Step(lead.step), 0) <= first):
        return None
    by = await pace_of(uow, lead.department_id)
    due = min(by.due(lead, step) for step in rules.minutes)
    return due if due <= now else None


async def answer(uow: UnitOfWork, lead: Lead, now: datetime) -> None:
    """Somebody has called, made a deal of it, or found that it is none: measured once, in working minutes.

    Raises `stale` if it changed hands in this moment.
    """
    if lead.answered_at is not None:
        return
    await stop(uow, lead, now)
    by = await pace_of(uow, lead.department_id)
    minutes = max(0, by.calendar.between(lead.created_at, now) // MINUTE - lead.granted)
    if not await uow.leads.answer(lead.id, lead.turn, now, minutes):
        raise StaleError
