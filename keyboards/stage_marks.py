"""The coloured marks of stages."""

from services.access import StageKind
from services.dto.deals import StageRef
from services.pipelines.shape import Color
from services.topic_looks import COLORS

__all__ = ["COLORS", "KINDS", "STYLES", "mark", "named"]

STYLES = {StageKind.WON: "success", StageKind.LOST: "danger", StageKind.PAYMENT: "primary"}
KINDS = {StageKind.OPEN: "🔵", StageKind.PAYMENT: "🟡", StageKind.WON: "🟢", StageKind.LOST: "🔴"}


def named(stage: StageRef) -> str:
    """A stage on a button among others: its mark, then its name."""
    return f"{mark(stage)} {stage.name}"


def mark(stage: StageRef) -> str:
    """The square of the stage's colour, else the disc of its kind."""
    return COLORS[Color(stage.color)] if stage.color else KINDS[stage.kind]
