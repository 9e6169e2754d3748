"""Next steps that a head asks for: tasks for the owners of deals that nobody has planned anything for."""

from datetime import datetime

from db.models import Deal
from db.uow import Database, UnitOfWork
from services import history, notices, reminders
from services.access import CLOSED_KINDS, Action, Actor
from services.clock import Clock
from services.deal_cards import build_card
from services.dto.deals import DealCard
from services.dto.tasks import TaskCard
from services.errors import AppError, NotFoundError, StaleError
from services.rows import access_deal, access_task
from services.task_cards import build_task_card
from services.task_changes import checked_text, tell
from services.task_times import check_ahead


class NextSteps:
    """The service of next steps; for those who may give tasks to the owners of deals."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def wanting(self, actor: Actor, deal_id: int) -> DealCard:
        """A deal that wants a next step. Raises what `ask` raises."""
        async with self._db.read() as uow:
            await _adrift(uow, actor, deal_id)
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def ask(self, actor: Actor, deal_id: int, text: str, due_at: datetime) -> TaskCard:
        """Set the deal's owner a task; they are told. Once, however many ask.

        Raises `deal.not_found`, `not_allowed`, `deal.closed`, `task.empty`, `task.too_long`, `task.past`,
        `task.bad_time`, `stale`, and `task.followed` (stale) if there is a next step by now.
        """
        text, now = checked_text(text), self._clock.now()
        check_ahead(due_at, now)
        async with self._db.write(actor.cause) as uow:
            deal = await _adrift(uow, actor, deal_id)
            owner = await uow.people.get(deal.owner_id) if deal.owner_id else None
            if owner is None or not await uow.people.stays(owner.id):
                raise NotFoundError("colleague")
            # Of two who ask at once only one gets past this.
            if not await uow.deals.change(deal):
                raise StaleError
            task_id = await uow.tasks.insert(
                text=text,
                due_at=due_at,
                assignee_id=owner.id,
                author_id=actor.person_id,
                deal_id=deal.id,
                created_at=now,
            )
            await reminders.arm(uow, task_id, 1, due_at, now)
            facts = await access_task(uow, actor, task_id, Action.TASK_ASSIGN)
            changes: history.Changes = {"due_at": (None, due_at.isoformat()), "owner_id": (None, owner.id)}
            event = await tell(uow, actor, now, Action.TASK_CREATE, facts, changes)
            if owner.id != actor.person_id:
                params: dict[str, object] = {"id": task_id, "by": actor.name}
                kind, key = notices.NoticeKind.TASK_GIVEN, f"task_given:{task_id}:{event}"
                await notices.send(uow, now, [notices.private(owner)], kind, key, params)
            return await build_task_card(uow, actor, task_id, now)


async def _adrift(uow: UnitOfWork, actor: Actor, deal_id: int) -> Deal:
    deal, stage = await access_deal(uow, actor, deal_id, Action.TASK_ASSIGN)
    if stage.kind in CLOSED_KINDS:
        raise AppError("deal.closed")
    if await uow.tasks.next_of_deal(deal_id) is not None:
        raise StaleError("task.followed")
    return deal
