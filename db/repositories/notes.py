"""Notes that were messages: their sources, their files and what they said before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, exists, func, insert, or_, select, update

from db.models import Deal, Note, NoteFile, NoteSource, NoteVersion, Person
from db.repositories.base import Repository
from db.searched import written

FILE = cast("Table", NoteFile.__table__)


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What a history tells of a note; `kind`, `name` and `file_id` are those of one of its files."""

    id: int
    text: str
    origin_name: str | None
    origin_at: datetime | None
    edited: bool
    files: int
    kind: str | None
    name: str | None
    file_id: int | None


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file with its note and the author of that."""

    file: NoteFile
    note: Note
    author: str | None


# Most cards show notes, so this is built once.
_FACTS = (
    select(
        Note.id,
        Note.text,
        NoteSource.origin_name,
        NoteSource.origin_at,
        NoteSource.edited_at,
        func.count(NoteFile.id),
        func.max(NoteFile.kind),
        func.max(NoteFile.name),
        func.max(NoteFile.id),
    )
    .outerjoin(NoteSource, NoteSource.note_id == Note.id)
    .outerjoin(NoteFile, NoteFile.note_id == Note.id)
    .where(Note.id.in_(bindparam("ids", expanding=True)))
    .group_by(
        Note.id,
        Note.text,
        NoteSource.note_id,
        NoteSource.origin_name,
        NoteSource.origin_at,
        NoteSource.edited_at,
    )
)
_FILES = (
    select(NoteFile, Note, Person.name)
    .join(Note, Note.id == NoteFile.note_id)
    .outerjoin(Person, Person.id == Note.author_id)
)


def has_files(column: Any, subject_id: Any) -> ColumnElement[bool]:
    """That files lie with what this column of a note names: cards ask along with what they read anyway."""
    return exists().where(NoteFile.note_id == Note.id, column == subject_id).correlate(subject_id.class_)


class NoteRepository(Repository):
    """A note's text is replaced only by its author's own edit, and the old one stays."""

    async def insert(self, **values: object) -> int:
        """Add a note and return its id."""
        note = (await self.session.execute(insert(Note).values(**values).returning(Note.id))).scalar_one()
        written(self.session, "note", {note})
        return note

    async def add_source(self, **values: object) -> None:
        """Say which message a note was."""
        await self.session.execute(insert(NoteSource).values(**values))

    async def add_file(self, **values: object) -> int:
        """Add a file to a note and return its id."""
        return int(
            (await self.session.execute(insert(FILE).values(**values).returning(FILE.c.id))).scalar_one()
        )

    async def facts(self, ids: Collection[int]) -> dict[int, NoteFacts]:
        """Notes by their ids."""
        if not ids:
            return {}
        rows = await self.session.execute(_FACTS, {"ids": sorted(ids)})
        return {
            note: NoteFacts(note, text, whose, written, edited is not None, files, kind, name, file)
            for note, text, whose, written, edited, files, kind, name, file in rows
        }

    async def get(self, note_id: int) -> tuple[Note, str | None] | None:
        """One note with its author's name."""
        query = select(Note, Person.name).outerjoin(Person, Person.id == Note.author_id)
        row = (await self.session.execute(query.where(Note.id == note_id))).one_or_none()
        return (row[0], row[1]) if row else None

    async def versions(self, ids: Collection[int]) -> dict[int, str]:
        """What notes said before, by the ids of the versions."""
        if not ids:
            return {}
        rows = await self.session.execute(
            select(NoteVersion.id, NoteVersion.text).where(NoteVersion.id.in_(sorted(ids)))
        )
        return {version: text for version, text in rows}  # noqa: C416 - dict() of typed rows does not type-check

    async def of_message(self, chat_id: int, message_id: int, author_id: int) -> Note | None:
        """The note that somebody's message was, also if it is a later one of an album."""
        later = select(NoteFile.note_id).where(NoteFile.message_id == message_id)
        query = (
            select(Note)
            .join(NoteSource, NoteSource.note_id == Note.id)
            .where(
                NoteSource.chat_id == chat_id,
                Note.author_id == author_id,
                or_(NoteSource.message_id == message_id, NoteSource.note_id.in_(later)),
            )
            .order_by(Note.id.desc())
            .limit(1)
        )
        return await self.session.scalar(query)

    async def of_album(self, chat_id: int, album: str, author_id: int) -> Note | None:
        """The note that an album has become."""
        query = (
            select(Note)
            .join(NoteSource, NoteSource.note_id == Note.id)
            .where(NoteSource.chat_id == chat_id, NoteSource.album == album, Note.author_id == author_id)
            .limit(1)
        )
        return await self.session.scalar(query)

    async def rewrite(self, note: Note, text: str, now: datetime) -> int:
        """Replace a note's text and return the version that keeps the old one."""
        kept = insert(NoteVersion).values(note_id=note.id, text=note.text, replaced_at=now)
        version = (await self.session.execute(kept.returning(NoteVersion.id))).scalar_one()
        note.text = text
        await self.session.execute(
            update(NoteSource).where(NoteSource.note_id == note.id).values(edited_at=now)
        )
        await self.session.flush()
        return version

    async def file(self, file_id: int) -> FoundFile | None:
        """One file."""
        row = (await self.session.execute(_FILES.where(NoteFile.id == file_id))).one_or_none()
        return FoundFile(*row) if row else None

    async def files_of_deal(self, deal: Deal, before_id: int | None, limit: int) -> Sequence[FoundFile]:
        """The files of a deal and of the lead that it was made from, the newest first."""
        here = Note.deal_id == deal.id
        of_both = here if deal.lead_id is None else or_(here, Note.lead_id == deal.lead_id)
        return await self._files(of_both, before_id, limit)

    async def files_of(
        self, column: str, subject_id: int, before_id: int | None, limit: int
    ) -> Sequence[FoundFile]:
        """The files of whatever this column of a note names, the newest first."""
        return await self._files(Note.__table__.c[column] == subject_id, before_id, limit)

    async def _files(self, of: ColumnElement[bool], before_id: int | None, limit: int) -> Sequence[FoundFile]:
        query = _FILES.where(of)
        if before_id is not None:
            query = query.where(NoteFile.id < before_id)
        rows = await self.session.execute(query.order_by(NoteFile.id.desc()).limit(limit))
        return [FoundFile(*row) for row in rows]

    async def copy_files(self, task_id: int, author_id: int, to_id: int, now: datetime) -> None:
        """What somebody has added to a task as a file lies with another task, too, with its words."""
        query = select(NoteFile, Note.text).join(Note, Note.id == NoteFile.note_id)
        theirs = query.where(Note.task_id == task_id, Note.author_id == author_id).order_by(NoteFile.id)
        copies: dict[int, int] = {}
        for file, text in (await self.session.execute(theirs)).all():
            if file.note_id not in copies:
                note = {"text": text, "task_id": to_id, "author_id": author_id, "created_at": now}
                added = insert(Note).values(**note).returning(Note.id)
                copies[file.note_id] = (await self.session.execute(added)).scalar_one()
            kept = ("message_id", "kind", "file_id", "unique_id", "name", "mime", "size")
            values = {name: getattr(file, name) for name in kept}
            await self.session.execute(insert(NoteFile).values(note_id=copies[file.note_id], **values))
        written(self.session, "note", copies.values())
