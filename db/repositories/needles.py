"""What a search looks for, and the words in which a slip is forgiven."""

from dataclasses import dataclass

LONG, LONGEST = 5, 20
"""So many letters has a word in which a slip is forgiven: in short ones it is another word."""


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for: any of these may match, and of the words all must."""

    words: tuple[str, ...] = ()
    """Folded; each may stand anywhere."""
    whole: bool = False
    """Whether the words have to stand side by side, none of them as a part of a longer one."""
    near: bool = False
    """Whether a long word may also stand, in what is recent, with one letter more, less or other."""
    phone: str | None = None
    """A whole number, E.164."""
    digits: str | None = None
    """The end of a phone."""
    tax: str | None = None
    """A company's tax number, or its first digits."""
    number: int | None = None
    """A lead's or deal's own number."""


def slips(word: str) -> list[str]:
    """The patterns of LIKE for a word with one letter other, more or less, or two exchanged."""
    found = [f"{word[:n]}_{word[n + 1 :]}" for n in range(len(word))]
    found += [f"{word[:n]}_{word[n:]}" for n in range(1, len(word))]
    found += [word[:n] + word[n + 1 :] for n in range(len(word))]
    found += [word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)]
    return list(dict.fromkeys(found))
