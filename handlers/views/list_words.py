"""What lists ask for, in words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from babel.dates import format_date

from handlers.views.reports import period_name
from keyboards.stage_marks import mark
from keyboards.tongue import Tongue
from services.dto.common import Sum
from services.dto.lists import PipelineChoice, StageChoice
from services.lists.days import AskedDays, Dated, OwnDays
from services.lists.filters import Agreed, State
from services.report_periods import Period


def stage_words(choice: StageChoice | PipelineChoice, t: Tongue) -> str:
    """A stage with its mark; with its pipeline where there are several. Or all of a pipeline."""
    if isinstance(choice, PipelineChoice):
        return t("all of {pipeline}", pipeline=choice.name)
    stage = choice.stage
    name = f"{mark(stage)} {stage.name}"
    return t("{pipeline}: {stage}", pipeline=choice.pipeline, stage=name) if choice.pipeline else name


def stages_words(choices: Iterable[StageChoice | PipelineChoice], t: Tongue) -> str:
    """Several of them; a pipeline is named before the first of its stages alone."""
    told: list[str] = []
    last = None
    for choice in choices:
        if isinstance(choice, StageChoice) and choice.pipeline == last:
            told.append(stage_words(replace(choice, pipeline=None), t))
        else:
            told.append(stage_words(choice, t))
        last = choice.pipeline if isinstance(choice, StageChoice) else None
    return ", ".join(told)


def state_words(state: State, t: Tongue) -> str:
    """How leads stand that are asked for."""
    return {
        State.OPEN: t("free or in work"),
        State.FREE: t("free"),
        State.IN_WORK: t("in work"),
        State.QUALIFIED: t("became deals"),
        State.REJECTED: t("not leads"),
    }[state]


def consent_words(consent: Agreed, t: Tongue) -> str:
    """How it stands with the consent of contacts that are asked for."""
    return {
        Agreed.GIVEN: t("Consent given"),
        Agreed.OLDER: t("Consent to an older text"),
        Agreed.WITHDRAWN: t("Consent withdrawn"),
        Agreed.NEVER: t("No consent written down"),
    }[consent]


def day_words(day: AskedDays, t: Tongue) -> str:
    """A day, or days, that are asked for; while they are still to be typed, of what."""
    if isinstance(day, OwnDays):
        return _own_days(day, t)
    return {
        Dated.CREATED_TODAY: t("made today"),
        Dated.CREATED_WEEK: t("made in 7 days"),
        Dated.CREATED_MONTH: t("made this month"),
        Dated.CREATED_LAST_MONTH: t("made last month"),
        Dated.CLOSED_TODAY: t("closed today"),
        Dated.CLOSED_WEEK: t("closed in 7 days"),
        Dated.CLOSED_MONTH: t("closed this month"),
        Dated.CLOSED_LAST_MONTH: t("closed last month"),
        Dated.TASK_OVERDUE: t("task overdue"),
        Dated.TASK_TODAY: t("task due today"),
        Dated.TASK_WEEK: t("task due in 7 days"),
    }[day]


def _own_days(day: OwnDays, t: Tongue) -> str:
    span = _span(day, t)
    if span is None:
        return {
            "created": t("✍️ made: other days"),
            "closed": t("✍️ closed: other days"),
            "task": t("✍️ task due: other days"),
        }[day.of]
    return {
        "created": t("made: {days}", days=span),
        "closed": t("closed: {days}", days=span),
        "task": t("task due: {days}", days=span),
    }[day.of]


def _span(day: OwnDays, t: Tongue) -> str | None:
    if day.first is not None and day.last is not None:
        return period_name(Period(day.first, day.last), t)
    if day.first is not None:
        return t("from {day}", day=_day(day.first, t))
    return t("to {day}", day=_day(day.last, t)) if day.last is not None else None


def _day(day: date, t: Tongue) -> str:
    return format_date(day, "d MMM y", locale=t.language)


def amount_words(low: Sum | None, high: Sum | None, t: Tongue) -> str | None:
    """From which sum to which; None where no sum is asked for."""
    if low is not None and high is not None:
        return t("{low} – {high}", low=t.money(low), high=t.money(high))
    if low is not None:
        return t("from {low}", low=t.money(low))
    return t("to {high}", high=t.money(high)) if high is not None else None
