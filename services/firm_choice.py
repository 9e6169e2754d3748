"""Companies among which one is chosen, for a contact or for a deal."""

from collections.abc import Sequence

from db.models import Company
from db.uow import UnitOfWork
from services.access import Action, Actor, scope
from services.understanding.fold import clean_line, fold

FIRMS = 8
"""So many are offered."""
_LONGEST_WORDS = 100


def words_in(typed: str) -> str:
    """What somebody has typed to find one."""
    return clean_line(typed, _LONGEST_WORDS)


async def offered(uow: UnitOfWork, actor: Actor, words: str) -> Sequence[Company]:
    """Those that the actor may see whose names contain the words, without words the newest."""
    reach, deals = scope(actor, Action.CLIENT_VIEW), scope(actor, Action.DEAL_VIEW)
    if words:
        return await uow.clients.companies_like(reach, deals, fold(words), FIRMS)
    return await uow.clients.companies(reach, deals, None, FIRMS)
