"""All that is kept of a client as a file: a page to read, or JSON for a program."""

import json
from collections.abc import Callable
from datetime import datetime

from handlers.screen import Screen
from handlers.views.clients import birthday_text
from handlers.views.fields import shown_value
from handlers.views.privacy import way_name
from handlers.views.words import file_words, outcome_name, source_name
from keyboards import privacy as keys
from keyboards.payments import method_name
from keyboards.tongue import Tongue, esc, join
from services.dto.common import Sum
from services.dto.fields import FieldLine
from services.dto.privacy import ConsentWay, Dossier, DossierFiles, Value
from services.fields.values import told
from services.understanding.birthdays import Birthday

ONLY_FOR_PROGRAMS = frozenset({"history"})
"""Each single change says nothing to a reader that the rest does not."""
HIDDEN = frozenset({"currency", "client_type", "label", "status", "mime", "telegram_id", "received"})
"""Codes, and what is told elsewhere on the page."""
STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:50em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;margin:.5em 0 1.5em;width:100%}"
    "td{border:1px solid #ccc;padding:.3em .6em;vertical-align:top;white-space:pre-wrap}"
    "td:first-child{width:30%;color:#555}"
)


def file(dossier: Dossier, t: Tongue, *, readable: bool) -> Screen:
    """The file, with what it is."""
    told = t.html("📤 All that is kept of <b>{name}</b>", name=dossier.contact.name)
    content = page(dossier, t) if readable else data(dossier)
    name = f"client-{dossier.contact.id}.{'html' if readable else 'json'}"
    return Screen(told, document=(name, content.encode()), protect=False)


def files(sent: DossierFiles, gone: int, t: Tongue) -> Screen:
    """Which of the files were sent; `gone`: Telegram has so many of them no more."""
    lines = [t.html("📎 No more files.")]
    if sent.files:
        first, last, total = sent.before + 1, sent.upto, sent.total
        lines = [t.html("📎 Files {first}–{last} of {total}", first=first, last=last, total=total)]
    if gone:
        told = t.many("Telegram gives {n} file out no more.", "Telegram gives {n} files out no more.", gone)
        lines.append(esc(f"⚠️ {told}"))
    return Screen(join(lines), keys.files(sent, t), protect=False)


def data(dossier: Dossier) -> str:
    """For a program: everything, moments in UTC, sums in minor units."""
    made = {"made_at": dossier.at, **dict(dossier.sections)}
    return json.dumps(made, ensure_ascii=False, indent=1, default=_plain)


def page(dossier: Dossier, t: Tongue) -> str:
    """To be read, and printed."""
    made = t("All that is kept, as of {when}", when=t.dated(dossier.at))
    parts = [
        f'<!DOCTYPE html><html lang="{t.language}"><head><meta charset="utf-8">',
        f"<title>{esc(dossier.contact.name)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{esc(dossier.contact.name)}</h1>",
        f"<p>{esc(made)}</p>",
    ]
    titles = _sections(t)
    for section, lines in dossier.sections:
        if lines and section not in ONLY_FOR_PROGRAMS:
            parts.append(f"<h2>{esc(titles[section])}</h2>")
            parts += [_table(section, line, t) for line in lines]
    return "".join([*parts, "</body></html>"])


def _table(section: str, line: dict[str, Value], t: Tongue) -> str:
    who = {
        "tasks": t("Assignee"),
        "items": t("Assignee"),
        "calls": t("Who called"),
        "notes": t("Who wrote it"),
    }
    names = _fields(t) | ({"manager": who[section]} if section in who else {})
    cells = "".join(
        f"<tr><td>{esc(names[name])}</td><td>{esc(_shown(name, value, line, t))}</td></tr>"
        for name, value in line.items()
        if name not in HIDDEN and value not in (None, "")
    )
    return f"<table>{cells}</table>"


def _shown(name: str, value: Value, line: dict[str, Value], t: Tongue) -> str:
    if isinstance(value, datetime):
        return t.dated(value)
    if isinstance(value, FieldLine):
        return shown_value(value.value, t) if value.value is not None else ""
    if name == "birthday":
        return _birthday(str(value), t)
    if name == "subject":
        return {"contact": t("Client"), "lead": t("Request"), "deal": t("Deal")}.get(str(value), "")
    if name == "amount" and isinstance(value, int):
        return t.money(Sum(value, str(line["currency"])))
    words: dict[str, Callable[[str, Tongue], str]] = {
        "source": source_name,
        "outcome": outcome_name,
        "method": method_name,
        "way": lambda code, tongue: way_name(ConsentWay(code), tongue),
    }
    if name in words:
        return words[name](str(value), t)
    if name == "kind":
        kinds = {"phone": t("phone"), "email": t("e-mail")}
        return kinds.get(str(value)) or file_words(str(value), 1, t)
    return str(value)


def _birthday(value: str, t: Tongue) -> str:
    """As on the card; the year stands before it where it is known."""
    *year, month, day = map(int, value.split("-"))
    return birthday_text(Birthday(month, day, year[0] if year else None), t)


def _plain(value: object) -> object:
    if isinstance(value, FieldLine):
        return told(value.value)
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _sections(t: Tongue) -> dict[str, str]:
    return {
        "person": t("Client"),
        "points": t("Phones and e-mails"),
        "consents": t("Consents"),
        "leads": t("Requests"),
        "requests": t("How requests came"),
        "deals": t("Deals"),
        "payments": t("Payments"),
        "fields": t("Fields"),
        "tasks": t("Tasks"),
        "items": t("Checklists"),
        "calls": t("Calls"),
        "notes": t("Notes"),
        "former_notes": t("Notes before they were edited"),
        "files": t("Files"),
    }


def _fields(t: Tongue) -> dict[str, str]:
    return {
        "id": t("Number"),
        "name": t("Name"),
        "position": t("Position"),
        "company": t("Company"),
        "username": "Telegram",
        "birthday": t("Birthday"),
        "source": t("Source"),
        "note": t("Note"),
        "tags": t("Tags"),
        "manager": t("Who looks after it"),
        "created_at": t("Since"),
        "kind": t("Kind"),
        "value": t("Value"),
        "number": t("Version of the text"),
        "text": t("Text"),
        "way": t("How"),
        "given_at": t("Given"),
        "recorded_by": t("Written down by"),
        "withdrawn_at": t("Taken back"),
        "title": t("Title"),
        "phone": t("Phone"),
        "email": t("E-mail"),
        "amount": t("Sum"),
        "comment": t("Comment"),
        "closed_at": t("Closed"),
        "lead": t("Request"),
        "task": t("Task"),
        "deal": t("Deal"),
        "received_at": t("Received"),
        "page_url": t("Page"),
        "external_id": t("Number at the sender"),
        "stage": t("Stage"),
        "product": t("Product"),
        "closed_on": t("Closed"),
        "paid_on": t("Paid on"),
        "method": t("Way of payment"),
        "due_at": t("Due"),
        "done_at": t("Done"),
        "dropped_at": t("Dropped"),
        "at": t("When"),
        "outcome": t("Outcome"),
        "replaced_at": t("Until"),
        "subject": t("Of what"),
        "subject_id": t("Number"),
        "field": t("Field"),
        "size": t("Size, bytes"),
    }
