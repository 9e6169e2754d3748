"""The rules as they are kept, what holds of a lead or a deal, and what that comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from services.access import StageKind
from services.dto.fields import Field, FieldLine, FieldSubject
from services.dto.scoring import Rule, RuleLine, Score, When
from services.fields.filters import condition_of
from services.fields.values import rows_of, words_of

MOST = 30
MOST_POINTS = 100
LIKELY_PAYMENT = 90


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules ask of a lead or a deal. `amount` is in minor units."""

    amount: int | None
    source: str
    reached: bool
    lines: tuple[FieldLine, ...]


def rules_of(scoring: Mapping[str, Any], subject: FieldSubject | None = None) -> list[Rule]:
    """The rules as they were kept; of leads or of deals alone, if it is said which."""
    rules = [
        Rule(**{**one, "subject": FieldSubject(one["subject"]), "when": When(one["when"])})
        for one in scoring.get("rules", [])
    ]
    return [rule for rule in rules if subject in (None, rule.subject)]


def kept(rules: Sequence[Rule], *, shown: bool) -> dict[str, Any]:
    """As they are kept."""
    return {"rules": [asdict(rule) for rule in rules], "shown": shown}


def holds(rule: Rule, facts: Facts) -> bool:
    """Whether a rule gives its points."""
    match rule.when:
        case When.SOURCE:
            return facts.source == rule.value
        case When.AMOUNT:
            return facts.amount is not None and isinstance(rule.value, int) and facts.amount >= rule.value
        case When.REACHED:
            return facts.reached
    line = next((one for one in facts.lines if one.field.id == rule.field_id), None)
    return line is not None and line.value is not None and _says(line, rule)


def _says(line: FieldLine, rule: Rule) -> bool:
    """The same as a list by filter asks of the database."""
    if rule.value == "":
        return True
    asked = condition_of(line.field, rule.value)
    if asked.words:
        said = words_of(line.field, line.value)
        return all(any(one.startswith(word) for one in said) for word in asked.words)
    numbers = [row["number"] for row in rows_of(line.field, line.value) if row["number"] is not None]
    low, high = asked.low, asked.high
    return any((low is None or low <= one) and (high is None or one <= high) for one in numbers)


def score(rules: Sequence[Rule], facts: Facts, currency: str, base: int | None = None) -> Score:
    """The points of the rules that hold; with a `base` in percent, never below 0 nor above 100."""
    fields = {one.field.id: one.field for one in facts.lines}
    why = tuple(rule_line(rule, fields, currency) for rule in rules if holds(rule, facts))
    total = (base or 0) + sum(line.rule.points for line in why)
    return Score(total if base is None else max(0, min(100, total)), base, why)


def rule_line(rule: Rule, fields: Mapping[int, Field], currency: str) -> RuleLine:
    """A rule with what it names."""
    return RuleLine(rule, fields.get(rule.field_id), currency)


def stage_percent(percent: int | None, kind: str, place: int, count: int) -> int:
    """How likely a deal of a stage is won: as it was set, else by its kind and its place.

    `place`: from 0 on among the `count` stages in work that await no payment.
    """
    match kind:
        case StageKind.WON:
            return 100
        case StageKind.LOST:
            return 0
    if percent is not None:
        return percent
    if kind == StageKind.PAYMENT:
        return LIKELY_PAYMENT
    return round(80 * (place + 1) / (count + 1) / 5) * 5
