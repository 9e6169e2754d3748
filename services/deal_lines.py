"""Deals in one line each, page by page, and what those in work are likely to bring."""

from collections.abc import Mapping, Sequence

from db.models import Deal, Stage, Workspace
from services.access import CLOSED_KINDS, Actor
from services.deal_cards import stage_ref
from services.dto.common import Page, Sum
from services.dto.deals import DealLine
from services.scoring.judging import percent_of

PAGE = 8


def deal_lines(actor: Actor, rows: Sequence[tuple[Deal, Stage, str | None, str | None]]) -> Page[DealLine]:
    """A page of deals with stage, client and owner; one row more than fits tells that there are more."""
    lines = tuple(
        DealLine(
            deal.id,
            deal.title,
            stage_ref(stage),
            Sum(deal.amount, deal.currency) if deal.amount is not None else None,
            client,
            None if deal.owner_id == actor.person_id else owner,
            archived=deal.archived_at is not None,
        )
        for deal, stage, client, owner in rows[:PAGE]
    )
    return Page(lines, lines[-1].id if len(rows) > PAGE else None)


def expected(
    workspace: Workspace | None,
    stages: Sequence[Stage],
    counts: Mapping[int, tuple[int, int]],
    currency: str,
) -> Sum | None:
    """What the deals in work are likely to bring, each sum by the percent of its stage."""
    if workspace is None or not workspace.scoring.get("shown"):
        return None
    in_work = [stage for stage in stages if stage.kind not in CLOSED_KINDS]
    parts = (counts.get(stage.id, (0, 0))[1] * percent_of(stage, stages) for stage in in_work)
    return Sum(round(sum(parts) / 100), currency)
