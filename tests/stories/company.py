"""The cast, whose program is run in children that may die."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from db.models import Event, Inbox
from tests.engine.kill import run
from tests.tasks.ticking import away
from tests.world import TOKEN, World

LIVE = "tests.stories.lives:live"
Check = Callable[[], Awaitable[None]]
Act = Callable[["Company", int], Awaitable[Check]]
"""Lets somebody do something that nobody handles yet, and knows what must come of it."""


@dataclass
class Company:
    """The cast, whose program is run in children that may die."""

    world: World

    async def arguments(self) -> tuple[object, ...]:
        """Of a child that handles all that has come."""
        world = self.world
        stored = {one for (one,) in await world.rows(select(Inbox.update_id))}
        waiting = {update.id for update in world.telegram.bot.updates.pending()}
        await away(world)
        url = world.db.engine.url.render_as_string(hide_password=False)
        await world.db.engine.dispose()
        world.clock.turn(seconds=5)  # whatever a death has put off is due again
        now = world.clock.now().isoformat()
        return url, world.url, TOKEN, str(world.folder), now, len(stored | waiting)

    async def live(self) -> None:
        """A whole life, to its end."""
        await run(LIVE, *await self.arguments())

    async def press(self, who: str, data: str) -> None:
        """Somebody presses a button; nobody handles it yet."""
        person = self.world.hands[who].person
        card = person.screen()
        assert card is not None
        person.press(card, data=data)

    async def count(self, action: str, subject_id: int | None = None) -> int:
        """How often something was done."""
        query = select(func.count(Event.id)).where(Event.action == action)
        if subject_id is not None:
            query = query.where(Event.subject_id == subject_id)
        return int((await self.world.rows(query))[0][0])
