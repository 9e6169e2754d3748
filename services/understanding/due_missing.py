"""A day that no calendar holds, in two figures and alone: "31.02". Out of the blue that is a sum."""

import re

from services.understanding import moments
from services.understanding.due_pieces import rule, unreadable
from services.understanding.fold import clean, flat

_FIGURES = rule(r"(\d\d)\.(\d\d)(?![.,:/-]?\d)<no_unit>", unreadable).pattern
_END = re.compile(r"[ \n.,;!?)]*")


def unreal_day(said: str) -> tuple[str, str] | None:
    """Such a day at the beginning or the end of what tells a task or a moment, and the words without it."""
    line = clean(said, len(said))
    low = flat(line)
    for match in _FIGURES.finditer(low):
        begins, ends = match.start() == 0, _END.fullmatch(low, match.end()) is not None
        if not (begins or (ends and low[match.start() - 1] in " \n")):
            continue
        if moments.is_no_day(int(match[2]), int(match[1])):
            rest = f"{line[: match.start()].strip()} {line[match.end() :].strip(' .,;!?)')}"
            return match[0], rest.strip(" ,;:-–—")
    return None
