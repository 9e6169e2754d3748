"""Letters made comparable, storable and scannable: what every other reader of typed text starts from."""

import unicodedata

from db.folding import BLANKS, fold

__all__ = ["clean", "clean_line", "flat", "fold"]

_ZWJ = "\u200d"
_VARIATION_16 = "\ufe0f"
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
_SPACE_CATEGORIES = frozenset({"Zs", "Cc", "Cf", "Cs"})
_LINE_BREAKS = frozenset("\n\r\x85\u2028\u2029")
_LONGEST_CLUSTER = 32


def flat(text: str) -> str:
    """The text in lower case with plain digits, spaces, dashes and apostrophes, character for character.

    The result is exactly as long as the text, so a position found in it is a position in the text.
    Line breaks stay line breaks; invisible characters become spaces.
    """
    return text.translate(_FLAT)


class _Flat(dict[int, str]):
    """One character for one character."""

    def __missing__(self, code: int) -> str:
        return _flat_char(chr(code))


def _flat_char(char: str) -> str:
    category = unicodedata.category(char)
    if char in _LINE_BREAKS:
        return "\n"
    if category in _SPACE_CATEGORIES:
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char == "−":
        return "-"
    if char in "’‘ʼ`´":
        return "'"
    lower = char.lower()
    return "е" if lower == "ё" else lower if len(lower) == 1 else char


_FLAT = _Flat({code: _flat_char(chr(code)) for code in range(0x500)})


def clean(text: str, limit: int) -> str:
    """Text as it is stored: trimmed, without invisible and control characters, at most `limit` code points.

    Line breaks stay (at most one empty line in a row); emoji stay whole, also at the cut.
    """
    lines = [line.rstrip() for line in _visible(text).split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return _cut("\n".join(kept).strip(), limit)


def clean_line(text: str, limit: int) -> str:
    """As `clean`, for names and titles: one line, single spaces."""
    return _cut(" ".join(_visible(text).split()), limit)


def _visible(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if text.isprintable() and text.isascii():
        return text
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        "\n" if char in _LINE_BREAKS else char
        for n, char in enumerate(text)
        if char in _LINE_BREAKS or not _is_invisible(text, n)
    )


def _is_invisible(text: str, n: int) -> bool:
    char = text[n]
    if char == _ZWJ:
        return not _joins_emoji(text, n)
    return char in BLANKS or unicodedata.category(char) in _DROPPED_CATEGORIES


def _joins_emoji(text: str, n: int) -> bool:
    """Whether the joiner at `n` stands between two parts of one emoji (a family, a profession)."""
    if n == 0 or n + 1 == len(text):
        return False
    before, after = text[n - 1], text[n + 1]
    return (before == _VARIATION_16 or unicodedata.category(before) in ("So", "Sk")) and (
        unicodedata.category(after) == "So"
    )


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    place = limit
    floor = max(limit - _LONGEST_CLUSTER, 0)
    while place > floor and not _starts_cluster(text, place):
        place -= 1
    return text[: place if place > floor else limit].rstrip(_ZWJ).rstrip()


def _starts_cluster(text: str, n: int) -> bool:
    """Whether a reader sees a new character at `n` (the common cases of Unicode TR 29)."""
    char = text[n]
    if char == _ZWJ or text[n - 1] == _ZWJ or unicodedata.category(char).startswith("M"):
        return False
    if "\U0001f3fb" <= char <= "\U0001f3ff":
        return False
    if not _is_flag_half(char):
        return True
    halves = 0
    while halves < n and _is_flag_half(text[n - 1 - halves]):
        halves += 1
    return halves % 2 == 0


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
