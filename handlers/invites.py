"""Invitations: one-time links to join."""

from typing import Any

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import invites as views
from handlers.views import people as people_views
from keyboards.people_data import (
    InviteCb,
    InviteRevokeCb,
    InviteRoleCb,
    InvitesCb,
    PersonInviteCb,
)
from services.access import Action, Role
from services.notices import NoticeKind
from services.staff import SELLING, reached, to_role

describe(
    {
        "invite.not_found": "There is no such invitation.",
        "invite.closed": "This invitation is not open any more.",
        "invite.needs_department": "Choose a department first.",
        "invite.joined": "Somebody has joined under this name already.",
        "invite.invalid": "This link does not work any more. Please ask for a new one.",
        "invite.member": "You are in already, the invitation stays unused.",
    }
)


@registry.card("invite")
async def invite_card(viewer: Viewer, invite_id: int) -> Screen | None:
    """An invitation, without its link."""
    if viewer.actor is None:
        return None
    return views.card(await viewer.services.invites.card(viewer.actor, invite_id), viewer.t)


@registry.notice(NoticeKind.PERSON_JOINED)
async def person_joined(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Somebody came by an invitation of yours."""
    if viewer.actor is None:
        return None
    card = await viewer.services.team.person(viewer.actor, int(params["person"]))
    return people_views.joined(card, viewer.t)


@registry.press(InviteCb, Action.PEOPLE_INVITE)
async def on_invite(turn: Turn, _data: InviteCb) -> None:
    """For which role? Whoever is no owner invites managers."""
    if reached(turn.actor, Action.PEOPLE_INVITE) is None:
        await turn.show(views.whom(turn.t))
    else:
        await _invite(turn, Role.MANAGER, None)


@registry.press(InviteRoleCb, Action.PEOPLE_INVITE)
async def on_invite_role(turn: Turn, data: InviteRoleCb) -> None:
    """For this one."""
    await _invite(turn, to_role(data.role), data.department_id or None)


@registry.press(PersonInviteCb, Action.PEOPLE_INVITE)
async def on_person_invite(turn: Turn, data: PersonInviteCb) -> None:
    """For somebody known by name: with the link they take over what is theirs."""
    made = await turn.services.invites.create_for(turn.actor, data.person_id)
    await turn.show(views.fresh(made, (await turn.bot.me()).username or "", None, turn.t))


@registry.press(InvitesCb, Action.PEOPLE_INVITE)
async def on_invites(turn: Turn, _data: InvitesCb) -> None:
    """The open ones."""
    await turn.show(views.listed(await turn.services.invites.open(turn.actor), turn.t))


@registry.press(InviteRevokeCb, Action.PEOPLE_INVITE)
async def on_invite_revoke(turn: Turn, data: InviteRevokeCb) -> None:
    """Take it back."""
    await turn.show(views.listed(await turn.services.invites.revoke(turn.actor, data.invite_id), turn.t))


async def _invite(turn: Turn, role: Role, department_id: int | None) -> None:
    """Make the link at once if there is nothing to choose."""
    if role in SELLING and department_id is None:
        lines = await turn.services.departments.within(turn.actor, Action.PEOPLE_INVITE)
        if len(lines) != 1:
            await turn.show(views.where(lines, role, turn.t))
            return
        department_id = lines[0].id
    made = await turn.services.invites.create(turn.actor, role, department_id)
    await turn.show(views.fresh(made, (await turn.bot.me()).username or "", department_id, turn.t))
