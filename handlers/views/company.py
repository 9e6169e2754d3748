"""How the company's settings look, and the questions of the first start."""

from collections.abc import Callable

from aiogram.types import InlineKeyboardButton

from handlers.screen import Screen
from handlers.views.guests import welcome
from handlers.views.hours import hours_words
from handlers.views.profile import language_name
from keyboards import company as keys
from keyboards.common import cut
from keyboards.company import PRESETS, Question
from keyboards.tongue import Html, Tongue, esc, join
from services.access import Actor
from services.dto.company import CompanyCard, DepartmentPlace
from services.people import LANGUAGES
from services.pipeline_templates import TEMPLATES
from services.task_giving import Assigning
from services.understanding.work_hours import parse
from services.zones import city_of

STAGES = 1_000
"""So much is told of the stages of the pipeline."""


def company(card: CompanyCard, t: Tongue) -> Screen:
    """The company's settings."""
    lines = [
        t.html("🏢 <b>{name}</b>", name=card.name),
        t.html("Currency: {currency}", currency=card.currency),
        t.html("🌐 Language: {language}", language=language_name(card.language, t)),
        t.html("🕒 Time zone: {zone}", zone=city_of(card.time_zone, t.language)),
        t.html("🗓 Working hours: {hours}", hours=hours_words(card.hours, t)),
        t.html("🧭 Pipeline: {name}", name=card.pipeline.name),
        t.html("👤 Tasks to others: {rule}", rule=assigning_words(t)[card.assigning]),
        t.html("Language and time zone hold for team chats and for those who have not chosen their own."),
    ]
    if card.protects_clients:
        lines.append(t.html("🔒 Client cards and files cannot be forwarded or saved."))
    return Screen(join(lines), keys.company(t, protects=card.protects_clients))


def ask_assigning(card: CompanyCard, t: Tongue) -> Screen:
    """Who may give tasks to whom?"""
    asked = t.html(
        "<b>Who may give tasks to others?</b> Whoever may not is told why. "
        "Tasks that stages and rules set are exempt."
    )
    return Screen(asked, keys.assigning(card, assigning_words(t), t))


def assigning_words(t: Tongue) -> dict[Assigning, str]:
    return {
        Assigning.HEADS: t("only heads, to their people"),
        Assigning.DEPARTMENT: t("everybody, within their department"),
        Assigning.ANYONE: t("everybody to everybody"),
    }


def question(card: CompanyCard, one: Question, t: Tongue, *, first: bool) -> Screen:
    """One question, with what holds now and the likely answers."""
    title, ask = _words(one, t)
    head = t.html("<b>{title}</b>", title=title)
    if first:
        progress = t("{n} of {total}", n=one.number, total=len(Question))
        head = t.html("🚀 <b>{title}</b> · {progress}", title=title, progress=progress)
    text = join([head, ask, *_now(card, one, t)])
    return Screen(text, keys.question(one, _choices(card, one, t, first=first), t, first=first))


def hello(actor: Actor, t: Tongue) -> Screen:
    """To the owner, before the first question."""
    lines = [
        welcome(actor, t),
        t.html("Let us set the company up: seven short questions, about three minutes."),
        t.html("Each can be skipped, and everything can be changed later: Profile → Company."),
    ]
    return Screen(join(lines), keys.hello(t))


def ready(card: CompanyCard, t: Tongue) -> Screen:
    """The first start is over: what comes next."""
    places = ", ".join(place_words(row) for row in card.departments)
    zone = city_of(card.time_zone, t.language)
    lines = [
        t.html("🎉 <b>{name}</b> is ready to sell", name=card.name),
        esc(" · ".join([language_name(card.language, t), card.currency, zone])),
        t.html("🗓 Working hours: {hours}", hours=hours_words(card.hours, t)),
        t.html("🏢 Departments: {places}", places=places),
        t.html("🧭 {stages}", stages=cut(" → ".join(card.pipeline.stages), STAGES)),
        Html(""),
        t.html("What next? Write down the first lead, invite your people, or import the deals you have."),
    ]
    return Screen(join(lines), keys.ready(t))


def ask_place(row: DepartmentPlace, t: Tongue, *, first: bool) -> Screen:
    """Where is a department?"""
    lines = [
        t.html("📍 Where is <b>{name}</b>?", name=row.name),
        t.html("Send the branch and the city, or the city alone: <i>Northern, Kazan</i>. A dash is none."),
    ]
    return Screen(join(lines), keys.department_place(row.id, t, first=first))


def place_words(row: DepartmentPlace) -> str:
    """A department with where it is."""
    where = ", ".join(part for part in (row.branch, row.city) if part)
    return f"{row.name} ({where})" if where else row.name


def _words(one: Question, t: Tongue) -> tuple[str, Html]:
    """The question's heading and what is asked."""
    return {
        Question.NAME: (t("Company name"), t.html("What is the company called? Send its name.")),
        Question.LANGUAGE: (
            t("Language"),
            t.html("Which language does the company speak? Everybody may choose their own."),
        ),
        Question.CURRENCY: (
            t("Currency"),
            t.html("In which currency do you sell? Choose one or send another: <i>GEL</i>."),
        ),
        Question.ZONE: (
            t("Time zone"),
            t.html("Which time zone? Choose a city or send another one: <i>Berlin</i>, <i>UTC+5</i>."),
        ),
        Question.HOURS: (
            t("Working hours"),
            t.html("When do you work? Choose or send it: <i>mon-fri 9-13, 14-18, sat 10-15</i>."),
        ),
        Question.DEPARTMENTS: (
            t("Departments"),
            t.html("Send a new one, with its branch and city if you like: <i>Service, Northern, Kazan</i>."),
        ),
        Question.PIPELINE: (t("Pipeline"), t.html("What are the steps of a deal? Choose what is nearest.")),
    }[one]


def _now(card: CompanyCard, one: Question, t: Tongue) -> list[Html]:
    """What holds now, and for the pipeline what there is to choose from."""
    if one is Question.DEPARTMENTS:
        return [t.html("• {place}", place=place_words(row)) for row in card.departments]
    if one is Question.PIPELINE:
        shown = [
            t.html("• <b>{name}</b>: {stages}", name=words.name, stages=" → ".join(words.stages))
            for words in (template.wording(t.language) for template in TEMPLATES)
        ]
        stages = cut(" → ".join(card.pipeline.stages), STAGES)
        own = t.html("Now: {value}", value=f"{card.pipeline.name}: {stages}")
        return shown if card.pipeline.template else [*shown, own]
    value = {
        Question.NAME: card.name,
        Question.LANGUAGE: language_name(card.language, t),
        Question.CURRENCY: card.currency,
        Question.ZONE: city_of(card.time_zone, t.language),
        Question.HOURS: hours_words(card.hours, t),
    }[one]
    return [t.html("Now: {value}", value=value)]


def _choices(card: CompanyCard, one: Question, t: Tongue, *, first: bool) -> list[InlineKeyboardButton]:
    makers: dict[Question, Callable[[], list[InlineKeyboardButton]]] = {
        Question.NAME: list,
        Question.LANGUAGE: lambda: keys.languages(
            card, {code: language_name(code, t) for code in LANGUAGES}, first=first
        ),
        Question.CURRENCY: lambda: keys.currencies(card, first=first),
        Question.ZONE: lambda: keys.zones(card, t, first=first),
        Question.HOURS: lambda: keys.hours(_presets(card, t), first=first),
        Question.DEPARTMENTS: lambda: keys.departments(card, t, first=first),
        Question.PIPELINE: lambda: keys.templates(card, t, first=first),
    }
    return makers[one]()


def _presets(card: CompanyCard, t: Tongue) -> list[tuple[str, str, bool]]:
    weeks = [(typed, parse(typed)) for typed in PRESETS]
    return [(typed, hours_words(week, t), week == card.hours) for typed, week in weeks]
