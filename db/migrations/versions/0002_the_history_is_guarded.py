"""The history is guarded.

Revision 0002, after 0001. Migrations import nothing of Sdelka: the code moves on, they stay.

A later one that changes `event` on SQLite copies the table, and has to set its triggers anew.
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

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


def upgrade() -> None:
    op.create_table(
        'unsealed',
        sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('event_id', name=op.f('pk_unsealed')),
    )
    connection = op.get_bind()
    connection.exec_driver_sql(
        'INSERT INTO unsealed (event_id, at)'
        ' SELECT id, at FROM event WHERE id > (SELECT coalesce(max(upto), 0) FROM seal)'
    )
    for statement in SQLITE if connection.dialect.name == 'sqlite' else POSTGRESQL:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == 'sqlite':
        for name in ('event_is_noted', 'event_is_kept', 'event_is_as_it_was', 'seal_is_kept', 'seal_is_as_it_was'):
            connection.exec_driver_sql(f'DROP TRIGGER {name}')
    else:
        for name in ('event_noted', 'event_changed', 'history_refuses'):
            connection.exec_driver_sql(f'DROP FUNCTION {name} CASCADE')
    op.drop_table('unsealed')
