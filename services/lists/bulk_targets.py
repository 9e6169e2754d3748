"""With whom, to where or why: what may be chosen for a deed with many deals."""

from collections.abc import Collection

from db.uow import UnitOfWork
from services.access import Action, Actor, Role, StageKind, granted
from services.dto.bulk import Deed
from services.dto.common import Ref
from services.dto.lists import StageChoice
from services.lists import asking
from services.lists.bulk_losses import offered_reasons
from services.lists.bulk_plan import bar_of_move
from services.rows import deal_standing


async def target_stages(uow: UnitOfWork, actor: Actor, ids: Collection[int]) -> list[StageChoice]:
    """Where at least one of these deals may be moved; a loss is a deed of its own, for it takes a reason."""
    rows = [row for row in await uow.bulk.deals(ids) if granted(actor, Action.DEAL_VIEW, deal_standing(*row))]
    unlike = {
        (stage.id, deal.owner_id, deal.department_id, *deal.crew, deal.archived_at is None): (deal, stage)
        for deal, stage in rows
    }
    return [
        one
        for target, one in await asking.stage_rows(uow, actor)
        if target.kind != StageKind.LOST
        and any(bar_of_move(actor, row, target) is None for row in unlike.values())
    ]


async def target_choices(uow: UnitOfWork, actor: Actor, ids: Collection[int], deed: Deed) -> list[Ref]:
    """The colleagues, tags or reasons of loss."""
    if deed is Deed.GIVE:
        own = [Ref(actor.person_id, actor.name)] if actor.role in (Role.HEAD, Role.MANAGER) else []
        return [*own, *await asking.sellers(uow, actor)]
    if deed is Deed.LOSE:
        return await offered_reasons(uow, {deal.pipeline_id for deal, _ in await uow.bulk.deals(ids)})
    return [Ref(one, name) for one, name in (await asking.tags(uow, actor)).items()]
