"""How it looks what is done by itself: whom to call today, and the rules of a pipeline."""

from collections.abc import Sequence

from handlers.screen import Screen
from handlers.views.tasks import text
from keyboards import follow_up as keys
from keyboards.common import cut
from keyboards.reminders import reminder
from keyboards.tongue import Html, Tongue, join
from services.dto.followup import CallLine, FollowUp, FollowUpCard, Greeting, StageNorm
from services.dto.tasks import TaskCard
from services.followup.rules import Rule
from services.task_times import Quick
from services.understanding import phones

LISTED = 15
SHORT = 60
NAMES = 1_000
"""So much is told of the stages that have their days; the rest is behind the button."""


def one_call(call: CallLine, task: TaskCard, snoozes: Sequence[Quick], t: Tongue) -> Screen:
    """A single client to call, with all that can be done about it."""
    lines = [t.html("👋 <b>A client waits to hear from you</b>"), *_since(call, t), Html(""), text(task, t)]
    if call.phone:
        lines.append(t.html("📞 {phone}", phone=phones.show(call.phone)))
    return Screen(join(lines), reminder(task, snoozes, t), subject=("task", task.id))


def several(shown: FollowUp, t: Tongue) -> Screen:
    """Whom to call today, and whom to greet."""
    lines: list[Html] = []
    if shown.calls:
        lines.append(t.html("👋 <b>These clients wait to hear from you</b>"))
        lines += [_call(one, t) for one in shown.calls[:LISTED]]
        lines += _more(len(shown.calls), t)
    if shown.greetings:
        lines += [Html("")] if lines else []
        lines.append(t.html("🎂 <b>Birthdays</b>"))
        lines += [_greeting(one, shown, t) for one in shown.greetings[:LISTED]]
        lines += _more(len(shown.greetings), t)
    return Screen(join(lines), keys.follow_up(shown, t))


def rules(card: FollowUpCard, t: Tongue, page: int = 0) -> Screen:
    """The rules of a pipeline."""
    lines = [
        t.html("🔁 <b>Follow-up · {name}</b>", name=card.pipeline.name),
        t.html("So that no client is forgotten. Tasks count only working days and come as the day begins."),
        Html(""),
        *(_rule(rule, days, t) for rule, days in card.rules.days.items()),
    ]
    if not card.rules.days:
        lines.append(t.html("Nothing follows."))
    if timed := _timed(card, t):
        lines.append(t.html("⏳ Too long in a stage: {stages}", stages=cut(timed, NAMES)))
    return Screen(join(lines), keys.rules(card, t, page), subject=("follow_up", card.pipeline.id))


def ask_days(card: FollowUpCard, rule: Rule, t: Tongue) -> Screen:
    """After how many days?"""
    asked = {
        Rule.CALLBACK: t.html("How many working days after the first contact? Choose or send a number."),
        Rule.SILENT: t.html("After how many working days of silence? Choose or send a number."),
        Rule.STEP: t.html(
            "For how many days may a deal stay without a plan, before it is listed? Days off count, too."
        ),
        Rule.GREET: t.html("How many days before a birthday? Choose or send a number."),
    }
    lines = [
        t.html("<b>{rule} · {name}</b>", rule=keys.rule_label(rule, t), name=card.pipeline.name),
        asked[rule],
    ]
    return Screen(join(lines), keys.ask_days(card, rule, t))


def norms(card: FollowUpCard, t: Tongue, page: int = 0) -> Screen:
    """How long a deal may stand in each stage."""
    lines = [
        t.html("⏳ <b>Days per stage · {name}</b>", name=card.pipeline.name),
        t.html(
            "A deal that stands longer is marked on its card and listed for its head. Days off count, too."
        ),
    ]
    return Screen(join(lines), keys.norms(card, t, page))


def ask_norm(card: FollowUpCard, stage: StageNorm, t: Tongue) -> Screen:
    """How long may it stand there?"""
    lines = [
        t.html("⏳ <b>{stage} · {name}</b>", stage=stage.name, name=card.pipeline.name),
        t.html("How many days may a deal stand here? Choose or send a number."),
    ]
    return Screen(join(lines), keys.ask_norm(card, stage, t))


def _rule(rule: Rule, days: int, t: Tongue) -> Html:
    after = keys.days_label(days, t)
    match rule:
        case Rule.CALLBACK:
            return t.html("📞 {days} after the first contact: a task to call back", days=after)
        case Rule.SILENT:
            return t.html("🔁 {days} without a word from the client: a task to call again", days=after)
        case Rule.STEP if days:
            return t.html("⚠️ {days} without a word and without a plan: the deal is listed", days=after)
        case Rule.STEP:
            return t.html("⚠️ Without a next step a deal is listed at once")
        case Rule.GREET if days:
            return t.html("🎂 {days} before a client's birthday: a word in the morning", days=after)
        case Rule.GREET:
            return t.html("🎂 On a client's birthday: a word in the morning")


def _timed(card: FollowUpCard, t: Tongue) -> str:
    """How long deals may stand where; without the stages if that is all the same."""
    by_days: dict[int | None, list[str]] = {}
    for one in card.stages:
        by_days.setdefault(one.days, []).append(one.name)
    if len(by_days) == 1:
        [days] = by_days
        return t("after {days}", days=keys.days_label(days, t)) if days else ""
    return "; ".join(
        f"{', '.join(names)} — {keys.days_label(days, t)}" for days, names in by_days.items() if days
    )


def _since(call: CallLine, t: Tongue) -> list[Html]:
    if call.touched_at is None:
        return []
    return [t.html("The last contact was {when}.", when=t.when(call.touched_at))]


def _call(call: CallLine, t: Tongue) -> Html:
    title = call.title if call.title and call.title not in call.text else None
    since = t("silent for {ago}", ago=t.ago(call.touched_at)) if call.touched_at else None
    parts = (cut(title, SHORT) if title else None, since, phones.show(call.phone) if call.phone else None)
    tail = " · ".join(part for part in parts if part)
    return t.html("📞 <b>{text}</b>\n{tail}", text=cut(call.text, SHORT), tail=tail)


def _greeting(one: Greeting, shown: FollowUp, t: Tongue) -> Html:
    day = t("today") if one.day == shown.today else t.full_day(one.day)
    turns = t.many("turns {n}", "turns {n}", one.turns) if one.turns else None
    tail = ", ".join(part for part in (day, turns) if part)
    return t.html("• {name} — {tail}", name=one.name, tail=tail)


def _more(count: int, t: Tongue) -> list[Html]:
    more = count - LISTED
    return [Html(t.many("…and {n} more", "…and {n} more", more))] if more > 0 else []
