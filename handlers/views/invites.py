"""How invitations look."""

from collections.abc import Iterable

from aiogram.types import ReplyKeyboardRemove

from handlers.screen import Screen
from keyboards import chooser
from keyboards import people as keys
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


def deep_link(bot_username: str, token: str) -> str:
    """The address that opens the bot with a token."""
    return f"https://t.me/{bot_username}?start={token}"


def _place(line: InviteLine, t: Tongue) -> str:
    role = role_label(line.role, t)
    return " · ".join(part for part in (role, line.department, line.name) if part)
