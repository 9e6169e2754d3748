"""How the team, its people and the farewells look."""

from aiogram.types import InlineKeyboardMarkup

from handlers.screen import Screen
from keyboards import people as keys
from keyboards.common import button, home, rows
from keyboards.deal_data import DealBoardCb
from keyboards.menu import MenuAnewCb
from keyboards.people import role_label
from keyboards.people_data import DepartmentCb, PersonCb, TeamCb
from keyboards.tasks import MyDayCb
from keyboards.tongue import Html, Tongue, esc, join
from services.access import Actor
from services.dto.people import (
    DepartmentCard,
    DepartmentLine,
    Load,
    PersonCard,
    PersonDepartments,
    PersonLine,
    Presence,
    Team,
)


def team(card: Team, t: Tongue) -> Screen:
    """The departments."""
    lines = [t.html("<b>👥 Team</b>"), *(_department(row, t) for row in card.departments)]
    if card.loose:
        people = t.many("{n} person", "{n} people", card.loose)
        lines.append(t.html("• Company-wide: {people}", people=people))
    return Screen(join(lines), keys.team(card, t))


def department(card: DepartmentCard, t: Tongue) -> Screen:
    """A department's people."""
    row = card.department
    lines = [t.html("🏢 <b>{name}</b>", name=row.name if row else t("Company-wide"))]
    if row is not None:
        where = ", ".join(part for part in (row.branch, row.city) if part)
        lines += [esc(f"📍 {where}")] if where else []
        lines.append(
            t.html("Team chat: yes") if row.has_chat else t.html("Team chat: none yet. Add me to a group.")
        )
    lines += [_person(person, t) for person in card.people] or [t.html("Nobody is here yet.")]
    subject = ("department", row.id) if row else None
    return Screen(join(lines), keys.department(card, t), subject=subject)


def person(card: PersonCard, t: Tongue) -> Screen:
    """A person."""
    return Screen(_text(card, t), keys.person(card, t), subject=("person", card.id))


def roles(card: PersonCard, t: Tongue) -> Screen:
    """The same with roles to choose from."""
    return Screen(_text(card, t), keys.roles(card, t))


def role_department(card: PersonDepartments, role: str, t: Tongue) -> Screen:
    """Where will they work?"""
    text = t.html("In which department will <b>{name}</b> work?", name=card.person.name)
    return Screen(text, keys.role_department(card, role, t))


def departments(card: PersonDepartments, t: Tongue) -> Screen:
    """Where a person belongs."""
    lines = [
        t.html("🏢 Departments of <b>{name}</b>", name=card.person.name),
        t.html("Press a department to put them in or to take them out. Heads head all of theirs."),
    ]
    return Screen(join(lines), keys.departments(card, t))


def ask_new_department(t: Tongue) -> Screen:
    """What is it called?"""
    return Screen(
        t.html("What is the new department called? Send its name."), keys.ask_department(TeamCb(), t)
    )


def ask_department_name(row: DepartmentLine, t: Tongue) -> Screen:
    """What shall it be called?"""
    text = t.html("What shall <b>{name}</b> be called? Send the new name.", name=row.name)
    return Screen(text, keys.ask_department(DepartmentCb(department_id=row.id), t))


def joined(who: PersonCard, t: Tongue) -> Screen:
    """Somebody came by an invitation of yours."""
    text = t.html("🎉 <b>{name}</b> has joined: {role}.", name=who.name, role=_place(who, t))
    return Screen(text, rows([button(who.name, PersonCb(person_id=who.id)), home(t)]))


def role_changed(actor: Actor, departments: tuple[str, ...], t: Tongue) -> Screen:
    """You are something else now."""
    place = " · ".join([role_label(actor.role, t), *departments])
    text = t.html("🎭 Your role now: <b>{role}</b>.", role=place)
    return Screen(text, rows([button(t("☰ See my menu"), MenuAnewCb(), "primary")]))


def work_given(name: str, load: Load, t: Tongue) -> Screen:
    """Work of a colleague is yours now."""
    text = t.html("🤝 You take over from <b>{name}</b>: {load}.", name=name, load=load_words(load, t))
    return Screen(text, _work(t))


def work_returned(load: Load, t: Tongue) -> Screen:
    """What was given to colleagues is one's own again."""
    return Screen(t.html("↩️ Yours again: {load}.", load=load_words(load, t)), _work(t))


def _work(t: Tongue) -> InlineKeyboardMarkup:
    return rows([button(t("💼 My deals"), DealBoardCb()), button(t("☀️ My day"), MyDayCb())])


def load_words(load: Load, t: Tongue) -> str:
    """Unfinished work in words."""
    parts = [
        t.many("{n} deal in work", "{n} deals in work", load.deals) if load.deals else "",
        t.many("{n} lead", "{n} leads", load.leads) if load.leads else "",
        t.many("{n} task", "{n} tasks", load.tasks) if load.tasks else "",
        t.many("{n} client", "{n} clients", load.contacts) if load.contacts else "",
    ]
    return ", ".join(part for part in parts if part) or t("nothing in hand")


def _text(card: PersonCard, t: Tongue) -> Html:
    lines = [t.html("👤 <b>{name}</b>", name=card.name), esc(_place(card, t))]
    if card.username:
        lines.append(esc(f"@{card.username}"))
    lines.append(t.html("In hand: {load}", load=load_words(card.load, t)))
    state = {
        Presence.SILENT: t.html("🔕 They have blocked me: my messages do not reach them."),
        Presence.ABSENT: t.html("▫️ Nobody has joined under this name."),
    }.get(card.presence)
    return join([*lines, *([state] if state else [])])


def _place(card: PersonCard, t: Tongue) -> str:
    return " · ".join([role_label(card.role, t), *(row.name for row in card.departments)])


def _person(person: PersonLine, t: Tongue) -> Html:
    name = keys.MARKS[person.presence] + person.name
    return t.html("• {name}, {role}", name=name, role=role_label(person.role, t))


def _department(row: DepartmentLine, t: Tongue) -> Html:
    people = t.many("{n} person", "{n} people", row.people)
    if row.heads:
        led = t.many("led by {heads}", "led by {heads}", len(row.heads), heads=", ".join(row.heads))
        return t.html("• {name}: {people}, {led}", name=row.name, people=people, led=led)
    return t.html("• {name}: {people}, nobody leads it", name=row.name, people=people)
