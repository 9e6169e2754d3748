"""Pictures for a phone screen: a funnel and bars. matplotlib is imported with the first one."""

import io
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MAX_BARS = 20  # further ones are only counted: Telegram refuses pictures that are too tall


class Tone(StrEnum):
    """What a bar stands for, told by its colour."""

    OPEN = "open"
    PAYMENT = "payment"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A stage of a funnel: how many deals stand there, and their sum as the reader's language writes it."""

    label: str
    count: int
    amount_text: str = ""
    tone: Tone = Tone.OPEN


@dataclass(frozen=True, slots=True)
class ValueBar:
    """One thing among others of its kind: its length, and what is written beside it."""

    label: str
    value: float
    value_text: str
    note: str = ""
    tone: Tone = Tone.OPEN


# Sizes are pixels of a picture 1080 wide, which phones show about 2.7 times smaller.
_WIDTH = 1080
_MARGIN = 56
_ROOM = _WIDTH - 2 * _MARGIN
_TITLE = 46
_SUBTITLE = 48
_GAP = 50
_LABEL = 34
_SMALL = 28
_BESIDE = 380  # the room of a value or a note
_ROW = 140
_BAR = 48
_BAR_TOP = _LABEL + 18
_ROUNDING = 14
_SHORTEST = 14
_LONGEST_TEXT = 200
_DPI = 144

_INK = "#16202c"
_QUIET = "#6b7785"
_PAPER = "#ffffff"
_TRACK = "#f0f3f7"
_FILL = {Tone.OPEN: "#6ea8fe", Tone.PAYMENT: "#f7b955", Tone.WON: "#52c48a", Tone.LOST: "#f08a8a"}
_SHADE = {Tone.OPEN: "#e8f1ff", Tone.PAYMENT: "#fef3df", Tone.WON: "#e2f6ec", Tone.LOST: "#fdeaea"}

# The fonts and glyph caches of matplotlib are shared between figures and not safe to use from two threads.
_drawing = Lock()


def funnel_png(title: str, stages: Sequence[ChartBar], subtitle: str = "") -> bytes:
    """Draw the stages from the first to the last as a funnel; takes about 0.1 s, the first time 2 s."""
    bars = [
        ValueBar(
            stage.label, stage.count, f"{stage.count:,}".replace(",", "\u202f"), stage.amount_text, stage.tone
        )
        for stage in stages
    ]
    return _picture(title, subtitle, bars, _Canvas.funnel)


def bars_png(title: str, bars: Sequence[ValueBar], subtitle: str = "") -> bytes:
    """Draw bars as long as their values (below zero: none); takes about 0.1 s, the first time 2 s."""
    return _picture(title, subtitle, bars, _Canvas.bars)


def _picture(
    title: str,
    subtitle: str,
    bars: Sequence[ValueBar],
    draw: "Callable[[_Canvas, Sequence[ValueBar]], None]",
) -> bytes:
    shown, rest = bars[:MAX_BARS], len(bars[MAX_BARS:])
    with _drawing:
        canvas = _Canvas(len(shown), has_subtitle=bool(subtitle), has_rest=rest > 0)
        canvas.heading(title, subtitle)
        draw(canvas, shown)
        if rest:
            canvas.rest(rest)
        return canvas.png()


class _Canvas:
    """One picture with the origin at its upper left corner."""

    def __init__(self, rows: int, *, has_subtitle: bool, has_rest: bool) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self._top = _MARGIN + _TITLE + (_SUBTITLE if has_subtitle else 0) + _GAP
        self._bottom = self._top + rows * _ROW
        height = self._bottom + (_LABEL if has_rest else _BAR_TOP + _BAR - _ROW) + _MARGIN
        self._figure = Figure(figsize=(_WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=_PAPER)
        FigureCanvasAgg(self._figure)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, _WIDTH)
        self._axes.set_ylim(height, 0)

    def heading(self, title: str, subtitle: str) -> None:
        self._text(_MARGIN, _MARGIN + _TITLE, title, _TITLE, _ROOM, is_bold=True)
        if subtitle:
            self._text(_MARGIN, _MARGIN + _TITLE + _SUBTITLE, subtitle, _SMALL, _ROOM, colour=_QUIET)

    def funnel(self, bars: Sequence[ValueBar]) -> None:
        lengths = _lengths(bars)
        for row, (bar, length) in enumerate(zip(bars, lengths, strict=True)):
            self._captions(row, bar)
            self._box((_WIDTH - length) / 2, row, length, _FILL[bar.tone])
        for row, ((upper, lower), (bar, following)) in enumerate(
            zip(pairwise(lengths), pairwise(bars), strict=True)
        ):
            if upper >= lower and Tone.LOST not in {bar.tone, following.tone}:
                self._flow(row, upper, lower, _SHADE[bar.tone])

    def bars(self, bars: Sequence[ValueBar]) -> None:
        for row, (bar, length) in enumerate(zip(bars, _lengths(bars), strict=True)):
            self._captions(row, bar)
            self._box(_MARGIN, row, _ROOM, _TRACK)
            self._box(_MARGIN, row, length, _FILL[bar.tone])

    def rest(self, count: int) -> None:
        self._text(_MARGIN, self._bottom + _LABEL, f"+ {count}", _LABEL, _ROOM, colour=_QUIET)

    def png(self) -> bytes:
        file = io.BytesIO()
        self._figure.savefig(file, format="png")
        return file.getvalue()

    def _captions(self, row: int, bar: ValueBar) -> None:
        """Value and note on the right go first; the label on the left gets the room that they leave."""
        baseline = self._top + row * _ROW + _LABEL
        right = float(_WIDTH - _MARGIN)
        if bar.note:
            right -= self._text(right, baseline, bar.note, _SMALL, _BESIDE, colour=_QUIET, is_right=True) + 18
        right -= (
            self._text(right, baseline, bar.value_text, _LABEL, _BESIDE, is_bold=True, is_right=True) + 28
        )
        self._text(_MARGIN, baseline, bar.label, _LABEL, right - _MARGIN)

    def _box(self, left: float, row: int, width: float, colour: str) -> None:
        from matplotlib.patches import FancyBboxPatch

        if width:
            style = f"round,pad=0,rounding_size={min(_ROUNDING, width / 2)}"
            corner = (left, self._top + row * _ROW + _BAR_TOP)
            self._axes.add_patch(
                FancyBboxPatch(corner, width, _BAR, style, facecolor=colour, edgecolor="none")
            )

    def _flow(self, row: int, upper: float, lower: float, colour: str) -> None:
        """Shade the way from a bar down to the next one, behind both and their captions."""
        from matplotlib.patches import Polygon

        middle = _WIDTH / 2
        top = self._top + row * _ROW + _BAR_TOP + _BAR - _ROUNDING
        bottom = self._top + (row + 1) * _ROW + _BAR_TOP + _ROUNDING
        corners = [
            (middle - upper / 2, top),
            (middle + upper / 2, top),
            (middle + lower / 2, bottom),
            (middle - lower / 2, bottom),
        ]
        self._axes.add_patch(Polygon(corners, facecolor=colour, edgecolor="none", zorder=0))

    def _text(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        room: float,
        *,
        colour: str = _INK,
        is_bold: bool = False,
        is_right: bool = False,
    ) -> float:
        """Write one line no wider than `room`; gives its width."""
        from matplotlib.font_manager import FontProperties

        font = _Font(size, is_bold=is_bold)
        shown = font.fitted(text, room)
        self._axes.text(
            x,
            baseline,
            shown,
            fontproperties=FontProperties(fname=font.path, size=size * 72 / _DPI),
            color=colour,
            horizontalalignment="right" if is_right else "left",
            verticalalignment="baseline",
            parse_math=False,
        )
        return font.width(shown)


class _Font:
    """DejaVu comes with matplotlib and has Cyrillic and the rouble sign: the system needs no fonts."""

    def __init__(self, size: float, *, is_bold: bool) -> None:
        import matplotlib as mpl
        from matplotlib.font_manager import get_font

        name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
        self.path = str(Path(mpl.get_data_path(), "fonts", "ttf", name))
        self._size = size * 72 / _DPI
        self._font = get_font(self.path)

    def width(self, text: str) -> float:
        self._font.set_size(self._size, _DPI)
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


def _lengths(bars: Sequence[ValueBar]) -> list[float]:
    longest = max((bar.value for bar in bars), default=0)
    return [max(_SHORTEST, _ROOM * bar.value / longest) if bar.value > 0 else 0.0 for bar in bars]
