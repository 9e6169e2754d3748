"""How a department's working time looks."""

from handlers.screen import Screen
from handlers.views.hours import hours_words, spans_words
from keyboards import work_times as keys
from keyboards.company import PRESETS
from keyboards.tongue import Html, Tongue, join
from services.dto.work_times import SpecialRun, WorkTimeCard
from services.understanding.work_hours import parse
from services.zones import city_of

SHOWN = 8
"""So many runs of special days are shown; later ones when their time comes."""


def work_time(card: WorkTimeCard, t: Tongue) -> Screen:
    """A department's working time."""
    shared = t("as the company")
    zone = city_of(card.time_zone, t.language)
    lines = [
        t.html("🗓 <b>Working time · {name}</b>", name=card.department.name),
        _now(card, t),
        Html(""),
        _shared(t.html("Hours: {hours}", hours=hours_words(card.hours, t)), card.own_hours, shared, t),
        _shared(t.html("Time zone: {zone}", zone=zone), card.own_zone, shared, t),
    ]
    if card.country:
        keeps = t.html("Public holidays: closed") if card.keeps_holidays else t.html("Public holidays: open")
        lines.append(keeps)
    shown = [(run, run_words(run, t)) for run in card.special[:SHOWN]]
    lines += [t.html("📅 {day}", day=words) for _, words in shown]
    return Screen(join(lines), keys.work_time(card, shown, t), subject=("work_time", card.department.id))


def ask_hours(card: WorkTimeCard, t: Tongue) -> Screen:
    """When does it work?"""
    lines = [
        t.html("🗓 When does <b>{name}</b> work?", name=card.department.name),
        t.html("Choose or send it: <i>mon-fri 9-13, 14-18, sat 10-15</i>."),
        t.html("Now: {value}", value=hours_words(card.hours, t)),
    ]
    weeks = [(typed, parse(typed)) for typed in PRESETS]
    presets = [(typed, hours_words(week, t), card.own_hours and week == card.hours) for typed, week in weeks]
    return Screen(join(lines), keys.ask_hours(card, presets, t))


def ask_zone(card: WorkTimeCard, t: Tongue) -> Screen:
    """Which clock does it go by?"""
    lines = [
        t.html("🕒 Which time zone does <b>{name}</b> work in?", name=card.department.name),
        t.html("Choose a city or send another one: <i>Berlin</i>, <i>UTC+5</i>."),
    ]
    return Screen(join(lines), keys.ask_zone(card, t))


def ask_special_day(card: WorkTimeCard, t: Tongue) -> Screen:
    """Which day differs, and how?"""
    lines = [
        t.html("📅 Which day is different for <b>{name}</b>?", name=card.department.name),
        t.html("Send the day and its hours: <i>31.12 10-15</i>, <i>1-8 January closed</i>."),
    ]
    return Screen(join(lines), keys.ask_special_day(card, t))


def run_words(run: SpecialRun, t: Tongue) -> str:
    """Special days with their hours: "31 December: 10:00–15:00"."""
    days = t.day(run.first) if run.first == run.last else f"{t.day(run.first)} – {t.day(run.last)}"
    hours = spans_words(run.spans, t) if run.spans else t("closed")
    return f"{days}: {hours}"


def _now(card: WorkTimeCard, t: Tongue) -> Html:
    if card.open:
        return (
            t.html("🟢 Open until {when}", when=t.when(card.until))
            if card.until
            else t.html("🟢 Always open")
        )
    return t.html("🔴 Closed until {when}", when=t.when(card.until)) if card.until else t.html("🔴 Closed")


def _shared(line: Html, own: bool, shared: str, t: Tongue) -> Html:
    return line if own else t.html("{line} <i>({shared})</i>", line=line, shared=shared)
