"""Buttons of the team: departments, people, invitations."""

from collections.abc import Callable, Iterable

from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.chat_data import TeamChatCb
from keyboards.common import button, cancel, cut, grid, home, rows
from keyboards.data import Press
from keyboards.distribution import DistributionCb
from keyboards.follow_up import FollowUpCb
from keyboards.handovers import DealsOfCb
from keyboards.people_data import (
    DepartmentCb,
    DepartmentNewCb,
    DepartmentPlaceCb,
    DepartmentRenameCb,
    InviteCb,
    InviteRevokeCb,
    InviteRoleCb,
    InvitesCb,
    PersonCb,
    PersonDepartmentCb,
    PersonDepartmentsCb,
    PersonInviteCb,
    PersonRoleCb,
    PersonRolesCb,
    TeamCb,
    WorkCb,
)
from keyboards.response import ResponseCb
from keyboards.setting_history import DepartmentHistoryCb, PersonHistoryCb, history_of
from keyboards.tongue import Tongue
from keyboards.work_times import WorkTimeCb
from services.access import STAFF, Action, Role
from services.dto.people import (
    DepartmentCard,
    DepartmentLine,
    InviteLine,
    PersonCard,
    PersonDepartments,
    PersonLine,
    Presence,
    Team,
)

MARKS = {Presence.REACHABLE: "", Presence.SILENT: "🔕 ", Presence.ABSENT: "▫️ "}


def role_label(role: Role, t: Tongue) -> str:
    """What somebody is in the company, in a word."""
    return {
        Role.OWNER: t("Owner"),
        Role.HEAD: t("Head of department"),
        Role.MANAGER: t("Manager"),
        Role.FINANCE: t("Finance"),
        Role.MARKETING: t("Marketing"),
    }[role]


def team(card: Team, t: Tongue) -> InlineKeyboardMarkup:
    """Under the team."""
    departments = [
        button(f"{row.name} · {row.people}", DepartmentCb(department_id=row.id)) for row in card.departments
    ]
    loose = button(f"{t('Company-wide')} · {card.loose}", DepartmentCb(department_id=0))
    waiting = t("✉️ Open: {n}", n=card.invites)
    return rows(
        [_invite(card.can, t)],
        *grid([*departments, *([loose] if card.loose else [])]),
        [
            button(waiting, InvitesCb()) if card.invites else None,
            button(t("➕ Department"), DepartmentNewCb()) if Action.DEPARTMENT_MANAGE in card.can else None,
        ],
        [home(t)],
    )


def department(card: DepartmentCard, t: Tongue) -> InlineKeyboardMarkup:
    """The people of a department."""
    place = card.department.id if card.department else 0
    more = DepartmentCb(department_id=place, page=card.page + 1)
    less = DepartmentCb(department_id=place, page=max(card.page - 1, 0))
    rename = card.department is not None and Action.DEPARTMENT_MANAGE in card.can
    rules = card.department is not None and Action.DEPARTMENT_RULES in card.can
    return rows(
        *grid(people_buttons(card.people, lambda person: PersonCb(person_id=person.id))),
        [
            button(t("◀️ Back"), less) if card.page else None,
            button(t("More ▶️"), more) if card.more else None,
        ],
        [
            _invite(card.can, t),
            button(t("✏️ Rename"), DepartmentRenameCb(department_id=place)) if rename else None,
        ],
        [
            button(t("🗓 Working time"), WorkTimeCb(department_id=place)) if rules else None,
            button(t("⏱ Unanswered leads"), ResponseCb(department_id=place)) if rules else None,
        ],
        [
            button(t("🎯 Distribution"), DistributionCb(department_id=place)) if rules else None,
            button(t("🔁 Follow-up"), FollowUpCb()) if rules else None,
        ],
        [
            button(t("💬 Team chat"), TeamChatCb(kind="department", holder_id=place)) if rules else None,
            button(t("📍 Branch and city"), DepartmentPlaceCb(department_id=place)) if rename else None,
        ],
        [history_of(DepartmentHistoryCb(department_id=place), t) if rules else None],
        [button(t("◀️ Team"), TeamCb()), home(t)],
    )


def person(card: PersonCard, t: Tongue) -> InlineKeyboardMarkup:
    """What may be done with a person."""
    place = card.departments[0].id if card.departments else 0
    manage, remove = Action.PEOPLE_MANAGE in card.can, Action.PEOPLE_REMOVE in card.can
    invite = card.presence is Presence.ABSENT and Action.PEOPLE_INVITE in card.can
    return rows(
        [button(t("✉️ Invite"), PersonInviteCb(person_id=card.id), "primary") if invite else None],
        [
            button(t("🎭 Role"), PersonRolesCb(person_id=card.id)) if manage else None,
            button(t("🏢 Departments"), PersonDepartmentsCb(person_id=card.id)) if manage else None,
        ],
        [
            button(t("💼 Deals in work"), DealsOfCb(person_id=card.id))
            if Action.DEAL_HAND_OVER in card.can and card.load.deals
            else None
        ],
        [
            button(t("🤝 Hand work over"), WorkCb(person_id=card.id, leave=0))
            if remove and card.load
            else None,
            button(t("🚪 Remove"), WorkCb(person_id=card.id, leave=1), "danger") if remove else None,
        ],
        [history_of(PersonHistoryCb(person_id=card.id), t) if manage else None],
        [button(t("◀️ Back"), DepartmentCb(department_id=place)), home(t)],
    )


def roles(card: PersonCard, t: Tongue) -> InlineKeyboardMarkup:
    """What a person could be."""
    choices = [
        button(role_label(role, t), PersonRoleCb(person_id=card.id, role=role))
        for role in STAFF
        if role is not card.role
    ]
    return rows(*grid(choices), [button(t("◀️ Back"), PersonCb(person_id=card.id))])


def role_department(card: PersonDepartments, role: str, t: Tongue) -> InlineKeyboardMarkup:
    """In which department shall they be that?"""
    choices = [
        button(row.name, PersonRoleCb(person_id=card.person.id, role=role, department_id=row.id))
        for row in card.choices
    ]
    return rows(*grid(choices), [button(t("◀️ Back"), PersonCb(person_id=card.person.id))])


def departments(card: PersonDepartments, t: Tongue) -> InlineKeyboardMarkup:
    """Where a person belongs; a press puts them in or takes them out."""
    choices = [
        button(
            f"✅ {row.name}" if row.chosen else row.name,
            PersonDepartmentCb(person_id=card.person.id, department_id=row.id, belongs=int(not row.chosen)),
        )
        for row in card.choices
    ]
    return rows(*grid(choices), [button(t("◀️ Back"), PersonCb(person_id=card.person.id))])


def invite_roles(t: Tongue) -> InlineKeyboardMarkup:
    """Whom to invite?"""
    wanted = (Role.MANAGER, Role.HEAD, Role.FINANCE, Role.MARKETING, Role.OWNER)
    choices = [button(role_label(role, t), InviteRoleCb(role=role)) for role in wanted]
    return rows(*grid(choices), [button(t("◀️ Team"), TeamCb())])


def invite_departments(lines: Iterable[DepartmentLine], role: str, t: Tongue) -> InlineKeyboardMarkup:
    """Into which department?"""
    choices = [button(row.name, InviteRoleCb(role=role, department_id=row.id)) for row in lines]
    return rows(*grid(choices), [button(t("◀️ Team"), TeamCb())])


def fresh_invite(invite_id: int, link: str, choose: InlineKeyboardButton, t: Tongue) -> InlineKeyboardMarkup:
    """Under a new link."""
    copy = InlineKeyboardButton(
        text=t("📋 Copy the link"), copy_text=CopyTextButton(text=link), style="primary"
    )
    return rows(
        [copy],
        [choose],
        [button(t("🗑 Revoke"), InviteRevokeCb(invite_id=invite_id)), button(t("➕ Another one"), InviteCb())],
        [button(t("◀️ Team"), TeamCb()), home(t)],
    )


def invite(line: InviteLine, t: Tongue) -> InlineKeyboardMarkup:
    """Under an invitation whose link was shown before."""
    revoke = button(t("🗑 Revoke"), InviteRevokeCb(invite_id=line.id)) if line.open else None
    return rows([revoke, button(t("➕ Another one"), InviteCb())], [button(t("◀️ Team"), TeamCb()), home(t)])


def invites(lines: tuple[InviteLine, ...], t: Tongue) -> InlineKeyboardMarkup:
    """The open invitations, each to be taken back."""
    revokes = [
        button(t("🗑 Revoke № {number}", number=n), InviteRevokeCb(invite_id=line.id))
        for n, line in enumerate(lines, 1)
    ]
    return rows(
        *grid(revokes), [button(t("➕ Another one"), InviteCb())], [button(t("◀️ Team"), TeamCb()), home(t)]
    )


def ask_department(back: Press, t: Tongue) -> InlineKeyboardMarkup:
    """Under the question for a department's name."""
    return rows([button(t("◀️ Back"), back), cancel(t)])


def _invite(can: frozenset[Action], t: Tongue) -> InlineKeyboardButton | None:
    return button(t("✉️ Invite"), InviteCb(), "primary") if Action.PEOPLE_INVITE in can else None


def people_buttons(
    people: Iterable[PersonLine], data: Callable[[PersonLine], Press]
) -> list[InlineKeyboardButton]:
    """One button for each, with a mark for who cannot be reached."""
    return [button(cut(MARKS[person.presence] + person.name, 30), data(person)) for person in people]
