"""How the company's own fields look on cards, on their own screen and in the history."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

from handlers.screen import Screen
from keyboards import fields as keys
from keyboards.common import cut, titled
from keyboards.fields import MARKS
from keyboards.figures import exactly
from keyboards.tongue import Html, Tongue, join
from services.dto.common import Sum
from services.dto.fields import CHOSEN, Field, FieldKind, FieldLine, FieldSheet, Invoice, Value
from services.dto.leads import LeadCard
from services.dto.lists import FieldAsked
from services.dto.talk import SentFile
from services.fields.filters import NOTHING
from services.fields.values import SCALE, plain
from services.understanding import phones
from services.understanding.fold import fold

ON_CARD = 5
"""So many filled fields stand on a card."""
LONGEST = 60
"""A longer value is cut there, and on the screen of all fields after that."""
LONGEST_IN_ALL = 3600


def sheet(shown: FieldSheet, t: Tongue) -> Screen:
    """All fields of a subject."""
    lines = [t.html("📋 <b>{title}</b>: fields", title=titled(shown.title, t))]
    longest = 200 if len(shown.lines) <= LONGEST_IN_ALL // 260 else LONGEST
    lines += [line_of(line, t, longest) for line in shown.lines]
    if not shown.lines:
        lines.append(t.html("There are no fields here."))
    return Screen(join(lines), keys.sheet(shown, t))


def written(shown: FieldSheet, field_id: int, typed: str, t: Tongue) -> Screen:
    """The same after words were typed; what was taken is said first where they named a choice otherwise."""
    line, screen = found_line(shown, field_id), sheet(shown, t)
    if line is None or line.field.kind not in CHOSEN or not isinstance(line.value, tuple):
        return screen
    said = {fold(one) for one in re.split(r"[,;\n]", typed)} | {fold(typed)}
    meant = [one.name for one in line.value if fold(one.name) not in said]
    if not meant:
        return screen
    told = t.html("✏️ Understood as <b>{names}</b>.", names=", ".join(meant))
    return replace(screen, text=join([told, screen.text]))


def ask(shown: FieldSheet, line: FieldLine, ids: Collection[int], t: Tongue) -> Screen:
    """What shall one of them say? `ids`: what is ticked of several."""
    lines = [t.html("{mark} <b>{name}</b>", mark=MARKS[line.field.kind], name=line.field.name)]
    if line.value is not None:
        lines.append(t.html("Now: {value}", value=shown_value(line.value, t)))
    lines.append(question(line.field.kind, t))
    if line.field.kind is FieldKind.CHOICES:
        lines.append(t.html("Then press Save: nothing is kept before."))
    return Screen(join(lines), keys.ask(shown, line, ids, t))


def ask_entry(shown: FieldSheet, field: Field, ids: Collection[int], t: Tongue) -> Screen:
    """A field that a stage asks for, and of which deal."""
    lines = [
        t.html("<b>{title}</b> · #{id}", title=titled(shown.title, t), id=shown.id),
        t.html("📋 This stage asks for <b>{name}</b>.", name=field.name),
        question(field.kind, t),
    ]
    return Screen(join(lines), keys.ask_entry(shown.id, field, ids, t))


def ask_lead_entry(lead: LeadCard, field: Field, ids: Collection[int], t: Tongue) -> Screen:
    """The same while a lead becomes a deal."""
    lines = [
        t.html("✅ A deal of <b>{lead}</b>", lead=lead.title),
        t.html("📋 This stage asks for <b>{name}</b>.", name=field.name),
        question(field.kind, t),
    ]
    return Screen(join(lines), keys.ask_lead_entry(lead.id, field, ids, t))


def question(kind: FieldKind, t: Tongue) -> Html:
    """What is answered for a field of this kind."""
    return {
        FieldKind.TEXT: t.html("Send the text."),
        FieldKind.NUMBER: t.html("Send a number: <code>12</code> or <code>3.5</code>."),
        FieldKind.MONEY: t.html("Send a sum: <code>150000</code>, <code>150k</code>, <code>99.50</code>."),
        FieldKind.DATE: t.html("Send a day: <i>tomorrow</i>, <code>12.05</code>, <code>12.05.2027</code>."),
        FieldKind.CHOICE: t.html("Choose one."),
        FieldKind.CHOICES: t.html("Press all that hold; once more takes one away."),
        FieldKind.FLAG: t.html("Yes or no?"),
        FieldKind.PHONE: t.html("Send a phone: <code>+7 916 123-45-67</code>."),
        FieldKind.LINK: t.html("Send a link: <code>example.com/page</code>."),
        FieldKind.FILE: t.html("Send the file or the picture here."),
        FieldKind.INVOICE: t.html(
            "Send its number, sum and day: <code>17, 150000, 12.05</code>. Or its file with that beneath it."
        ),
    }[kind]


def question_of_filter(kind: FieldKind, t: Tongue) -> Html:
    """How it is typed from where to where a field is asked for."""
    if kind is FieldKind.DATE:
        return t.html(
            "Choose, or send it: <i>12.05</i>, <i>from 12.05</i>, <i>to 31.05</i>, <i>12.05 - 31.05</i>."
        )
    return t.html("Choose, or send it: <i>5</i>, <i>from 5</i>, <i>to 10</i>, <i>5 - 10</i>.")


def on_card(lines: tuple[FieldLine, ...], t: Tongue) -> list[Html]:
    """The first of those that say something."""
    filled = [line for line in lines if line.value is not None]
    shown = [line_of(line, t, LONGEST) for line in filled[:ON_CARD]]
    if len(filled) > ON_CARD:
        shown.append(t.html("📋 …and {n} more", n=len(filled) - ON_CARD))
    return shown


def line_of(line: FieldLine, t: Tongue, longest: int = LONGEST) -> Html:
    """A field and what it says."""
    if line.value is None:
        return t.html("▫️ {name}: —", name=line.field.name)
    value = cut(shown_value(line.value, t), longest)
    return t.html("▪️ {name}: {value}", name=line.field.name, value=value)


def shown_value(value: Value, t: Tongue) -> str:
    """A value in the reader's words."""
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, tuple):
        return ", ".join(one.name for one in value)
    if isinstance(value, Decimal):
        return _number(plain(value), t)
    if isinstance(value, Sum):
        return t.money(value)
    if isinstance(value, date):
        return t.full_day(value)
    if isinstance(value, SentFile):
        return value.name or t("a file")
    if isinstance(value, Invoice):
        parts = [t("No. {number}", number=value.number), t.money(value.amount)]
        parts += [t.full_day(value.on)] if value.on else []
        parts += ["📎"] if value.file else []
        return " · ".join(parts)
    return phones.show(value) if value.startswith("+") and value[1:].isdigit() else value


def field_asked(asked: FieldAsked, t: Tongue) -> str:
    """What a list asks of a field."""
    field, value = asked.field, asked.value
    if value == NOTHING:
        return t("{name}: {value}", name=field.name, value=t("not filled in"))
    if isinstance(value, list) and field.kind in CHOSEN:
        names = [one.name for one in field.options if one.id in value]
        return t("{name}: {value}", name=field.name, value=", ".join(names) or "—")
    if isinstance(value, list):
        low, high = (None if one is None else _measured(field, one, t) for one in value)
        if low == high:
            return t("{name}: {value}", name=field.name, value=low)
        if high is None:
            return t("{name}: from {low}", name=field.name, low=low)
        if low is None:
            return t("{name}: to {high}", name=field.name, high=high)
        return t("{name}: {low} – {high}", name=field.name, low=low, high=high)
    if isinstance(value, int):
        flag = t("yes") if value else t("no")
        choice = next((one.name for one in field.options if one.id == value), "—")
        said = flag if field.kind is FieldKind.FLAG else choice
        return t("{name}: {value}", name=field.name, value=said)
    return t("{name}: {value}", name=field.name, value=value or t("filled in"))


def _measured(field: Field, number: int, t: Tongue) -> str:
    if field.kind is FieldKind.DATE:
        return t.full_day(date.fromordinal(number))
    if field.kind is FieldKind.NUMBER:
        return _number(plain(Decimal(number) / SCALE), t)
    return exactly(Decimal(number) / 100, t)


def told(kind: object, value: object, t: Tongue) -> str:
    """What the history says of a field: what it was, or what it is."""
    if value is None or (value is False and kind != FieldKind.FLAG):
        return "—"
    if isinstance(value, bool):
        if kind != FieldKind.FLAG:
            return t("filled in")
        return t("yes") if value else t("no")
    if isinstance(value, list) and len(value) == 2:
        return t.money(Sum(value[0], value[1]))
    if isinstance(value, list) and len(value) == 3:
        return f"{t('No. {number}', number=value[0])} · {t.money(Sum(value[1], value[2]))}"
    if kind == FieldKind.DATE:
        return t.full_day(date.fromisoformat(str(value)))
    return cut(_number(str(value), t) if kind == FieldKind.NUMBER else str(value), LONGEST)


def ids_of(line: FieldLine) -> frozenset[int]:
    """The choices that a field says."""
    return frozenset(one.id for one in line.value) if isinstance(line.value, tuple) else frozenset()


def found_line(shown: FieldSheet, field_id: int) -> FieldLine | None:
    """The line of one field."""
    return next((line for line in shown.lines if line.field.id == field_id), None)


def _number(text: str, t: Tongue) -> str:
    return text.replace(".", ",") if t.language == "ru" else text
