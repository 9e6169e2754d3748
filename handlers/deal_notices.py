"""What is told about deals when nobody asked."""

from typing import Any

from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.views import deal_rules as rules
from handlers.views import deals as views
from services.choices import choice
from services.notices import NoticeKind
from services.pipelines.auto_rules import Happening


@registry.notice(NoticeKind.DEAL_GIVEN)
async def deal_given(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """You got a deal."""
    if viewer.actor is None:
        return None
    deal = await viewer.services.deals.card(viewer.actor, int(params["id"]))
    return views.given(deal, str(params["by"]), viewer.t)


@registry.notice(NoticeKind.DEAL_COMMENTED)
async def deal_commented(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """A colleague wrote about a deal on which you work."""
    if viewer.actor is None:
        return None
    deal = await viewer.services.deals.card(viewer.actor, int(params["id"]))
    if deal.talk is None or deal.muted:
        return None
    return views.commented(deal, str(params["by"]), viewer.t)


@registry.notice(NoticeKind.DEAL_WON)
async def deal_won(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Your deal is paid."""
    if viewer.actor is None:
        return None
    deal = await viewer.services.deals.card(viewer.actor, int(params["id"]))
    return None if deal.muted else views.won(deal, viewer.t)


@registry.notice(NoticeKind.DEAL_RULED)
async def deal_ruled(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """A rule has moved it, or would have; nothing is said of the latter once it stands there."""
    if viewer.actor is None:
        return None
    deal = await viewer.services.deals.card(viewer.actor, int(params["id"]))
    stage, missing = int(params.get("stage", 0)), [str(one) for one in params.get("lacks", ())]
    if deal.muted or (missing and deal.stage.id == stage):
        return None
    what = choice(Happening, str(params.get("what", Happening.SILENT)))
    may = bool(missing) and await viewer.services.crossings.reaches(viewer.actor, deal.id, stage)
    target = (stage, str(params.get("name", "—")))
    if "after" in params:
        return rules.begun(deal, what, (int(params["after"]), target[1]), missing, viewer.t)
    return rules.ruled(deal, what, target, missing, viewer.t, may=may)
