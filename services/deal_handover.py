"""All deals that a colleague has in work, handed over to another one at once."""

from dataclasses import replace
from datetime import datetime

from db.models import Person
from db.repositories.handovers import Bundle
from db.repositories.workload import Workload
from db.scope import Scope
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, require, scope
from services.clock import Clock
from services.deal_cards import stage_ref
from services.dto.common import Page, Ref, Sum
from services.dto.deals import DealLine
from services.dto.handovers import DealsHandover, DealsInHand, Holder
from services.errors import AppError, NotFoundError, StaleError
from services.notices import NoticeKind
from services.staff import sellers_in, selling_person

PAGE = 8


class DealHandover:
    """The service of deals that change hands together; for those who may hand each of them over."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def holders(self, actor: Actor) -> tuple[Holder, ...]:
        """Who has deals in work that the actor may hand over."""
        require(actor, Action.DEAL_HAND_OVER)
        async with self._db.read() as uow:
            return await _holders(uow, actor)

    async def deals_of(self, actor: Actor, person_id: int, after: int | None = None) -> DealsInHand:
        """A colleague's deals in work, newest first. Raises `handover.not_found` if there are none."""
        require(actor, Action.DEAL_HAND_OVER)
        async with self._db.read() as uow:
            return await _in_hand(uow, actor, person_id, after)

    async def heirs(self, actor: Actor, person_id: int) -> tuple[DealsInHand, tuple[Ref, ...]]:
        """The same, and who could take them: the sellers of the departments in which they lie."""
        require(actor, Action.DEAL_HAND_OVER)
        async with self._db.read() as uow:
            found = await _in_hand(uow, actor, person_id, None)
            departments = await uow.handovers.departments(_reach(actor), person_id)
            return found, tuple(await sellers_in(uow, departments, but=person_id))

    async def plan(self, actor: Actor, person_id: int, heir_id: int) -> DealsHandover:
        """What would change hands. Raises `handover.not_found`, `colleague.not_found`."""
        require(actor, Action.DEAL_HAND_OVER)
        async with self._db.read() as uow:
            return (await _plan(uow, actor, person_id, heir_id))[0]

    async def hand_over(
        self, actor: Actor, person_id: int, heir_id: int, count: int, newest: int
    ) -> DealsHandover:
        """Give all that was planned to a colleague, who is told once; each deal keeps it in its history.

        Raises `handover.not_found`, `colleague.not_found`, and `stale` if the deals are others by now.
        """
        require(actor, Action.DEAL_HAND_OVER)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            plan, heir, bundle, departments = await _plan(uow, actor, person_id, heir_id, hold=True)
            if not await uow.people.stays(heir.id):
                raise NotFoundError("colleague")
            if (plan.deals, plan.newest) != (count, newest):
                raise StaleError
            await uow.handovers.give(_reach(actor), person_id, departments, heir.id)
            given = [[*bundle.deals], [*bundle.tasks], [*bundle.contacts]]
            changes: history.Changes = {"heir_id": (None, heir.id), "given": (given, None)}
            event = await history.record(uow, actor, now, Action.DEAL_HAND_OVER, "person", person_id, changes)
            await uow.mutes.drop(heir.id, "deal", bundle.deals)
            await _tell(uow, actor, now, bundle, person_id, heir.id, event)
            if heir.id != actor.person_id:
                params: dict[str, object] = {
                    "person": person_id,
                    "leads": 0,
                    "deals": plan.deals,
                    "tasks": plan.tasks,
                    "contacts": plan.contacts,
                }
                kind = NoticeKind.WORK_GIVEN
                await notices.send(uow, now, [notices.private(heir)], kind, f"work:{event}", params)
            return replace(plan, event=event)

    async def take_back(self, actor: Actor, person_id: int, event_id: int) -> DealsHandover:
        """Give back what the actor has handed over, as far as the heir still has it; both are told.

        Raises `not_allowed`, and `handover.gone` if nothing of it is left, or the event is not the actor's
        own and the last one of this person.
        """
        require(actor, Action.DEAL_HAND_OVER)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            last = await uow.history.last_of("person", person_id, 1)
            event = next((row for row, _ in last if row.id == event_id), None)
            if event is None or event.actor_id != actor.person_id or "given" not in event.changes:
                raise AppError("handover.gone")
            person, heir = await uow.people.get(person_id), await uow.people.get(event.changes["heir_id"][1])
            if person is None or heir is None or not await uow.people.stays(person.id):
                raise AppError("handover.gone")
            bundle = await _still(uow, actor, heir.id, event.changes["given"][0])
            if not bundle.deals:
                raise AppError("handover.gone")
            part = Workload(
                leads=(), deals=bundle.deals, tasks=bundle.tasks, contacts=bundle.contacts, firms=()
            )
            await uow.workload.give(part, person.id)
            changes: history.Changes = {"heir_id": (heir.id, None), "undone": (event.id, None)}
            undone = await history.record(
                uow, actor, now, Action.DEAL_HAND_OVER, "person", person.id, changes
            )
            await uow.mutes.drop(person.id, "deal", bundle.deals)
            await _tell(uow, actor, now, bundle, heir.id, person.id, undone)
            kind = NoticeKind.WORK_BACK
            places = [notices.private(one) for one in (person, heir) if one.id != actor.person_id]
            told: dict[str, object] = {"person": person.id, "heir": heir.id, "deals": len(bundle.deals)}
            await notices.send(uow, now, places, kind, f"work:{undone}", told)
            return _handover(person, heir, bundle, left=0)


async def _still(uow: UnitOfWork, actor: Actor, heir_id: int, given: list[list[int]]) -> Bundle:
    """What of all that was given the heir still has, where the actor may hand it over."""
    here = await uow.handovers.departments(_reach(actor), heir_id)
    theirs = await uow.handovers.bundle(_reach(actor), heir_id, here, hold=True)
    deals, tasks, contacts = map(frozenset, given)
    return Bundle(
        deals=[one for one in theirs.deals if one in deals],
        tasks=[one for one in theirs.tasks if one in tasks],
        contacts=[one for one in theirs.contacts if one in contacts],
    )


def _handover(person: Person, heir: Person, bundle: Bundle, left: int) -> DealsHandover:
    return DealsHandover(
        person=Ref(person.id, person.name),
        heir=Ref(heir.id, heir.name),
        deals=len(bundle.deals),
        tasks=len(bundle.tasks),
        contacts=len(bundle.contacts),
        newest=max(bundle.deals, default=0),
        left=left,
    )


def _reach(actor: Actor) -> Scope:
    return scope(actor, Action.DEAL_HAND_OVER)


async def _holders(uow: UnitOfWork, actor: Actor) -> tuple[Holder, ...]:
    workspace = await uow.people.workspace()
    currency = workspace.currency if workspace else "RUB"
    return tuple(
        Holder(Ref(person_id, name), count, Sum(total, currency))
        for person_id, name, count, total in await uow.handovers.holders(_reach(actor))
    )


async def _in_hand(uow: UnitOfWork, actor: Actor, person_id: int, after: int | None) -> DealsInHand:
    holder = next((one for one in await _holders(uow, actor) if one.person.id == person_id), None)
    if holder is None:
        raise NotFoundError("handover")
    rows = await uow.handovers.page(_reach(actor), person_id, after, PAGE + 1)
    lines = tuple(
        DealLine(
            id=deal.id,
            title=deal.title,
            stage=stage_ref(stage),
            amount=Sum(deal.amount, deal.currency) if deal.amount is not None else None,
            client=client,
            owner=None,
        )
        for deal, stage, client in rows[:PAGE]
    )
    return DealsInHand(holder, Page(lines, lines[-1].id if len(rows) > PAGE else None))


async def _plan(
    uow: UnitOfWork, actor: Actor, person_id: int, heir_id: int, *, hold: bool = False
) -> tuple[DealsHandover, Person, Bundle, frozenset[int]]:
    """What changes hands, to whom, and in which departments both of them work."""
    person = await uow.people.get(person_id)
    here = await uow.handovers.departments(_reach(actor), person_id)
    if person is None or not here:
        raise NotFoundError("handover")
    heir = await selling_person(uow, heir_id)
    departments = frozenset(row.id for row in await uow.people.memberships(heir.id)) & here.keys()
    if heir.id == person.id or not departments:
        raise NotFoundError("colleague")
    bundle = await uow.handovers.bundle(_reach(actor), person.id, departments, hold=hold)
    plan = _handover(person, heir, bundle, left=sum(here.values()) - len(bundle.deals))
    return plan, heir, bundle, departments


async def _tell(
    uow: UnitOfWork, actor: Actor, now: datetime, bundle: Bundle, old: int, new: int, event: int
) -> None:
    """Each deal keeps in its own history that it changed hands; its cards and its tasks' follow."""
    told: history.Changes = {"owner_id": (old, new)}
    theirs = dict.fromkeys(bundle.deals, told)
    await history.consequences(uow, actor, now, Action.DEAL_HAND_OVER, "deal", theirs)
    await notices.refresh_all(uow, now, "deal", bundle.deals, event)
    await notices.refresh_all(uow, now, "task", bundle.tasks, event)
