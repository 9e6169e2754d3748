"""How one event of a history reads."""

from keyboards.tongue import Html, Tongue
from services.dto.common import EventLine


def event_line(event: EventLine, t: Tongue) -> Html:
    """Who did what, when."""
    return t.html("{when} {who}: {what}", when=t.when(event.at), who=event.actor or "", what=event.action)
