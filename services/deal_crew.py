"""Who works on a deal besides its owner: they see it and do with it what sellers may do with their own."""

from datetime import datetime

from db.models import Deal, Person
from db.uow import Database, UnitOfWork
from services import deal_topics, history, notices
from services.access import CLOSED_KINDS, Action, Actor, Role
from services.clock import Clock
from services.deal_cards import build_card
from services.dto.common import Ref
from services.dto.deals import DealCard, DealCrew
from services.errors import AppError, NotFoundError, StaleError
from services.notices import NoticeKind
from services.rows import access_deal

PAGE = 8
MOST_HELPERS = 10
HELPERS = (Role.MANAGER, Role.HEAD)


class DealCrews:
    """The service of co-workers (`deal.share`)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def look(self, actor: Actor, deal_id: int, page: int = 0) -> DealCrew:
        """Who works on a deal, and who else could: the sellers of its department first.

        Raises `deal.not_found`, `not_allowed`.
        """
        async with self._db.read() as uow:
            deal, _ = await access_deal(uow, actor, deal_id, Action.DEAL_SHARE)
            card = await build_card(uow, actor, deal_id, self._clock.now())
            people = await _candidates(uow, deal, page * PAGE, PAGE + 1)
            offered = tuple(Ref(person.id, person.name) for person in people[:PAGE])
            return DealCrew(card, offered, page, more=len(people) > PAGE)

    async def add(self, actor: Actor, deal_id: int, person_id: int, version: int) -> DealCard:
        """Let a colleague work on an open deal, too; they are told.

        Raises `deal.not_found`, `not_allowed`, `deal.closed`, `colleague.not_found`, `crew.full`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_SHARE)
            if stage.kind in CLOSED_KINDS:
                raise AppError("deal.closed")
            person = await uow.people.get(person_id)
            if person is None or person.role not in HELPERS or not await uow.people.stays(person.id):
                raise NotFoundError("colleague")
            if person.id in (deal.owner_id, *deal.crew) or deal.version != version:
                raise StaleError
            if len(deal.crew) >= MOST_HELPERS:
                raise AppError("crew.full", limit=MOST_HELPERS)
            event = await self._change(uow, actor, deal, (None, person.id))
            await uow.mutes.drop(person.id, "deal", [deal.id])
            await deal_topics.begin_for_two(uow, self._clock.now(), deal, event)
            await tell_newcomer(uow, actor, self._clock.now(), deal, person, event)
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def remove(self, actor: Actor, deal_id: int, person_id: int, version: int) -> DealCard | None:
        """Let a colleague go from a deal; None if they went themselves and see it no more.

        Raises `deal.not_found`, `not_allowed`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            deal, _ = await access_deal(uow, actor, deal_id, Action.DEAL_SHARE)
            if person_id not in deal.crew or deal.version != version:
                raise StaleError
            await self._change(uow, actor, deal, (person_id, None))
            try:
                await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
            except NotFoundError:
                return None
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def _change(
        self, uow: UnitOfWork, actor: Actor, deal: Deal, change: tuple[int | None, int | None]
    ) -> int:
        """Take one out of the crew or in."""
        gone, come = change
        crew = [person for person in deal.crew if person != gone] + ([come] if come is not None else [])
        await set_crew(uow, deal, crew)
        now = self._clock.now()
        changes: history.Changes = {"crew": change}
        event = await history.record(uow, actor, now, Action.DEAL_SHARE, "deal", deal.id, changes)
        await notices.refresh_cards(uow, now, "deal", deal.id, event, but=actor.telegram_id)
        return event


async def set_crew(uow: UnitOfWork, deal: Deal, crew: list[int]) -> None:
    """Let exactly these people work on a deal; both of its places are written here and nowhere else.

    Raises `stale`.
    """
    if not await uow.deals.change(deal, crew=crew):
        raise StaleError
    await uow.deals.set_helpers(deal.id, crew)


async def leave_crews(uow: UnitOfWork, actor: Actor, now: datetime, person: Person, event: int) -> None:
    """Take somebody who goes out of every deal on which they helped; each keeps it in its history."""
    deals = await uow.workload.leave_crews(person.id)
    gone: history.Changes = {"crew": (person.id, None)}
    await history.consequences(uow, actor, now, Action.DEAL_SHARE, "deal", dict.fromkeys(deals, gone))
    await notices.refresh_all(uow, now, "deal", deals, event)


async def tell_newcomer(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    deal: Deal,
    person: Person,
    event: int,
    named_at: tuple[int, int] | None = None,
) -> None:
    """Tell somebody that they work on a deal, too, unless they did it themselves.

    `named_at`: chat and number of the message that named them.
    """
    if person.id != actor.person_id:
        key = f"shared:{deal.id}:{event}:{person.id}"
        params: dict[str, object] = {"id": deal.id, "by": actor.name}
        if named_at is not None:
            params["named_at"] = list(named_at)
        await notices.send(uow, now, [notices.private(person)], NoticeKind.DEAL_SHARED, key, params)


async def _candidates(uow: UnitOfWork, deal: Deal, offset: int, limit: int) -> list[Person]:
    busy = {deal.owner_id, *deal.crew}
    people = await uow.people.heirs([deal.department_id], 0, HELPERS, 0, offset + limit + len(busy))
    return [person for person in people if person.id not in busy][offset : offset + limit]
