"""The company as a whole: what its people see before anything else."""

from datetime import datetime, time, timedelta

from db.models import Workspace
from db.uow import Database, UnitOfWork
from services.access import SETTLED_KINDS, Action, Actor, Reach, StageKind, require, scope
from services.clock import Clock
from services.deal_cards import stage_ref
from services.dto.common import Sum
from services.dto.control import Watched
from services.dto.deals import StageCount
from services.dto.people import Menu
from services.followup.steps import step_limits
from services.lists.view_rows import pinned
from services.staff import reached


class Workspaces:
    """The service of the company as a whole."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def menu(self, actor: Actor) -> Menu:
        """What waits for the actor: free leads, tasks of the day, or settled deals for finance."""
        require(actor, Action.MENU)
        now = self._clock.now()
        async with self._db.read() as uow:
            workspace = await the_workspace(uow)
            free = await _free_departments(uow, actor)
            agenda = await uow.workload.agenda(actor.person_id, free, now, day_end(now, actor))
            return Menu(
                company=workspace.name,
                free_leads=agenda.free_leads,
                overdue=agenda.overdue,
                due_today=agenda.due,
                settled=await _settled(uow, actor, workspace.currency),
                set_up=workspace.set_up_at is not None or not actor.may(Action.COMPANY_EDIT),
                watched=await _watched(uow, actor, now),
                views=await pinned(uow, actor),
            )


def day_end(now: datetime, actor: Actor) -> datetime:
    """The first moment of tomorrow in the actor's zone."""
    tomorrow = now.astimezone(actor.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), actor.zone)


async def the_workspace(uow: UnitOfWork) -> Workspace:
    """The company's settings, which stand before anybody can act."""
    workspace = await uow.people.workspace()
    if workspace is None:
        raise LookupError("the company is made at the first start, before anybody can act")
    return workspace


async def _free_departments(uow: UnitOfWork, actor: Actor) -> frozenset[int]:
    """The departments whose free leads the actor sees."""
    reach = actor.reach(Action.LEAD_VIEW)
    if Reach.ALL in reach:
        return frozenset(row.id for row in await uow.people.departments())
    return actor.departments if Reach.FREE in reach else frozenset()


async def _watched(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[tuple[Watched, int], ...]:
    """What waits in the departments that the actor watches over, without what nothing waits of."""
    if not actor.may(Action.DEPARTMENT_WATCH):
        return ()
    may = reached(actor, Action.DEPARTMENT_WATCH)
    here = [row.id for row in await uow.people.departments()] if may is None else may
    waiting = await uow.control.waiting(here, await step_limits(uow, now), now)
    counts = ((Watched.FREE, waiting.free), (Watched.ADRIFT, waiting.adrift), (Watched.LATE, waiting.late))
    return tuple((watched, count) for watched, count in counts if count)


async def _settled(uow: UnitOfWork, actor: Actor, currency: str) -> tuple[StageCount, ...]:
    """For those who see no other deals: the settled stages, of further pipelines those where money is due."""
    if actor.reach(Action.DEAL_VIEW) != Reach.SETTLED:
        return ()
    found: list[StageCount] = []
    names = {row.id: row.name for row in await uow.pipelines.all()}
    counts = await uow.deals.counts(scope(actor, Action.DEAL_VIEW))
    stages = await uow.stages.used(SETTLED_KINDS)
    for stage in stages:
        count, total = counts.get(stage.id, (0, 0))
        further = stage.pipeline_id != stages[0].pipeline_id
        if not further or (count and stage.kind == StageKind.PAYMENT):
            name = names.get(stage.pipeline_id) if further else None
            found.append(StageCount(stage_ref(stage), count, Sum(total, currency), name))
    return tuple(found)
