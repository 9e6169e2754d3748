"""Whether whoever gets a task sees the deal that it is for, and letting them work on that, too."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from db.models import Deal, Person, Stage, Task
from db.uow import UnitOfWork
from services import deal_topics, history, notices
from services.access import CLOSED_KINDS, Action, Actor, Door, granted
from services.deal_crew import HELPERS, MOST_HELPERS, set_crew
from services.people import acting
from services.rows import deal_standing
from services.task_lines import sees

Joins = list[tuple[Deal, Person]]
"""Deals, and who shall come to work on each."""


async def blind(uow: UnitOfWork, tasks: Sequence[Task], whose: Mapping[int, int]) -> frozenset[int]:
    """Those of the tasks whose deal or lead is not seen by whoever is to do them."""
    places = await uow.task_places.of_tasks([task.id for task in tasks])
    readers = {one: await acting(uow, one, Door.TIMER) for one in sorted({*whose.values()})}
    return frozenset(
        task
        for task, place in places.items()
        if place.kind != "client" and (who := readers[whose[task]]) is not None and not sees(who, place)
    )


async def joins(uow: UnitOfWork, actor: Actor, tasks: Sequence[Task], people: Mapping[int, Person]) -> Joins:
    """The deals of these tasks into which the actor may bring who is to do each, by the task's id."""
    heirs = {task.deal_id: people[task.id] for task in tasks if task.deal_id is not None}
    return [
        (deal, heirs[deal.id])
        for deal, stage in await uow.task_places.deals(heirs)
        if may_join(actor, deal, stage, heirs[deal.id])
    ]


def may_join(actor: Actor, deal: Deal, stage: Stage, person: Person) -> bool:
    """Whether the actor may bring somebody into a deal (`deal.share`)."""
    if stage.kind in CLOSED_KINDS or person.role not in HELPERS or len(deal.crew) >= MOST_HELPERS:
        return False
    here = granted(actor, Action.DEAL_SHARE, deal_standing(deal, stage))
    return here and person.id not in (deal.owner_id, *deal.crew)


async def join(uow: UnitOfWork, actor: Actor, now: datetime, found: Joins, event: int) -> None:
    """Let them work on these deals, too, as part of what the event tells. Raises `stale`."""
    for deal, person in found:
        await set_crew(uow, deal, [*deal.crew, person.id])
        await uow.mutes.drop(person.id, "deal", [deal.id])
        await deal_topics.begin_for_two(uow, now, deal, event)
    come: dict[int, history.Changes] = {deal.id: {"crew": (None, person.id)} for deal, person in found}
    await history.consequences(uow, actor, now, Action.DEAL_SHARE, "deal", come)
    await notices.refresh_all(uow, now, "deal", [*come], event)


async def part(uow: UnitOfWork, actor: Actor, now: datetime, joined: Mapping[int, int], event: int) -> None:
    """Let those who came into deals go again, unless they have something left to do for them."""
    gone: dict[int, history.Changes] = {}
    for deal, stage in await uow.task_places.deals(joined):
        heir = joined[deal.id]
        left = {task.assignee_id for task in await uow.tasks.open_for("deal", deal.id)}
        may = granted(actor, Action.DEAL_SHARE, deal_standing(deal, stage))
        if may and heir in deal.crew and heir not in left:
            await set_crew(uow, deal, [one for one in deal.crew if one != heir])
            gone[deal.id] = {"crew": (heir, None)}
    await history.consequences(uow, actor, now, Action.DEAL_SHARE, "deal", gone)
    await notices.refresh_all(uow, now, "deal", [*gone], event)
