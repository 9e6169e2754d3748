"""How the history of a lead, a client, a task or a setting looks."""

from handlers.screen import Screen
from handlers.views.doors import legend
from handlers.views.events import event_line
from keyboards import histories as keys
from keyboards.common import cut, titled
from keyboards.tongue import Tongue, join
from services.dto.common import History

TITLE = 80


def history(shown: History, t: Tongue) -> Screen:
    """What happened, newest first."""
    lines = [t.html("🕓 <b>History of “{title}”</b>", title=cut(titled(shown.title, t), TITLE))]
    lines += [event_line(event, shown.currency, t, whole=True) for event in shown.page.items]
    if not shown.page.items:
        lines.append(t.html("Nothing yet."))
    lines += legend(shown.page.items, t)
    return Screen(join(lines), keys.history(shown, t))
