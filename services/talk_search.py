"""What was said, looked for by its words: notes, comments, and messages of topics and groups."""

from db.repositories.talk_search import Listener
from db.uow import Database
from services.access import Action, Actor, require, scope
from services.dto.common import Page
from services.dto.search import Spoken
from services.search import PAGE, needle_of, spoken
from services.understanding.around import around


class TalkSearch:
    """The service that finds it; who may not read what is said of deals is refused."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def page(self, actor: Actor, text: str, after: int | None = None) -> Page[Spoken]:
        """What holds all words of a text, each by its beginning, the newest first, as far as the actor may
        read it: where it was said, not only that. `after` is the last page's key.

        Each page looks at some thousands of the newest; one without any may have further ones behind it.
        Of numbers, phones and tags nothing is found. Raises `not_allowed`.
        """
        require(actor, Action.SEARCH)
        require(actor, Action.DEAL_TALK_VIEW)
        async with self._db.read() as uow:
            words = spoken(await needle_of(uow, actor, text))
            if not words:
                return Page((), None)
            rows, further = await uow.talk_search.page(words, _listener(actor), after, PAGE)
        found = (
            Spoken(
                row.id,
                row.at,
                row.author,
                row.origin,
                around(row.text, words),
                row.subject,
                row.subject_id,
                row.title,
            )
            for row in rows
        )
        return Page(tuple(found), further)


def _listener(actor: Actor) -> Listener:
    """What is said of a subject may be read by whoever sees it; of a deal that is a right of its own."""
    return Listener(
        actor.person_id,
        talk=scope(actor, Action.DEAL_TALK_VIEW),
        leads=scope(actor, Action.LEAD_VIEW),
        clients=scope(actor, Action.CLIENT_VIEW),
        sold=scope(actor, Action.DEAL_VIEW),
        tasks=scope(actor, Action.TASK_VIEW),
    )
