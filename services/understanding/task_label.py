"""Words that say that this is a task, before the deed itself: "задача сверить остатки", "new task: call"."""

import re

_SAID = re.compile(
    r"(?:(?:по)?став(?:ь|ьте|ить)|добав(?:ь|ьте|ить)|созда(?:й|йте|ть)|запиши(?:те)?)"
    r"(?: мне| себе)?(?: новую)? задачу(?:[:.,—–-]{1,3} ?| )"
    r"|(?:новая )?задача(?: ?[:—–]| -|,) ?"
    r"|(?:add|set|make|create)(?: me)? a(?: new)? task(?:[:,—–-]{1,3} ?| )(?:to )?"
    r"|(?:new )?task ?[:—–] ?",
    re.IGNORECASE,
)
_BEFORE_A_DEED = re.compile(
    r"(?:новая )?задача (?=[а-яё-]{2,30}(?:ть|ти|чь|ться|тись|чься)(?!\w))", re.IGNORECASE
)
"""A noun after it says whose task it is, or what about."""


def without_label(text: str) -> str:
    """A task's words without these; they stay where nothing else is said."""
    match = _SAID.match(text) or _BEFORE_A_DEED.match(text)
    rest = text[match.end() :].strip() if match is not None else ""
    return as_begun(text, rest) if rest else text


def as_begun(before: str, rest: str) -> str:
    """The rest of a line that began with a capital letter begins with one, too."""
    return rest[:1].upper() + rest[1:] if before[:1].isupper() else rest
