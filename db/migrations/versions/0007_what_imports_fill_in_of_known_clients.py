"""What imports fill in of clients who were there before.

Revision 0007, after 0006. Migrations import nothing of Sdelka: the code moves on, they stay.
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('import_fill',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('import_id', NUMBER, nullable=False),
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('subject_id', NUMBER, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['import_batch.id'],
                            name=op.f('fk_import_fill_import_id_import_batch')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_fill')),
    sa.UniqueConstraint('import_id', 'subject', 'subject_id',
                        name=op.f('uq_import_fill_import_id_subject_subject_id'))
    )


def downgrade() -> None:
    op.drop_table('import_fill')
