"""The history under seal: who changes it afterwards, even in the database itself, is found out.

A seal is the SHA-256 of the seal before and of each event since, written as JSON with its keys in order.
Of an event from which personal data was erased the fingerprint of what it said is kept, and its seal holds
for that; what is left of it names nobody, and the erasure itself stands in the history.
Events are sealed in stretches some minutes after they were written, since PostgreSQL gives out numbers before
their transactions end: a lower one may still be on its way. Whoever can rewrite all seals, too, is found out
by one that was noted elsewhere: `sdelka check` prints the newest.
"""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from db.models import Event, Seal
from db.uow import Database
from services.privacy.scrubbing import scrub

SETTLED = timedelta(minutes=10)
"""No transaction takes so long; what is older is complete."""
STRETCH = 1000
"""So many events at most are under one seal."""
ERASURE = "client.erase"
"""The action of an event by which personal data was erased."""
NONE = Seal(id=0, upto=0, events=0, digest="")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the history; `broken`: the first stretch that is not what it was, by its ends."""

    events: int
    unsealed: int
    newest: str
    broken: tuple[int, int] | None = None
    erased: int = 0
    """From so many of them personal data was erased."""
    missing: tuple[int, int] | None = None
    """How many have gone before a seal covered them, and the first of these."""


async def seal(db: Database, now: datetime) -> None:
    """Seal everything that has settled."""
    while await _seal_next(db, now):
        pass


async def verify(db: Database) -> Verdict:
    """Read the whole history against its seals."""
    before, counted, erased = NONE, 0, 0
    async with db.read() as uow:
        erasures = await uow.seals.numbers_of(ERASURE)
        while seals := await uow.seals.after(before.id, STRETCH):
            for one in seals:
                events = await uow.seals.events(before.upto, one.upto, STRETCH + 1)
                genuine = all(_is_erased_rightly(event, erasures) for event in events)
                if one.id != before.id + 1 or not genuine or digest(before.digest, events) != one.digest:
                    return Verdict(counted, 0, before.digest, (before.upto + 1, one.upto))
                counted += len(events)
                erased += sum(event.fingerprint is not None for event in events)
                before = one
        unsealed, missing = await uow.seals.count(before.upto), await uow.seals.missing()
        return Verdict(counted, unsealed, before.digest, erased=erased, missing=missing)


def digest(before: str, events: Iterable[Event]) -> str:
    """The seal over these events after a seal."""
    found = sha256(before.encode())
    for event in events:
        found.update(b"\n" + _written(event).encode())
    return found.hexdigest()


def fingerprint(changes: Mapping[str, object]) -> str:
    """By what the changes of an event are known without being told."""
    return sha256(_json(changes).encode()).hexdigest()


async def _seal_next(db: Database, now: datetime) -> bool:
    """Whether there may be more."""
    async with db.write() as uow:
        last = await uow.seals.last() or NONE
        upto = await uow.seals.settled(last.upto, now - SETTLED)
        events = await uow.seals.events(last.upto, upto, STRETCH)
        if not events:
            return False
        sealed = Seal(
            id=last.id + 1,
            upto=events[-1].id,
            events=len(events),
            digest=digest(last.digest, events),
            at=now,
        )
        await uow.seals.set(sealed, events)
        return len(events) == STRETCH


def _written(event: Event) -> str:
    values = {
        "id": event.id,
        "at": event.at.isoformat(),
        "actor": event.actor_id,
        "door": event.door,
        "update": [event.bot_id, event.update_id],
        "action": event.action,
        "subject": [event.subject, event.subject_id],
        "changes": event.fingerprint or fingerprint(event.changes),
    }
    return _json(values)


def _is_erased_rightly(event: Event, erasures: Container[int]) -> bool:
    """Whether an event is whole, or was erased by an erasure that is known, and names nobody."""
    if event.fingerprint is None:
        return True
    return event.erased_by in erasures and scrub(event.changes) == event.changes


def _json(values: object) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
