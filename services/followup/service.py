"""As somebody's working day begins: tasks to call whom nobody has spoken to, and one message of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.models import Contact, Deal, Person, Pipeline, Timer
from db.repositories.follow_ups import CallFacts, Clients, Due
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import NOBODY, Action, Actor, require
from services.calendars import own_calendar
from services.clock import Clock
from services.distribution.presence import Shift, said_by
from services.dto.followup import CallLine, FollowUp, Greeting
from services.followup.rules import MOST as MOST_DAYS
from services.followup.rules import Rule, Rules
from services.followup.times import LONGEST_BREAK, birthdays_on, days_ago, until_next
from services.followup.words import task_words
from services.notices import NoticeKind, Priority
from services.work_calendar import WorkCalendar
from services.workspace import the_workspace

TASKS_SET = {"deal": "deal.follow_up", "lead": "lead.follow_up"}
MOST = 30
"""So many tasks somebody gets in a day; the longest waiting first, the others on the next one."""
MOST_GREETED = 30
USEFUL = timedelta(hours=20)
"""A message that could not be brought for so long is dropped; the tasks stay."""
_COLUMNS = {Rule.CALLBACK: "callback_from", Rule.SILENT: "silent_from"}
"""By what a rule finds its deals. Who was spoken to once and never again gets the task of the first."""


@dataclass(frozen=True, slots=True)
class _Morning:
    """Somebody's working day that begins."""

    person_id: int
    language: str
    calendar: WorkCalendar
    today: date
    ends: datetime
    now: datetime

    def limits(self, rule: Rule, pipelines: Sequence[Pipeline]) -> dict[int, datetime | None]:
        """By pipeline before when something must have happened last that the rule is due today.

        None where the rule is switched off; the pipeline that new deals enter is the first one.
        """
        days = {one.id: Rules.of(one.rules).days.get(rule) for one in pipelines}
        return {one: days_ago(self.calendar, self.today, n) if n else None for one, n in days.items()}


class FollowUps:
    """The service of calls that are owed. Also fires timers of the kind `follow_up`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def told(self, actor: Actor, tasks: Sequence[int], contacts: Sequence[int]) -> FollowUp:
        """Of these tasks and birthdays what is still the actor's. Raises `not_allowed`."""
        require(actor, Action.TASK_VIEW)
        today = self._clock.now().astimezone(actor.zone).date()
        async with self._db.read() as uow:
            calls = await uow.follow_ups.calls(actor.person_id, tasks)
            people = await uow.follow_ups.contacts(actor.person_id, contacts)
            greetings = [_greeting(one, today) for one in people]
            return FollowUp(
                today,
                tuple(_line(one, actor) for one in calls),
                tuple(sorted((one for one in greetings if one), key=lambda one: (one.day, one.name))),
            )

    async def fire(self, timer: Timer) -> None:
        """Set what is due, once for a day; nothing when somebody has left or their day is over already.

        While they are off it waits for them, and comes on the first morning when they are back.
        """
        now = self._clock.now()
        async with self._db.write() as uow:
            if not await uow.timers.mark_fired(timer.id, now):
                return
            person = await uow.people.get(timer.subject_id)
            if person is None or not await uow.people.stays(person.id):
                return
            if said_by(person).at(now).shift is Shift.OFF:
                return
            morning = await _morning(uow, person, now)
            if morning is None:
                return
            pipelines = await uow.pipelines.all()
            tasks = await _set_tasks(uow, morning, pipelines)
            contacts = await _birthdays(uow, morning, pipelines)
            if tasks or contacts:
                params: dict[str, object] = {"tasks": tasks, "contacts": contacts}
                await notices.send(
                    uow,
                    now,
                    [notices.private(person)],
                    NoticeKind.FOLLOW_UP,
                    timer.dedupe,
                    params,
                    priority=Priority.REMINDER,
                    lives=USEFUL,
                )


async def _morning(uow: UnitOfWork, person: Person, now: datetime) -> _Morning | None:
    """None when they do not work today, or not any more."""
    calendar = await own_calendar(uow, person.id, person.time_zone)
    today = now.astimezone(calendar.zone).date()
    hours = calendar.bounds(today)
    if hours is None or now >= hours.end:
        return None
    language = person.language or (await the_workspace(uow)).language
    return _Morning(person.id, language, calendar, today, hours.end, now)


async def _set_tasks(uow: UnitOfWork, morning: _Morning, pipelines: Sequence[Pipeline]) -> list[int]:
    """Tasks for today, none where one is open. They have no reminder: the message of them all is it."""
    owner, tasks = morning.person_id, list[int]()
    for rule, column in _COLUMNS.items():
        ages = morning.limits(rule, pipelines)
        for subject in ("deal", "lead") if any(ages.values()) else ():
            await uow.follow_ups.pass_over(subject, column, owner, ages)
            for one in await uow.follow_ups.due(subject, column, owner, ages, MOST - len(tasks)):
                if await uow.follow_ups.settle(subject, column, one.id, one.since):
                    tasks.append(await _set_task(uow, morning, subject, one, rule))
    return tasks


async def _set_task(uow: UnitOfWork, morning: _Morning, subject: str, found: Due, rule: Rule) -> int:
    now = morning.now
    task_id = await uow.tasks.insert(
        text=task_words(rule, found.client or found.title, morning.language),
        due_at=morning.ends,
        assignee_id=morning.person_id,
        author_id=None,
        deal_id=found.id if subject == "deal" else None,
        lead_id=found.id if subject == "lead" else None,
        created_at=now,
    )
    changes: history.Changes = {"task": (None, task_id), "rule": (None, rule.value)}
    event = await history.record(uow, NOBODY, now, TASKS_SET[subject], subject, found.id, changes)
    await notices.refresh_cards(uow, now, subject, found.id, event)
    return task_id


async def _birthdays(uow: UnitOfWork, morning: _Morning, pipelines: Sequence[Pipeline]) -> list[int]:
    """Clients who have one as many days ahead as their pipeline says, or on a day off after that.

    Who has deals in several pipelines is told of once, as early as any of them says. Whoever has no deal yet
    is taken for a client of the pipeline that new deals enter.
    """
    rules = {one.id: Rules.of(one.rules).days for one in pipelines}
    ahead = {one: days[Rule.GREET] for one, days in rules.items() if Rule.GREET in days}
    found = list[int]()
    for days in sorted(set(ahead.values()), reverse=True):
        dates = {
            kept
            for day in until_next(morning.calendar, morning.today)
            for kept in birthdays_on(day + timedelta(days=days))
        }
        whose = Clients(
            here=tuple(one for one, its in ahead.items() if its == days),
            told_before=tuple(one for one, its in ahead.items() if its > days),
            strangers=ahead.get(pipelines[0].id) == days,
        )
        found += await uow.follow_ups.birthdays(morning.person_id, dates, whose, MOST_GREETED - len(found))
    return found


def _line(facts: CallFacts, actor: Actor) -> CallLine:
    place = facts.place if facts.place is not None and facts.place.owner_id == actor.person_id else None
    return CallLine(
        task_id=facts.task.id,
        text=facts.task.text,
        title=place.title if place else None,
        phone=facts.phone if place else None,
        touched_at=place.touched_at if isinstance(place, Deal) else None,
    )


def _greeting(contact: Contact, today: date) -> Greeting | None:
    """None once the birthday was corrected to another day."""
    for ahead in range(MOST_DAYS[Rule.GREET] + LONGEST_BREAK):
        day = today + timedelta(days=ahead)
        if contact.birthday in birthdays_on(day):
            turns = day.year - contact.birth_year if contact.birth_year else None
            return Greeting(contact.id, contact.name, day, turns)
    return None
