"""How invitations and the binding of team chats look, and what strangers hear."""

from collections.abc import Iterable

from aiogram.types import ReplyKeyboardRemove

from handlers.screen import Screen
from keyboards import chooser
from keyboards import people as keys
from keyboards.common import home, rows
from keyboards.people import role_label
from keyboards.tongue import Html, Tongue, join
from services.dto.people import DepartmentLine, FreshInvite, Invitations, InviteLine


def whom(t: Tongue) -> Screen:
    """For which role?"""
    return Screen(t.html("✉️ Whom do you invite?"), keys.invite_roles(t))


def where(lines: Iterable[DepartmentLine], role: str, t: Tongue) -> Screen:
    """Into which department?"""
    return Screen(t.html("✉️ Into which department?"), keys.invite_departments(lines, role, t))


def fresh(made: FreshInvite, bot_username: str, department_id: int | None, t: Tongue) -> Screen:
    """A new link: the only time that it is shown."""
    link = deep_link(bot_username, made.token)
    lines = [
        t.html("✉️ <b>Invitation</b>: {place}", place=_place(made.invite, t)),
        Html(link),
        t.html("Send it to the person. It works once, until {day}.", day=t.when(made.invite.expires_at)),
    ]
    choose = chooser.chooser(made.invite.role, department_id, t)
    return Screen(join(lines), keys.fresh_invite(made.invite.id, link, choose, t), protect=False)


def choose(t: Tongue) -> Screen:
    """Whom of one's contacts?"""
    text = t.html("👥 Choose up to ten people. I cannot write to them first: I give you a link for each.")
    return Screen(text, reply_keyboard=chooser.choose(t))


def nobody_chosen(t: Tongue) -> Screen:
    """The chooser goes away."""
    return Screen(t.html("Nobody was chosen."), reply_keyboard=ReplyKeyboardRemove(remove_keyboard=True))


def chosen(made: Invitations, bot_username: str, t: Tongue) -> list[Screen]:
    """What to do with the invitations, and each of them, ready to be forwarded."""
    lines = [t.html("{name} is here already.", name=name) for name in made.here]
    if made.made:
        lines.append(t.html("✉️ Forward each invitation to its person. Nobody else can use it."))
    first = Screen(join(lines), reply_keyboard=ReplyKeyboardRemove(remove_keyboard=True))
    return [first, *(_personal(one, made.company, bot_username, t) for one in made.made)]


def _personal(one: FreshInvite, company: str, bot_username: str, t: Tongue) -> Screen:
    link = deep_link(bot_username, one.token)
    lines = [
        t.html(
            "👋 {name}, you are invited to <b>{company}</b>.", name=one.invite.name or "", company=company
        ),
        t.html(
            "Open the link and press Start. It is yours alone, until {day}.",
            day=t.when(one.invite.expires_at),
        ),
        Html(link),
    ]
    return Screen(join(lines), chooser.joining(link, t))


def card(line: InviteLine, t: Tongue) -> Screen:
    """An invitation whose link was shown before."""
    state = (
        t.html(
            "Open until {day}. The link was shown once; lost it? Make another one.",
            day=t.when(line.expires_at),
        )
        if line.open
        else t.html("It is not open any more.")
    )
    text = join([t.html("✉️ <b>Invitation</b>: {place}", place=_place(line, t)), state])
    return Screen(text, keys.invite(line, t), subject=("invite", line.id))


def listed(lines: tuple[InviteLine, ...], t: Tongue) -> Screen:
    """The open invitations."""
    if not lines:
        return Screen(t.html("No invitation is open."), keys.invites(lines, t))
    shown = [
        t.html(
            "{number}. {place}, until {day}, from {author}",
            number=number,
            place=_place(line, t),
            day=t.when(line.expires_at),
            author=line.author or "–",
        )
        for number, line in enumerate(lines, 1)
    ]
    return Screen(join([t.html("<b>✉️ Open invitations</b>"), *shown]), keys.invites(lines, t))


def chat_offer(title: str, chat_id: int, lines: Iterable[DepartmentLine], t: Tongue) -> Screen:
    """The bot was added to a chat: whose is it?"""
    text = t.html(
        "You added me to <b>{title}</b>. Whose team chat is it? New leads of the department will come there.",
        title=title,
    )
    return Screen(text, keys.chat_offer(lines, chat_id, t))


def chat_bound(department: str, t: Tongue) -> Screen:
    """Told to whoever bound it."""
    text = t.html(
        "✅ Done: new leads of <b>{department}</b> will come to this team chat.", department=department
    )
    return Screen(text, rows([home(t)]))


def chat_welcome(department: str, t: Tongue) -> Screen:
    """Told to the chat itself."""
    text = t.html(
        "👋 This is the team chat of <b>{department}</b> now. New leads come here, the first one takes them.",
        department=department,
    )
    return Screen(text, public=True)


def chat_lost(department: DepartmentLine, t: Tongue) -> Screen:
    """Told to the heads of a department and to the owners."""
    text = t.html(
        "🔌 I am not in the team chat of <b>{department}</b> any more. New leads are told in private only.",
        department=department.name,
    )
    return Screen(text, keys.chat_lost(department.id, t))


def chat_find(department: DepartmentLine, bot_username: str, t: Tongue) -> Screen:
    """How a chat becomes a team chat."""
    text = t.html(
        "💬 Add me to the group of <b>{department}</b>. I will ask you here whose team chat it is.",
        department=department.name,
    )
    return Screen(text, keys.chat_find(f"https://t.me/{bot_username}?startgroup=team", t))


def chat_left(t: Tongue) -> Screen:
    """Told to whoever sent the bot out of a chat."""
    return Screen(t.html("I have left the chat."), rows([home(t)]))


def deep_link(bot_username: str, token: str) -> str:
    """The address that opens the bot with a token."""
    return f"https://t.me/{bot_username}?start={token}"


def _place(line: InviteLine, t: Tongue) -> str:
    role = role_label(line.role, t)
    return " · ".join(part for part in (role, line.department, line.name) if part)
