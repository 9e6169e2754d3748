"""Words of notes: what was said is found by its words, as names and titles are.

Revision 0003, after 0002. Makes the words of the notes that are there already, some hundred notes at a time.
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

SOURCE = 11
PORTION = 500
MOST, LONGEST = 200, 64

NOTE = sa.table('note', sa.column('id', sa.BigInteger), sa.column('text', sa.Text))
WORD = sa.table(
    'search_word',
    sa.column('source', sa.Integer),
    sa.column('word', sa.String),
    sa.column('subject_id', sa.BigInteger),
)


def upgrade() -> None:
    connection = op.get_bind()
    after = 0
    while True:
        portion = sa.select(NOTE.c.id, NOTE.c.text).where(NOTE.c.id > after).order_by(NOTE.c.id)
        notes = connection.execute(portion.limit(PORTION)).all()
        if not notes:
            return
        made = [
            {'source': SOURCE, 'word': word, 'subject_id': note} for note, text in notes for word in words(text)
        ]
        if made:
            connection.execute(sa.insert(WORD), made)
        after = notes[-1][0]


def downgrade() -> None:
    op.get_bind().execute(sa.delete(WORD).where(WORD.c.source == SOURCE))


def words(text: str) -> list[str]:
    """The first words of a text, folded as the program did at this revision."""
    found = re.findall(r'\w+', fold(text))
    return list(dict.fromkeys(word[:LONGEST] for word in found))[:MOST]


def fold(text: str) -> str:
    folded = _fold_once(text)
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(text: str) -> str:
    decomposed = unicodedata.normalize('NFKD', unicodedata.normalize('NFKD', text).casefold())
    kept = ''.join(map(_folded, decomposed.replace('и\u0306', 'й')))
    return ' '.join(unicodedata.normalize('NFC', kept).split())


def _folded(char: str) -> str:
    code = ord(char)
    category = unicodedata.category(char)
    blank = char in '\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0'
    if blank or 0x300 <= code <= 0x36F or 0xFE00 <= code <= 0xFE0F or category in ('Cf', 'Cs'):
        return ''
    return ' ' if category == 'Cc' else char
