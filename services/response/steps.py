"""What happens when nobody answers a lead: reminded, a task to call, passed on, and the head is told."""

from datetime import datetime

from db.models import Department, Lead, Person, Timer
from db.uow import Database, UnitOfWork
from services import history, lead_notices, notices, reminders
from services.access import NOBODY
from services.clock import Clock
from services.distribution.rules import Mode
from services.distribution.turns import Turns
from services.distribution.ways import ways_of
from services.lead_changes import change, in_hands_of
from services.notices import NoticeKind, Place
from services.places import heads_of
from services.response.clock import MINUTE, Pace, arm, next_turn, pace, waits
from services.response.rules import Step
from services.timers import TimerKind

PASSED_ON = "lead.pass_on"
ALARMED = "lead.alarm"
TASK_SET = "lead.task"


class LeadSteps:
    """Fires timers of the kind `lead_step`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def fire(self, timer: Timer) -> None:
        """Do the step, unless the lead was answered or has changed hands; then set the next one."""
        now = self._clock.now()
        async with self._db.write() as uow:
            if timer.params["step"] == Step.REMIND:
                await uow.tasks.fold_in_turn()
            if timer.params["step"] == Step.PASS_ON:
                await uow.shifts.give_in_turn(await uow.leads.department_of(timer.subject_id))
            if not await uow.timers.mark_fired(timer.id, now):
                return
            lead = await uow.leads.get(timer.subject_id)
            if lead is None or not waits(lead) or lead.turn != timer.params["turn"]:
                return
            department = await uow.people.department(lead.department_id)
            if department is None:
                return
            by = await pace(uow, department)
            step, done = Step(timer.params["step"]), [*timer.params["done"]]
            if step in by.rules.minutes and by.due(lead, step) > now:
                await arm(uow, lead, by, done, now)  # taken a moment ago, or the rules have changed
                return
            turn = lead.turn
            if step in by.rules.minutes:
                await self._do(uow, step, lead, department, by, timer, now)
            done = [*done, step] if lead.turn == turn else []
            await arm(uow, lead, by, done, now)

    async def _do(
        self,
        uow: UnitOfWork,
        step: Step,
        lead: Lead,
        department: Department,
        by: Pace,
        timer: Timer,
        now: datetime,
    ) -> None:
        owner = await uow.people.get(lead.owner_id) if lead.owner_id else None
        if step is Step.REMIND:
            await _remind(uow, lead, owner, department, timer, now)
        elif step is Step.TASK and owner is not None:
            await _set_task(uow, lead, owner, now)
        elif step is Step.PASS_ON and owner is not None:
            await _pass_on(uow, lead, owner, department, by, now)
        elif step is Step.ALARM:
            await alarm(uow, lead, department, by, now)


async def _remind(
    uow: UnitOfWork, lead: Lead, owner: Person | None, department: Department, timer: Timer, now: datetime
) -> None:
    """The owner, of all their late leads in one message; of a free lead whoever could take it."""
    params: dict[str, object] = {"id": lead.id}
    if owner is None and (await ways_of(uow, department)).of(lead.pipeline_id).mode is not Mode.ALL:
        return  # It is offered in turn, and its head knows when nobody is free.
    if owner is None:
        places = await lead_notices.takers(uow, lead.department_id, now)
        await notices.send(uow, now, places, NoticeKind.LEAD_LATE, timer.dedupe, params)
        return
    kind = NoticeKind.LEAD_LATE
    also = await uow.lead_steps.late(TimerKind.LEAD_STEP, Step.REMIND, owner.id, now)
    by_now = [lead.id]
    for timer_id, lead_id in also:
        if await uow.timers.mark_fired(timer_id, now):
            by_now.append(lead_id)
            await _go_on(uow, lead_id, now)
    if len(by_now) > 1:
        kind, params = NoticeKind.LEADS_LATE, {"ids": by_now}
    await notices.send(uow, now, [notices.private(owner)], kind, timer.dedupe, params)


async def _go_on(uow: UnitOfWork, lead_id: int, now: datetime) -> None:
    """The next step of a lead whose reminder went along with another's."""
    lead = await uow.leads.get(lead_id)
    department = await uow.people.department(lead.department_id) if lead is not None else None
    if lead is not None and department is not None:
        await arm(uow, lead, await pace(uow, department), [Step.REMIND], now)


async def _set_task(uow: UnitOfWork, lead: Lead, owner: Person, now: datetime) -> None:
    task_id = await uow.tasks.insert(
        text=f"📞 {lead.name or lead.title}",
        due_at=now,
        assignee_id=owner.id,
        author_id=None,
        lead_id=lead.id,
        created_at=now,
    )
    await reminders.arm(uow, task_id, 1, now, now)
    event = await history.record(uow, NOBODY, now, TASK_SET, "lead", lead.id, {"task": (None, task_id)})
    await notices.refresh_cards(uow, now, "lead", lead.id, event)


async def _pass_on(
    uow: UnitOfWork, lead: Lead, owner: Person, department: Department, by: Pace, now: datetime
) -> None:
    """To whoever is next and has not had it yet; the head is told, too, if that is a step."""
    passed = [*lead.passed, owner.id]
    turns = await Turns.begin(uow, department, await ways_of(uow, department), lead.pipeline_id, now)
    choice = await turns.next(passed)
    heir = await uow.people.get(choice.person_id) if choice is not None else None
    if heir is not None:
        values: dict[str, object] = {
            **in_hands_of(heir.id, now),
            **next_turn(lead, now),
            "passed": passed,
        }
        tasks = await uow.tasks.hand_over(owner.id, heir.id, lead_id=lead.id)
        event = await change(uow, NOBODY, now, PASSED_ON, lead, values)
        if event is not None:
            await notices.refresh_all(uow, now, "task", tasks, event)
        params: dict[str, object] = {"id": lead.id, "from": owner.name}
        key = f"lead_passed:{lead.id}:{event}"
        await notices.send(uow, now, [notices.private(heir)], NoticeKind.LEAD_PASSED, key, params)
    if Step.ALARM in by.rules.minutes:
        await alarm(uow, lead, department, by, now, let_pass=owner.name if heir else None)


async def alarm(
    uow: UnitOfWork,
    lead: Lead,
    department: Department,
    by: Pace,
    now: datetime,
    *,
    let_pass: str | None = None,
) -> None:
    """Tell the heads in person and the team chat, once for a lead."""
    if lead.alarmed_at is not None:
        return
    lead.alarmed_at = now
    waited = by.calendar.between(lead.created_at, now) // MINUTE
    event = await history.record(uow, NOBODY, now, ALARMED, "lead", lead.id, {"waited": (None, waited)})
    places = [notices.private(person) for person in await heads_of(uow, department.id)]
    if department.chat_id is not None:
        places.append(Place(department.chat_id, thread=department.chat_thread))
    params: dict[str, object] = {"id": lead.id, "minutes": waited, "from": let_pass}
    await notices.send(uow, now, places, NoticeKind.LEAD_ALARM, f"lead_alarm:{lead.id}:{event}", params)
