"""Who is meant where a task begins with a colleague's name."""

from db.uow import Database
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.common import Ref
from services.task_giving import receivers
from services.understanding.colleagues import is_called, named_first

MOST = 500
"""Among so many colleagues a name is looked for."""


class TaskNames:
    """The service of names in the words of tasks; reads only."""

    def __init__(self, db: Database, _clock: Clock) -> None:
        self._db = db

    async def called(self, actor: Actor, text: str) -> Ref | None:
        """The one colleague with whose name or @username a text begins, if the actor may give them tasks."""
        require(actor, Action.TASK_CREATE)
        names, first = named_first(text), text.partition(" ")[0].strip(",.:;").lower()
        if not names and not first.startswith("@"):
            return None
        async with self._db.read() as uow:
            found = await receivers(uow, actor)
            people = await uow.colleagues.page(found.departments, actor.person_id, None, 0, MOST, found.below)
        meant = [one for one in people if one.username and f"@{one.username.lower()}" == first]
        for name in names:
            meant = meant or [one for one in people if is_called(one.name, name)]
        return Ref(meant[0].id, meant[0].name) if len(meant) == 1 else None
