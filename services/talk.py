"""What is said about a record by message: comments, forwards and files become its notes."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from db.models import Deal, Note, Stage
from db.uow import Database, UnitOfWork
from services import deal_talk, history, notices
from services.access import Action, Actor, require, scope
from services.client_rows import access_client
from services.clock import Clock
from services.deal_naming import bring_in
from services.dto.clients import ClientKind
from services.dto.common import Ref
from services.dto.mentions import NO_ONE, Heard, Mentions
from services.dto.talk import Origin, Said
from services.dto.tasks import OLDER_CARD
from services.errors import AppError, NotFoundError
from services.lead_changes import hold
from services.lead_making import company
from services.pipelines.auto_rules import Happening
from services.pipelines.autos import happened
from services.rows import access_deal, access_task
from services.search import read_query
from services.understanding.fold import clean, clean_line, fold

TEXT_LIMIT = 4096
"""Telegram's own."""
MOST_MESSAGES = 20
OFFERED = 5
FOUND = 8
COLUMNS = {
    "deal": "deal_id",
    "lead": "lead_id",
    "contact": "contact_id",
    "firm": "company_id",
    "task": "task_id",
}
"""Subjects that take notes, and what of a note names them."""


class Talk:
    """The service of what is said."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def subject_at(self, chat_id: int, message_id: int) -> tuple[str, int] | None:
        """The subject whose card a message is; rights are asked when a note is to be kept."""
        async with self._db.look() as uow:
            found = await uow.cards.at(chat_id, message_id)
            return ("task", found[1]) if found is not None and found[0] == OLDER_CARD else found

    async def card_in(
        self, chat_id: int, subject: str, subject_id: int, within: timedelta | None = None
    ) -> int | None:
        """The message that is a subject's card in a chat; `within`: unless it became so longer ago."""
        async with self._db.look() as uow:
            card = await uow.cards.find(chat_id, subject, subject_id)
            if card is None or (within is not None and self._clock.now() - card.updated_at > within):
                return None
            return card.message_id

    async def recent(self, actor: Actor) -> tuple[Ref, ...]:
        """The deals that the actor most likely speaks of: own ones in work, then others within reach."""
        require(actor, Action.NOTE_ADD)
        async with self._db.read() as uow:
            deals = [deal for deal, _ in await uow.deals.of_owner_lately(actor.person_id, OFFERED)]
            if len(deals) < OFFERED:
                known = {deal.id for deal in deals}
                more = await uow.deals.page(scope(actor, Action.NOTE_ADD), None, None, 2 * OFFERED)
                deals += [deal for deal, *_ in more if deal.id not in known]
            return tuple(Ref(deal.id, deal.title) for deal in deals[:OFFERED])

    async def find(self, actor: Actor, text: str) -> tuple[Ref, ...]:
        """The newest deals that the actor may write to and that a text describes."""
        require(actor, Action.NOTE_ADD)
        async with self._db.read() as uow:
            needle = read_query(text, (await company(uow)).region)
            rows = await uow.search.deals(scope(actor, Action.NOTE_ADD), needle, None, FOUND)
            return tuple(Ref(deal.id, deal.title) for deal, _, _ in rows)

    async def keep(self, actor: Actor, subject: str, subject_id: int, said: Sequence[Said]) -> None:
        """Make notes of messages; an album is one note, also with what came of it before.

        Whoever else works on a deal is told of what is said about it.
        Raises `<subject>.not_found`, `not_allowed`, `stale`, `note.empty`, `note.too_many`.
        """
        said = [one for one in said if one.text.strip() or one.file is not None]
        if not said:
            raise AppError("note.empty")
        if len(said) > MOST_MESSAGES:
            raise AppError("note.too_many", limit=MOST_MESSAGES)
        if subject not in COLUMNS:
            raise NotFoundError("deal")
        async with self._db.write(actor.cause) as uow:
            held = await hold_subject(uow, actor, subject, subject_id)
            now = self._clock.now()
            place = {COLUMNS[subject]: subject_id}
            notes = [
                await add_note(uow, actor, now, place, list(parts)) for _, parts in groupby(said, _bundle)
            ]
            changes: history.Changes = (
                {"notes": ([], notes)} if len(notes) > 1 else {"note": (None, notes[0])}
            )
            event = await history.record(uow, actor, now, Action.NOTE_ADD, subject, subject_id, changes)
            await notices.refresh_cards(uow, now, subject, subject_id, event, but=actor.telegram_id)
            if held is not None:
                deal = held[0]
                await deal_talk.tell(uow, actor, now, deal, event)
                if await _answers(uow, said):
                    await happened(uow, now, deal.id, Happening.ANSWERED, actor)

    async def join_album(self, actor: Actor, said: Said) -> bool:
        """Add a late part of an album to the note that its first parts have become; False if there is none.

        Raises as `keep`.
        """
        if said.album is None or said.file is None:
            return False
        async with self._db.read() as uow:
            if await uow.notes.of_album(said.chat_id, said.album, actor.person_id) is None:
                return False
        async with self._db.write(actor.cause) as uow:
            note = await uow.notes.of_album(said.chat_id, said.album, actor.person_id)
            if note is None:
                raise NotFoundError("deal")
            subject, subject_id = subject_of(note)
            await hold_subject(uow, actor, subject, subject_id)
            now = self._clock.now()
            file = await _add_file(uow, note.id, said)
            if said.text.strip() and not note.text:
                note.text = clean(said.text, TEXT_LIMIT)
                await uow.notes.flush()
            # The record's history tells of the album once, when its first part came.
            event = await history.record(
                uow, actor, now, Action.NOTE_ADD, "note", note.id, {"file": (None, file)}
            )
            await notices.refresh_cards(uow, now, subject, subject_id, event)
            return True

    async def amend(self, actor: Actor, said: Said, named: Mentions = NO_ONE) -> Heard:
        """Let a note follow its message, which its author has edited; the old text stays in the history.

        Whom it names now, and did not name before, comes to work on the deal that it is about. Nothing
        happens if no note came of it. Raises as `keep`.
        """
        async with self._db.read() as uow:
            if await uow.notes.of_message(said.chat_id, said.message_id, actor.person_id) is None:
                return Heard()
        async with self._db.write(actor.cause) as uow:
            note = await uow.notes.of_message(said.chat_id, said.message_id, actor.person_id)
            text = clean(said.text, TEXT_LIMIT)
            if note is None or note.text == text or not (text or said.file):
                return Heard()
            subject, subject_id = subject_of(note)
            held = await hold_subject(uow, actor, subject, subject_id)
            now, fresh = self._clock.now(), named.besides(note.text)
            version = await uow.notes.rewrite(note, text, now)
            changes: history.Changes = {"note_was": (version, note.id)}
            event = await history.record(uow, actor, now, Action.NOTE_ADD, subject, subject_id, changes)
            sent = (said.chat_id, said.message_id)
            heard = await bring_in(uow, actor, now, *held, fresh, event, sent) if held else Heard()
            await notices.refresh_cards(uow, now, subject, subject_id, event)
            return heard


async def _answers(uow: UnitOfWork, said: Sequence[Said]) -> bool:
    """Whether one of these is a person's message that was passed on, and none of our people is called so."""
    names = {one.origin_name for one in said if one.origin in (Origin.USER, Origin.HIDDEN_USER)}
    ours = await uow.imports.known_people() if names else {}
    return any(fold(name or "") not in ours for name in names)


def subject_of(note: Note) -> tuple[str, int]:
    """The record that a note belongs to."""
    return next(
        (subject, found)
        for subject, column in COLUMNS.items()
        if (found := getattr(note, column)) is not None
    )


async def hold_subject(
    uow: UnitOfWork, actor: Actor, subject: str, subject_id: int
) -> tuple[Deal, Stage] | None:
    """Raise unless the actor may add a note there now; the deal with its stage, if it is one."""
    if subject == "deal":
        return await access_deal(uow, actor, subject_id, Action.NOTE_ADD)
    if subject == "lead":
        await hold(uow, actor, subject_id, Action.NOTE_ADD)
    elif subject == "task":
        await access_task(uow, actor, subject_id, Action.TASK_COMMENT)
    else:
        await access_client(uow, actor, ClientKind(subject), subject_id, Action.CLIENT_EDIT)
    return None


def _bundle(said: Said) -> tuple[int, str]:
    """What makes several messages one note."""
    return (said.chat_id, said.album) if said.album else (said.chat_id, f"#{said.message_id}")


async def add_note(
    uow: UnitOfWork, actor: Actor, now: datetime, place: dict[str, int], parts: list[Said]
) -> int:
    """Make one note of the parts of a message or an album, and return its id."""
    first, texts = parts[0], (clean(part.text, TEXT_LIMIT) for part in parts)
    text = clean("\n".join(text for text in texts if text), TEXT_LIMIT)
    note = await uow.notes.insert(text=text, author_id=actor.person_id, created_at=now, **place)
    await uow.notes.add_source(
        note_id=note,
        chat_id=first.chat_id,
        message_id=first.message_id,
        album=first.album,
        origin=first.origin,
        origin_name=clean_line(first.origin_name, 200) if first.origin_name else None,
        origin_at=first.origin_at,
    )
    for part in _with_files(parts):
        await _add_file(uow, note, part)
    return note


def _with_files(parts: Iterable[Said]) -> list[Said]:
    return [part for part in parts if part.file is not None]


async def _add_file(uow: UnitOfWork, note_id: int, said: Said) -> int:
    file = said.file
    assert file is not None
    return await uow.notes.add_file(
        note_id=note_id,
        message_id=said.message_id,
        kind=file.kind,
        file_id=file.file_id,
        unique_id=file.unique_id,
        name=clean_line(file.name, 200) or None if file.name else None,
        mime=clean_line(file.mime, 120) if file.mime else None,
        size=file.size,
    )
