"""Buttons that move a deal: to a stage, to another pipeline, to its end."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, grid, rows
from keyboards.deal_data import DealLoseCb, DealMoveCb, DealReturnCb, DealWayCb
from keyboards.deals import deal_back
from keyboards.stage_marks import STYLES, named
from keyboards.tongue import Tongue
from services.access import CLOSED_KINDS
from services.dto.common import Ref
from services.dto.deals import Crossing, DealCard, MoveChoice, StageRef


def deal_moves(choice: MoveChoice, t: Tongue) -> InlineKeyboardMarkup:
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
    return rows(*grid(stages), *grid(ways(choice)), [deal_back(deal.id, t)])


def ways(choice: MoveChoice) -> list[InlineKeyboardButton]:
    """The other pipelines, to choose a stage there."""
    deal = choice.deal.id
    return [button(f"🧭 {one.name}", DealWayCb(deal_id=deal, pipeline_id=one.id)) for one in choice.pipelines]


def crossing(there: Crossing, t: Tongue) -> InlineKeyboardMarkup:
    """The stages of another pipeline, the one that means the same first."""
    return rows(*arrivals(there.deal, there.stages, there.same), [deal_back(there.deal.id, t)])


def arrivals(
    deal: DealCard, stages: tuple[StageRef, ...], first: StageRef | None
) -> list[list[InlineKeyboardButton]]:
    """These stages, one of them before the others on a line of its own."""
    others = [_arrival(deal, one, named(one), STYLES.get(one.kind)) for one in stages if one != first]
    leading = [[_arrival(deal, first, f"▶️ {first.name}", "primary")]] if first is not None else []
    return [*leading, *grid(others)]


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
