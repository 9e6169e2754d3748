"""What is told in a group to whoever wrote there, and to nobody else."""

from datetime import timedelta

from handlers.registry import Registry, Reply, Word
from handlers.turn import Turn
from handlers.views import team_chats as views
from services.allowance import Allowance
from services.clock import Clock

DAY = timedelta(days=1)


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
        """It is not kept, for they may not see the deal; told of each answer to its card, of words daily."""
        about_deal = isinstance(given, Word) or given.subject == "deal"
        if about_deal and (isinstance(given, Reply) or self._words.spend(turn.actor.person_id)):
            await turn.aside(views.unkept(turn.t))
