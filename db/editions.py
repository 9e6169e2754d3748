"""Which edition a pipeline's stages are: a number of chance, and another one as soon as any of them changes.

The database gives it, whoever changes them and by whatever statement; so whoever has kept the stages of this
edition need not read them again. It is no counter: of two changes the one that is taken back must not leave
its number to the other.
"""

from collections.abc import Iterable, MutableMapping
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.models import Stage

SQLITE = (
    """CREATE TRIGGER stage_made AFTER INSERT ON stage
BEGIN UPDATE pipeline SET edition = random() WHERE id = NEW.pipeline_id; END""",
    """CREATE TRIGGER stage_changed AFTER UPDATE ON stage
BEGIN UPDATE pipeline SET edition = random() WHERE id = NEW.pipeline_id; END""",
    """CREATE TRIGGER stage_gone AFTER DELETE ON stage
BEGIN UPDATE pipeline SET edition = random() WHERE id = OLD.pipeline_id; END""",
)
POSTGRESQL = (
    """CREATE FUNCTION edition_made() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
UPDATE pipeline SET edition = (random() * 9007199254740991)::bigint
WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.pipeline_id ELSE NEW.pipeline_id END; RETURN NULL; END $$""",
    """CREATE TRIGGER stage_changed AFTER INSERT OR UPDATE OR DELETE ON stage
FOR EACH ROW EXECUTE FUNCTION edition_made()""",
)

Kept = MutableMapping[int, tuple[int, list[Stage]]]
"""By pipelines: an edition, and its stages in order."""
_KEPT: WeakKeyDictionary[object, Kept] = WeakKeyDictionary()
"""By the pool of connections that lead to their database."""


def kept(session: AsyncSession) -> Kept:
    """What this process has kept of the database that a session speaks with."""
    return _KEPT.setdefault(session.get_bind().engine.pool, {})


def copies(stages: Iterable[Stage]) -> list[Stage]:
    """Stages that belong to no session."""
    names = Stage.__table__.columns.keys()
    return [Stage(**{name: getattr(stage, name) for name in names}) for stage in stages]


def _watch(_metadata: Any, connection: Connection, **_: Any) -> None:
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement)


event.listen(Base.metadata, "after_create", _watch)
