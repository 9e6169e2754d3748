"""Pipelines have editions: the database tells when one of their stages has changed.

Revision 0006, after 0005. A later one that changes `stage` on SQLite copies the table, and has to set its
triggers anew.
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

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


def upgrade() -> None:
    op.add_column('pipeline', sa.Column('edition', sa.BigInteger(), server_default='0', nullable=False))
    connection = op.get_bind()
    for statement in SQLITE if connection.dialect.name == 'sqlite' else POSTGRESQL:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == 'sqlite':
        for name in ('stage_made', 'stage_changed', 'stage_gone'):
            connection.exec_driver_sql(f'DROP TRIGGER {name}')
    else:
        connection.exec_driver_sql('DROP FUNCTION edition_made CASCADE')
    with op.batch_alter_table('pipeline') as batch:
        batch.drop_column('edition')
