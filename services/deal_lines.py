"""Deals in one line each, page by page, and what those in work are likely to bring."""

from collections.abc import Mapping, Sequence

from db.models import Deal, Stage, Workspace
from db.uow import UnitOfWork
from services.access import CLOSED_KINDS, Action, Actor, scope
from services.deal_cards import stage_ref
from services.dto.common import Page, Sum
from services.dto.deals import DealLine, Recent
from services.scoring.judging import percent_of

PAGE = 8
LATEST = 5


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


async def latest_deals(uow: UnitOfWork, actor: Actor, pipeline_id: int) -> tuple[Recent, ...]:
    """The few deals of a pipeline that somebody likely wants: own ones that moved last, then the newest."""
    latest = await uow.deals.of_owner_lately(actor.person_id, LATEST, pipeline_id)
    if len(latest) < LATEST:
        known, reach = {deal.id for deal, _ in latest}, scope(actor, Action.DEAL_VIEW)
        newest = await uow.deals.page(reach, None, None, 2 * LATEST, pipeline_id=pipeline_id)
        latest += [(deal, client) for deal, _, client, _ in newest if deal.id not in known]
    return tuple(Recent(deal.id, deal.title, client) for deal, client in latest[:LATEST])


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
