"""Inline mode: what somebody may find is offered in any chat, with what anybody there may read."""

import re
from dataclasses import dataclass

from db.uow import Database
from services.access import Action, Actor, require
from services.search import Kind, Search
from services.understanding import phones

SHOWN = (Kind.DEAL, Kind.CONTACT, Kind.FIRM, Kind.LEAD)
LATEST = 10
HIDDEN = "…"
_ADDRESS = re.compile(r"\S+@\S+")
_SUM = re.compile(r"\d[\d ]*(?:[.,]\d+)? ?(?:[кkмm₽$€]|тыс|млн|руб|rub|usd|eur)\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A deal, client or lead as it may stand in a chat with strangers: its name and number alone."""

    kind: Kind
    id: int
    name: str
    beside: str = ""
    """What tells it apart for whoever chooses among several of one name: the stage of a deal."""


class InlineSearch:
    """The service of inline mode: the search, and of what it finds the safe fields."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._search = Search(db)

    async def offers(self, actor: Actor, text: str) -> tuple[Offer, ...]:
        """What the actor may see and the text describes; without a text the deals that moved last."""
        require(actor, Action.SEARCH)
        if not text.strip():
            return await self._latest(actor)
        found = await self._search.find(actor, text, SHOWN)
        pages = {
            Kind.DEAL: found.deals,
            Kind.CONTACT: found.contacts,
            Kind.FIRM: found.firms,
            Kind.LEAD: found.leads,
        }
        return tuple(
            Offer(kind, hit.id, safe(hit.label), hit.stage or "")
            for kind in SHOWN
            for hit in pages[kind].items
        )

    async def _latest(self, actor: Actor) -> tuple[Offer, ...]:
        if not actor.may(Action.DEAL_VIEW):
            return ()
        async with self._db.read() as uow:
            deals = await uow.deals.of_owner_lately(actor.person_id, LATEST)
        return tuple(Offer(Kind.DEAL, deal.id, safe(deal.title)) for deal, _ in deals)


def safe(name: str) -> str:
    """A name without what people write into it: phones, addresses and sums."""
    for found in reversed(phones.find(name)):
        name = name[: found.start] + HIDDEN + name[found.end :]
    return _SUM.sub(HIDDEN, _ADDRESS.sub(HIDDEN, name)).strip()
