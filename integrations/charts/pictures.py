"""Pictures for a phone screen: a funnel and bars. matplotlib is imported with the first one."""

from collections.abc import Callable, Sequence
from threading import Lock

from integrations.charts.canvas import Canvas
from integrations.charts.shapes import MAX_BARS, ChartBar, Gauge, ValueBar

# The fonts and glyph caches of matplotlib are shared between figures and not safe to use from two threads.
_drawing = Lock()


def funnel_png(
    title: str, stages: Sequence[ChartBar], subtitle: str = "", gauges: Sequence[Gauge] = ()
) -> bytes:
    """Draw the stages from the first to the last as a funnel, with gauges above them.

    Takes about 0.1 s, the first time 2 s.
    """
    bars = [
        ValueBar(
            stage.label, stage.count, f"{stage.count:,}".replace(",", "\u202f"), stage.amount_text, stage.tone
        )
        for stage in stages
    ]
    return _picture(title, subtitle, bars, Canvas.funnel, gauges)


def bars_png(title: str, bars: Sequence[ValueBar], subtitle: str = "") -> bytes:
    """Draw bars as long as their values (below zero: none); takes about 0.1 s, the first time 2 s."""
    return _picture(title, subtitle, bars, Canvas.bars)


def _picture(
    title: str,
    subtitle: str,
    bars: Sequence[ValueBar],
    draw: Callable[[Canvas, Sequence[ValueBar]], None],
    gauges: Sequence[Gauge] = (),
) -> bytes:
    shown, rest = bars[:MAX_BARS], len(bars[MAX_BARS:])
    with _drawing:
        canvas = Canvas(len(shown), len(gauges), has_subtitle=bool(subtitle), has_rest=rest > 0)
        canvas.heading(title, subtitle)
        canvas.gauges(gauges)
        draw(canvas, shown)
        if rest:
            canvas.rest(rest)
        return canvas.png()
