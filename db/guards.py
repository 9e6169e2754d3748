"""What the database itself refuses: to change or to delete what has happened, and its seals.

Adding stays free, and notes in `unsealed` what no seal covers yet. One change is let through, by what it is
rather than by who asks: an erasure takes personal data out of `changes` and names itself. Whoever rightly
turns whole tables over, a backup, a restore or a new demo, puts the guards aside in their own transaction.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncConnection

from db.base import Base

SQLITE = (
    """CREATE TRIGGER event_is_noted AFTER INSERT ON event
BEGIN INSERT OR IGNORE INTO unsealed (event_id, at) VALUES (NEW.id, NEW.at); END""",
    """CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END""",
    """CREATE TRIGGER event_is_as_it_was BEFORE UPDATE ON event
WHEN NOT (
    NEW.fingerprint IS NOT NULL AND coalesce(OLD.fingerprint, NEW.fingerprint) = NEW.fingerprint
    AND EXISTS (SELECT 1 FROM event WHERE id = NEW.erased_by AND action = 'client.erase')
    AND NEW.id IS OLD.id AND NEW.at IS OLD.at AND NEW.actor_id IS OLD.actor_id AND NEW.door IS OLD.door
    AND NEW.bot_id IS OLD.bot_id AND NEW.update_id IS OLD.update_id AND NEW.action IS OLD.action
    AND NEW.subject IS OLD.subject AND NEW.subject_id IS OLD.subject_id
)
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END""",
    """CREATE TRIGGER seal_is_kept BEFORE DELETE ON seal
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END""",
    """CREATE TRIGGER seal_is_as_it_was BEFORE UPDATE ON seal
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION history_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
RAISE 'the history is only added to' USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE FUNCTION event_noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO unsealed (event_id, at) SELECT id, at FROM added ON CONFLICT DO NOTHING; RETURN NULL; END $$""",
    """CREATE FUNCTION event_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF NEW.fingerprint IS NOT NULL AND coalesce(OLD.fingerprint, NEW.fingerprint) = NEW.fingerprint
    AND EXISTS (SELECT 1 FROM event WHERE id = NEW.erased_by AND action = 'client.erase')
    AND (NEW.id, NEW.at, NEW.actor_id, NEW.door, NEW.bot_id, NEW.update_id, NEW.action, NEW.subject,
        NEW.subject_id)
    IS NOT DISTINCT FROM (OLD.id, OLD.at, OLD.actor_id, OLD.door, OLD.bot_id, OLD.update_id, OLD.action,
        OLD.subject, OLD.subject_id)
THEN RETURN NEW; END IF;
RAISE 'the history is only added to' USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE TRIGGER event_is_noted AFTER INSERT ON event REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION event_noted()""",
    """CREATE TRIGGER event_is_kept BEFORE DELETE OR TRUNCATE ON event
FOR EACH STATEMENT EXECUTE FUNCTION history_refuses()""",
    """CREATE TRIGGER event_is_as_it_was BEFORE UPDATE ON event
FOR EACH ROW EXECUTE FUNCTION event_changed()""",
    """CREATE TRIGGER seal_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON seal
FOR EACH STATEMENT EXECUTE FUNCTION history_refuses()""",
)


@asynccontextmanager
async def unguarded(connection: AsyncConnection) -> AsyncIterator[None]:
    """The rest of this transaction, up to the end of the block, without guards; nobody else notices.

    They come back with the block, or with the end of the transaction if the block fails.
    """
    back = await connection.run_sync(_put_aside)
    yield
    for statement in back:
        await connection.exec_driver_sql(statement)


def _put_aside(connection: Connection) -> list[str]:
    """Switch off those that are found, in whatever schema; returns what brings them back."""
    run = connection.exec_driver_sql
    if connection.dialect.name == "sqlite":
        found = run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in found:
            run(f"DROP TRIGGER {name}")
        return [sql for _, sql in found]
    for table in ("event", "seal"):
        run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in ("event", "seal")]


def _raise(_metadata: Any, connection: Connection, **_: Any) -> None:
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement)


event.listen(Base.metadata, "after_create", _raise)
