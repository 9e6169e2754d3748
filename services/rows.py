"""From an outside id to a row: the only way, and it asks for the right. Changes ask for the seeing first."""

from db.models import Deal, Stage
from db.uow import UnitOfWork
from services.access import Action, Actor, StageKind, Standing, granted
from services.errors import ForbiddenError, NotFoundError


def deal_standing(deal: Deal, stage: Stage) -> Standing:
    """What a deal's access depends on."""
    return Standing(frozenset({deal.owner_id}), deal.department_id, StageKind(stage.kind))


def check(actor: Actor, see: Action, do: Action, standing: Standing, subject: str) -> None:
    """Raise NotFoundError for what may not be seen, ForbiddenError for what may only be seen."""
    if not granted(actor, see, standing):
        raise NotFoundError(subject)
    if not granted(actor, do, standing):
        raise ForbiddenError


async def access_deal(uow: UnitOfWork, actor: Actor, deal_id: int, action: Action) -> tuple[Deal, Stage]:
    """A deal with its stage, for an action. Raises `deal.not_found` or `not_allowed`."""
    found = await uow.deals.get(deal_id)
    if found is None:
        raise NotFoundError("deal")
    check(actor, Action.DEAL_VIEW, action, deal_standing(*found), "deal")
    return found
