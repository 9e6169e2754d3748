"""What a search looks for, and the words in which a slip is forgiven."""

import re
from dataclasses import dataclass

LONG, LONGEST = 5, 20
"""So many letters has a word in which a slip is forgiven: in short ones it is another word."""
KEPT = 64
"""So much of a word is kept, and compared."""
_WORD = re.compile(r"\w+")
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюяіє")


@dataclass(frozen=True, slots=True)
class FieldSays:
    """A number that a field of the company's own may say, see `services.fields.values`."""

    field_id: int
    number: int
    word: str = ""
    """Of the words that are looked for the one that means it; none: the text as a whole does."""


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for: any of these may match, and of the words all must."""

    words: tuple[str, ...] = ()
    """Folded; each begins a word, and so does each part of one with a dash or the like."""
    whole: bool = False
    """Whether the words have to stand side by side, none of them as the beginning of a longer one."""
    near: bool = False
    """Whether instead of a long word another may stand with one letter more, less or other."""
    phone: str | None = None
    """A whole number, E.164."""
    digits: str | None = None
    """The end of a phone."""
    tax: str | None = None
    """A company's tax number, or its first digits."""
    number: int | None = None
    """A lead's or deal's own number."""
    tag: int | None = None
    """What is found has this tag, besides."""
    says: tuple[FieldSays, ...] = ()
    """What fields may say instead."""

    @property
    def plain(self) -> bool:
        """Whether the words are looked for as they were typed, wherever they stand."""
        return bool(self.words) and not self.whole and not self.near

    @property
    def parts(self) -> list[str]:
        """The words as they are looked up; none where a word consists of signs alone."""
        if any(_WORD.search(word) is None for word in self.words):
            return []
        return list(dict.fromkeys(part for word in self.words for part in words_in(word)))


def words_in(folded: str) -> list[str]:
    """The words of a folded text, each cut to what is kept of it."""
    return list(dict.fromkeys(word[:KEPT] for word in _WORD.findall(folded)))


def slips(word: str, long: int = LONG) -> list[str]:
    """The words with one letter exchanged with the next, less, other or more.

    None of a short word: one of fewer letters than are `long`.
    """
    if not long <= len(word) <= LONGEST or not word.isalpha():
        return []
    letters = "".join(alphabet for alphabet in _ALPHABETS if set(alphabet) & set(word)) or word
    found = [word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)]
    found += [word[:n] + word[n + 1 :] for n in range(len(word))]
    found += [word[:n] + other + word[n + 1 :] for n in range(len(word)) for other in letters]
    found += [word[:n] + more + word[n:] for n in range(len(word) + 1) for more in letters]
    return [one for one in dict.fromkeys(found) if one != word]
