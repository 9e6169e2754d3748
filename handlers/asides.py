"""What is told in a group to whoever wrote there, and to nobody else."""

from datetime import timedelta

from handlers.registry import Registry, Reply, Word
from handlers.turn import Turn
from handlers.views import client_chats as client_views
from handlers.views import team_talk as views
from services.allowance import Allowance
from services.clock import Clock
from services.deal_crew import HELPERS
from services.dto.tasks import Link
from services.errors import ForbiddenError, NotFoundError

DAY = timedelta(days=1)
_SPOKEN_OF = ("deal", "contact", "firm")


class Asides:
    """Words on what was written in a group and led to nothing there."""

    def __init__(self, registry: Registry, clock: Clock) -> None:
        self._registry = registry
        self._words = Allowance(clock, 1, DAY)

    async def on_command(self, turn: Turn, name: str) -> None:
        """Where it works; nothing of what is no command of ours, or not this person's."""
        route = self._registry.commands.get(name)
        if name in self._registry.words:
            await turn.aside(views.no_deal(name, turn.t))
        elif route is not None and turn.actor.may(route.action):
            username = (await turn.bot.me()).username or ""
            await turn.aside(views.in_private(name, username, turn.t))

    async def on_unkept(self, turn: Turn, given: Reply | Word) -> None:
        """It is not kept, for they may not see the deal or the client, or write to it.

        They are told so of each answer to its card, of words daily.
        """
        about = given.about if isinstance(given, Word) else _spoken_of(given)
        if about is None:
            return
        if isinstance(given, Word) and not self._words.spend(turn.actor.person_id):
            return
        sees = await _sees(turn, about)
        if about.subject != "deal":
            await turn.aside(client_views.unkept(turn.t, sees=sees))
            return
        await turn.aside(views.unkept(turn.t, sees=sees, helps=turn.actor.role in HELPERS))


def _spoken_of(reply: Reply) -> Link | None:
    """The deal or the client whose card is answered; nothing of what else takes answers."""
    return Link(reply.subject, reply.id) if reply.subject in _SPOKEN_OF else None  # type: ignore[arg-type]  # one of these


async def _sees(turn: Turn, about: Link) -> bool:
    """Whether a deal or a client exists for them."""
    try:
        await turn.services.team_talk.face(turn.actor, about)
    except (NotFoundError, ForbiddenError):
        return False
    return True
