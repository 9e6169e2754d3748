"""The form in which texts are searched and compared: what is kept folded, and what words are made of."""

import unicodedata

_BREVE = "\u0306"
# Letters and marks that occupy a place but show nothing; they make names that look empty or equal.
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_COMMON = 0x2100


def fold(text: str) -> str:
    """The form in which texts are searched and compared; idempotent.

    Case, ё/е, accents, width, and invisible characters make no difference; й stays a letter of its own.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())
    folded = _fold_once(text)
    # A dropped character can bring together two that compose, so the form is taken until it stands still.
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = decomposed.replace(f"и{_BREVE}", "й").translate(_FOLDING)
    return " ".join(unicodedata.normalize("NFC", kept).split())


class _Folding(dict[int, str]):
    """Drops accents and invisible characters; control characters become spaces. Remembers common letters."""

    def __missing__(self, code: int) -> str:
        folded = _folded_char(chr(code))
        if code < _COMMON:
            self[code] = folded
        return folded


def _folded_char(char: str) -> str:
    code = ord(char)
    category = unicodedata.category(char)
    if 0x300 <= code <= 0x36F or 0xFE00 <= code <= 0xFE0F or char in BLANKS or category in ("Cf", "Cs"):
        return ""
    return " " if category == "Cc" else char


_FOLDING = _Folding()
