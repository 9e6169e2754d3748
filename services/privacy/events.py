"""What is left of the history of subjects whose data is gone."""

from collections.abc import Collection, Mapping

from db.models import Event
from db.uow import UnitOfWork
from services.privacy.scrubbing import scrub
from services.seals import fingerprint


async def scrub_history(uow: UnitOfWork, subjects: Mapping[str, Collection[int]], erased_by: int) -> None:
    """Leave of the events of these subjects what was done; each keeps by what its seal still holds.

    `erased_by`: the event of the erasure, whose action is `seals.ERASURE`.
    """
    for subject, ids in subjects.items():
        async for events in uow.erasure.events(subject, ids):
            for event in events:
                await _scrub(uow, event, erased_by)


async def scrub_unitings(
    uow: UnitOfWork, others: Collection[int], erased: Collection[int], erased_by: int
) -> None:
    """The same of the events by which other contacts were one with these for a while."""
    async for events in uow.erasure.events("contact", others):
        for event in events:
            told = [*event.changes.get("merged", []), *event.changes.get("merged_into", [])]
            if not {one for one in told if one is not None}.isdisjoint(erased):
                await _scrub(uow, event, erased_by)


async def _scrub(uow: UnitOfWork, event: Event, erased_by: int) -> None:
    left = scrub(event.changes)
    if left != event.changes:
        seen = event.fingerprint or fingerprint(event.changes)
        await uow.erasure.scrub(event, left, seen, erased_by)
