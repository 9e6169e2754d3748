"""Buttons of a department's working time."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, rows
from keyboards.data import Id, Press
from keyboards.people_data import DepartmentCb
from keyboards.tongue import Tongue
from services.dto.work_times import SpecialRun, WorkTimeCard
from services.zones import COMMON

AS_COMPANY = "-"
"""In place of hours or of a zone: those of the company."""


class WorkTimePress(Press, prefix="-wt"):
    """A button on a department's working time."""

    department_id: Id

    def subject(self) -> tuple[str, int]:
        """The working time."""
        return ("work_time", self.department_id)


class WorkTimeCb(WorkTimePress, prefix="wt"):
    """Show it."""


class WorkHoursAskCb(WorkTimePress, prefix="wth"):
    """Ask for other hours."""


class WorkHoursCb(WorkTimePress, prefix="wtp"):
    """Take likely hours, as somebody would type them."""

    value: str


class WorkZoneAskCb(WorkTimePress, prefix="wtz"):
    """Ask for another time zone."""


class WorkZoneCb(WorkTimePress, prefix="wty"):
    """Take a zone by its name."""

    value: str


class HolidaysCb(WorkTimePress, prefix="wtv"):
    """Be closed on public holidays (1), or not (0)."""

    on: Id


class SpecialDayAskCb(WorkTimePress, prefix="wts"):
    """Ask for a day with other hours."""


class SpecialDayDropCb(WorkTimePress, prefix="wtx"):
    """Make some days usual ones again; days as their proleptic Gregorian ordinals."""

    first: Id
    last: Id


def work_time(
    card: WorkTimeCard, special: Iterable[tuple[SpecialRun, str]], t: Tongue
) -> InlineKeyboardMarkup:
    """Under a department's working time; each run of special days has its way out."""
    place = card.department.id
    keep = t("🎉 Work on holidays") if card.keeps_holidays else t("🎉 Keep holidays")
    return rows(
        [
            button(t("🗓 Hours"), WorkHoursAskCb(department_id=place)),
            button(t("🕒 Time zone"), WorkZoneAskCb(department_id=place)),
        ],
        [
            button(t("📅 Special day"), SpecialDayAskCb(department_id=place)),
            button(keep, HolidaysCb(department_id=place, on=int(not card.keeps_holidays)))
            if card.country
            else None,
        ],
        *[[_drop(place, run, label)] for run, label in special],
        [button(t("◀️ Back"), DepartmentCb(department_id=place)), home(t)],
    )


def ask_hours(
    card: WorkTimeCard, presets: Iterable[tuple[str, str, bool]], t: Tongue
) -> InlineKeyboardMarkup:
    """Likely hours: each as it would be typed, in words, and whether it is the present one."""
    place = card.department.id
    likely = [
        button(f"✅ {label}" if now else label, WorkHoursCb(department_id=place, value=typed))
        for typed, label, now in presets
    ]
    company = WorkHoursCb(department_id=place, value=AS_COMPANY)
    return rows(*grid(likely), _as_company(company, t, now=not card.own_hours), _way_back(place, t))


def ask_zone(card: WorkTimeCard, t: Tongue) -> InlineKeyboardMarkup:
    """The common time zones."""
    place = card.department.id
    zones = [
        button(
            f"✅ {zone.city(t.language)}" if zone.name == card.time_zone else zone.city(t.language),
            WorkZoneCb(department_id=place, value=zone.name),
        )
        for zone in COMMON
    ]
    company = WorkZoneCb(department_id=place, value=AS_COMPANY)
    return rows(*grid(zones), _as_company(company, t, now=not card.own_zone), _way_back(place, t))


def ask_special_day(card: WorkTimeCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under the question which day differs."""
    return rows(_way_back(card.department.id, t))


def _as_company(data: WorkTimePress, t: Tongue, *, now: bool) -> list[InlineKeyboardButton]:
    label = t("🏢 As the company")
    return [button(f"✅ {label}" if now else label, data)]


def _way_back(place: int, t: Tongue) -> list[InlineKeyboardButton]:
    return [button(t("◀️ Back"), WorkTimeCb(department_id=place)), cancel(t)]


def _drop(place: int, run: SpecialRun, label: str) -> InlineKeyboardButton:
    data = SpecialDayDropCb(department_id=place, first=run.first.toordinal(), last=run.last.toordinal())
    return button(f"✖️ {label}", data)
