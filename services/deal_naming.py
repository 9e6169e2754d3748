"""Colleagues who are named where a deal is spoken of: they come to work on it."""

from collections.abc import Sequence
from datetime import datetime

from db.models import Deal, Person, Stage
from db.uow import UnitOfWork
from services import history
from services.access import CLOSED_KINDS, Action, Actor, Door, Standing, granted
from services.deal_crew import HELPERS, MOST_HELPERS, set_crew, tell_newcomer
from services.dto.mentions import Heard, Mentions
from services.people import acting
from services.rows import deal_standing


async def bring_in(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    deal: Deal,
    stage: Stage,
    named: Mentions,
    event: int,
    named_at: tuple[int, int],
) -> Heard:
    """Let those who are named work on a deal, if whoever names them may let them (`deal.share`).

    `named_at`: chat and number of the message that names them. Raises `stale`.
    """
    if not named:
        return Heard()
    people = await uow.people.named(named.usernames, named.accounts)
    new, blind = await newcomers(uow, actor, deal, stage, people)
    if new:
        await set_crew(uow, deal, [*deal.crew, *(person.id for person in new)])
    for person in new:
        await uow.mutes.drop(person.id, "deal", [deal.id])
        come: history.Changes = {"crew": (None, person.id)}
        await history.consequences(uow, actor, now, Action.DEAL_SHARE, "deal", {deal.id: come})
        where = None if person.telegram_id in named.away else named_at
        await tell_newcomer(uow, actor, now, deal, person, event, where)
    known = {person.username.lower() for person in people if person.username}
    return Heard(
        tuple(person.name for person in new),
        tuple(person.name for person in blind),
        tuple(person.name for person in new if person.telegram_id in named.away),
        tuple(sorted(named.usernames - known)),
    )


async def newcomers(
    uow: UnitOfWork, actor: Actor, deal: Deal, stage: Stage, named: Sequence[Person]
) -> tuple[list[Person], list[Person]]:
    """Those who are named and begin to work on the deal; and those who do not, and may not see it."""
    standing = deal_standing(deal, stage)
    may = stage.kind not in CLOSED_KINDS and granted(actor, Action.DEAL_SHARE, standing)
    room = MOST_HELPERS - len(deal.crew) if may else 0
    new: list[Person] = []
    blind: list[Person] = []
    for person in named:
        if person.id in (deal.owner_id, *deal.crew):
            continue
        if person.role in HELPERS and len(new) < room and await uow.people.stays(person.id):
            new.append(person)
        elif not await _sees(uow, person, standing):
            blind.append(person)
    return new, blind


async def _sees(uow: UnitOfWork, person: Person, standing: Standing) -> bool:
    reader = await acting(uow, person.id, Door.TELEGRAM)
    return reader is not None and granted(reader, Action.DEAL_VIEW, standing)
