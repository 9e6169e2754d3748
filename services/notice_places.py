"""Where messages go, and how soon they leave."""

from dataclasses import dataclass
from enum import IntEnum

from db.models import Person
from services.quiet_hours import Quiet


class Priority(IntEnum):
    """Who waits for it; lower leaves first. Direct answers to a press do not pass the outbox."""

    ANSWER = 0
    URGENT = 1
    REMINDER = 2
    BULK = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: a person's private chat, or a team chat."""

    chat_id: int
    person_id: int | None = None
    thread: int | None = None
    quiet: Quiet | None = None
    zone: str | None = None
    """The reader's own, where they have one."""


def private(person: Person) -> Place | None:
    """A person's private chat; none while they cannot be written to."""
    if person.telegram_id is None or not person.reachable or person.status != "active":
        return None
    quiet = Quiet.of(person.quiet) if person.quiet else None
    return Place(person.telegram_id, person.id, quiet=quiet, zone=person.time_zone)
