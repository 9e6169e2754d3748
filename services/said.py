"""What was said about a record, read again as a whole by those who may read what is said there."""

from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor
from services.client_rows import access_client
from services.dto.clients import ClientKind
from services.dto.talk import WholeNote
from services.errors import ForbiddenError, NotFoundError
from services.rows import access_deal, access_lead, access_task
from services.talk import subject_of


class SaidNotes:
    """The service of single notes."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def open(self, actor: Actor, note_id: int) -> WholeNote:
        """All that a note says, for whoever may read it. Raises `note.not_found`."""
        async with self._db.read() as uow:
            found = await uow.notes.get(note_id)
            if found is None or not await may_read(uow, actor, *subject_of(found[0])):
                raise NotFoundError("note")
            note, author = found
            line = history.note_line((await uow.notes.facts({note.id}))[note.id])
        return WholeNote(note.id, *subject_of(note), note.created_at, author, line)


async def may_read(uow: UnitOfWork, actor: Actor, subject: str, subject_id: int) -> bool:
    """Whether the actor may read what is said there; of a lead, also by the deal that it became."""
    try:
        if subject == "deal":
            await access_deal(uow, actor, subject_id, Action.DEAL_TALK_VIEW)
        elif subject == "task":
            await access_task(uow, actor, subject_id, Action.TASK_VIEW)
        elif subject in set(ClientKind):
            await access_client(uow, actor, ClientKind(subject), subject_id, Action.CLIENT_VIEW)
        elif (deal_id := await uow.leads.deal_of(subject_id)) is not None:
            await access_deal(uow, actor, deal_id, Action.DEAL_TALK_VIEW)
        else:
            await access_lead(uow, actor, subject_id, Action.LEAD_VIEW)
    except (NotFoundError, ForbiddenError):
        return False
    return True
