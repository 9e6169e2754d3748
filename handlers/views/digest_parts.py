"""The parts of a digest, each as a table: by manager, by source, by stage, and why deals were lost."""

from dataclasses import dataclass

from handlers.screen import Screen
from handlers.views.digests import when
from handlers.views.tables import table
from handlers.views.words import source_name
from keyboards import digests as keys
from keyboards.figures import number, share
from keyboards.tongue import Html, Tongue, join
from services.dto.digests import Digest
from services.dto.plans import PersonTarget

MOST = 50
"""So many lines of a table are told in the chat; the file has all of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table with its title; the first column is of names, the others of figures."""

    title: Html
    head: list[str]
    lines: list[list[str]]
    note: Html | None = None


def screen(part: Part, shown: Digest, t: Tongue) -> Screen:
    """A part in the chat, with the way back to the whole."""
    body = table(part.head, part.lines[:MOST]) if part.lines else t.html("Nothing in this time.")
    further = len(part.lines) - MOST
    more = [Html(t.many("…and {n} more", "…and {n} more", further))] if further > 0 else []
    return Screen(join([part.title, body, *more, *([part.note] if part.note else [])]), keys.part(shown, t))


def people(shown: Digest, t: Tongue) -> Part:
    """Who answered and sold how much, and how much of their plan of the month that makes."""
    plans = shown.plan.people if shown.plan else ()
    lines = [
        [
            one.person.name,
            number(one.answers.came, t),
            share(one.answers.in_time, one.answers.came, t, short=True) if one.answers.came else "",
            number(one.sales.won, t),
            *([_of_plan(one.person.id, plans, t)] if plans else []),
        ]
        for one in shown.people
    ]
    head = [t("Manager"), t("Leads"), t("in time, %"), t("Won"), *([t("Plan")] if plans else [])]
    return Part(t.html("👥 <b>By manager</b> · {when}", when=when(shown, t)), head, lines)


def sources(shown: Digest, t: Tongue) -> Part:
    """Where requests came from, and what became of them."""
    lines = [
        [source_name(one.source, t), number(one.came, t), number(one.qualified, t)] for one in shown.sources
    ]
    head = [t("Source"), t("Leads"), t("Deals")]
    return Part(t.html("📣 <b>Sources</b> · {when}", when=when(shown, t)), head, lines)


def losses(shown: Digest, t: Tongue) -> Part:
    """Why deals were lost."""
    lines = [[reason or t("no reason given"), number(count, t)] for reason, count in shown.losses]
    head = [t("Reason"), t("Deals")]
    return Part(t.html("❓ <b>Why lost</b> · {when}", when=when(shown, t)), head, lines)


def conversion(shown: Digest, t: Tongue) -> Part:
    """Of the deals that came to each stage, how many went on; by pipeline where there are several."""
    pipelines = {line.stage.id: funnel.pipeline for funnel in shown.funnels for line in funnel.lines}
    lines, named = list[list[str]](), "" if len(shown.funnels) > 1 else None
    for line in shown.conversion:
        pipeline = pipelines.get(line.stage.id, "")
        if named is not None and pipeline != named:
            named = pipeline
            lines.append([f"{pipeline}:", "", "", "", ""])
        lines.append(
            [
                line.stage.name,
                number(line.came, t),
                number(line.on, t),
                share(line.on, line.came, t, short=True),
                number(line.lost, t),
            ]
        )
    head = [t("Stage"), t("Came"), t("went on"), "%", t("Lost")]
    title = t.html("🔀 <b>Conversion</b> · {when}", when=when(shown, t))
    note = t.html("Deals that came to a stage in these days, and how many of them went on within these.")
    return Part(title, head, lines, note)


def _of_plan(person_id: int, plans: tuple[PersonTarget, ...], t: Tongue) -> str:
    target = next((one.target for one in plans if one.person.id == person_id), None)
    return f"{share(target.done, target.plan, t, short=True)}%" if target else "–"
