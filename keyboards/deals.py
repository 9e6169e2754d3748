"""Buttons of deals."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, grid, home, rows
from keyboards.data import Id, Press
from keyboards.tongue import Tongue
from services.access import StageKind
from services.dto.common import Page
from services.dto.deals import DealCard, DealLine, StageCount

STYLES = {StageKind.WON: "success", StageKind.LOST: "danger", StageKind.PAYMENT: "primary"}


class DealPress(Press, prefix="-d"):
    """A button on one deal."""

    deal_id: Id

    def subject(self) -> tuple[str, int]:
        """The deal's card."""
        return ("deal", self.deal_id)


class DealCb(DealPress, prefix="d"):
    """Open a deal."""


class DealMovesCb(DealPress, prefix="dms"):
    """Show the stages that a deal may move to."""


class DealMoveCb(DealPress, prefix="dm"):
    """Move a deal to a stage; refused if the deal has changed since `version`."""

    stage_id: Id
    version: Id


class DealUndoCb(DealPress, prefix="du"):
    """Take back the last move."""

    event_id: Id
    version: Id


class DealBoardCb(Press, prefix="db"):
    """The stages with their deals."""


class DealListCb(Press, prefix="dl"):
    """Deals of a stage (0: of all), after a key (0: from the start)."""

    stage_id: Id = 0
    after: Id = 0


def deal_card(deal: DealCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under a deal's card."""
    undo = DealUndoCb(deal_id=deal.id, event_id=deal.undo, version=deal.version) if deal.undo else None
    return rows(
        [button(t("🔀 Move"), DealMovesCb(deal_id=deal.id)) if deal.moves else None],
        [button(t("↩️ Undo"), undo) if undo else None],
        [button(t("◀️ Deals"), DealBoardCb()), home(t)],
    )


def deal_moves(deal: DealCard, t: Tongue) -> InlineKeyboardMarkup:
    """The stages that this reader may move the deal to."""
    stages = [
        button(
            stage.name,
            DealMoveCb(deal_id=deal.id, stage_id=stage.id, version=deal.version),
            STYLES.get(stage.kind),
        )
        for stage in deal.moves
    ]
    return rows(*grid(stages), [button(t("◀️ Back"), DealCb(deal_id=deal.id))])


def deal_board(stages: tuple[StageCount, ...], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each stage that holds deals."""
    return rows(
        *grid(
            [
                button(f"{row.stage.name} · {row.count}", DealListCb(stage_id=row.stage.id))
                for row in stages
                if row.count
            ]
        ),
        [home(t)],
    )


def deal_list(page: Page[DealLine], stage_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each deal, and the way on."""
    more = DealListCb(stage_id=stage_id, after=page.next_after) if page.next_after else None
    return rows(
        *[[button(f"#{line.id} {line.title}", DealCb(deal_id=line.id))] for line in page.items],
        [button(t("◀️ Stages"), DealBoardCb()), button(t("More ▶️"), more) if more else None],
    )
