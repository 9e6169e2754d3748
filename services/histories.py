"""The histories of leads, clients and tasks: who changed what, when and by which door."""

from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor
from services.client_rows import access_client
from services.dto.clients import ClientKind
from services.dto.common import History
from services.rows import access_lead, access_task


class Histories:
    """The service of histories; for whoever sees the subject."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of_lead(self, actor: Actor, lead_id: int, after: int | None = None) -> History:
        """What happened to a lead, newest first; `after` is the last page's key. Raises `lead.not_found`."""
        async with self._db.read() as uow:
            lead = await access_lead(uow, actor, lead_id, Action.LEAD_VIEW)
            return await _page(uow, "lead", lead.id, lead.title, after, currency=lead.currency)

    async def of_client(
        self, actor: Actor, kind: ClientKind, client_id: int, after: int | None = None
    ) -> History:
        """The same of a contact or a company. Raises `contact.not_found`, `firm.not_found`."""
        async with self._db.read() as uow:
            client = await access_client(uow, actor, kind, client_id, Action.CLIENT_VIEW)
            return await _page(uow, kind, client.id, client.name, after, import_id=client.import_id)

    async def of_task(self, actor: Actor, task_id: int, after: int | None = None) -> History:
        """The same of a task. Raises `task.not_found`."""
        async with self._db.read() as uow:
            task = (await access_task(uow, actor, task_id, Action.TASK_VIEW)).task
            return await _page(uow, "task", task.id, task.text, after)


async def _page(
    uow: UnitOfWork,
    subject: str,
    subject_id: int,
    title: str,
    after: int | None,
    *,
    currency: str = "",
    import_id: int | None = None,
) -> History:
    events = await uow.history.last_of(subject, subject_id, history.PAGE + 1, after)
    page = await history.page(uow, events, import_id)
    return History(subject, subject_id, title, page, currency)
