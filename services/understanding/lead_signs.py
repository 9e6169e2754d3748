"""Whether a message out of the blue is a lead, a search, or neither."""

import re

from services.understanding import phones
from services.understanding.fold import clean, flat
from services.understanding.lead_line import parse_lead
from services.understanding.lead_words import LEAD_PREFIX

_SEARCH_LIMIT = 64
_SEARCH_WORDS = 5
_WORD = re.compile(r"[^\W\d_]{2}")


def looks_like_lead(text: str, region: str = phones.DEFAULT_REGION) -> bool:
    """Whether a message out of the blue brings a lead: a phone, an e-mail, "Лид:", or two other parts."""
    draft = parse_lead(text, region)
    if draft.phone or draft.email:
        return True
    if LEAD_PREFIX.match(flat(text)):
        return bool(draft.title or draft.name)
    return (
        sum(part is not None for part in (draft.name, draft.amount_minor, draft.source, draft.username)) >= 2
    )


def may_tell_lead(text: str, region: str = phones.DEFAULT_REGION) -> bool:
    """Whether a lead could be made of it at all: there is a word or a phone, not only numbers and signs."""
    return _WORD.search(text) is not None or bool(phones.find(text, region))


def looks_like_search(text: str, region: str = phones.DEFAULT_REGION) -> bool:
    """Whether a message may be a search: a few words that are no lead, or only a phone, e-mail or name.

    A bare phone or e-mail is a lead too: look it up first, and offer a lead where nobody is found. Look for a
    due time before: "завтра в 15" is a few words as well.
    """
    line = clean(text, len(text))
    words = line.split()
    if not 0 < len(line) <= _SEARCH_LIMIT or len(words) > _SEARCH_WORDS or "\n" in line or line[0] == "/":
        return False
    if not any(char.isalnum() for char in line):
        return False
    draft = parse_lead(line, region)
    bare = not (draft.title or draft.comment or draft.source or draft.amount_minor)
    return bare or not looks_like_lead(line, region)
