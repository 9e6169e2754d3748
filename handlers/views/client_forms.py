"""How contacts and companies are made and changed: questions, choices, warnings."""

from handlers.screen import Screen
from handlers.views import lead_questions as questions
from handlers.views.client_words import ask_new, labels, question, types, which_firm
from keyboards import client_forms as keys
from keyboards.tongue import Tongue, esc, join
from services.dto.clients import (
    ClientCard,
    ClientField,
    ClientKind,
    FirmChoice,
    KnownClient,
    Point,
    PointKind,
)
from services.dto.common import Ref


def fields(client: ClientCard, t: Tongue) -> Screen:
    """What shall be changed?"""
    return Screen(t.html("<b>{name}</b>: what shall be changed?", name=client.name), keys.fields(client, t))


def ask(client: ClientCard, field: ClientField, t: Tongue) -> Screen:
    """What instead? Types and sources are chosen, all else is typed."""
    head = t.html("<b>{name}</b>", name=client.name)
    if field is ClientField.TYPE:
        text = join([head, t.html("🏷 Which type of client?")])
        return Screen(text, keys.types(client, types(t).items(), t))
    if field is ClientField.SOURCE:
        text = join([head, t.html("📣 Where did they come from?")])
        return Screen(text, keys.sources(client, questions.sources(t), t))
    return Screen(join([head, esc(question(field, t))]), keys.form(client.kind, client.id, t))


def points(client: ClientCard, t: Tongue) -> Screen:
    """The phones and addresses."""
    lines = [t.html("<b>{name}</b>: phones and e-mails", name=client.name)]
    lines.append(
        t.html("Press one to say what it is for, or to remove it.")
        if client.points
        else t.html("There are none yet.")
    )
    return Screen(join(lines), keys.points(client, t))


def point(client: ClientCard, one: Point, t: Tongue) -> Screen:
    """One phone or address."""
    line = esc(f"{keys.point_mark(one)} {keys.shown(one)}")
    return Screen(
        join([t.html("<b>{name}</b>", name=client.name), line, t.html("What is it for?")]),
        keys.point(client, one, labels(t), t),
    )


def ask_point(client: ClientCard, kind: PointKind, t: Tongue) -> Screen:
    """Which phone, which address?"""
    asked = (
        t.html("📞 Send the phone: +7 916 123-45-67.")
        if kind is PointKind.PHONE
        else t.html("✉️ Send the e-mail: ivan@example.com.")
    )
    head = t.html("<b>{name}</b>", name=client.name)
    return Screen(join([head, asked]), keys.point_form(client.kind, client.id, t))


def firms(choice: FirmChoice, t: Tongue) -> Screen:
    """For which company?"""
    lines = [t.html("🏢 For which company does <b>{name}</b> work?", name=choice.contact)]
    lines.append(which_firm(choice.words, t, known=bool(choice.firms)))
    return Screen(join(lines), keys.firms(choice, t))


def heirs(client: ClientCard, people: tuple[Ref, ...], t: Tongue) -> Screen:
    """To whom?"""
    lines = [t.html("🤝 Who takes over <b>{name}</b>?", name=client.name)]
    if not people:
        lines.append(t.html("\nThere is nobody else here to take it."))
    return Screen(join(lines), keys.heirs(client, people, t))


def new(kind: ClientKind, firm: Ref | None, t: Tongue) -> Screen:
    """Who is it?"""
    title = t.html("➕ <b>New client</b>") if kind is ClientKind.CONTACT else t.html("➕ <b>New company</b>")
    lines = [title]
    if firm is not None:
        lines.append(t.html("🏢 {name}", name=firm.name))
    return Screen(join([*lines, esc(ask_new(kind, t))]), keys.new(t))


def known(clients: tuple[KnownClient, ...], draft: int, t: Tongue) -> Screen:
    """There is such a client already."""
    seen = [one for one in clients if one.id is not None]
    lines = []
    if seen:
        lines.append(t.html("☝️ This client exists already:"))
        lines += [t.html("• {name}", name=one.name) for one in seen]
    if len(seen) < len(clients):
        lines.append(
            t.html("☝️ A colleague has this client already. Shall I ask the head whose they are to be?")
        )
    return Screen(join(lines), keys.known(clients, draft, t))


def asked(t: Tongue) -> Screen:
    """The heads were told."""
    return Screen(t.html("🙋 I have asked. The head sees the client and decides."), keys.asked(t))
