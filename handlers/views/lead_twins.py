"""How it looks that the client of a lead has a deal in work already."""

from handlers.screen import Screen
from handlers.views.deal_lists import deal_line
from keyboards import lead_twins as keys
from keyboards.tongue import Tongue, join
from services.dto.deals import DealLine


def twins(lead_id: int, version: int, deals: tuple[DealLine, ...], t: Tongue, *, named: bool) -> Screen:
    """Is it one of these, or another deal?"""
    lines = [
        t.html("🤔 <b>This client has a deal in work already</b>"),
        *(deal_line(line, t) for line in deals),
        t.html("\nIs it the same, or another one?"),
    ]
    return Screen(join(lines), keys.twins(lead_id, version, deals, t, named=named))
