"""The demo's past: everything that happened is noted with its moment and written in order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from db.models import Call, Deal, Department, Lead, LossReason, Note, Person, Stage, Task
from services.access import Action, Door

ZONE = ZoneInfo("Europe/Moscow")
OPENS, CLOSES = 9, 19
"""Working hours."""
SUNDAY = 6
Subject = Lead | Deal | Task
_SUBJECTS: dict[type[Subject], str] = {Lead: "lead", Deal: "deal", Task: "task"}


@dataclass(frozen=True, slots=True)
class Crew:
    """A department and its people."""

    department: Department
    head: Person
    managers: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """The demo company as it stands in the database."""

    crews: tuple[Crew, ...]
    owner: Person
    finance: Person
    marketing: Person
    stages: tuple[Stage, ...]
    reasons: tuple[LossReason, ...]
    currency: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One event to be, about a lead, deal or task that may not have its id yet."""

    at: datetime
    actor: Person
    action: Action
    about: Subject
    changes: dict[str, list[object]]
    said: Note | None = None

    def row(self) -> dict[str, object]:
        """The columns of the event, once all ids are known."""
        changes = {"note": [None, self.said.id]} if self.said else self.changes
        return {
            "at": self.at,
            "actor_id": self.actor.id,
            "door": Door.PRIVATE,
            "action": str(self.action),
            "subject": _SUBJECTS[type(self.about)],
            "subject_id": self.about.id,
            "changes": changes,
        }


@dataclass(slots=True)
class Chronicle:
    """Collects what happened; `now` is the end of it."""

    now: datetime
    chance: Random
    happenings: list[Happening] = field(default_factory=list)
    talk: list[tuple[Note | Call, Lead | Deal]] = field(default_factory=list)

    def tell(
        self, at: datetime, actor: Person, action: Action, about: Subject, **changes: list[object]
    ) -> None:
        """Note an event; `changes` are pairs of old and new."""
        self.happenings.append(Happening(at, actor, action, about, changes))
        _touch(about, at)

    def note(self, at: datetime, author: Person, about: Lead | Deal, text: str) -> None:
        """A note that somebody wrote."""
        note = Note(text=text, author_id=author.id, created_at=at)
        self.talk.append((note, about))
        self.happenings.append(Happening(at, author, Action.NOTE_ADD, about, {}, note))
        _touch(about, at)

    def call(self, at: datetime, author: Person, about: Lead | Deal, outcome: str) -> None:
        """A call that somebody logged."""
        self.talk.append((Call(outcome=outcome, author_id=author.id, created_at=at), about))
        self.tell(at, author, Action.CALL_LOG, about, outcome=[None, outcome])

    def events(self) -> Iterator[dict[str, object]]:
        """All events in the order in which they happened."""
        for happening in sorted(self.happenings, key=lambda one: one.at):
            yield happening.row()

    def workday(self, days_ago: int) -> datetime:
        """A moment within working hours so many days ago, never on a Sunday and never to come."""
        minutes = self.chance.randrange(OPENS * 60, CLOSES * 60)
        day = self.now.astimezone(ZONE).date() - timedelta(days=days_ago)
        moment = datetime.combine(day, time(minutes // 60, minutes % 60), ZONE)
        while moment > self.now - timedelta(minutes=5) or moment.weekday() == SUNDAY:
            moment -= timedelta(days=1)
        return moment

    def between(self, first: datetime, last: datetime, count: int) -> list[datetime]:
        """So many moments between two, in order, as far as possible within working hours."""
        span = (last - first).total_seconds()
        moments = [first + timedelta(seconds=span * self.chance.uniform(0.05, 1)) for _ in range(count)]
        return sorted(min(max(at_work(moment), first), last) for moment in moments)


def at_work(moment: datetime) -> datetime:
    """The moment itself within working hours, else one on the same day, without dice."""
    local = moment.astimezone(ZONE)
    if OPENS <= local.hour < CLOSES:
        return moment
    return local.replace(hour=OPENS + local.hour % (CLOSES - OPENS))


def _touch(about: Subject, at: datetime) -> None:
    """Something happened with the client of a deal."""
    if isinstance(about, Deal):
        about.touched_at = max(about.touched_at or at, at)
