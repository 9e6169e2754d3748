"""The archive: closed deals that are out of the way, in no list but its own, and still in every figure."""

from db.models import Deal
from db.uow import Database, UnitOfWork
from services import deal_changes, history, task_drops
from services.access import CLOSED_KINDS, Action, Actor, StageKind, granted, require, scope
from services.clock import Clock
from services.deal_cards import build_card
from services.deal_lines import PAGE, deal_lines
from services.dto.common import Page
from services.dto.deals import DealCard, DealLine
from services.dto.tasks import Link
from services.errors import AppError, ForbiddenError, StaleError
from services.rows import access_deal, archive_action, deal_standing


class DealArchive:
    """The service of the archive; for whom, see `rows.archive_action`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def page(self, actor: Actor, after: int | None = None) -> Page[DealLine]:
        """Archived deals that the actor may see, newest first; `after` is the last page's key."""
        require(actor, Action.DEAL_VIEW)
        async with self._db.read() as uow:
            within = scope(actor, Action.DEAL_VIEW)
            rows = await uow.deals.page(within, None, after, PAGE + 1, archived=True)
            return deal_lines(actor, rows)

    async def plan(self, actor: Actor, deal_id: int) -> tuple[DealCard, int]:
        """A deal that could be put away, and how many open tasks would be dropped. Raises as `put_away`."""
        async with self._db.read() as uow:
            deal, _ = await _closed_deal(uow, actor, deal_id)
            if deal.archived_at is not None:
                raise StaleError
            tasks = await uow.tasks.open_for("deal", deal_id)
            return await build_card(uow, actor, deal_id, self._clock.now()), len(tasks)

    async def put_away(self, actor: Actor, deal_id: int, version: int) -> DealCard:
        """Put a closed deal into the archive; what was still to do for it is dropped.

        Raises `deal.not_found`, `not_allowed`, `deal.open`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            deal, action = await _closed_deal(uow, actor, deal_id)
            now = self._clock.now()
            if deal.version != version or deal.archived_at is not None:
                raise StaleError
            dropped = await task_drops.drop_open(uow, actor, now, Link("deal", deal.id))
            changes: history.Changes = {"archived": (False, True)}
            changes |= task_drops.changes_of(dropped, [])
            event = await deal_changes.write(uow, actor, now, action, deal, changes, archived_at=now)
            await task_drops.refresh(uow, now, dropped, event)
            return await build_card(uow, actor, deal_id, now)

    async def take_out(self, actor: Actor, deal_id: int, version: int) -> DealCard:
        """Take a deal out of the archive, as it was, but for the tasks: these stay dropped.

        Raises `deal.not_found`, `not_allowed`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            deal, action = await _closed_deal(uow, actor, deal_id)
            now = self._clock.now()
            if deal.version != version or deal.archived_at is None:
                raise StaleError
            changes: history.Changes = {"archived": (True, False)}
            await deal_changes.write(uow, actor, now, action, deal, changes, archived_at=None)
            return await build_card(uow, actor, deal_id, now)


async def _closed_deal(uow: UnitOfWork, actor: Actor, deal_id: int) -> tuple[Deal, Action]:
    """A closed deal with the right that its archiving takes."""
    deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
    action = archive_action(StageKind(stage.kind))
    if not granted(actor, action, deal_standing(deal, stage)):
        raise ForbiddenError
    if stage.kind not in CLOSED_KINDS:
        raise AppError("deal.open")
    return deal, action
