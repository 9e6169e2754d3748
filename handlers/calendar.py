"""Choosing a moment: by one tap, in the calendar, or typed; for a task or for the draft of one."""

from datetime import datetime

from aiogram.types import Message

from handlers import task_forms
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import calendar as views
from handlers.views import task_series as series_views
from handlers.views import tasks as task_views
from keyboards.task_data import AtCb, HoursCb, MonthCb, QuickCb, StillCb, WhenCb, WhenPress
from services.access import Action
from services.choices import choice
from services.dto.tasks import Reading
from services.errors import AppError, StaleError
from services.task_times import Quick, from_minutes

TIME = "task.time"


@registry.press(WhenCb, Action.TASK_DO)
async def on_when(turn: Turn, data: WhenCb) -> None:
    """When?"""
    offered = turn.services.times.offered(turn.actor)
    await _wait(turn, data, None)
    if data.task_id:
        task = await turn.services.tasks.card(turn.actor, data.task_id)
        await turn.show(task_views.ask_time(task, Reading(""), offered, turn.t))
    else:
        text, key = await task_forms.draft(turn, data.draft)
        await turn.show(task_views.ask_when(Reading(text), offered, key, turn.t))


@registry.press(QuickCb, Action.TASK_DO)
async def on_quick(turn: Turn, data: QuickCb) -> None:
    """At one of the usual moments."""
    await _settle(turn, data, turn.services.times.moment(turn.actor, choice(Quick, data.quick)))


@registry.press(AtCb, Action.TASK_DO)
async def on_at(turn: Turn, data: AtCb) -> None:
    """At this moment."""
    await _settle(turn, data, from_minutes(data.at))


@registry.press(MonthCb, Action.TASK_DO)
async def on_month(turn: Turn, data: MonthCb) -> None:
    """A month of the calendar."""
    deed = await _wait(turn, data, None)
    month = turn.services.times.month(turn.actor, data.month)
    await turn.show(views.month(month, deed, turn.t, task_id=data.task_id, draft=data.draft))


@registry.press(HoursCb, Action.TASK_DO)
async def on_hours(turn: Turn, data: HoursCb) -> None:
    """The hours of a day; another time may be typed."""
    hours = turn.services.times.hours(turn.actor, data.day)
    deed = await _wait(turn, data, data.day)
    await turn.show(views.hours(hours, deed, turn.t, task_id=data.task_id, draft=data.draft))


@registry.press(StillCb, Action.MENU)
async def on_still(_turn: Turn, _data: StillCb) -> None:
    """Nothing: a heading, or a day that is over."""


@registry.step(TIME, Action.TASK_DO)
async def got_time(turn: Turn, message: Message) -> None:
    """Another moment for a task, typed."""
    if not message.text:  # A voice on a chosen day is no moment of that day.
        raise AppError("task.when_unclear")
    data = await turn.form.data()
    task_id = int(data["back"][1])
    said = turn.services.times.understand(turn.actor, message.text, data.get("day"), asked=True)
    if said.rule is not None and said.at is not None and not said.text:
        task = await turn.services.series.repeat(turn.actor, task_id, said.rule, said.at)
        await turn.form.close()
        await turn.show(task_views.moved(task, turn.t))
    elif said.at is not None and not said.text:
        await _move(turn, task_id, said.at, either=said.or_every_other)
    elif said.timed and said.at is None:
        task = await turn.services.tasks.card(turn.actor, task_id)
        offered = turn.services.times.offered(turn.actor)
        await turn.show(task_views.ask_time(task, said, offered, turn.t))
    else:
        raise AppError("task.only_time" if said.at else "task.when_unclear")


async def _wait(turn: Turn, data: WhenPress, day: int | None) -> str:
    """Take a typed answer, too; on a day, if one was chosen. What it is asked for.

    Raises `task.draft_gone`, `task.not_found`.
    """
    if not data.task_id:
        text, _ = await task_forms.draft(turn, data.draft)
        await turn.form.wait(task_forms.WHEN, day=day)
        return text
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    if task.done_at is not None:
        raise StaleError("task.done")
    await turn.form.close()
    await turn.form.wait(TIME, back=["task", task.id], day=day)
    return task.text


async def _settle(turn: Turn, data: WhenPress, at: datetime) -> None:
    if data.task_id:
        await _move(turn, data.task_id, at)
    else:
        await task_forms.settle(turn, data.draft, at)


async def _move(turn: Turn, task_id: int, at: datetime, *, either: bool = False) -> None:
    task = await turn.services.tasks.put_off(turn.actor, task_id, at)
    await turn.form.close()
    shown = task_views.moved(task, turn.t)
    await turn.show(series_views.or_every_other_day(shown, task, turn.t) if either else shown)
