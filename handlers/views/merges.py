"""How clients look that are being united."""

from dataclasses import replace
from datetime import date

from handlers.screen import Screen
from handlers.views import clients as cards
from handlers.views.client_words import types
from handlers.views.fields import shown_value
from handlers.views.words import source_name
from keyboards import merges as keys
from keyboards.client_forms import field_label
from keyboards.common import cut
from keyboards.tongue import Html, Tongue, join
from services.dto.clients import ClientField, ClientType
from services.dto.merges import FIELD, OWNER, MergeChoice, Merged, MergeField, MergePreview, Parted
from services.understanding import phones

SHOWN = 10
"""More phones and addresses are only counted."""
VALUE = 60
_LEAP_YEAR = 2000


def choice(offer: MergeChoice, t: Tongue) -> Screen:
    """With whom is it one and the same?"""
    lines = [t.html("🔗 <b>{name}</b>: with whom shall I unite them?", name=offer.client.name)]
    if offer.words and not offer.found:
        lines.append(
            t.html("I find nobody like “{words}” whom you may unite.", words=cut(offer.words, VALUE))
        )
    elif offer.found and not offer.words:
        lines.append(t.html("These look the same. Choose one, or type a name, a phone or an INN."))
    elif not offer.words:
        lines.append(t.html("Nobody looks the same. Type a name, a phone or an INN."))
    return Screen(join(lines), keys.choice(offer, t))


def preview(shown: MergePreview, t: Tongue) -> Screen:
    """Both side by side: what will be, in bold, and what goes along."""
    shown = replace(shown, fields=tuple(_in_words(field, t) for field in shown.fields))
    lines = [
        t.html("🔗 <b>Unite two clients?</b>"),
        _stays(shown, t),
        t.html("Goes into it: {name}", name=shown.gone.name),
    ]
    if shown.fields:
        lines += [Html(""), *(_field(field, t) for field in shown.fields if field.code != OWNER)]
    if shown.points:
        lines += [Html(""), *_points(shown.points, t)]
    if moved := _moved(shown.linked, t):
        lines.append(t.html("Goes along: {parts}", parts=moved))
    if shown.owner is not None:
        lines.append(t.html("👔 Responsible from now on: <b>{name}</b>", name=shown.owner))
    if shown.fields:
        lines += [Html(""), t.html("Press a button to take the other value.")]
    names = {field.bit: _name(field, t) for field in shown.fields}
    return Screen(join(lines), keys.preview(shown, names, t))


def merged(done: Merged, t: Tongue) -> Screen:
    """The one that stayed, with the way back."""
    card = cards.card(done.client, t)
    told = [
        t.html("🔗 United: “{kept}” and “{gone}” are one client now.", kept=done.kept, gone=done.gone),
        t.html("For a day you can undo it: by the button below, or by 🔗 Unite on the card."),
    ]
    return replace(card, text=join([*told, Html(""), card.text]), keyboard=keys.done(done, t))


def apart(parted: Parted, t: Tongue) -> Screen:
    """The one that is back."""
    card, back = cards.card(parted.client, t), parted.client.name
    told = [
        t.html("↩️ Undone: “{kept}” and “{gone}” are two clients again.", kept=parted.kept, gone=back),
        t.html("Here is the one that is back:"),
    ]
    return replace(card, text=join([*told, Html(""), card.text]))


def _stays(shown: MergePreview, t: Tongue) -> Html:
    """Whose card stays, and what it will be called if it takes the other one's name."""
    name = next((one for one in shown.fields if one.code == ClientField.NAME and one.picked), None)
    if name is None:
        return t.html("Stays: <b>{name}</b>", name=shown.kept.name)
    return t.html("Stays: {name}, by the name of <b>{other}</b>", name=shown.kept.name, other=name.gone)


def _field(field: MergeField, t: Tongue) -> Html:
    mine, theirs = (field.gone, field.kept) if field.picked else (field.kept, field.gone)
    name = _name(field, t)
    return t.html("{name}: <b>{mine}</b> / {theirs}", name=name, mine=mine, theirs=theirs)


def _name(field: MergeField, t: Tongue) -> str:
    if field.code in (OWNER, "company_id"):
        return t("👔 Responsible") if field.code == OWNER else t("🏢 Employer")
    return field.name if field.code == FIELD else field_label(ClientField(field.code), t)


def _in_words(field: MergeField, t: Tongue) -> MergeField:
    if field.values is not None:
        kept, gone = (shown_value(value, t) for value in field.values)
    else:
        kept, gone = (_words(field.code, value, t) for value in (field.kept, field.gone))
    return replace(field, kept=cut(kept, VALUE), gone=cut(gone, VALUE))


def _words(code: str, value: str, t: Tongue) -> str:
    if code == ClientField.TYPE:
        return types(t)[ClientType(value)]
    if code == ClientField.SOURCE:
        return source_name(value, t)
    if code == ClientField.BIRTHDAY:
        day, _, year = value.partition(" · ")
        month, _, number = day.partition("-")
        shown = t.day_of_year(date(int(year or _LEAP_YEAR), int(month), int(number)))
        return f"{shown} {year}" if year else shown
    return value


def _points(points: tuple[str, ...], t: Tongue) -> list[Html]:
    told = ", ".join(phones.show(one) if one.startswith("+") else one for one in points[:SHOWN])
    more = len(points) - SHOWN
    lines = [t.html("📞 All of both: {points}", points=told)]
    return [*lines, t.html("…and {n} more", n=more)] if more > 0 else lines


def _moved(linked: dict[str, int], t: Tongue) -> str:
    counted = {
        "deal": t.many("{n} deal", "{n} deals", linked.get("deal", 0)),
        "lead": t.many("{n} lead", "{n} leads", linked.get("lead", 0)),
        "task": t.many("{n} task", "{n} tasks", linked.get("task", 0)),
        "contact": t.many("{n} person", "{n} people", linked.get("contact", 0)),
        "note": t.many("{n} note", "{n} notes", linked.get("note", 0)),
        "call": t.many("{n} call", "{n} calls", linked.get("call", 0)),
    }
    return ", ".join(words for table, words in counted.items() if linked.get(table))
