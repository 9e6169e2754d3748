"""How pipelines and their stages look to those who make them."""

from dataclasses import replace

from handlers.screen import Screen
from handlers.views.stage_autos import rules as auto_lines
from keyboards import pipelines as keys
from keyboards import stage_tasks as task_keys
from keyboards import stages as stage_keys
from keyboards.follow_up import days_label
from keyboards.people import role_label
from keyboards.stage_marks import COLORS, KINDS, mark
from keyboards.tongue import Html, Tongue, join
from services.access import Role, StageKind
from services.dto.pipelines import (
    PipelineCard,
    PipelineGone,
    PipelineList,
    PipelinePlan,
    PipelineReturn,
    StageCard,
)
from services.pipeline_templates import TEMPLATES
from services.pipelines.robots import Robot
from services.pipelines.shape import StageField


def pipelines(shown: PipelineList, t: Tongue) -> Screen:
    """All of them."""
    lines = _gone(shown.gone, t) if shown.gone is not None else []
    lines += [t.html("🧭 <b>Pipelines</b>"), t.html("New deals enter the first one."), Html("")]
    lines += [
        t.html(
            "<b>{name}</b> · {deals}\n{stages}",
            name=one.name,
            deals=t.many("{n} deal in work", "{n} deals in work", one.deals),
            stages=" → ".join(one.stages),
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


def pipeline(card: PipelineCard, t: Tongue) -> Screen:
    """One with its stages."""
    lines = [t.html("🧭 <b>{name}</b>", name=card.name)]
    if card.archived:
        lines.append(t.html("🗄 Out of use. Its closed deals are still counted."))
    else:
        lines.append(Html(t.many("{n} deal in work", "{n} deals in work", card.deals)))
    lines += [t.html("{mark} {stage}", mark=mark(one), stage=one.name) for one in card.stages]
    return Screen(join(lines), keys.pipeline(card, t), subject=("pipeline", card.id))


def away(card: PipelineCard, t: Tongue) -> Screen:
    """Out of use?"""
    lines = [
        t.html("🗄 <b>Put “{name}” out of use?</b>", name=card.name),
        t.html("Closed deals stay in it and in every report."),
    ]
    if card.deals:
        deals = t.many("{n} deal in work", "{n} deals in work", card.deals)
        lines.append(t.html("There: {deals}. To which pipeline shall they go?", deals=deals))
    return Screen(join(lines), keys.away(card, t), subject=("pipeline", card.id))


def plan(shown: PipelinePlan, t: Tongue, stage_id: int = 0) -> Screen:
    """Where each deal goes; `stage_id`: and where those of one stage may."""
    lines = [
        t.html("🗄 <b>{name}: its deals go to {heir}</b>", name=shown.pipeline.name, heir=shown.heir.name),
        *(
            t.html(
                "{old} → {new} · {deals}",
                old=old.name,
                new=new.name,
                deals=t.many("{n} deal", "{n} deals", count),
            )
            for old, count, new in shown.steps
        ),
    ]
    if shown.robots:
        lines.append(t.html("🤖 The stages there set no tasks for them."))
    for lack in shown.lacks:
        fields = ", ".join(stage_keys.required_label(shown.own, one, t) for one in lack.fields)
        deals = t.many("{n} deal", "{n} deals", lack.deals)
        lines.append(
            t.html(
                "⚠️ “{stage}” asks for: {fields}. Without it come: {deals}.",
                stage=lack.stage.name,
                fields=fields,
                deals=deals,
            )
        )
    if not stage_id:
        return Screen(join(lines), keys.plan(shown, t))
    stage = next((old.name for old, _, _ in shown.steps if old.id == stage_id), "—")
    lines.append(t.html("\n<b>Where do those of “{stage}” go?</b>", stage=stage))
    return Screen(join(lines), keys.plan_stage(shown, stage_id, t))


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


def ask_stage(card: PipelineCard, t: Tongue) -> Screen:
    """What is the new stage called?"""
    lines = [
        t.html("🧭 <b>{name}</b>", name=card.name),
        t.html("What is the new stage called? Send its name."),
    ]
    return Screen(join(lines), keys.ask(card.id, t))


def stage(card: StageCard, t: Tongue) -> Screen:
    """A stage as it is set up."""
    lines = [
        _head(card, t),
        t.html("↕️ Place: {n} of {of}", n=card.position + 1, of=card.of),
        t.html("🏷 Kind: {kind}", kind=stage_keys.kind_label(card.kind, t)),
        t.html("📋 Required to enter: {fields}", fields=_required(card, t)),
    ]
    if StageField.NORM in stage_keys.fields_of(card):
        lines.append(t.html("⏳ Too long after: {days}", days=days_label(card.norm_days, t)))
    if StageField.PERCENT in stage_keys.fields_of(card):
        lines.append(t.html("🎲 Probability: {n} %", n=card.percent))
    if card.role:
        lines.append(t.html("👔 Responsible: {who}", who=role_label(card.role, t)))
    if card.result:
        lines.append(t.html("🎯 {result}", result=card.result))
    if card.enter:
        lines.append(t.html("🚪 Only they bring a deal here: {who}", who=_roles(card.enter, t)))
    if card.leave:
        lines.append(t.html("🔒 Only they move it on: {who}", who=_roles(card.leave, t)))
    lines += [robot_line(one, t) for one in card.robots]
    lines += auto_lines(card, t)
    if card.message:
        lines.append(t.html("💬 {text}", text=card.message))
    if card.deals:
        lines.append(t.html("💼 {deals} here", deals=t.many("{n} deal", "{n} deals", card.deals)))
    return Screen(join(lines), stage_keys.stage(card, t), subject=("stage", card.id))


def ask_field(card: StageCard, field: StageField, t: Tongue) -> Screen:
    """One of the questions about a stage."""
    question = {
        StageField.NAME: t.html("What shall it be called? Send the new name."),
        StageField.COLOR: t.html("Which mark shall it have in lists and on cards?"),
        StageField.KIND: t.html(
            "What does it mean that a deal stands here? Only heads close the payment of one that awaits it."
        ),
        StageField.REQUIRED: t.html("What must be filled in to enter this stage?"),
        StageField.NORM: t.html("How many days may a deal stand here? Choose or send a number."),
        StageField.PERCENT: t.html("How likely is a deal here won, in percent? Choose or send a number."),
        StageField.ROLE: t.html("Who is responsible here? It is shown on the deal's card."),
        StageField.RESULT: t.html(
            "What is to be reached here? Send a line for the deal's card: <i>The sum is agreed</i>."
        ),
        StageField.MESSAGE: t.html(
            "What does one write to the client here? <code>{client}</code>, <code>{deal}</code> and "
            "<code>{sum}</code> are filled in; on the deal's card it is copied by one tap."
        ),
        StageField.ENTER: t.html(
            "Who may move a deal to this stage? Press the roles; none means everybody. The owner always may."
        ),
        StageField.LEAVE: t.html(
            "Who may move a deal away from this stage? Press the roles; none means everybody."
        ),
    }[field]
    return Screen(join([_head(card, t), question]), stage_keys.ask(card, field, t))


def robots(card: StageCard, t: Tongue) -> Screen:
    """The tasks that it sets, and one more?"""
    lines = [
        _head(card, t),
        t.html("🤖 <b>Tasks for each deal that comes here</b>"),
        *(robot_line(one, t) for one in card.robots),
        t.html("Send one more with its term: <i>Call, 2 days</i>; <i>Agree the price, 4 hours, head</i>."),
    ]
    return Screen(join(lines), task_keys.robots(card, t), subject=("stage", card.id))


def robot_line(robot: Robot, t: Tongue) -> Html:
    """A task that is set."""
    term, who = task_keys.term_label(robot, t), task_keys.doer_label(robot.doer, t)
    return t.html("🤖 {text} — {term}, {who}", text=robot.text, term=term, who=who)


def drop(card: StageCard, heir_id: int, t: Tongue) -> Screen:
    """Delete it?"""
    lines = [_head(card, t)]
    heir = next((one for one in card.heirs if one.id == heir_id), None)
    deals = t.many("{n} deal", "{n} deals", card.deals)
    if not card.deals:
        lines.append(t.html("🗑 <b>Delete this stage?</b>"))
    elif heir is not None:
        told = t.html(
            "🗑 <b>Delete this stage?</b> Its deals go to “{stage}”: {deals}.", deals=deals, stage=heir.name
        )
        lines.append(told)
    elif card.heirs:
        asked = t.many("To which stage shall it go?", "To which stage shall they go?", card.deals)
        lines.append(t.html("🗑 Here: {deals}. <b>{asked}</b>", deals=deals, asked=asked))
    else:
        lines.append(t.html("Deals stand here, and there is no other stage of its kind for them."))
    return Screen(
        join(lines), stage_keys.drop(card, heir if card.deals else None, t), subject=("stage", card.id)
    )


def _head(card: StageCard, t: Tongue) -> Html:
    square = COLORS[card.color] if card.color else KINDS[card.kind]
    return t.html("{mark} <b>{stage}</b> · {name}", mark=square, stage=card.name, name=card.pipeline.name)


def _roles(roles: tuple[Role, ...], t: Tongue) -> str:
    return ", ".join(role_label(one, t) for one in roles)


def _required(card: StageCard, t: Tongue) -> str:
    if card.kind is StageKind.LOST:
        return t("the reason of the loss")
    return ", ".join(stage_keys.required_label(card.own, one, t) for one in card.required) or t("nothing")
