"""Deleted tasks and fields are found and brought back.

Revision 0004, after 0003. Those that were deleted before are not: nobody wrote down when.
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('task', sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        'ix_task_dropped_at',
        'task',
        ['dropped_at'],
        unique=False,
        sqlite_where=sa.text('dropped_at IS NOT NULL'),
        postgresql_where=sa.text('dropped_at IS NOT NULL'),
    )
    op.add_column('custom_field', sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute('DELETE FROM field_word WHERE field_id IN (SELECT id FROM custom_field WHERE dropped_at IS NOT NULL)')
    op.execute('DELETE FROM field_value WHERE field_id IN (SELECT id FROM custom_field WHERE dropped_at IS NOT NULL)')
    op.execute('DELETE FROM custom_field WHERE dropped_at IS NOT NULL')
    op.drop_column('custom_field', 'dropped_at')
    op.drop_index('ix_task_dropped_at', table_name='task')
    op.drop_column('task', 'dropped_at')
