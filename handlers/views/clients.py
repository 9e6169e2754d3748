"""How contacts and companies look: cards and lists."""

from dataclasses import replace
from datetime import date

from handlers.screen import Screen
from handlers.views import fields
from handlers.views.client_words import labels, type_name
from handlers.views.privacy import consent_line
from handlers.views.tags import tag_lines
from handlers.views.words import source_name
from keyboards import client_cards as keys
from keyboards.client_forms import form, point_mark, shown
from keyboards.common import cut
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.clients import ClientCard, ClientKind, ClientList, ContactCard, FirmCard, Point
from services.understanding.birthdays import Birthday

POINTS = 10
"""More phones and addresses are only told of; a message holds 4096 characters."""
POINT = 100
_LEAP_YEAR = 2000


def card(client: ClientCard, t: Tongue) -> Screen:
    """The card of a contact or a company."""
    lines = _contact(client, t) if isinstance(client, ContactCard) else []
    if isinstance(client, FirmCard):
        lines = _firm(client, t)
    lines += _shared(client, t)
    keyboard = None
    if isinstance(client, ContactCard):
        keyboard = keys.contact_card(client, t)
        if not client.deals and not client.leads:
            lines += [Html(""), t.html("No deals and no leads yet.")]
    elif isinstance(client, FirmCard):
        keyboard = keys.firm_card(client, t)
    return Screen(join(lines), keyboard, subject=(client.kind.value, client.id), protect=client.protect)


def page(clients: ClientList, t: Tongue) -> Screen:
    """A list of contacts or companies."""
    if clients.firm is not None:
        title = t.html("👥 <b>People of {name}</b>", name=clients.firm.name)
    elif clients.kind is ClientKind.CONTACT:
        title = t.html("👤 <b>Clients</b>")
    else:
        title = t.html("🏢 <b>Companies</b>")
    lines = [title]
    if not clients.page.items:
        lines.append(t.html("Nobody here yet."))
    return Screen(join(lines), keys.client_list(clients, t))


def given(client: ClientCard, by: str, t: Tongue) -> Screen:
    """Told to the one who got a client."""
    screen = card(client, t)
    told = t.html("🤝 {by} gave you a client", by=by)
    return replace(screen, text=join([told, screen.text]))


def ask_note(client: ClientCard, t: Tongue) -> Screen:
    """Which note?"""
    asked = t.html("<b>What would you like to note?</b> Just write it, or send a file.")
    return Screen(join([t.html("<b>{name}</b>", name=client.name), asked]), form(client.kind, client.id, t))


def noted(client: ClientCard, t: Tongue) -> Screen:
    """The card, with a word that it was kept: it stands among the touches."""
    screen = card(client, t)
    told = t.html("👌 Kept. You find it under 🕓 All touches.")
    return replace(screen, text=join([told, Html(""), screen.text]))


def asked(client: ClientCard, by: str, t: Tongue) -> Screen:
    """Told to the heads: a colleague has come upon somebody else's client."""
    screen = card(client, t)
    told = t.html("🙋 {by} has come upon this client and asks whose they are to be:", by=by)
    return replace(screen, text=join([told, Html(""), screen.text]))


def birthday_text(day: Birthday, t: Tongue) -> str:
    """A birthday; with the year where it is known."""
    text = t.day_of_year(date(day.year or _LEAP_YEAR, day.month, day.day))
    return f"{text} {day.year}" if day.year else text


def _contact(contact: ContactCard, t: Tongue) -> list[Html]:
    lines = [t.html("👤 <b>{name}</b>", name=contact.name)]
    work = [contact.position, contact.company.name if contact.company else None]
    if any(work):
        lines.append(t.html("🏢 {name}", name=" · ".join(part for part in work if part)))
    lines += _points(contact, t)
    if contact.username:
        lines.append(t.html("💬 @{username}", username=contact.username))
    elif contact.telegram_id:
        link = Html(f'<a href="tg://user?id={contact.telegram_id}">Telegram</a>')
        lines.append(Html("💬 " + link))
    if contact.birthday:
        lines.append(t.html("🎂 {day}", day=birthday_text(contact.birthday, t)))
    if contact.consent:
        lines.append(consent_line(contact.consent, t))
    return lines


def _firm(firm: FirmCard, t: Tongue) -> list[Html]:
    lines = [t.html("🏢 <b>{name}</b>", name=firm.name)]
    numbers = [
        t("INN {number}", number=firm.inn) if firm.inn else None,
        t("KPP {number}", number=firm.kpp) if firm.kpp else None,
    ]
    if any(numbers):
        lines.append(esc(" · ".join(part for part in numbers if part)))
    lines += _points(firm, t)
    if firm.address:
        lines.append(t.html("📍 {address}", address=firm.address))
    if firm.industry:
        lines.append(t.html("🏭 {industry}", industry=firm.industry))
    return lines


def _shared(client: ClientCard, t: Tongue) -> list[Html]:
    lines = []
    kind = type_name(client.client_type, t) if client.client_type else None
    source = source_name(client.source, t) if client.source else None
    if kind:
        lines.append(t.html("🏷 {type}", type=kind))
    if source:
        lines.append(t.html("📣 {source}", source=source))
    whose = [client.owner.name if client.owner else t("nobody"), client.department]
    lines.append(t.html("👔 {owner}", owner=" · ".join(part for part in whose if part)))
    lines += tag_lines(client.tags, t)
    lines += fields.on_card(client.fields, t)
    if client.note:
        lines.append(t.html("🗒 {note}", note=client.note))
    return lines


def _points(client: ClientCard, t: Tongue) -> list[Html]:
    lines = [_point(point, t) for point in client.points[:POINTS]]
    if len(client.points) > POINTS:
        lines.append(t.html("…and {n} more", n=len(client.points) - POINTS))
    return lines


def _point(point: Point, t: Tongue) -> Html:
    label = f" · {labels(t)[point.label]}" if point.label else ""
    return esc(f"{point_mark(point)} {cut(shown(point), POINT)}{label}")
