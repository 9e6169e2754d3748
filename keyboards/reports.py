"""Buttons of reports."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cut, grid, home, rows
from keyboards.data import CancelCb, Id, Press
from keyboards.deal_data import DealListCb
from keyboards.paging import Leaf, leaf, turns
from keyboards.plan_data import PlanCb
from keyboards.tongue import Tongue
from services.dto.common import Ref
from services.dto.digests import Digest
from services.dto.reports import ByField, ByPerson, ByTime, FieldTotals, Funnel, FunnelLine, Report
from services.report_periods import Named, Period


class ReportCb(Press, prefix="rep"):
    """The report of a period (by its code), of one person (0: of all)."""

    period: Id = 0
    person_id: Id = 0
    page: Id = 0


class ReportAnewCb(Press, prefix="repn"):
    """The report of this month as a message of its own, where the pressed card is to stay."""


class ReportPeopleCb(Press, prefix="repp"):
    """Who sold how much."""

    period: Id
    page: Id = 0


class ReportTimeCb(Press, prefix="rept"):
    """Month after month."""

    period: Id
    person_id: Id = 0


class ReportFieldsCb(Press, prefix="repf"):
    """By which field of the company's own?"""

    period: Id


class ReportFieldCb(Press, prefix="repg"):
    """By this one."""

    period: Id
    field_id: Id


class ReportPictureCb(Press, prefix="repi"):
    """The funnel as a picture."""

    period: Id
    person_id: Id = 0


class ReportPeriodsCb(Press, prefix="repd"):
    """Choose another period."""

    period: Id
    person_id: Id = 0


class ReportTypeCb(Press, prefix="repy"):
    """Type a period."""

    person_id: Id = 0


ROWS = 24
"""So many stages stand in a report at a time."""


def busy(funnels: tuple[Funnel, ...]) -> tuple[Funnel, ...]:
    """The pipelines in which anything stands; the first one where nothing does anywhere."""
    return tuple(funnel for funnel in funnels if any(line.count for line in funnel.lines)) or funnels[:1]


def shown_lines(report: Report, page: int) -> Leaf[tuple[Funnel, FunnelLine]]:
    """A page of the stages of these, each with its pipeline."""
    return leaf([(funnel, line) for funnel in busy(report.funnels) for line in funnel.lines], page, ROWS)


def stage_names(report: Report | Digest, t: Tongue, longest: int | None = None) -> dict[int, str]:
    """What each stage is called: with its pipeline where there are several; `longest`: of each of both."""
    named = len(report.funnels) > 1
    names = {}
    for funnel in report.funnels:
        pipeline = cut(funnel.pipeline, longest) if longest else funnel.pipeline
        for line in funnel.lines:
            stage = cut(line.stage.name, longest) if longest else line.stage.name
            names[line.stage.id] = (
                t("{pipeline}: {stage}", pipeline=pipeline, stage=stage) if named else stage
            )
    return names


def report(report: Report, period: str, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """Under a page of the report; each stage opens its deals."""
    person = report.person.id if report.person else 0
    here = {"period": report.period.code, "person_id": person}
    everyone = ReportCb(period=report.period.code)
    names, shown = stage_names(report, t), shown_lines(report, page)
    stages = [
        button(names[line.stage.id], DealListCb(stage_id=line.stage.id))
        for _, line in shown.items
        if line.count
    ]
    return rows(
        [button(t("📅 {period}", period=period), ReportPeriodsCb(**here))],
        [
            button(t("👥 Everybody"), everyone)
            if person
            else button(t("👥 By manager"), _people(report.period)),
            button(t("📈 By month"), ReportTimeCb(**here)),
        ],
        [button(t("🖼 Picture"), ReportPictureCb(**here)), button(t("🎯 Plan"), PlanCb())],
        [] if person else [button(t("🗂 By field"), ReportFieldsCb(period=report.period.code))],
        *([] if person else grid(stages)),
        turns(shown.page, shown.more, ReportCb(**here)),
        [home(t)],
    )


def periods(period: Period, person_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """The periods to choose from."""
    names = {
        Named.MONTH: t("This month"),
        Named.LAST_MONTH: t("Last month"),
        Named.QUARTER: t("This quarter"),
        Named.LAST_QUARTER: t("Last quarter"),
        Named.YEAR: t("This year"),
        Named.LAST_YEAR: t("Last year"),
        Named.ALL: t("All the time"),
    }
    choices = [button(name, ReportCb(period=named, person_id=person_id)) for named, name in names.items()]
    choices.append(button(t("⌨️ Other dates"), ReportTypeCb(person_id=person_id)))
    return rows(*grid(choices), [button(t("◀️ Back"), ReportCb(period=period.code, person_id=person_id))])


def by_person(people: ByPerson, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each person."""
    period = people.period.code
    named = [
        button(line.person.name, ReportCb(period=period, person_id=line.person.id))
        for line in people.lines
        if line.person is not None
    ]
    back = ReportPeopleCb(period=period, page=people.page - 1) if people.page else None
    more = ReportPeopleCb(period=period, page=people.page + 1) if people.more else None
    return rows(
        *grid(named),
        [button("◀️", back) if back else None, button("▶️", more) if more else None],
        [button(t("◀️ Report"), ReportCb(period=period)), home(t)],
    )


def fields(period: Period, found: Sequence[Ref], t: Tongue) -> InlineKeyboardMarkup:
    """The fields to choose from."""
    choices = (button(one.name, ReportFieldCb(period=period.code, field_id=one.id)) for one in found)
    return rows(*grid(choices), [button(t("◀️ Report"), ReportCb(period=period.code)), home(t)])


def by_field(shown: ByField | FieldTotals, t: Tongue) -> InlineKeyboardMarkup:
    """Back to the fields, and to the report."""
    code = shown.period.code
    return rows(
        [button(t("🗂 By field"), ReportFieldsCb(period=code))],
        [button(t("◀️ Report"), ReportCb(period=code)), home(t)],
    )


def by_time(times: ByTime, names: list[tuple[str, int]], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each span (name and code of its period)."""
    person = times.person.id if times.person else 0
    spans = [button(name, ReportCb(period=code, person_id=person)) for name, code in names]
    back = ReportCb(period=times.period.code, person_id=person)
    return rows(*grid(spans, 3), [button(t("◀️ Report"), back), home(t)])


def picture(report: Report, t: Tongue) -> InlineKeyboardMarkup:
    """Under the picture."""
    person = report.person.id if report.person else 0
    return rows([button(t("◀️ Report"), ReportCb(period=report.period.code, person_id=person)), home(t)])


def asking(t: Tongue) -> InlineKeyboardMarkup:
    """While dates are typed."""
    return rows([button(t("◀️ Back"), ReportCb()), button(t("✖️ Cancel"), CancelCb())])


def _people(period: Period) -> ReportPeopleCb:
    return ReportPeopleCb(period=period.code)
