"""How the menu and the help look."""

from aiogram.types import ReplyKeyboardRemove

from handlers.screen import Screen
from keyboards import menu as keys
from keyboards.common import home, rows
from keyboards.people import role_label
from keyboards.tongue import Html, Tongue, join
from services.access import Action, Actor
from services.dto.people import Menu


def menu(facts: Menu, actor: Actor, t: Tongue, before: Html | None = None) -> Screen:
    """The main menu; `before` is a line that stands above it."""
    lines = [
        t.html("<b>{company}</b>", company=facts.company),
        t.html("{name} · {role}", name=actor.name, role=role_label(actor.role, t)),
    ]
    news = _news(facts, t)
    blocks = [*([before] if before else []), join(lines), *([join(news)] if news else [])]
    return Screen(join(blocks, "\n\n"), keys.menu(facts, actor, t))


def cancelled(t: Tongue) -> Screen:
    """The open form is given up; a keyboard below the input line goes away."""
    return Screen(t.html("👌 Cancelled."), reply_keyboard=ReplyKeyboardRemove(remove_keyboard=True))


def nothing_open(t: Tongue) -> Screen:
    """There is nothing to cancel; a keyboard that was left below the input line goes away."""
    said = t.html("Nothing is open, so there is nothing to cancel. /menu shows what I can do.")
    return Screen(said, reply_keyboard=ReplyKeyboardRemove(remove_keyboard=True))


def help_page(actor: Actor, t: Tongue) -> Screen:
    """What can be written to the bot just like that."""
    hints = [t.html("<b>What you can simply send me</b>")]
    if actor.may(Action.LEAD_CREATE):
        hints += [
            t.html("📇 A contact, or a phone number: it becomes a lead."),
            t.html("✍️ A request in your own words: <i>Windows, Ivan +7 916 123-45-67, 150k, website</i>."),
        ]
    hints += [
        t.html("⏰ A task with its time, and I remind you: <i>tomorrow at 15 call Ivan</i>."),
        t.html("👥 In a team chat the same with my name in it: there, too, in answer to a message."),
        t.html("☀️ /day shows what is to be done now."),
        t.html("🔎 /find looks for a client by name, phone or number."),
        t.html("☰ /menu brings you back here from anywhere."),
    ]
    return Screen(join(hints), rows([home(t)]))


def _news(facts: Menu, t: Tongue) -> list[Html]:
    news = []
    if facts.overdue:
        news.append(Html("🔥 " + t.many("{n} task is overdue", "{n} tasks are overdue", facts.overdue)))
    if facts.free_leads:
        news.append(
            Html("📥 " + t.many("{n} lead waits to be taken", "{n} leads wait to be taken", facts.free_leads))
        )
    return news
