"""What makes a task important: "срочно позвонить Ивану", "важно: отчёт", "! договор", "urgent: call"."""

import re

_RUSSIAN = r"(?:очень )?(?:важно|срочно)"
_ENGLISH = r"(?:important|urgent|asap)"
_BEFORE = re.compile(
    rf"(?:[!❗]{{1,3}}\ufe0f? ?|{_RUSSIAN}(?:[!:,.—–-]{{1,3}} ?| )|{_ENGLISH}[!:,] ?)", re.IGNORECASE
)
"""An English one is an adjective, too: it says so only with a mark after it."""
_AFTER = re.compile(
    rf"(?:(?<!что)(?<!как)(?<!это)[ ,.;—–-]{{1,4}}\(?(?:{_RUSSIAN}|{_ENGLISH})\)?[!.]{{0,3}}"
    r"| ?!{2,3}| ?❗\ufe0f?)$",
    re.IGNORECASE,
)


def important(text: str) -> tuple[str, bool]:
    """A task's words without what says that it is important, and whether they say so."""
    rest = text
    if match := _BEFORE.match(rest):
        rest = rest[match.end() :]
    if match := _AFTER.search(rest):
        rest = rest[: match.start()]
    rest = rest.strip()
    return (rest, True) if rest and rest != text else (text, False)
