"""One event for each change, in the change's own transaction; and reading a subject's events."""

from collections.abc import Mapping
from datetime import datetime

from db.repositories.history import Past, PastBy
from db.repositories.notes import NoteFacts
from db.uow import UnitOfWork
from services.access import Action, Actor, Door, Role
from services.dto.common import EventLine, NoteLine, Page
from services.followup import touches
from services.understanding.units import units

Changes = dict[str, tuple[object, object]]

PAGE = 10
MESSAGE = 3700
"""So much of what was said fits into a message, in Telegram's units, beside its title."""
FRAME = 150
"""What else stands in a line: when, who, what."""
FIELDS = 12
"""So many of the fields that were filled at once are told."""
FIELD = 70
"""What each of them takes besides its name."""
_HANDS = ("watcher_id", "helper_id")


async def record(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    action: Action | str,
    subject: str,
    subject_id: int,
    changes: Changes | None = None,
) -> int:
    """Append to the history who did what to which subject, and return the event's id.

    `changes` maps a field to its old and new value; ids and codes rather than personal data. A program has no
    number to be found by: its name goes along. What happened with a client ends their silence.
    """
    event = await uow.history.append(**row(actor, now, action, subject, subject_id, changes or {}))
    await touches.notice(uow, now, str(action), subject, subject_id, changes or {})
    return event


def row(
    actor: Actor, now: datetime, action: Action | str, subject: str, subject_id: int, changes: Changes
) -> dict[str, object]:
    """The event of a change as it is written."""
    if actor.role is Role.PROGRAM:
        changes = {**changes, "by": (None, actor.name)}
    return {
        "at": now,
        "actor_id": actor.person_id or None,
        "door": str(actor.door),
        "bot_id": actor.cause.bot_id if actor.cause else None,
        "update_id": actor.cause.update_id if actor.cause else None,
        "action": str(action),
        "subject": subject,
        "subject_id": subject_id,
        "changes": {name: list(pair) for name, pair in changes.items()},
    }


async def consequences(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    action: Action,
    subject: str,
    changes: Mapping[int, Changes],
) -> None:
    """Append what follows from a change for other subjects, by their ids.

    The update itself is kept with the event of the change, `record`, alone.
    """
    await uow.history.append_many(
        [
            {
                "at": now,
                "actor_id": actor.person_id or None,
                "door": actor.door,
                "action": action,
                "subject": subject,
                "subject_id": subject_id,
                "changes": {name: list(pair) for name, pair in changed.items()},
            }
            for subject_id, changed in changes.items()
        ]
    )


async def lines(uow: UnitOfWork, events: list[PastBy], *, whole: bool = False) -> tuple[EventLine, ...]:
    """Events as lines, with the texts of their notes and the names of the people they speak of.

    `whole`: and with what a lead says where it became a deal, which a card tells elsewhere.
    """
    notes = await uow.notes.facts({note for event, _ in events for note in _added(event)})
    before = await uow.notes.versions(
        {e.changes["note_was"][0] for e, _ in events if "note_was" in e.changes}
    )
    people = await uow.people.names(
        {
            person
            for e, _ in events
            for field in ("owner_id", "crew", *_HANDS)
            for person in e.changes.get(field, [])
            if person is not None
        }
    )
    ended = {e.subject_id for e, _ in events if whole and e.action == Action.LEAD_QUALIFY}
    asked = await uow.leads.comments(ended) if ended else {}
    firms = await uow.firm_lists.names(
        {firm for e, _ in events for firm in _employers(e) if firm is not None}
    )
    return tuple(
        EventLine(
            id=event.id,
            at=event.at,
            actor=name or _program(event),
            action=event.action,
            changes=event.changes,
            notes=tuple(note_line(notes[note]) for note in _added(event) if note in notes),
            was=before.get(event.changes["note_was"][0]) if "note_was" in event.changes else None,
            owners=tuple(people.get(person) for person in event.changes.get("owner_id", [])),
            firms=_firms(event, firms),
            erased=event.erased_by is not None,
            crew=tuple(people.get(person) for person in event.changes.get("crew", [])),
            hands=tuple(
                people.get(one) if one is not None else None
                for field in _HANDS
                for one in event.changes.get(field, [])
            ),
            door=event.door,
            subject=event.subject,
            request=asked.get(event.subject_id) if event.action == Action.LEAD_QUALIFY else None,
        )
        for event, name in events
    )


async def page(uow: UnitOfWork, events: list[PastBy], import_id: int | None = None) -> Page[EventLine]:
    """The first `PAGE` of these as they fit into one message; one more than that tells that there are more.

    The last page of what was imported ends with that: an import writes one event for all that it makes.
    """
    shown = leaf(await lines(uow, events[:PAGE], whole=True))
    if len(events) > len(shown):
        return Page(shown, shown[-1].id)
    origin = await uow.imports.origin(import_id) if import_id is not None else None
    return Page((*shown, _imported(*origin)) if origin else shown, None)


def _imported(at: datetime, author: str | None, filename: str) -> EventLine:
    return EventLine(0, at, author, Action.IMPORT_RUN, {"file": [None, filename]}, door=Door.IMPORT)


def leaf(lines: tuple[EventLine, ...]) -> tuple[EventLine, ...]:
    """The first of these, at least one, so many that one message holds them with all that was said."""
    room = MESSAGE
    for count, line in enumerate(lines):
        words = (one for one in line.changes.get("text", ()) if isinstance(one, str))
        said = (line.was or "", line.request or "", *words, *(note.text for note in line.notes))
        room -= FRAME + sum(map(units, said)) + _filled(line)
        if room < 0:
            return lines[: max(count, 1)]
    return lines


def _filled(line: EventLine) -> int:
    """The room of the fields that were filled at once."""
    lines = line.changes.get("fields", [None, None])[1]
    return sum(units(name) + FIELD for name, *_ in lines[:FIELDS]) if isinstance(lines, list) else 0


def note_line(note: NoteFacts) -> NoteLine:
    """A note in one line."""
    return NoteLine(
        text=note.text,
        origin=note.origin_name,
        origin_at=note.origin_at,
        edited=note.edited,
        files=note.files,
        kind=note.kind,
        name=note.name,
    )


def _employers(event: Past) -> list[int | None]:
    """The old and the new company that a contact works for; of deals their names are kept."""
    return event.changes.get("company_id", []) if event.subject == "contact" else []


def _firms(event: Past, names: Mapping[int, str]) -> tuple[str | None, ...]:
    """The names of these companies; nothing where one of them is there no more."""
    ids = _employers(event)
    if any(firm is not None and firm not in names for firm in ids):
        return ()
    return tuple(names[firm] if firm is not None else None for firm in ids)


def _program(event: Past) -> str | None:
    """The name of the program that did it, if it was one."""
    return str(event.changes["by"][1]) if "by" in event.changes else None


def _added(event: Past) -> list[int]:
    """The notes that an event added."""
    if "notes" in event.changes:
        return list(event.changes["notes"][1])
    return [event.changes["note"][1]] if "note" in event.changes else []
