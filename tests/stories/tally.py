"""What a phone has to bear: messages and edits that somebody's chat got, asked for or not."""

from dataclasses import astuple, dataclass
from typing import Any

from sandbox.groups import Group
from tests.cast import CAST
from tests.stories.wire import NEW
from tests.stories.wizards import Step, take
from tests.tasks.ticking import tick
from tests.world import World


@dataclass(slots=True)
class Heard:
    """Answers to what one did oneself, then what came unasked."""

    answers: int = 0
    redrawn: int = 0
    """Own screens that changed under one's finger."""
    told: int = 0
    rang: int = 0
    """Of those told the ones with a sound."""
    refreshed: int = 0
    """Cards that changed by themselves, without a sound."""


class Tally:
    """Lets people act, and counts what each chat gets by it."""

    def __init__(self, world: World, team: Group) -> None:
        self.world = world
        self._names = {part.telegram_id: name for name, part in CAST.items()} | {team.id: "team"}
        self._heard: dict[str, Heard] = {}

    async def act(self, who: str, *steps: Step) -> None:
        """Somebody presses and types."""
        since = len(self.world.telegram.calls)
        await take(self.world, who, steps)
        self._count(since, who)

    async def wait(self, **parts: float) -> None:
        """Time passes, and what is due happens."""
        since = len(self.world.telegram.calls)
        self.world.clock.turn(**parts)
        await tick(self.world)
        self._count(since, None)

    def total(self) -> dict[str, tuple[int, ...]]:
        """So far, for each chat that heard anything; begins anew."""
        heard, self._heard = self._heard, {}
        return {name: astuple(one) for name, one in sorted(heard.items())}

    def _count(self, since: int, who: str | None) -> None:
        for call in list(self.world.telegram.calls)[since:]:
            name, method = self._names.get(call.chat_id or 0), call.method.lower()
            if name is None or not (method in NEW or method.startswith("editmessage")):
                continue
            heard = self._heard.setdefault(name, Heard())
            _note(heard, call.params, new=method in NEW, asked=name == who)


def _note(heard: Heard, params: dict[str, Any], *, new: bool, asked: bool) -> None:
    if asked:
        heard.answers += new
        heard.redrawn += not new
    else:
        heard.told += new
        heard.rang += new and not params.get("disable_notification")
        heard.refreshed += not new
