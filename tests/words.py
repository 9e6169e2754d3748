"""Whether each word by which something is found is one of its row as it stands, and none is missing."""

from sqlalchemy import select

from db.models import SearchWord
from db.searched import SUBJECTS
from db.uow import Database


async def astray(db: Database) -> set[tuple[int, str, int]]:
    """The words that are kept and should not be, or should be and are not."""
    async with db.read() as uow:
        due: set[tuple[int, str, int]] = set()
        for model, kind in SUBJECTS.items():
            due.update(await uow.words.due(kind, (await uow.session.scalars(select(model.id))).all()))
        columns = (SearchWord.source, SearchWord.word, SearchWord.subject_id)
        kept = {(row[0], row[1], row[2]) for row in await uow.session.execute(select(*columns))}
    return due ^ kept
