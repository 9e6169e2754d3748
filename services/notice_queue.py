"""Messages that a change causes: rows of the outbox, written in the change's own transaction.

A row names a kind and ids, never a text: it is rendered, and the rights are asked again, at sending.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from db.uow import UnitOfWork
from services.notice_kinds import AT_ONCE, NEWS, SOFTLY, URGENT, NoticeKind
from services.notice_places import Place, Priority
from services.quiet_times import quiet_until
from services.timers import TimerKind

NO_TIME = timedelta()


async def send(
    uow: UnitOfWork,
    now: datetime,
    places: Iterable[Place | None],
    kind: NoticeKind,
    key: str,
    params: dict[str, object],
    *,
    priority: Priority = Priority.URGENT,
    silent: bool = False,
    coalesce: str | None = None,
    lives: timedelta | None = None,
    gather: timedelta | None = None,
) -> None:
    """Queue one message for each place. `key` names the cause: the same key and place is queued once.

    `coalesce`: of several waiting messages with this key in a chat only the newest is sent.
    `lives`: after this time it is of no use and is dropped instead of sent late.
    `gather`: so long it waits for others of the same `coalesce`, together with which it is sent.
    News of a deal that a reader has muted do not come to them.
    What would ring in the reader's quiet time is held until that ends, see `services.quiet`.
    """
    deaf = await _deaf(uow, kind, params)
    chats = [place for place in places if place is not None and place.person_id not in deaf]
    workspace = await uow.people.workspace()
    epoch = workspace.outbox_epoch if workspace else 1
    keys = [f"{coalesce}@{place.chat_id}" for place in chats] if gather and coalesce else []
    begun = await uow.outbox.begun(keys)
    at = {place: begun.get(f"{coalesce}@{place.chat_id}", now + (gather or NO_TIME)) for place in chats}
    quiet = {place: await _quiet(uow, place, kind, at[place]) for place in chats if not silent}
    held = {} if kind in SOFTLY else {place: until for place, until in quiet.items() if until}
    await uow.outbox.add_many(
        [
            {
                "epoch": epoch,
                "dedupe": f"{key}@{place.chat_id}",
                "coalesce": f"{coalesce}@{place.chat_id}" if coalesce else None,
                "kind": kind,
                "params": params,
                "person_id": place.person_id,
                "chat_id": place.chat_id,
                "thread": place.thread,
                "priority": priority,
                "silent": silent or (place not in held and quiet[place] is not None),
                "state": "held" if place in held else "new",
                "created_at": now,
                "next_at": held.get(place, at[place]),
                "expires_at": now + lives if lives else None,
            }
            for place in chats
        ]
    )
    for place, until in held.items():
        if place.person_id is not None:
            await set_end(uow, now, place.person_id, until, f"{key}@{place.chat_id}")


async def set_end(uow: UnitOfWork, now: datetime, person_id: int, until: datetime, key: str) -> None:
    """Look after what is held when a quiet time ends. Each message has its own timer: one that was set
    before may fire just as the next message is being written."""
    await uow.timers.set_once(
        kind=TimerKind.QUIET_END,
        subject="person",
        subject_id=person_id,
        dedupe=f"{TimerKind.QUIET_END}:{key}",
        params={},
        due_at=until,
        created_at=now,
    )


async def _deaf(uow: UnitOfWork, kind: NoticeKind, params: dict[str, object]) -> frozenset[int]:
    """Who wants to hear no news of the deal that this is about."""
    if kind not in NEWS or params.get("subject", "deal") != "deal":
        return frozenset()
    return await uow.mutes.of("deal", int(str(params["id"])))


async def _quiet(uow: UnitOfWork, place: Place, kind: NoticeKind, at: datetime) -> datetime | None:
    if place.quiet is None or place.person_id is None or kind in AT_ONCE:
        return None
    if place.quiet.urgent and kind in URGENT:
        return None
    return await quiet_until(uow, place.person_id, place.quiet, place.zone, at)


async def withdraw(uow: UnitOfWork, coalesce: str, places: Iterable[Place]) -> None:
    """Do not send what is held for these places with this `coalesce`: it is news no more."""
    await uow.held.drop_same([f"{coalesce}@{place.chat_id}" for place in places])
