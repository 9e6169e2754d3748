"""Whether somebody wants out of what was begun."""

import re

from services.understanding.fold import fold

_WORDS = frozenset({"cancel", "отмена", "отменить"})
_MARK = re.compile(r"^✖\ufe0f?\s*")


def is_cancel(text: str) -> bool:
    """Whether it is the word of a button to cancel, as pressed or typed in either language."""
    return fold(_MARK.sub("", text.strip())) in _WORDS
