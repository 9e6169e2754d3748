"""Robots: the tasks that a stage sets for each deal that comes to it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from db.models import Deal, Person, Stage
from db.uow import UnitOfWork
from services import history, notices, reminders
from services.access import Action, Actor
from services.calendars import own_calendar
from services.errors import AppError
from services.task_changes import checked_text
from services.understanding.fold import clean_line
from services.work_calendar import NeverOpenError, WorkCalendar

MOST = 8
LONGEST = 365
FARTHEST = 3 * LONGEST
"""In days: so far ahead a working day is looked for."""
_TERM = re.compile(
    r"""^(?P<text>.+?)[\s,;:.—–-]+(?:(?:через|за|в\ течение|in|within)\s+)?(?<![-−–—])(?P<n>\d+)\s*
    (?:раб\w*\.?\s*|working\s+)?(?:(?P<days>дн\w*|день|д|days?|d)|(?P<hours>час\w*|ч|hours?|h))\b\.?
    [\s,;:.—–-]*(?:(?P<head>руковод\w*|начальник\w*|(?:the\s+)?head(?:\s+of\s+department)?)|менеджер\w*|manager)?[\s.]*$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)

_WHO = re.compile(r"[,;—–-]\s*(?P<who>[^\W\d_][^\d,;]{1,40}?)[\s.]*$")
"""Somebody who is named at the end, as whose task it is to be."""


class Doer(StrEnum):
    """Who gets the task."""

    OWNER = "owner"
    """Whoever owns the deal."""
    HEAD = "head"
    """The head of its department."""


@dataclass(frozen=True, slots=True)
class Robot:
    """A task to be set: its words, its term in working days or hours, and whose it is."""

    id: int
    """Its own within its stage, never given again while others are there."""
    text: str
    n: int
    hours: bool
    doer: Doer

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Robot":
        """From what is kept."""
        return cls(data["id"], data["text"], data["n"], data["hours"], Doer(data["doer"]))

    @property
    def data(self) -> dict[str, Any]:
        """As it is kept."""
        return {"id": self.id, "text": self.text, "n": self.n, "hours": self.hours, "doer": self.doer.value}

    def due(self, calendar: WorkCalendar, now: datetime) -> datetime:
        """When it is due: so much working time from now, or by the end of the last of so many working days.

        Today is not counted; 0 days are the rest of today, or the next working day if there is none left.
        """
        if not self.hours:
            return end_of_day(calendar, now, self.n)
        try:
            return calendar.after(now, timedelta(hours=self.n))
        except NeverOpenError:
            return now + timedelta(hours=self.n)


def robots_of(stage: Stage) -> tuple[Robot, ...]:
    """Those of a stage, in the order of their making."""
    return tuple(map(Robot.of, stage.tasks))


def read_robot(typed: str, others: Iterable[Robot]) -> Robot:
    """A robot as somebody types it: "Call the client, 2 days", "Согласовать скидку, 4 часа, руководитель".

    Raises `robot.no_term`, `robot.no_doer`, `robot.too_long`, and what `checked_text` raises.
    """
    match = _TERM.match(typed.strip())
    if match is None:
        named = _WHO.search(typed)
        if named is not None and _TERM.match(typed[: named.start()].strip()):
            raise AppError("robot.no_doer", said=clean_line(named["who"], 40))
        raise AppError("robot.no_term")
    n = int(match["n"])
    if n > LONGEST:
        raise AppError("robot.too_long", most=LONGEST)
    number = 1 + max((one.id for one in others), default=0)
    doer = Doer.HEAD if match["head"] else Doer.OWNER
    return Robot(number, checked_text(match["text"].strip()), n, match["hours"] is not None, doer)


async def set_tasks(uow: UnitOfWork, actor: Actor, now: datetime, deal: Deal, stage: Stage) -> list[int]:
    """Set what a stage asks of whoever comes there; returns the tasks. To be called with the move itself.

    What is still to do for the deal in the same words is not set twice.
    """
    robots = robots_of(stage)
    known = {task.text for task in await uow.tasks.open_for("deal", deal.id)} if robots else set[str]()
    made: dict[int, history.Changes] = {}
    for robot in robots:
        person = await _doer(uow, deal, robot.doer) if robot.text not in known else None
        if person is not None:
            task, due_at = await _set(uow, actor, now, deal, stage, robot, person)
            made[task] = {"due_at": (None, due_at.isoformat())}
    if made:
        await history.consequences(uow, actor, now, Action.TASK_CREATE, "task", made)
    return list(made)


async def _set(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    deal: Deal,
    stage: Stage,
    robot: Robot,
    person: Person,
) -> tuple[int, datetime]:
    due_at = robot.due(await own_calendar(uow, person.id, person.time_zone), now)
    task = await uow.tasks.insert(
        text=robot.text,
        due_at=due_at,
        assignee_id=person.id,
        author_id=None,
        deal_id=deal.id,
        created_at=now,
    )
    await reminders.arm(uow, task, 1, due_at, now)
    if person.id != actor.person_id:
        key, params = f"task_given:{task}:0", {"id": task, "stage": stage.name}
        await notices.send(uow, now, [notices.private(person)], notices.NoticeKind.TASK_GIVEN, key, params)
    return task, due_at


async def _doer(uow: UnitOfWork, deal: Deal, doer: Doer) -> Person | None:
    """Whose the task is; where there is none of the one kind, one of the other, else nobody."""
    owner = await uow.people.get(deal.owner_id) if deal.owner_id else None
    owners = [owner] if owner is not None and owner.status == "active" else []
    heads = await uow.people.heads(deal.department_id)
    wanted = [*heads, *owners] if doer is Doer.HEAD else [*owners, *heads]
    return next(iter(wanted), None)


def end_of_day(calendar: WorkCalendar, now: datetime, days: int) -> datetime:
    """The end of a working day, so many of them after today; without any, so many days from now."""
    today, left = now.astimezone(calendar.zone).date(), max(days, 1)
    for ahead in range(FARTHEST):
        hours = calendar.bounds(today + timedelta(days=ahead))
        if hours is None or hours.end <= now or (ahead == 0 and days):
            continue
        left -= 1
        if ahead == 0 or not left:
            return hours.end
    return now + timedelta(days=max(days, 1))
