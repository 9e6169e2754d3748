"""When a department works: its head and the owner set hours, zone, holidays and special days."""

from datetime import date

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import work_times as views
from keyboards.work_times import (
    AS_COMPANY,
    HolidaysCb,
    SpecialDayAskCb,
    SpecialDayDropCb,
    WorkHoursAskCb,
    WorkHoursCb,
    WorkTimeCb,
    WorkZoneAskCb,
    WorkZoneCb,
)
from services.access import Action
from services.dto.work_times import WorkTimeCard
from services.errors import NotFoundError

describe(
    {
        "special_day.unread": "Send the day and its hours, like this: 31.12 10-15 or 1-8 January closed.",
        "special_day.past": "That day is over. Send one that is still to come.",
        "special_day.too_many": "That is more than {most} days. Send a shorter stretch.",
        "special_day.not_found": "There is no such day.",
    }
)
LAST_DAY = date.max.toordinal()


@registry.card("work_time")
async def work_time_card(viewer: Viewer, department_id: int) -> Screen | None:
    """A department's working time."""
    if viewer.actor is None:
        return None
    return views.work_time(await viewer.services.work_times.card(viewer.actor, department_id), viewer.t)


@registry.press(WorkTimeCb, Action.DEPARTMENT_RULES)
async def on_work_time(turn: Turn, data: WorkTimeCb) -> None:
    """A department's working time; an open question is given up."""
    await _done(turn, await turn.services.work_times.card(turn.actor, data.department_id))


@registry.press(WorkHoursAskCb, Action.DEPARTMENT_RULES)
async def on_hours_ask(turn: Turn, data: WorkHoursAskCb) -> None:
    """When does it work?"""
    await turn.show(views.ask_hours(await _ask(turn, "work_time.hours", data.department_id), turn.t))


@registry.press(WorkHoursCb, Action.DEPARTMENT_RULES)
async def on_hours(turn: Turn, data: WorkHoursCb) -> None:
    """Then."""
    hours = None if data.value == AS_COMPANY else data.value
    await _done(turn, await turn.services.work_times.work(turn.actor, data.department_id, hours))


@registry.step("work_time.hours", Action.DEPARTMENT_RULES)
async def got_hours(turn: Turn, message: Message) -> None:
    """Then, in words."""
    typed = message.text or AS_COMPANY
    await _done(turn, await turn.services.work_times.work(turn.actor, await _place(turn), typed))


@registry.press(WorkZoneAskCb, Action.DEPARTMENT_RULES)
async def on_zone_ask(turn: Turn, data: WorkZoneAskCb) -> None:
    """Which clock does it go by?"""
    await turn.show(views.ask_zone(await _ask(turn, "work_time.zone", data.department_id), turn.t))


@registry.press(WorkZoneCb, Action.DEPARTMENT_RULES)
async def on_zone(turn: Turn, data: WorkZoneCb) -> None:
    """By this one."""
    zone = None if data.value == AS_COMPANY else data.value
    await _done(turn, await turn.services.work_times.move_to(turn.actor, data.department_id, zone))


@registry.step("work_time.zone", Action.DEPARTMENT_RULES)
async def got_zone(turn: Turn, message: Message) -> None:
    """By that of this city."""
    await _done(
        turn, await turn.services.work_times.move_to(turn.actor, await _place(turn), message.text or "")
    )


@registry.press(HolidaysCb, Action.DEPARTMENT_RULES)
async def on_holidays(turn: Turn, data: HolidaysCb) -> None:
    """Closed on public holidays, or not."""
    place, on = data.department_id, bool(data.on)
    await _done(turn, await turn.services.work_times.keep_holidays(turn.actor, place, on=on))


@registry.press(SpecialDayAskCb, Action.DEPARTMENT_RULES)
async def on_special_day_ask(turn: Turn, data: SpecialDayAskCb) -> None:
    """Which day differs?"""
    await turn.show(views.ask_special_day(await _ask(turn, "work_time.day", data.department_id), turn.t))


@registry.step("work_time.day", Action.DEPARTMENT_RULES)
async def got_special_day(turn: Turn, message: Message) -> None:
    """This one."""
    await _done(
        turn, await turn.services.work_times.set_days(turn.actor, await _place(turn), message.text or "")
    )


@registry.press(SpecialDayDropCb, Action.DEPARTMENT_RULES)
async def on_special_day_drop(turn: Turn, data: SpecialDayDropCb) -> None:
    """It is a usual day again."""
    if not 0 < data.first <= data.last <= LAST_DAY:
        raise NotFoundError("special_day")
    first, last = date.fromordinal(data.first), date.fromordinal(data.last)
    await _done(turn, await turn.services.work_times.clear_days(turn.actor, data.department_id, first, last))


async def _ask(turn: Turn, state: str, department_id: int) -> WorkTimeCard:
    card = await turn.services.work_times.card(turn.actor, department_id)
    await turn.form.wait(state, department_id=department_id, back=["work_time", department_id])
    return card


async def _place(turn: Turn) -> int:
    return int((await turn.form.data())["department_id"])


async def _done(turn: Turn, card: WorkTimeCard) -> None:
    await turn.form.close()
    await turn.show(views.work_time(card, turn.t))
