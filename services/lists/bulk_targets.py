"""With whom, to where or why: what may be chosen for a deed with many deals, leads or clients."""

from collections.abc import Collection

from db.repositories.history import Past
from db.uow import UnitOfWork
from services.access import Action, Actor, Reach, Role, StageKind, granted
from services.dto.bulk import Deed
from services.dto.common import Ref
from services.dto.leads import RejectReason
from services.dto.lists import StageChoice
from services.lists import asking
from services.lists.bulk_judged import ACTIONS
from services.lists.bulk_losses import offered_reasons
from services.lists.bulk_plan import bar_of_move
from services.rows import deal_standing
from services.staff import sellers_in

REASONS = tuple(reason for reason in RejectReason if reason is not RejectReason.OTHER)
"""Why many leads are none at once: what takes words is told of one lead alone."""


async def target_stages(uow: UnitOfWork, actor: Actor, ids: Collection[int]) -> list[tuple[int, StageChoice]]:
    """Where at least one of these deals may be moved, each with its pipeline.

    A loss is a deed of its own, for it takes a reason.
    """
    rows = [row for row in await uow.bulk.deals(ids) if granted(actor, Action.DEAL_VIEW, deal_standing(*row))]
    unlike = {
        (stage.id, deal.owner_id, deal.department_id, *deal.crew, deal.archived_at is None): (deal, stage)
        for deal, stage in rows
    }
    return [
        (target.pipeline_id, one)
        for target, one in await asking.stage_rows(uow, actor)
        if target.kind != StageKind.LOST
        and any(bar_of_move(actor, row, target) is None for row in unlike.values())
    ]


async def target_choices(uow: UnitOfWork, actor: Actor, ids: Collection[int], deed: Deed) -> list[Ref]:
    """The colleagues, tags or reasons; why leads are none is told by codes."""
    match deed.plain:
        case Deed.GIVE:
            return await _heirs(uow, actor, deed)
        case Deed.LOSE:
            return await offered_reasons(uow, {deal.pipeline_id for deal, _ in await uow.bulk.deals(ids)})
        case Deed.REJECT:
            return [Ref(number, code) for number, code in enumerate(REASONS)]
        case Deed.UNTAG:
            known = await asking.tags(uow, actor, deed.subject)
            borne = await uow.tags.borne(deed.subject, ids)
            return [Ref(one, name) for one, name in known.items() if one in borne]
    return [Ref(one, name) for one, name in (await asking.tags(uow, actor)).items()]


async def _heirs(uow: UnitOfWork, actor: Actor, deed: Deed) -> list[Ref]:
    """Whoever sees their own leads alone hands these over to the other sellers of their departments."""
    if deed is Deed.LEAD_GIVE and actor.reach(ACTIONS[deed]) == Reach.OWN:
        return await sellers_in(uow, actor.departments, but=actor.person_id)
    own = [Ref(actor.person_id, actor.name)] if actor.role in (Role.HEAD, Role.MANAGER) else []
    return [*own, *await asking.sellers(uow, actor, deed.subject)]


async def target_of(uow: UnitOfWork, event: Past, deed: Deed) -> Ref:
    """What a deed had aimed at, by name; nameless if that is gone."""
    one = int(event.changes["target"][1])
    match deed:
        case Deed.REJECT:
            return Ref(one, REASONS[one])
        case Deed.MOVE:
            stage = await uow.pipelines.stage(one)
            return Ref(one, stage.name if stage is not None else "")
        case Deed.LOSE:
            reason = await uow.pipelines.loss_reason(one)
            return Ref(one, reason.name if reason is not None else "")
    names = await (uow.people if deed.plain is Deed.GIVE else uow.tags).names([one])
    return Ref(one, names.get(one, ""))
