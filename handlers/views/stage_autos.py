"""How the rules look by which deals move on by themselves."""

from handlers.screen import Screen
from keyboards import stage_autos as keys
from keyboards.follow_up import days_label
from keyboards.stage_marks import mark
from keyboards.tongue import Html, Tongue, join
from services.access import CLOSED_KINDS
from services.dto.deals import StageRef
from services.dto.pipelines import AutoPlaces, StageCard
from services.pipelines.auto_rules import Happening


def autos(card: StageCard, t: Tongue) -> Screen:
    """All of a stage."""
    lines = [
        head(card, t),
        *(_after_closed(t) if card.kind in CLOSED_KINDS else _moves_on(t)),
        *rules(card, t),
    ]
    return Screen(join(lines), keys.autos(card, t), subject=("stage", card.id))


def ask(card: StageCard, what: Happening, days: int, t: Tongue, page: int = 0) -> Screen:
    """When, and where to?"""
    asked = t.html("To which stage?")
    if card.kind in CLOSED_KINDS:
        asked = t.html("In which pipeline?") if card.others else t.html("There is no other pipeline yet.")
    if what is Happening.SILENT and not days:
        asked = t.html("After how many working days of silence?")
    lines = [head(card, t), t.html("<b>{what}</b>", what=keys.what_label(what, t)), asked]
    return Screen(join(lines), keys.ask(card, what, days, t, page), subject=("stage", card.id))


def places(shown: AutoPlaces, what: Happening, days: int, t: Tongue, page: int = 0) -> Screen:
    """Where to in another pipeline?"""
    lines = [
        head(shown.card, t),
        t.html("<b>{what}</b>", what=keys.what_label(what, t)),
        t.html("\n🧭 <b>{pipeline}: to which stage?</b>", pipeline=shown.pipeline.name),
    ]
    return Screen(join(lines), keys.places(shown, what, days, t, page), subject=("stage", shown.card.id))


def rules(card: StageCard, t: Tongue) -> list[Html]:
    """Each rule in a line."""
    names = {one.id: one.name for there in card.leads_to.values() for one in there}
    for stage, (pipeline, name) in card.abroad.items():
        names[stage] = t("{pipeline}: {stage}", pipeline=pipeline, stage=name)
    lines = []
    for what, stage in card.autos.to.items():
        label = keys.what_label(what, t)
        if what is Happening.SILENT:
            label = t("{what}, {days}", what=label, days=days_label(card.autos.days, t))
        to = names.get(stage, "—")
        if card.kind in CLOSED_KINDS:
            to = t("a new deal, {stage}", stage=to)
        lines.append(t.html("⚡ {what} → {stage}", what=label, stage=to))
    return lines


def _moves_on(t: Tongue) -> list[Html]:
    return [
        t.html("⚡ <b>By what do its deals move on by themselves?</b>"),
        t.html(
            "What the next stage requires has to be there; a deal that lacks it stays, and whoever can fill "
            "it in is told."
        ),
    ]


def _after_closed(t: Tongue) -> list[Html]:
    return [
        t.html("⚡ <b>When shall a new deal begin for the client?</b>"),
        t.html(
            "This one stays closed and counts on. The new one begins in another pipeline, with the same "
            "client and owner, unless the client has a deal in work there. It holds for deals closed from "
            "now on."
        ),
    ]


def head(card: StageCard, t: Tongue) -> Html:
    """Which stage it is, of which pipeline."""
    square = mark(StageRef(card.id, card.name, card.kind, card.color))
    return t.html("{mark} <b>{stage}</b> · {name}", mark=square, stage=card.name, name=card.pipeline.name)
