"""A line of a lead while its parts are being recognised."""

import re
from dataclasses import dataclass, field

from services.understanding.fold import flat
from services.understanding.lead_words import LABEL_BEFORE

WINDOW = 32
"""So far before a part its label is looked for."""
MASK = ";"
EDGES = " ,;:.-–—|•\n"
_UNMASKED = re.compile(f"[^{MASK}]+")
_SEPARATOR = re.compile(r"[,;\n|•]|(?<=\s)[-–—](?=\s)|(?<=\w{3})\.(?=\s+[A-ZА-ЯЁ])")


@dataclass(frozen=True, slots=True)
class Taken:
    """Words that became a field."""

    start: int
    end: int
    part: str


@dataclass(slots=True)
class Reading:
    """A line while its parts are being recognised."""

    line: str
    masked: str  # The line with semicolons in place of what is taken: as long as the line.
    taken: list[Taken] = field(default_factory=list)

    def take(self, start: int, end: int, part: str, label: str | None = None) -> None:
        """Marks words, with the label before them, as understood."""
        before = flat(self.masked[max(0, start - WINDOW) : start])
        if label and (found := LABEL_BEFORE[label].search(before)):
            start -= len(before) - found.start()
        self.taken.append(Taken(start, end, part))
        self.masked = self.masked[:start] + MASK * (end - start) + self.masked[end:]

    def segments(self) -> list[tuple[int, int]]:
        """The bounds of what stands between separators; taken words may stand inside."""
        bounds = [0]
        for separator in _SEPARATOR.finditer(self.line):
            if self.line[separator.start()] == MASK or self.masked[separator.start()] != MASK:
                bounds += [separator.start(), separator.end()]
        bounds.append(len(self.line))
        return [(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True) if start < end]

    def free(self, start: int, end: int) -> list[tuple[int, int]]:
        """The bounds of the words in a segment that are not taken, with the spaces around them."""
        return [
            (start + part.start(), start + part.end())
            for part in _UNMASKED.finditer(self.masked[start:end])
            if part[0].strip()
        ]

    def text(self, start: int, end: int) -> str:
        """The words of a segment that are not taken; a minus stays with its number."""
        words = " ".join(self.line[a:b].strip() for a, b in self.free(start, end)).rstrip(EDGES)
        bare = words.lstrip(EDGES)
        before = words[: len(words) - len(bare)]
        return f"-{bare}" if before.endswith("-") and bare[:1].isdigit() else bare
