"""Writing a deal: compare and set, and in the same trip its event, the newest ones, and where it is shown."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, cast

from sqlalchemy import Table, Update, bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from db.models import Deal
from db.repositories.cards import OF_DEAL, CardPlace
from db.repositories.history import APPEND, PastBy, newest_step, past_by
from db.searched import SEARCHED, written
from db.trips import Answer, Step, together

DEAL = cast("Table", Deal.__table__)


class Told(NamedTuple):
    """The event of a change, all places that show what has changed, and the newest events by now."""

    event: int
    places: list[CardPlace]
    newest: list[PastBy]


async def write_deal(session: AsyncSession, deal: Deal, values: Mapping[str, object]) -> bool:
    """Write values if nobody changed the deal since it was read; False if somebody did."""
    return await _write(session, deal, values) is not None


async def write_and_tell(
    session: AsyncSession, deal: Deal, values: Mapping[str, object], event: Mapping[str, object]
) -> Told | None:
    """The same with its event, see `HistoryRepository.append`; without an answer all is to be undone."""
    asking = (OF_DEAL, {"subject": "deal", "subject_id": deal.id})
    answers = await _write(session, deal, values, (APPEND, event), asking, newest_step(deal.id, deal.lead_id))
    if answers is None:
        return None
    (_, [(number,)]), (_, places), (_, newest) = answers
    return Told(number, [CardPlace(*place) for place in places], [past_by(row) for row in newest])


async def _write(
    session: AsyncSession, deal: Deal, values: Mapping[str, object], *also: Step
) -> list[Answer] | None:
    values = {**values, "version": deal.version + 1}
    compared = {"of_id": deal.id, "of_version": deal.version}
    (met, _), *answers = await together(session, (_change(frozenset(values)), values | compared), *also)
    if not met:
        return None
    for name, value in values.items():
        set_committed_value(deal, name, value)
    if SEARCHED["deal"] & values.keys():
        written(session, "deal", {deal.id})
    return answers


@cache
def _change(names: frozenset[str]) -> Update:
    change = update(DEAL).where(DEAL.c.id == bindparam("of_id"), DEAL.c.version == bindparam("of_version"))
    return change.values({name: bindparam(name) for name in sorted(names)})
