"""The sheet that pictures are drawn on, in pixels from its upper left corner."""

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from integrations.charts.font import DPI, Font
from integrations.charts.shapes import Gauge, Tone, ValueBar

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Sizes are pixels of a picture 1080 wide, which phones show about 2.7 times smaller.
_WIDTH = 1080
_MARGIN = 56
_ROOM = _WIDTH - 2 * _MARGIN
_TITLE = 46
_SUBTITLE = 48
_GAP = 50
_LABEL = 34
_SMALL = 28
_BESIDE = 430  # the room of a value or a note
_ROW = 140
_BAR = 48
_BAR_TOP = _LABEL + 18
_ROUNDING = 14
_SHORTEST = 14
_APART = 24
_CLEAR = 4  # so far the shade of a funnel ends above the captions below it
_MARK = 5
_MARK_OVER = 7  # so far it stands out of its bar

_INK = "#16202c"
_QUIET = "#6b7785"
_PAPER = "#ffffff"
_TRACK = "#f0f3f7"
_FILL = {Tone.OPEN: "#6ea8fe", Tone.PAYMENT: "#f7b955", Tone.WON: "#52c48a", Tone.LOST: "#f08a8a"}
_SHADE = {Tone.OPEN: "#e8f1ff", Tone.PAYMENT: "#fef3df", Tone.WON: "#e2f6ec", Tone.LOST: "#fdeaea"}


class Canvas:
    """One picture with the origin at its upper left corner."""

    def __init__(self, rows: int, gauges: int = 0, *, has_subtitle: bool, has_rest: bool) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self._top = _MARGIN + _TITLE + (_SUBTITLE if has_subtitle else 0) + _GAP
        self._bottom = self._top + rows * _ROW + _above(gauges)
        height = self._bottom + (_LABEL if has_rest else _BAR_TOP + _BAR - _ROW) + _MARGIN
        self._figure = Figure(figsize=(_WIDTH / DPI, height / DPI), dpi=DPI, facecolor=_PAPER)
        FigureCanvasAgg(self._figure)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, _WIDTH)
        self._axes.set_ylim(height, 0)

    def heading(self, title: str, subtitle: str) -> None:
        self._text(_MARGIN, _MARGIN + _TITLE, title, _TITLE, _ROOM, is_bold=True)
        if subtitle:
            self._text(_MARGIN, _MARGIN + _TITLE + _SUBTITLE, subtitle, _SMALL, _ROOM, colour=_QUIET)

    def gauges(self, gauges: Sequence[Gauge]) -> None:
        """Draw how far things have come; what is drawn afterwards stands below."""
        for row, gauge in enumerate(gauges):
            self._captions(row, ValueBar(gauge.label, gauge.done, gauge.value_text, gauge.note))
            self._box(_MARGIN, row, _ROOM, _TRACK)
            done = min(1.0, gauge.done)
            self._box(_MARGIN, row, max(_SHORTEST, _ROOM * done) if done > 0 else 0.0, _FILL[Tone.WON])
            if 0 < gauge.due < 1:
                self._mark(_MARGIN + _ROOM * gauge.due, row)
        self._top += _above(len(gauges))

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

    def _mark(self, x: float, row: int) -> None:
        """A stroke across a bar."""
        from matplotlib.patches import Rectangle

        top = self._top + row * _ROW + _BAR_TOP - _MARK_OVER
        height = _BAR + 2 * _MARK_OVER
        self._axes.add_patch(Rectangle((x - _MARK / 2, top), _MARK, height, facecolor=_INK, edgecolor="none"))

    def _flow(self, row: int, upper: float, lower: float, colour: str) -> None:
        """Shade the way from a bar down to the next one, as far as to the captions of that."""
        from matplotlib.patches import Polygon

        middle = _WIDTH / 2
        top = self._top + row * _ROW + _BAR_TOP + _BAR - _ROUNDING
        whole = _ROW - _BAR + 2 * _ROUNDING
        bottom = self._top + (row + 1) * _ROW - _CLEAR
        lower = upper + (lower - upper) * (bottom - top) / whole
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

        font = Font(size, is_bold=is_bold)
        shown = font.fitted(text, room)
        self._axes.text(
            x,
            baseline,
            shown,
            fontproperties=FontProperties(fname=font.path, size=size * 72 / DPI),
            color=colour,
            horizontalalignment="right" if is_right else "left",
            verticalalignment="baseline",
            parse_math=False,
        )
        return font.width(shown)


def _above(gauges: int) -> int:
    """The height of so many gauges, and of the gap that sets them apart from what follows."""
    return gauges * _ROW + (_APART if gauges else 0)


def _lengths(bars: Sequence[ValueBar]) -> list[float]:
    longest = max((bar.value for bar in bars), default=0)
    return [max(_SHORTEST, _ROOM * bar.value / longest) if bar.value > 0 else 0.0 for bar in bars]
