"""Pictures for a phone screen: a funnel and bars, drawn by matplotlib."""

from integrations.charts.pictures import bars_png, funnel_png
from integrations.charts.shapes import MAX_BARS, ChartBar, Gauge, Tone, ValueBar

__all__ = ["MAX_BARS", "ChartBar", "Gauge", "Tone", "ValueBar", "bars_png", "funnel_png"]
