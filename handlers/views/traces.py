"""How it reads where on the web a request came from."""

from keyboards.common import cut
from keyboards.tongue import Html, Tongue
from services.dto.leads import Trace

PAGE = 120
"""A longer address of a page is cut on a card."""


def trace_lines(trace: Trace | None, t: Tongue) -> list[Html]:
    """The marks of the campaign and the page, as far as they are known."""
    if trace is None:
        return []
    marks = [t.html("🎯 {marks}", marks=" · ".join(trace.utm))] if trace.utm else []
    page = [t.html("🔗 {page}", page=cut(trace.page_url, PAGE))] if trace.page_url else []
    return marks + page
