"""From the rows of a department, or of somebody's place of work, to its working time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from db.models import Department, SpecialDay, Workspace
from db.uow import UnitOfWork
from services.understanding.work_hours import WorkHours
from services.work_calendar import WorkCalendar
from services.workspace import the_workspace

Calendars = Mapping[int, WorkCalendar]
"""The working time of departments, by their ids."""


async def calendar_of(uow: UnitOfWork, department: Department) -> WorkCalendar:
    """The working time of a department."""
    special = await uow.special_days.of([department.id])
    return calendar_from(await the_workspace(uow), department, special)


async def own_calendar(uow: UnitOfWork, person_id: int, time_zone: str | None) -> WorkCalendar:
    """When somebody works: as their department does, or the company, by the clock on their own wall."""
    departments = await uow.people.memberships(person_id)
    usual = (
        await calendar_of(uow, departments[0]) if departments else company_calendar(await the_workspace(uow))
    )
    return by_clock(usual, time_zone)


async def calendars(
    uow: UnitOfWork, departments: Sequence[Department] | None = None
) -> dict[int, WorkCalendar]:
    """The working time of every department, or of those that were read already."""
    workspace = await the_workspace(uow)
    departments = await uow.people.departments() if departments is None else departments
    special = await uow.special_days.of([row.id for row in departments])
    return {
        row.id: calendar_from(workspace, row, [one for one in special if one.department_id == row.id])
        for row in departments
    }


def calendar_among(
    by_department: Calendars,
    workspace: Workspace,
    departments: Sequence[int],
    time_zone: str | None,
) -> WorkCalendar:
    """Somebody's, as `own_calendar`, of what was read already: as the first of their departments works."""
    usual = by_department[departments[0]] if departments else company_calendar(workspace)
    return by_clock(usual, time_zone)


def company_calendar(workspace: Workspace) -> WorkCalendar:
    """The working time of the company as a whole, for those who are in no department."""
    return WorkCalendar(ZoneInfo(workspace.time_zone), WorkHours.of(workspace.hours), workspace.region)


def by_clock(usual: WorkCalendar, time_zone: str | None) -> WorkCalendar:
    """The same hours by the clock on somebody's own wall, where they have one."""
    return replace(usual, zone=ZoneInfo(time_zone)) if time_zone else usual


def calendar_from(workspace: Workspace, department: Department, special: list[SpecialDay]) -> WorkCalendar:
    """The same of what was read already: `special` are the days of this department."""
    hours = workspace.hours if department.hours is None else department.hours
    return WorkCalendar(
        zone=zone_of(department, workspace),
        hours=WorkHours.of(hours),
        country=workspace.region if department.keeps_holidays else None,
        exceptions={row.day: tuple((start, end) for start, end in row.spans) for row in special},
    )


def zone_of(department: Department, workspace: Workspace) -> ZoneInfo:
    """By which clock it works: its own or the company's."""
    return ZoneInfo(department.time_zone or workspace.time_zone)
