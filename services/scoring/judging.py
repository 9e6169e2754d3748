"""The score of a lead and the probability of a deal, as their cards show them."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.models import Deal, Lead, Stage
from db.uow import UnitOfWork
from services.access import CLOSED_KINDS, StageKind
from services.dto.fields import FieldLine, FieldSubject
from services.dto.scoring import Rule, Score, When
from services.scoring.rules import Facts, rules_of, score, stage_percent


async def lead_score(
    uow: UnitOfWork, lead: Lead, scoring: Mapping[str, Any] | None, lines: tuple[FieldLine, ...]
) -> Score | None:
    """The points of a lead; none where the company has no rules for leads."""
    rules = rules_of(scoring or {}, FieldSubject.LEAD)
    if not rules:
        return None
    reached = _asks_calls(rules) and await uow.talk.was_reached(lead_id=lead.id)
    return score(rules, Facts(lead.amount, lead.source, reached, lines), lead.currency)


async def deal_chance(
    uow: UnitOfWork,
    deal: Deal,
    stage: Stage,
    stages: Sequence[Stage],
    scoring: Mapping[str, Any] | None,
    lines: tuple[FieldLine, ...],
) -> Score | None:
    """How likely a deal in work is won; none where the company does not count so."""
    if not (scoring or {}).get("shown") or stage.kind in CLOSED_KINDS:
        return None
    rules = rules_of(scoring or {}, FieldSubject.DEAL)
    reached = _asks_calls(rules) and await uow.talk.was_reached(deal_id=deal.id, lead_id=deal.lead_id)
    facts = Facts(deal.amount, deal.source, reached, lines)
    return score(rules, facts, deal.currency, percent_of(stage, stages))


def percent_of(stage: Stage, stages: Sequence[Stage]) -> int:
    """How likely a deal of a stage is won, among the stages of its pipeline."""
    plain = [one.id for one in stages if one.kind == StageKind.OPEN]
    place = plain.index(stage.id) if stage.id in plain else 0
    return stage_percent(stage.percent, stage.kind, place, len(plain))


def _asks_calls(rules: Sequence[Rule]) -> bool:
    return any(rule.when is When.REACHED for rule in rules)
