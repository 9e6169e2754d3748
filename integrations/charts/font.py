"""The letters of pictures: their widths, and texts cut to a room."""

from bisect import bisect_right
from pathlib import Path

_LONGEST_TEXT = 200
DPI = 144


class Font:
    """DejaVu comes with matplotlib and has Cyrillic and the rouble sign: the system needs no fonts."""

    def __init__(self, size: float, *, is_bold: bool) -> None:
        import matplotlib as mpl
        from matplotlib.font_manager import get_font

        name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
        self.path = str(Path(mpl.get_data_path(), "fonts", "ttf", name))
        self._size = size * 72 / DPI
        self._font = get_font(self.path)

    def width(self, text: str) -> float:
        self._font.set_size(self._size, DPI)
        self._font.set_text(text)
        return self._font.get_width_height()[0] / 64

    def fitted(self, text: str, room: float) -> str:
        """One line of characters that the font has, cut with an ellipsis where it would be too wide."""
        line = " ".join(text[:_LONGEST_TEXT].split())
        line = "".join(char for char in line if char.isprintable() and self._font.get_char_index(ord(char)))
        if self.width(line) <= room:
            return line
        ends = range(len(line))
        end = bisect_right(ends, room, key=lambda end: self.width(line[:end] + "…"))
        return line[: max(0, end - 1)].rstrip() + "…"
