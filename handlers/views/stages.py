"""How the stages of a pipeline look to those who make them."""

from handlers.screen import Screen
from handlers.views.pipelines import lacks
from handlers.views.stage_autos import head
from handlers.views.stage_autos import rules as auto_lines
from keyboards import pipelines as pipeline_keys
from keyboards import stage_tasks as task_keys
from keyboards import stages as keys
from keyboards.common import cut
from keyboards.follow_up import days_label
from keyboards.people import role_label
from keyboards.tongue import Html, Tongue, join
from services.access import Role, StageKind
from services.dto.pipelines import PipelineCard, StageCard, StageDrop
from services.pipelines.messages import GAPS, LIMIT, gap_word, worded
from services.pipelines.robot_terms import Robot
from services.pipelines.shape import StageField

SHORT = 300
"""More of a message is shown where it is changed."""


def ask_stage(card: PipelineCard, t: Tongue) -> Screen:
    """What is the new stage called?"""
    lines = [
        t.html("🧭 <b>{name}</b>", name=card.name),
        t.html("What is the new stage called? Send its name."),
    ]
    return Screen(join(lines), pipeline_keys.ask(card.id, t))


def stage(card: StageCard, t: Tongue) -> Screen:
    """A stage as it is set up."""
    lines = [
        head(card, t),
        t.html("↕️ Place: {n} of {of}", n=card.position + 1, of=card.of),
        t.html("🏷 Kind: {kind}", kind=keys.kind_label(card.kind, t)),
        t.html("📋 Required to enter: {fields}", fields=_required(card, t)),
    ]
    if StageField.NORM in keys.fields_of(card):
        lines.append(t.html("⏳ Too long after: {days}", days=days_label(card.norm_days, t)))
    if StageField.PERCENT in keys.fields_of(card):
        lines.append(t.html("🎲 Probability: {n} %", n=card.percent))
    if card.role:
        lines.append(t.html("👔 Responsible: {who}", who=role_label(card.role, t)))
    if card.result:
        lines.append(t.html("🎯 {result}", result=card.result))
    if card.enter:
        lines.append(t.html("🚪 Only they bring a deal here: {who}", who=_roles(card.enter, t)))
    if card.leave:
        lines.append(t.html("🔒 Only they move it on: {who}", who=_roles(card.leave, t)))
    lines += [robot_line(one, card, t) for one in card.robots]
    lines += auto_lines(card, t)
    if card.message:
        lines.append(t.html("💬 {text}", text=cut(worded(card.message, t.language), SHORT)))
    if card.deals:
        lines.append(t.html("💼 {deals} here", deals=t.many("{n} deal", "{n} deals", card.deals)))
    return Screen(join(lines), keys.stage(card, t), subject=("stage", card.id))


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
            "What does one write to the client here? Send up to {most} characters; on the deal's card it is "
            "ready to be sent, filled in by itself where this stands:",
            most=LIMIT,
        ),
        StageField.ENTER: t.html(
            "Who may move a deal to this stage? Press the roles; none means everybody. The owner always may."
        ),
        StageField.LEAVE: t.html(
            "Who may move a deal away from this stage? Press the roles; none means everybody."
        ),
    }[field]
    lines = [head(card, t), question, *(_gaps(card, t) if field is StageField.MESSAGE else ())]
    return Screen(join(lines), keys.ask(card, field, t))


def robots(card: StageCard, t: Tongue) -> Screen:
    """The tasks that it sets, and one more?"""
    lines = [
        head(card, t),
        t.html("🤖 <b>Tasks for each deal that comes here</b>"),
        *(robot_line(one, card, t) for one in card.robots),
        t.html(
            "Send one more with its term: <i>Call, in 30 minutes</i>; <i>Write to them, tomorrow</i>; "
            "<i>Agree the price, 4 hours, head</i>; <i>Check the bill, 2 days, responsible</i>."
        ),
    ]
    return Screen(join(lines), task_keys.robots(card, t), subject=("stage", card.id))


def robot(card: StageCard, one: Robot, t: Tongue) -> Screen:
    """One of them: for whom, and how is it said anew?"""
    lines = [
        head(card, t),
        robot_line(one, card, t),
        t.html("Whose task is it? Choose, or send it anew with its term: <i>Call, in a week</i>."),
    ]
    return Screen(join(lines), task_keys.robot(card, one, t), subject=("stage", card.id))


def robot_line(robot: Robot, card: StageCard, t: Tongue) -> Html:
    """A task that is set."""
    term, who = task_keys.term_label(robot, t), task_keys.doer_label(robot.doer, t, card.role)
    return t.html("🤖 {text} — {term}, {who}", text=robot.text, term=term, who=who)


def drop(shown: StageDrop, why: str | None, t: Tongue, page: int = 0) -> Screen:
    """Delete it? `why`: what speaks against it."""
    card, heir = shown.card, shown.heir
    lines = [head(card, t)]
    deals = t.many("{n} deal", "{n} deals", card.deals)
    if why is not None:
        lines.append(t.html("🚧 This stage cannot be deleted. {why}", why=why))
    elif not card.deals:
        lines.append(t.html("🗑 <b>Delete this stage?</b>"))
    elif heir is not None:
        told = t.html(
            "🗑 <b>Delete this stage?</b> Its deals go to “{stage}”: {deals}.", deals=deals, stage=heir.name
        )
        lines.append(told)
        if shown.robots:
            lines.append(
                t.html(
                    "🤖 “{stage}” sets its tasks for deals that are moved; for these it will not.",
                    stage=heir.name,
                )
            )
        lines += lacks(shown.lacks, card.own, t)
    elif card.heirs:
        asked = t.many("To which stage shall it go?", "To which stage shall they go?", card.deals)
        lines.append(t.html("🗑 Here: {deals}. <b>{asked}</b>", deals=deals, asked=asked))
    else:
        lines.append(
            t.html(
                "🗑 Here: {deals}. There is no other stage where deals await payment, and elsewhere they "
                "would slip past whoever closes payments. Move them first, or give another stage this kind.",
                deals=deals,
            )
        )
    return Screen(join(lines), keys.drop(shown, t, page), subject=("stage", card.id))


def _gaps(card: StageCard, t: Tongue) -> list[Html]:
    """What is filled in by itself, and how the message is now."""
    meanings = {
        "client": t("the client"),
        "name": t("how the client is called"),
        "company": t("the client's company"),
        "deal": t("the deal"),
        "sum": t("its sum"),
        "due": t("what is left to pay"),
        "manager": t("whose deal it is"),
        "us": t("our company"),
    }
    lines = [
        t.html("<code>{gap}</code> — {meaning}", gap=gap_word(code, t.language), meaning=meanings[code])
        for code in GAPS
    ]
    if card.message:
        lines.append(t.html("\n💬 {text}", text=worded(card.message, t.language)))
    return lines


def _roles(roles: tuple[Role, ...], t: Tongue) -> str:
    return ", ".join(role_label(one, t) for one in roles)


def _required(card: StageCard, t: Tongue) -> str:
    if card.kind is StageKind.LOST:
        return t("the reason of the loss")
    return ", ".join(keys.required_label(card.own, one, t) for one in card.required) or t("nothing")
