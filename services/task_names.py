"""Who is meant where a task begins with a colleague's name."""

from collections.abc import Sequence

from db.models import Person
from db.uow import Database
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.common import Ref
from services.dto.task_hands import Called
from services.task_giving import receivers
from services.understanding.colleagues import addressed, is_called, named_first

MOST = 500
"""Among so many colleagues a name is looked for."""


class TaskNames:
    """The service of names in the words of tasks; reads only."""

    def __init__(self, db: Database, _clock: Clock) -> None:
        self._db = db

    async def called(self, actor: Actor, text: str) -> Called | None:
        """The one colleague with whose name or @username a text begins, if the actor may give them tasks.

        Others are meant where they are spoken to: "Boris, …". "Ask Boris" may be a task of one's own.
        """
        require(actor, Action.TASK_CREATE)
        names, first = named_first(text), text.partition(" ")[0].strip(",.:;").lower()
        if not names and not first.startswith("@"):
            return None
        async with self._db.read() as uow:
            found = await receivers(uow, actor)
            people = await uow.colleagues.page(found.departments, actor.person_id, None, 0, MOST, found.below)
            if meant := _meant(people, names, first):
                return Called(Ref(meant[0].id, meant[0].name), gets=True) if len(meant) == 1 else None
            spoken_to = addressed(text)
            if not spoken_to and not first.startswith("@"):
                return None
            others = await uow.colleagues.page(None, actor.person_id, None, 0, MOST)
        meant = _meant(others, spoken_to, first)
        return Called(Ref(meant[0].id, meant[0].name), gets=False) if len(meant) == 1 else None


def _meant(people: Sequence[Person], names: Sequence[str], first: str) -> list[Person]:
    meant = [one for one in people if one.username and f"@{one.username.lower()}" == first]
    for name in names:
        meant = meant or [one for one in people if is_called(one.name, name)]
    return meant
