"""News of the company.

Revision 0008, after 0007. A downgrade forgets all of it; what was told in the channel stays there.
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'news_channel',
        sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('chat_id', sa.BigInteger(), nullable=False),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('trouble', sa.String(length=32), nullable=True),
        sa.Column('tells_won', sa.Boolean(), nullable=False),
        sa.Column('bound_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('id = 1', name=op.f('ck_news_channel_single')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_news_channel')),
    )
    op.create_table(
        'news_post',
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('state', sa.String(length=32), nullable=False),
        sa.Column('chat_id', sa.BigInteger(), nullable=True),
        sa.Column('channel', sa.String(length=200), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_news_post_author_id_person')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_news_post')),
    )


def downgrade() -> None:
    op.drop_table('news_post')
    op.drop_table('news_channel')
