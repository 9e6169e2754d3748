"""How pipelines and their stages look to those who make them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.screen import Screen
from keyboards import pipelines as keys
from keyboards import stages as stage_keys
from keyboards.common import cut
from keyboards.paging import leaf
from keyboards.stage_marks import mark
from keyboards.tongue import Html, Tongue, join
from services.dto.common import Ref
from services.dto.deals import StageRef
from services.dto.pipelines import (
    PipelineCard,
    PipelineGone,
    PipelineList,
    PipelinePlan,
    PipelineReturn,
    StageGone,
    StageLack,
)
from services.pipeline_templates import TEMPLATES

ROOM = 1_300
"""So many characters are left to the names of stages in a list of pipelines."""
LACKS = 4
FIELDS = 100
"""So much is told at most of what deals lack: of so many stages, and so much of each."""


def pipelines(shown: PipelineList, t: Tongue) -> Screen:
    """All of them."""
    lines = _gone(shown.gone, t) if shown.gone is not None else []
    lines += [t.html("🧭 <b>Pipelines</b>"), t.html("New deals enter the first one."), Html("")]
    room = ROOM // max(1, len(shown.used))
    lines += [
        t.html(
            "<b>{name}</b> · {deals}\n{stages}",
            name=one.name,
            deals=t.many("{n} deal in work", "{n} deals in work", one.deals),
            stages=cut(" → ".join(one.stages), room),
        )
        for one in shown.used
    ]
    if shown.away:
        lines.append(t.html("🗄 Out of use: {names}", names=", ".join(one.name for one in shown.away)))
    return Screen(join(lines), keys.pipelines(shown, t))


def _gone(gone: PipelineGone, t: Tongue) -> list[Html]:
    """What has just become of one."""
    lines = [t.html("✅ <b>{name}</b> is out of use.", name=gone.pipeline.name)]
    if gone.heir is not None:
        deals = t.many("{n} deal", "{n} deals", gone.deals)
        lines.append(t.html("Now in <b>{heir}</b>: {deals}.", heir=gone.heir.name, deals=deals))
    return [*lines, t.html("For an hour it can be taken back as a whole."), Html("")]


def returned(back: PipelineReturn, t: Tongue) -> Screen:
    """It is as if it had never been put out of use."""
    lines = [t.html("↩️ As before: <b>{count}</b>.", count=t.many("{n} deal", "{n} deals", back.deals))]
    if back.stay:
        deals = t.many("{n} deal", "{n} deals", back.stay)
        lines.append(t.html("🚧 Changed since, so they stay where they are: {deals}.", deals=deals))
    card = pipeline(back.card, t)
    return replace(card, text=join([*lines, Html(""), card.text]))


def templates(t: Tongue) -> Screen:
    """After what shall a new one be made?"""
    lines = [t.html("🧭 <b>New pipeline</b>"), t.html("Choose what is nearest; everything can be changed.")]
    lines += [
        t.html("• <b>{name}</b>: {stages}", name=words.name, stages=" → ".join(words.stages))
        for words in (template.wording(t.language) for template in TEMPLATES)
    ]
    return Screen(join(lines), keys.templates(t))


def pipeline(card: PipelineCard, t: Tongue, page: int = 0) -> Screen:
    """One with its stages and those that may come back, a page of both."""
    lines = _dropped(card.gone, t) if card.gone is not None else []
    lines.append(t.html("🧭 <b>{name}</b>", name=card.name))
    if card.archived:
        lines.append(t.html("🗄 Out of use. Its closed deals are still counted."))
    else:
        lines.append(Html(t.many("{n} deal in work", "{n} deals in work", card.deals)))
    shown = leaf([*card.stages, *card.dropped], page).items
    lines += [
        t.html("{mark} {stage}", mark=mark(one), stage=one.name) for one in shown if isinstance(one, StageRef)
    ]
    if dropped := [one.name for one in shown if isinstance(one, Ref)]:
        lines.append(t.html("🗑 Deleted in the last 30 days: {names}", names=", ".join(dropped)))
    return Screen(join(lines), keys.pipeline(card, t, page), subject=("pipeline", card.id))


def restored(card: PipelineCard, t: Tongue) -> Screen:
    """A stage is there again, without its former deals."""
    shown, told = pipeline(card, t), t.html("↩️ The stage is back. Its deals stay where they are by now.")
    return replace(shown, text=join([told, Html(""), shown.text]))


def _dropped(gone: StageGone, t: Tongue) -> list[Html]:
    """What has just become of a stage."""
    lines = [t.html("🗑 The stage <b>{name}</b> is deleted.", name=gone.stage.name)]
    if gone.heir is not None:
        deals = t.many("{n} deal", "{n} deals", gone.deals)
        lines.append(t.html("Now in <b>{heir}</b>: {deals}.", heir=gone.heir.name, deals=deals))
    return [
        *lines,
        t.html("For an hour it can be taken back as a whole, for 30 days without its deals."),
        Html(""),
    ]


def away(card: PipelineCard, t: Tongue, page: int = 0) -> Screen:
    """Out of use?"""
    lines = [
        t.html("🗄 <b>Put “{name}” out of use?</b>", name=card.name),
        t.html("Closed deals stay in it and in every report."),
    ]
    if card.deals:
        deals = t.many("{n} deal in work", "{n} deals in work", card.deals)
        lines.append(t.html("There: {deals}. To which pipeline shall they go?", deals=deals))
    return Screen(join(lines), keys.away(card, t, page), subject=("pipeline", card.id))


def plan(shown: PipelinePlan, t: Tongue, page: int = 0) -> Screen:
    """Where each deal goes."""
    return Screen(join(_plan(shown, t, page)), keys.plan(shown, t, page))


def plan_stage(shown: PipelinePlan, stage_id: int, t: Tongue, page: int = 0) -> Screen:
    """The same, and where those of one stage may go."""
    stage = next((old.name for old, _, _ in shown.steps if old.id == stage_id), "—")
    asked = t.html("\n<b>Where do those of “{stage}” go?</b>", stage=stage)
    lines = [*_plan(shown, t, keys.step_page(shown, stage_id)), asked]
    return Screen(join(lines), keys.plan_stage(shown, stage_id, t, page))


def _plan(shown: PipelinePlan, t: Tongue, page: int) -> list[Html]:
    lines = [
        t.html("🗄 <b>{name}: its deals go to {heir}</b>", name=shown.pipeline.name, heir=shown.heir.name),
        *(
            t.html(
                "{old} → {new} · {deals}",
                old=old.name,
                new=new.name,
                deals=t.many("{n} deal", "{n} deals", count),
            )
            for old, count, new in leaf(shown.steps, page, keys.STEPS).items
        ),
    ]
    if shown.robots:
        lines.append(t.html("🤖 The stages there set no tasks for them."))
    return [*lines, *lacks(shown.lacks, shown.own, t)]


def lacks(found: Sequence[StageLack], own: Mapping[str, str], t: Tongue) -> list[Html]:
    """What deals lack that are brought to a stage; `own`: the names of the company's own fields."""
    lines = [
        t.html(
            "⚠️ “{stage}” asks for: {fields}. Without it come: {deals}.",
            stage=lack.stage.name,
            fields=cut(", ".join(stage_keys.required_label(own, one, t) for one in lack.fields), FIELDS),
            deals=t.many("{n} deal", "{n} deals", lack.deals),
        )
        for lack in found[:LACKS]
    ]
    more = len(found) - LACKS
    return [*lines, Html(t.many("…and {n} more", "…and {n} more", more))] if more > 0 else lines


def ask_name(card: PipelineCard | None, t: Tongue) -> Screen:
    """What shall it be called?"""
    if card is None:
        return Screen(t.html("What is the new pipeline called? Send its name."), keys.ask(0, t))
    text = t.html("What shall <b>{name}</b> be called? Send the new name.", name=card.name)
    return Screen(text, keys.ask(card.id, t))


def ask_stages(name: str, t: Tongue) -> Screen:
    """Which stages has it?"""
    lines = [
        t.html("🧭 <b>{name}</b>", name=name),
        t.html("Send its stages in order: <i>New, Measured, Offer sent</i>. How deals end is added."),
    ]
    return Screen(join(lines), keys.ask(0, t))
