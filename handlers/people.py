"""The team: departments, people, roles, and those who leave."""

from typing import Any

from aiogram.types import Message

from handlers.errors import describe
from handlers.farewells import show_gone
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import leaving as leaving_views
from handlers.views import people as views
from handlers.views import task_handover as hands
from keyboards.people_data import (
    DepartmentCb,
    DepartmentNewCb,
    DepartmentRenameCb,
    PersonCb,
    PersonDepartmentCb,
    PersonDepartmentsCb,
    PersonRoleCb,
    PersonRolesCb,
    TeamCb,
    WorkCb,
    WorkDoneCb,
    WorkHeirCb,
)
from services.access import Action
from services.dto.people import Load
from services.errors import AppError
from services.notices import NoticeKind
from services.staff import to_role

describe(
    {
        "employee.not_found": "There is no such person here, or they are not yours to see.",
        "person.last_owner": "The company needs an owner: make somebody else an owner first.",
        "person.needs_department": "Whoever sells belongs to a department. Choose one first.",
        "person.has_work": "They still have leads, deals or tasks in hand. Hand these over first.",
        "person.self": "You cannot remove yourself.",
        "person.no_heir": "Choose somebody else to take it over.",
        "person.few_heirs": "Choose two colleagues at least.",
        "department.name_empty": "Please send a name with at least one letter.",
        "department.name_taken": "There is a department {name} already. Please send another name.",
        "role.not_found": "There is no such role.",
    }
)


@registry.card("department")
async def department_card(viewer: Viewer, department_id: int) -> Screen | None:
    """A department with its people."""
    if viewer.actor is None:
        return None
    card = await viewer.services.team.department(viewer.actor, department_id or None)
    return views.department(card, viewer.t)


@registry.card("person")
async def person_card(viewer: Viewer, person_id: int) -> Screen | None:
    """A person."""
    if viewer.actor is None:
        return None
    return views.person(await viewer.services.team.person(viewer.actor, person_id), viewer.t)


@registry.notice(NoticeKind.ROLE_CHANGED)
async def role_changed(viewer: Viewer, _params: dict[str, Any]) -> Screen | None:
    """You are something else now."""
    if viewer.actor is None:
        return None
    card = await viewer.services.people.profile(viewer.actor)
    return views.role_changed(viewer.actor, card.departments, viewer.t)


@registry.notice(NoticeKind.WORK_GIVEN)
async def work_given(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Work of a colleague is yours now."""
    former = int(params["person"])
    name = await viewer.services.people.name(former)
    if viewer.actor is not None and "ids" in params:
        tasks = await viewer.services.tasks.open_of(viewer.actor, list(params["ids"]))
        if not tasks:
            return None
        back = viewer.actor.person_id == former
        return hands.told(tasks, None if back else name, str(params["by"]), viewer.t)
    load = Load(int(params["leads"]), int(params["deals"]), int(params["tasks"]), int(params["contacts"]))
    if viewer.actor is not None and viewer.actor.person_id == former:
        return views.work_returned(load, viewer.t)
    return views.work_given(name, load, viewer.t)


@registry.command("team", Action.TEAM_VIEW)
async def cmd_team(turn: Turn, _args: str) -> None:
    """The departments."""
    await _team(turn)


@registry.press(TeamCb, Action.TEAM_VIEW)
async def on_team(turn: Turn, _data: TeamCb) -> None:
    """The same by button; an open question is given up."""
    await turn.form.close()
    await _team(turn)


@registry.press(DepartmentCb, Action.TEAM_VIEW)
async def on_department(turn: Turn, data: DepartmentCb) -> None:
    """The people of a department."""
    await turn.form.close()
    card = await turn.services.team.department(turn.actor, data.department_id or None, data.page)
    await turn.show(views.department(card, turn.t))


@registry.press(DepartmentNewCb, Action.DEPARTMENT_MANAGE)
async def on_department_new(turn: Turn, _data: DepartmentNewCb) -> None:
    """What is it called?"""
    await turn.form.wait("department.new")
    await turn.show(views.ask_new_department(turn.t))


@registry.step("department.new", Action.DEPARTMENT_MANAGE)
async def got_department_new(turn: Turn, message: Message) -> None:
    """A new department."""
    made = await turn.services.departments.add(turn.actor, message.text or "")
    await _department_done(turn, made.id)


@registry.press(DepartmentRenameCb, Action.DEPARTMENT_MANAGE)
async def on_department_rename(turn: Turn, data: DepartmentRenameCb) -> None:
    """What shall it be called?"""
    card = await turn.services.team.department(turn.actor, data.department_id)
    await turn.form.wait(
        "department.name", department_id=data.department_id, back=["department", data.department_id]
    )
    if card.department is not None:
        await turn.show(views.ask_department_name(card.department, turn.t))


@registry.step("department.name", Action.DEPARTMENT_MANAGE)
async def got_department_name(turn: Turn, message: Message) -> None:
    """A new name."""
    department_id = int((await turn.form.data())["department_id"])
    await turn.services.departments.rename(turn.actor, department_id, message.text or "")
    await _department_done(turn, department_id)


@registry.press(PersonCb, Action.TEAM_VIEW)
async def on_person(turn: Turn, data: PersonCb) -> None:
    """Open a person."""
    await turn.show(views.person(await turn.services.team.person(turn.actor, data.person_id), turn.t))


@registry.press(PersonRolesCb, Action.PEOPLE_MANAGE)
async def on_person_roles(turn: Turn, data: PersonRolesCb) -> None:
    """What could they be?"""
    await turn.show(views.roles(await turn.services.team.person(turn.actor, data.person_id), turn.t))


@registry.press(PersonRoleCb, Action.PEOPLE_MANAGE)
async def on_person_role(turn: Turn, data: PersonRoleCb) -> None:
    """They are that now; who sells is asked where, if it is not known."""
    role = to_role(data.role)
    try:
        card = await turn.services.team.change_role(
            turn.actor, data.person_id, role, data.department_id or None
        )
    except AppError as error:
        if error.code != "person.needs_department":
            raise
        choices = await turn.services.team.choices(turn.actor, data.person_id)
        await turn.show(views.role_department(choices, role, turn.t))
        return
    await turn.show(views.person(card, turn.t))


@registry.press(PersonDepartmentsCb, Action.PEOPLE_MANAGE)
async def on_person_departments(turn: Turn, data: PersonDepartmentsCb) -> None:
    """Where do they belong?"""
    card = await turn.services.team.choices(turn.actor, data.person_id)
    await turn.show(views.departments(card, turn.t))


@registry.press(PersonDepartmentCb, Action.PEOPLE_MANAGE)
async def on_person_department(turn: Turn, data: PersonDepartmentCb) -> None:
    """In, or out."""
    card = await turn.services.team.change_department(
        turn.actor, data.person_id, data.department_id, belongs=bool(data.belongs)
    )
    await turn.show(views.departments(card, turn.t))


@registry.press(WorkCb, Action.PEOPLE_REMOVE)
async def on_work(turn: Turn, data: WorkCb) -> None:
    """Who takes the work over? Without any work it is only asked whether it is meant."""
    plan = await turn.services.leaving.plan(turn.actor, data.person_id, data.page)
    if plan.load:
        await turn.show(leaving_views.heirs(plan, turn.t, leave=data.leave))
    else:
        await turn.show(leaving_views.sure(plan, None, turn.t, leave=data.leave))


@registry.press(WorkHeirCb, Action.PEOPLE_REMOVE)
async def on_work_heir(turn: Turn, data: WorkHeirCb) -> None:
    """Is it meant?"""
    plan = await turn.services.leaving.plan(turn.actor, data.person_id)
    heir = await turn.services.team.line(turn.actor, data.heir_id)
    await turn.show(leaving_views.sure(plan, heir, turn.t, leave=data.leave))


@registry.press(WorkDoneCb, Action.PEOPLE_REMOVE)
async def on_work_done(turn: Turn, data: WorkDoneCb) -> None:
    """It is done, in one go."""
    leaving = turn.services.leaving
    if data.leave:
        await show_gone(turn, await leaving.remove(turn.actor, data.person_id, data.heir_id or None))
    else:
        farewell = await leaving.hand_over(turn.actor, data.person_id, data.heir_id)
        await turn.show(leaving_views.gone(farewell, turn.t, leave=0))


async def _team(turn: Turn) -> None:
    await turn.show(views.team(await turn.services.team.overview(turn.actor), turn.t))


async def _department_done(turn: Turn, department_id: int) -> None:
    await turn.form.close()
    card = await turn.services.team.department(turn.actor, department_id)
    await turn.show(views.department(card, turn.t))
