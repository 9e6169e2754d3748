"""Messages of stages may be longer.

Revision 0005, after 0004. SQLite keeps a text of any length whatever its column says: nothing to do there.
"""

from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('ALTER TABLE stage ALTER COLUMN message TYPE VARCHAR(1000)')


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('ALTER TABLE stage ALTER COLUMN message TYPE VARCHAR(200) USING left(message, 200)')
