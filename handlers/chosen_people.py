"""Inviting people by Telegram's own chooser: each gets an invitation of their own, ready to be forwarded."""

from aiogram.types import Message, SharedUser

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import invites as views
from keyboards.chooser import REQUEST, InviteChooseCb
from services.access import Action
from services.errors import AppError
from services.invites import Chosen
from services.staff import to_role
from services.understanding.cancelling import is_cancel

describe({"invite.choose": "Press “Choose people” below the input line, or Cancel."})


@registry.press(InviteChooseCb, Action.PEOPLE_INVITE)
async def on_invite_choose(turn: Turn, data: InviteChooseCb) -> None:
    """Whom?"""
    role = to_role(data.role)
    await turn.services.invites.check(turn.actor, role, data.department_id or None)
    await turn.form.wait("invite.people", role=role.value, department_id=data.department_id)
    await turn.show(views.choose(turn.t))


@registry.step("invite.people", Action.PEOPLE_INVITE, cancels=True)
async def got_invite_people(turn: Turn, message: Message) -> None:
    """These; or nobody after all."""
    if is_cancel(message.text or ""):
        await turn.form.close()
        await turn.say(views.nobody_chosen(turn.t))
        return
    shared = message.users_shared
    if shared is None or shared.request_id != REQUEST:
        raise AppError("invite.choose")
    data = await turn.form.data()
    chosen = [Chosen(user.user_id, _name(user)) for user in shared.users]
    made = await turn.services.invites.create_many(
        turn.actor, to_role(data["role"]), int(data["department_id"]) or None, chosen
    )
    await turn.form.close()
    for screen in views.chosen(made, (await turn.bot.me()).username or "", turn.t):
        await turn.say(screen)


def _name(user: SharedUser) -> str:
    full = " ".join(part for part in (user.first_name, user.last_name) if part)
    return full or (f"@{user.username}" if user.username else f"#{user.user_id}")
