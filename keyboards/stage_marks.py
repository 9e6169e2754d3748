"""The coloured marks of stages."""

from services.access import StageKind
from services.dto.deals import StageRef
from services.pipelines.shape import Color

KINDS = {StageKind.OPEN: "🔵", StageKind.PAYMENT: "🟡", StageKind.WON: "🟢", StageKind.LOST: "🔴"}
COLORS = {
    Color.BLUE: "🟦",
    Color.GREEN: "🟩",
    Color.YELLOW: "🟨",
    Color.ORANGE: "🟧",
    Color.RED: "🟥",
    Color.PURPLE: "🟪",
    Color.BROWN: "🟫",
    Color.BLACK: "⬛",
    Color.WHITE: "⬜",
}


def mark(stage: StageRef) -> str:
    """The square of the stage's colour, else the disc of its kind."""
    return COLORS[Color(stage.color)] if stage.color else KINDS[stage.kind]
