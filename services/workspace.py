"""The company as a whole: its menu facts and its settings."""

from datetime import datetime, time, timedelta

from db.models import Workspace
from db.uow import Database, UnitOfWork
from services import history
from services.access import SETTLED_KINDS, Action, Actor, Reach, StageKind, require, scope
from services.clock import Clock
from services.deal_cards import stage_ref
from services.dto.common import Sum
from services.dto.deals import StageCount
from services.dto.people import CompanyCard, Menu
from services.errors import AppError
from services.people import LANGUAGES
from services.understanding.fold import clean_line
from services.zones import is_zone

NAME_LIMIT = 60


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
            workspace = await _workspace(uow)
            free = await _free_departments(uow, actor)
            agenda = await uow.workload.agenda(actor.person_id, free, now, day_end(now, actor))
            return Menu(
                company=workspace.name,
                free_leads=agenda.free_leads,
                overdue=agenda.overdue,
                due_today=agenda.due,
                settled=await _settled(uow, actor, workspace.currency),
            )

    async def settings(self, actor: Actor) -> CompanyCard:
        """The company's settings; the owner's right."""
        require(actor, Action.COMPANY_EDIT)
        async with self._db.read() as uow:
            return _card(await _workspace(uow))

    async def rename(self, actor: Actor, name: str) -> CompanyCard:
        """Another name for the company. Raises `company.name_empty`."""
        name = clean_line(name, NAME_LIMIT)
        if not name:
            raise AppError("company.name_empty")
        return await self._edit(actor, "name", name)

    async def move_to(self, actor: Actor, time_zone: str) -> CompanyCard:
        """Another time zone for all who have not chosen their own. Raises `zone.unknown`."""
        if not is_zone(time_zone):
            raise AppError("zone.unknown")
        return await self._edit(actor, "time_zone", time_zone)

    async def speak(self, actor: Actor, language: str) -> CompanyCard:
        """Another language of team chats, and for all who have not chosen. Raises `language.unknown`."""
        if language not in LANGUAGES:
            raise AppError("language.unknown")
        return await self._edit(actor, "language", language)

    async def _edit(self, actor: Actor, field: str, value: str) -> CompanyCard:
        require(actor, Action.COMPANY_EDIT)
        async with self._db.write(actor.cause) as uow:
            workspace = await _workspace(uow)
            changes: history.Changes = {field: (getattr(workspace, field), value)}
            setattr(workspace, field, value)
            now = self._clock.now()
            await history.record(uow, actor, now, Action.COMPANY_EDIT, "company", workspace.id, changes)
            return _card(workspace)


def day_end(now: datetime, actor: Actor) -> datetime:
    """The first moment of tomorrow in the actor's zone."""
    tomorrow = now.astimezone(actor.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), actor.zone)


def _card(workspace: Workspace) -> CompanyCard:
    return CompanyCard(
        name=workspace.name,
        language=workspace.language,
        currency=workspace.currency,
        time_zone=workspace.time_zone,
        region=workspace.region,
    )


async def _workspace(uow: UnitOfWork) -> Workspace:
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


async def _settled(uow: UnitOfWork, actor: Actor, currency: str) -> tuple[StageCount, ...]:
    """The settled stages, for those who see deals by nothing else."""
    if actor.reach(Action.DEAL_VIEW) != Reach.SETTLED:
        return ()
    pipeline = await uow.pipelines.default()
    if pipeline is None:
        return ()
    counts = await uow.deals.counts(scope(actor, Action.DEAL_VIEW), pipeline.id)
    return tuple(
        StageCount(stage_ref(stage), count, Sum(total, currency))
        for stage in await uow.pipelines.stages(pipeline.id)
        if StageKind(stage.kind) in SETTLED_KINDS
        for count, total in [counts.get(stage.id, (0, 0))]
    )
