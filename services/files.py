"""Files that lie with records: listed, and opened again by those who may read what was said there."""

from collections.abc import Sequence

from db.repositories.notes import FoundFile
from db.uow import Database
from services.access import Action, Actor
from services.client_rows import access_client
from services.dto.clients import ClientKind
from services.dto.common import Page
from services.dto.talk import FileKind, FileLine, FileList, FileRef
from services.errors import ForbiddenError, NotFoundError
from services.rows import access_deal, access_lead, access_task
from services.said import may_read
from services.talk import COLUMNS, subject_of

PAGE = 8


class Files:
    """The service of files."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of_deal(self, actor: Actor, deal_id: int, after: int | None = None) -> FileList:
        """The files of a deal and of its lead, the newest first; `after` is the last page's key.

        Raises `deal.not_found`, `not_allowed`.
        """
        async with self._db.read() as uow:
            deal, _ = await access_deal(uow, actor, deal_id, Action.DEAL_TALK_VIEW)
            found = await uow.notes.files_of_deal(deal, after, PAGE + 1)
        return _list("deal", deal.id, deal.title, found)

    async def of_lead(self, actor: Actor, lead_id: int, after: int | None = None) -> FileList:
        """The files of a lead; as a deal, for who may read that. Raises `lead.not_found`, `not_allowed`."""
        async with self._db.read() as uow:
            lead = await access_lead(uow, actor, lead_id, Action.LEAD_VIEW)
            if not await may_read(uow, actor, "lead", lead.id):
                raise ForbiddenError
            found = await uow.notes.files_of("lead_id", lead.id, after, PAGE + 1)
        return _list("lead", lead.id, lead.title, found)

    async def of_client(
        self, actor: Actor, kind: ClientKind, client_id: int, after: int | None = None
    ) -> FileList:
        """The files of a contact or a company. Raises `contact.not_found`, `firm.not_found`."""
        async with self._db.read() as uow:
            client = await access_client(uow, actor, kind, client_id, Action.CLIENT_VIEW)
            found = await uow.notes.files_of(COLUMNS[kind], client.id, after, PAGE + 1)
        return _list(kind, client.id, client.name, found)

    async def of_task(self, actor: Actor, task_id: int, after: int | None = None) -> FileList:
        """The files of a task, the newest first. Raises `task.not_found`."""
        async with self._db.read() as uow:
            task = (await access_task(uow, actor, task_id, Action.TASK_VIEW)).task
            found = await uow.notes.files_of("task_id", task.id, after, PAGE + 1)
        return _list("task", task.id, task.text, found)

    async def open(self, actor: Actor, file_id: int) -> FileRef:
        """What opens a file, for whoever may read the note that it lies with. Raises `file.not_found`."""
        async with self._db.read() as uow:
            found = await uow.notes.file(file_id)
            if found is None or not await may_read(uow, actor, *subject_of(found.note)):
                raise NotFoundError("file")
            workspace = await uow.people.workspace()
            protect = workspace is not None and workspace.protects_clients
        return FileRef(file_id, FileKind(found.file.kind), found.file.file_id, protect)


def _list(subject: str, subject_id: int, title: str, found: Sequence[FoundFile]) -> FileList:
    lines = tuple(_line(one) for one in found[:PAGE])
    return FileList(subject, subject_id, title, Page(lines, lines[-1].id if len(found) > PAGE else None))


def _line(found: FoundFile) -> FileLine:
    file = found.file
    kind = FileKind(file.kind)
    return FileLine(file.id, kind, file.name, file.size, found.note.created_at, found.author)
