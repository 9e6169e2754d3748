"""A colleague who is named where a task begins: "Борис, …", "Boris: …", "для Бориса …", "Борису …"."""

import re

from services.understanding.fold import fold
from services.understanding.task_label import as_begun

_NAME = r"[^\W\d_][\w-]{1,30}"
_CALLED = re.compile(rf"({_NAME}(?: {_NAME})?) ?[,:—–]")
_FOR = re.compile(
    r"(?:для|пусть|поручить|передать|поставь|поставить|попросить|for|give|ask|tell) "
    rf"(({_NAME})(?: {_NAME})?)"
)
_TO_WHOM = re.compile(rf"({_NAME}[еиую]) ")
"""The dative, as in "Анне позвонить в банк"."""
_ENDINGS = frozenset({"", "а", "у", "ом", "ем", "е", "я", "ю", "ы", "и", "ой", "ей"})
_CHANGING = "аяйь"
"""What a name ends in where its cases have something else there."""
_SHORTEST_STEM = 3


def named_first(text: str) -> tuple[str, ...]:
    """The folded names with which a text may begin, the fullest first; none where it begins otherwise."""
    line = fold(text)
    if match := _CALLED.match(line):
        return (match[1],)
    if match := _FOR.match(line):
        return (match[1], match[2])
    match = _TO_WHOM.match(line)
    return (match[1],) if match else ()


def addressed(text: str) -> tuple[str, ...]:
    """The folded name of whoever is spoken to, as in "Boris: …"."""
    match = _CALLED.match(fold(text))
    return (match[1],) if match else ()


def is_called(name: str, said: str) -> bool:
    """Whether somebody of this name is meant: by the whole of it or the first name, in any case."""
    whole, words = fold(name).split(), said.split()
    if len(words) > len(whole):
        return False
    return all(_same(full, word) for full, word in zip(whole, words, strict=False))


def without_name(text: str, name: str, username: str | None) -> str:
    """A task's words without the name before them, once it is with whoever is called so."""
    first, _, rest = text.partition(" ")
    if username is not None and first.strip(",.:;").lower() == f"@{username.lower()}":
        return as_begun(text, rest.strip()) or text
    match = _CALLED.match(text) or _TO_WHOM.match(text)
    if match is None or not is_called(name, fold(match[1])):
        return text
    return as_begun(text, text[match.end() :].strip()) or text


def _same(full: str, word: str) -> bool:
    stem = full[:-1] if full[-1] in _CHANGING else full
    declined = len(stem) >= _SHORTEST_STEM and word.startswith(stem) and word[len(stem) :] in _ENDINGS
    return word == full or declined
