"""Groups of clients: a team chat may belong to a contact or a company.

Revision 0009, after 0008. A downgrade forgets which groups belong to clients; what was said there stays.
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

BEFORE = '(pipeline_id IS NULL) <> (deal_id IS NULL)'
CLIENTS = ('contact', 'company')
NOW = ' + '.join(
    f'(CASE WHEN {column}_id IS NULL THEN 0 ELSE 1 END)' for column in ('pipeline', 'deal', *CLIENTS)
)


def upgrade() -> None:
    with op.batch_alter_table('team_chat') as batch:
        batch.drop_constraint(op.f('ck_team_chat_one_thing'), type_='check')
        for table in CLIENTS:
            number = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
            batch.add_column(sa.Column(f'{table}_id', number, nullable=True))
            batch.create_foreign_key(
                op.f(f'fk_team_chat_{table}_id_{table}'), table, [f'{table}_id'], ['id'], ondelete='CASCADE'
            )
            batch.create_unique_constraint(op.f(f'uq_team_chat_{table}_id'), [f'{table}_id'])
        batch.create_check_constraint(op.f('ck_team_chat_one_thing'), f'{NOW} = 1')


def downgrade() -> None:
    op.execute('DELETE FROM team_chat WHERE contact_id IS NOT NULL OR company_id IS NOT NULL')
    with op.batch_alter_table('team_chat') as batch:
        batch.drop_constraint(op.f('ck_team_chat_one_thing'), type_='check')
        for table in CLIENTS:
            batch.drop_constraint(op.f(f'fk_team_chat_{table}_id_{table}'), type_='foreignkey')
            batch.drop_constraint(op.f(f'uq_team_chat_{table}_id'), type_='unique')
            batch.drop_column(f'{table}_id')
        batch.create_check_constraint(op.f('ck_team_chat_one_thing'), BEFORE)
