"""What is left of the history of subjects whose data is gone."""

from collections.abc import Collection, Mapping

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
                left = scrub(event.changes)
                if left != event.changes:
                    seen = event.fingerprint or fingerprint(event.changes)
                    await uow.erasure.scrub(event, left, seen, erased_by)
