"""How scores, probabilities and their rules look."""

from handlers.screen import Screen
from handlers.views.fields import field_asked, question_of_filter
from handlers.views.words import source_name
from keyboards import scoring as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.common import Sum
from services.dto.fields import Field, FieldKind, FieldSubject
from services.dto.lists import FieldAsked
from services.dto.scoring import RuleLine, Score, ScoreCard, When
from services.fields.filters import MEASURED
from services.understanding.lead_words import Source

MOST_WHY = 4


def scoring(card: ScoreCard, t: Tongue) -> Screen:
    """All rules."""
    lines = [
        t.html("🎲 <b>Score and probability</b>"),
        t.html("Points show which lead is worth most; a deal's chance begins with the percent of its stage."),
    ]
    for title, rules in (
        (t.html("\n<b>Points of a lead</b>"), card.leads),
        (t.html("\n<b>Percent of a deal</b>"), card.deals),
    ):
        lines.append(title)
        lines += [t.html("• {rule}", rule=rule_words(line, t)) for line in rules]
        if not rules:
            lines.append(t.html("No rules yet."))
    labels = [(line, rule_words(line, t)) for line in (*card.leads, *card.deals)]
    return Screen(join(lines), keys.scoring(card, labels, t), subject=("scoring", 1))


def whens(subject: FieldSubject, card: ScoreCard, t: Tongue) -> Screen:
    """What shall give points?"""
    titles = {
        FieldSubject.LEAD: t.html("🎲 What gives points to a lead?"),
        FieldSubject.DEAL: t.html("🎲 What makes a deal more likely, or less?"),
    }
    return Screen(titles[subject], keys.whens(subject, card.fields, t))


def ask_source(t: Tongue) -> Screen:
    """Which source?"""
    names = [source_name(one.value, t) for one in Source]
    return Screen(t.html("📣 <b>From which source?</b>"), keys.sources(names, t))


def ask_value(field: Field, t: Tongue) -> Screen:
    """What shall a field say?"""
    lines = [t.html("🗂 <b>{name}</b>: what shall it say?", name=field.name)]
    if field.kind in MEASURED:
        lines.append(question_of_filter(field.kind, t))
    elif not field.offered and field.kind is not FieldKind.FLAG:
        lines.append(t.html("Choose, or send how its words begin."))
    return Screen(join(lines), keys.values(field, t))


def ask_amount(t: Tongue) -> Screen:
    """From which sum on?"""
    asked = t.html("💰 From which sum on? For example <code>150000</code> or <code>150k</code>.")
    return Screen(asked, keys.asking(t))


def ask_points(t: Tongue) -> Screen:
    """How many?"""
    asked = t.html("🎲 How many points? Send <code>10</code>, or <code>-10</code> to take some away.")
    return Screen(asked, keys.asking(t))


def rule(line: RuleLine, t: Tongue) -> Screen:
    """One rule."""
    return Screen(t.html("🎲 {rule}", rule=rule_words(line, t)), keys.rule(line, t), subject=("scoring", 1))


def score_lines(score: Score | None, t: Tongue) -> list[Html]:
    """On a lead's card: its points, and why."""
    if score is None:
        return []
    return [t.html("🎲 Score: <b>{n}</b>{why}", n=score.total, why=_why(score, t))]


def chance_lines(chance: Score | None, t: Tongue) -> list[Html]:
    """On a deal's card: how likely it is won, and why."""
    if chance is None:
        return []
    return [t.html("🎲 Probability: <b>{n} %</b>{why}", n=chance.total, why=_why(chance, t))]


def rule_words(line: RuleLine, t: Tongue) -> str:
    """What holds, and the points for it."""
    return f"{_when(line, t)} {_signed(line.rule.points)}"


def _why(score: Score, t: Tongue) -> str:
    parts = [t("stage {n}", n=score.base)] if score.base is not None and score.why else []
    parts += [rule_words(line, t) for line in score.why[:MOST_WHY]]
    if len(score.why) > MOST_WHY:
        parts.append(f"+{len(score.why) - MOST_WHY}…")
    return f" · {'; '.join(parts)}" if parts else ""


def _when(line: RuleLine, t: Tongue) -> str:
    rule_ = line.rule
    match rule_.when:
        case When.SOURCE:
            return source_name(str(rule_.value), t)
        case When.AMOUNT:
            least = rule_.value if isinstance(rule_.value, int) else 0
            return t("sum from {amount}", amount=t.money(Sum(least, line.currency)))
        case When.REACHED:
            return t("client reached")
    return field_asked(FieldAsked(line.field, rule_.value), t) if line.field else t("a field that is gone")


def _signed(points: int) -> str:
    return f"+{points}" if points > 0 else f"−{-points}"
