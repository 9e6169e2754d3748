"""Reports for heads and the owner."""

import asyncio

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import field_reports as field_views
from handlers.views import reports as views
from keyboards.reports import (
    ReportAnewCb,
    ReportCb,
    ReportFieldCb,
    ReportFieldsCb,
    ReportPeopleCb,
    ReportPeriodsCb,
    ReportPictureCb,
    ReportTimeCb,
    ReportTypeCb,
)
from services.access import Action
from services.errors import AppError
from services.report_periods import Period, typed_period

describe(
    {
        "report.period": "I could not read a period in this. Write it like 01.03.2017-31.03.2017 or 03.2017.",
        "person.not_found": "There is no such person in your reports.",
    }
)


@registry.command("report", Action.REPORT_VIEW)
async def cmd_report(turn: Turn, args: str) -> None:
    """The report of this month, or of the period that is named behind the command."""
    period = _typed(args) if args else turn.services.reports.period(turn.actor, 0)
    await turn.show(views.report(await turn.services.reports.overview(turn.actor, period), turn.t))


@registry.press(ReportCb, Action.REPORT_VIEW)
async def on_report(turn: Turn, data: ReportCb) -> None:
    """The report of a period, of all or of one person."""
    await turn.form.close()
    reports = turn.services.reports
    period = reports.period(turn.actor, data.period)
    report = await reports.overview(turn.actor, period, data.person_id or None)
    await turn.show(views.report(report, turn.t, data.page))


@registry.press(ReportAnewCb, Action.REPORT_VIEW)
async def on_report_anew(turn: Turn, _data: ReportAnewCb) -> None:
    """The report of this month below the card that was pressed."""
    period = turn.services.reports.period(turn.actor, 0)
    await turn.say(views.report(await turn.services.reports.overview(turn.actor, period), turn.t))


@registry.press(ReportPeriodsCb, Action.REPORT_VIEW)
async def on_report_periods(turn: Turn, data: ReportPeriodsCb) -> None:
    """Which period?"""
    period = turn.services.reports.period(turn.actor, data.period)
    await turn.show(views.periods(period, data.person_id, turn.t))


@registry.press(ReportTypeCb, Action.REPORT_VIEW)
async def on_report_type(turn: Turn, data: ReportTypeCb) -> None:
    """Ask for a period to be typed."""
    await turn.form.wait("report.period", person_id=data.person_id)
    await turn.show(views.ask_period(turn.t))


@registry.step("report.period", Action.REPORT_VIEW)
async def got_report_period(turn: Turn, message: Message) -> None:
    """The period that was typed."""
    period = _typed(message.text or "")
    person = (await turn.form.data()).get("person_id") or None
    await turn.form.close()
    await turn.show(views.report(await turn.services.reports.overview(turn.actor, period, person), turn.t))


@registry.press(ReportPeopleCb, Action.REPORT_VIEW)
async def on_report_people(turn: Turn, data: ReportPeopleCb) -> None:
    """Who sold how much."""
    reports = turn.services.reports
    period = reports.period(turn.actor, data.period)
    await turn.show(views.by_person(await reports.by_person(turn.actor, period, data.page), turn.t))


@registry.press(ReportTimeCb, Action.REPORT_VIEW)
async def on_report_time(turn: Turn, data: ReportTimeCb) -> None:
    """Month after month."""
    reports = turn.services.reports
    period = reports.period(turn.actor, data.period)
    await turn.show(views.by_time(await reports.by_time(turn.actor, period, data.person_id or None), turn.t))


@registry.press(ReportFieldsCb, Action.REPORT_VIEW)
async def on_report_fields(turn: Turn, data: ReportFieldsCb) -> None:
    """By which field of the company's own?"""
    period = turn.services.reports.period(turn.actor, data.period)
    found = await turn.services.field_reports.fields(turn.actor)
    await turn.show(field_views.fields(period, found, turn.t))


@registry.press(ReportFieldCb, Action.REPORT_VIEW)
async def on_report_field(turn: Turn, data: ReportFieldCb) -> None:
    """How many deals, and how much, by what it says."""
    period = turn.services.reports.period(turn.actor, data.period)
    shown = await turn.services.field_reports.by_field(turn.actor, period, data.field_id)
    await turn.show(field_views.by_field(shown, turn.t))


@registry.press(ReportPictureCb, Action.REPORT_VIEW)
async def on_report_picture(turn: Turn, data: ReportPictureCb) -> None:
    """The funnel as a picture; drawn in a thread, since it takes its time."""
    reports = turn.services.reports
    period = reports.period(turn.actor, data.period)
    report = await reports.overview(turn.actor, period, data.person_id or None)
    title, subtitle = views.picture_titles(report, turn.t)
    painter = turn.services.outside.painter
    image = await asyncio.to_thread(painter.funnel, title, views.bars(report, turn.t), subtitle)
    await turn.show(views.picture(report, image, turn.t))


def _typed(text: str) -> Period:
    period = typed_period(text)
    if period is None:
        raise AppError("report.period")
    return period
