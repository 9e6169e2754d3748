"""Buttons that move a deal: to a stage, to another pipeline, to its end."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, grid, rows
from keyboards.deal_data import DealLoseCb, DealMoveCb, DealMovesCb, DealReturnCb, DealWayCb
from keyboards.deals import deal_back
from keyboards.paging import leafed
from keyboards.stage_marks import STYLES, named
from keyboards.tongue import Tongue
from services.access import CLOSED_KINDS
from services.dto.common import Ref
from services.dto.deals import Crossing, DealCard, MoveChoice, StageRef


def deal_moves(choice: MoveChoice, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """The stages that this reader may move the deal to, and the other pipelines."""
    deal = choice.deal
    stages = [
        button(
            named(stage),
            DealMoveCb(deal_id=deal.id, stage_id=stage.id, version=deal.version),
            STYLES.get(stage.kind),
        )
        for stage in deal.moves
    ]
    shown = leafed(stages, page, DealMovesCb(deal_id=deal.id), ways(choice))
    return rows(*shown, [deal_back(deal.id, t)])


def ways(choice: MoveChoice) -> list[InlineKeyboardButton]:
    """The other pipelines, to choose a stage there."""
    deal = choice.deal.id
    return [button(f"🧭 {one.name}", DealWayCb(deal_id=deal, pipeline_id=one.id)) for one in choice.pipelines]


def crossing(there: Crossing, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """The stages of another pipeline, the one that means the same first."""
    deal = there.deal
    first, others = arrivals(deal, there.stages, there.same)
    here = DealWayCb(deal_id=deal.id, pipeline_id=there.pipeline.id)
    return rows(first, *leafed(others, page, here), [deal_back(deal.id, t)])


def arrivals(
    deal: DealCard, stages: tuple[StageRef, ...], first: StageRef | None
) -> tuple[list[InlineKeyboardButton], list[InlineKeyboardButton]]:
    """These stages: the one that stands before the others on a line of its own, if any, and the others."""
    others = [_arrival(deal, one, named(one), STYLES.get(one.kind)) for one in stages if one != first]
    leading = [_arrival(deal, first, f"▶️ {first.name}", "primary")] if first is not None else []
    return leading, others


def _arrival(deal: DealCard, stage: StageRef, label: str, style: str | None) -> InlineKeyboardButton:
    """Brings it there; a closed deal with the word why that was written before."""
    kind = DealReturnCb if deal.stage.kind in CLOSED_KINDS else DealMoveCb
    return button(label, kind(deal_id=deal.id, stage_id=stage.id, version=deal.version), style)


def loss_reasons(deal: DealCard, stage_id: int, reasons: tuple[Ref, ...], t: Tongue) -> InlineKeyboardMarkup:
    """Why it is lost."""
    return rows(
        *grid(
            [
                button(
                    reason.name,
                    DealLoseCb(deal_id=deal.id, stage_id=stage_id, version=deal.version, reason_id=reason.id),
                )
                for reason in reasons
            ]
        ),
        [deal_back(deal.id, t)],
    )
