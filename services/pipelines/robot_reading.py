"""Robots as somebody types them: what is to be done, the term, and, where it is not the manager, by whom."""

import re

from services.errors import AppError
from services.pipelines.robot_terms import LONGEST, Doer, Robot
from services.task_changes import checked_text
from services.understanding.fold import clean_line
from services.understanding.terms import term_at_end

_DOERS = {
    Doer.HEAD: r"(?:руковод|начальник)\w*(?:\s+отдела)?|(?:the\s+)?head(?:\s+of\s+(?:the\s+)?department)?",
    Doer.ROLE: r"ответственн\w*(?:\s+(?:за\s+)?этап\w*)?|(?:the\s+)?responsible(?:\s+(?:one|person|role))?",
    Doer.OWNER: r"менеджер\w*|(?:the\s+)?manager|владельц\w+\s+сделки|(?:the\s+)?deal['’]?s\s+owner",
}
_WORDS = "|".join(f"(?P<{doer.value}>{words})" for doer, words in _DOERS.items())
_APART = re.compile(rf"\s*[,;:.—–-]\s*(?:to\s+)?(?:{_WORDS})[\s.]*$", re.IGNORECASE)
_AT_END = re.compile(rf"[\s,;:.—–-]+(?:to\s+)?(?:{_WORDS})[\s.]*$", re.IGNORECASE)
_WHO = re.compile(r"[,;:—–-]\s*(?P<who>[^\W\d_][^\d,;:]{1,40}?)[\s.]*$")
"""Somebody who is named at the end, as whose task it is to be."""


def read_robot(typed: str, number: int) -> Robot:
    """A robot of this number: "Call the client, 2 days", "Согласовать скидку; 4 часа; руководитель".

    Who is to do it stands at the end, or apart before the term.
    Raises `robot.no_term`, `robot.no_doer`, `robot.too_long`, and what `checked_text` raises.
    """
    typed = typed.strip()
    term = term_at_end(typed)
    if term is not None:
        text, doer = _parted(term.rest, _APART)
    else:
        line, doer = _parted(typed, _AT_END)
        term = term_at_end(line) if doer is not None else None
        text = term.rest if term is not None else ""
    if term is None:
        named = _WHO.search(typed)
        if named is not None and term_at_end(typed[: named.start()].strip()) is not None:
            raise AppError("robot.no_doer", said=clean_line(named["who"], 40))
        raise AppError("robot.no_term")
    if term.n > LONGEST[term.unit]:
        raise AppError("robot.too_long")
    words = checked_text(text.strip(" \n,;:—–-"))
    return Robot(number, words, term.n, term.unit, doer or Doer.OWNER)


def _parted(line: str, where: re.Pattern[str]) -> tuple[str, Doer | None]:
    """The words before whoever is named at the end, and who that is."""
    found = where.search(line)
    if found is None or not line[: found.start()].strip():
        return line, None
    return line[: found.start()], next(doer for doer in Doer if found[doer.value])
