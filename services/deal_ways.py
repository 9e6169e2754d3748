"""Which ways are open to a deal: the rights to a move, and what the stages on both sides let through."""

from db.models import Deal, Stage
from services.access import CLOSED_KINDS, Actor, StageKind, Standing, granted, move_action, passes
from services.rows import archive_action, deal_standing


def may_move(actor: Actor, standing: Standing, stage: Stage, target: Stage) -> bool:
    """Whether somebody has the right to this move, and both stages let them through."""
    action = move_action(StageKind(stage.kind), StageKind(target.kind))
    return granted(actor, action, standing) and passes(actor, stage.leave, target.enter)


def comes_out(actor: Actor, deal: Deal, stage: Stage, target: Stage) -> bool:
    """Whether somebody who may move an archived deal there takes it out of the archive by it."""
    out = archive_action(StageKind(stage.kind))
    return target.kind not in CLOSED_KINDS and granted(actor, out, deal_standing(deal, stage))


def may_return(actor: Actor, deal: Deal, stage: Stage) -> bool:
    """Whether somebody may bring a closed deal back to work, wherever a stage lets it in."""
    standing, back = deal_standing(deal, stage), move_action(StageKind(stage.kind), StageKind.OPEN)
    out = deal.archived_at is None or granted(actor, archive_action(StageKind(stage.kind)), standing)
    return out and granted(actor, back, standing) and passes(actor, stage.leave, ())
