"""The parts of a digest, each as a table: by manager, by source, by stage, and why deals were lost."""

from handlers.screen import Screen
from handlers.views.digests import when
from handlers.views.tables import table
from handlers.views.words import source_name
from keyboards import digests as keys
from keyboards.figures import number, share
from keyboards.tongue import Html, Tongue, join
from services.dto.digests import Digest, MonthPlan


def people(shown: Digest, t: Tongue) -> Screen:
    """Who answered and sold how much."""
    lines = [
        [
            one.person.name,
            number(one.answers.came, t),
            share(one.answers.in_time, one.answers.came, t, short=True) if one.answers.came else "",
            number(one.sales.won, t),
            *([_of_plan(one.person.id, shown.plan, t)] if shown.plan else []),
        ]
        for one in shown.people
    ]
    head = [t("Manager"), t("Leads"), t("in time, %"), t("Won"), *([t("Plan")] if shown.plan else [])]
    return _part(t.html("👥 <b>By manager</b> · {when}", when=when(shown, t)), head, lines, shown, t)


def _of_plan(person_id: int, plan: MonthPlan, t: Tongue) -> str:
    target = next((one.target for one in plan.people if one.person.id == person_id), None)
    return f"{share(target.done, target.plan, t, short=True)}%" if target else "–"


def sources(shown: Digest, t: Tongue) -> Screen:
    """Where requests came from, and what became of them."""
    lines = [
        [source_name(one.source, t), number(one.came, t), number(one.qualified, t)] for one in shown.sources
    ]
    head = [t("Source"), t("Leads"), t("Deals")]
    return _part(t.html("📣 <b>Sources</b> · {when}", when=when(shown, t)), head, lines, shown, t)


def losses(shown: Digest, t: Tongue) -> Screen:
    """Why deals were lost."""
    lines = [[reason or t("no reason given"), number(count, t)] for reason, count in shown.losses]
    head = [t("Reason"), t("Deals")]
    return _part(t.html("❓ <b>Why lost</b> · {when}", when=when(shown, t)), head, lines, shown, t)


def conversion(shown: Digest, t: Tongue) -> Screen:
    """Of the deals that came to each stage, how many went on."""
    lines = [
        [
            line.stage.name,
            number(line.came, t),
            number(line.on, t),
            share(line.on, line.came, t, short=True),
            number(line.lost, t),
        ]
        for line in shown.conversion
    ]
    head = [t("Stage"), t("Came"), t("went on"), "%", t("Lost")]
    title = t.html("🔀 <b>Conversion</b> · {when}", when=when(shown, t))
    told = t.html("Deals that came to a stage in these days, and how many of them went on within these.")
    return _part(title, head, lines, shown, t, told)


def _part(
    title: Html, head: list[str], lines: list[list[str]], shown: Digest, t: Tongue, told: Html | None = None
) -> Screen:
    body = table(head, lines) if lines else t.html("Nothing in this time.")
    return Screen(join([title, body, *([told] if told else [])]), keys.part(shown, t))
