"""Tables that fit a phone: letters of equal width, a name and some figures to a line."""

import unicodedata
from collections.abc import Sequence

from keyboards.tongue import Html, esc

PHONE = 34
"""So many characters of fixed width stand in one line of the narrowest phones."""
_NARROWEST = 6
_NARROW = 10
"""A name with so many places is still known by them."""
_GAP = "  "
"""Between columns: one space stands between thousands, too."""


def table(head: Sequence[str], lines: Sequence[Sequence[str]], places: int = PHONE) -> Html:
    """Lines of equal columns: the first for names, to the left and cut; the others for figures."""
    count = len(head)
    widths = [max(width(line[n]) for line in (head, *lines)) for n in range(1, count)]
    first = max((width(line[0]) for line in (head, *lines)), default=0)
    left = places - sum(widths)
    gap = _GAP if left - len(_GAP) * (count - 1) >= min(first, _NARROW) else " "
    room = min(first, max(_NARROWEST, left - len(gap) * (count - 1)))
    shown = "\n".join(
        gap.join(
            [_left(line[0], room), *(_right(cell, size) for cell, size in zip(line[1:], widths, strict=True))]
        )
        for line in (head, *lines)
    )
    return Html(f"<pre>{esc(shown)}</pre>")


def width(text: str) -> int:
    """How many places a text takes where all letters are equally wide."""
    return sum(_places(char) for char in text)


def _places(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _left(text: str, room: int) -> str:
    shown = text
    while width(shown) > room:
        shown = shown[:-1]
    if shown != text:
        while width(shown) > room - 1:
            shown = shown[:-1]
        shown = f"{shown.rstrip()}…"
    return shown + " " * (room - width(shown))


def _right(text: str, room: int) -> str:
    return " " * (room - width(text)) + text
