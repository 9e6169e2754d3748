"""Writing and reading the append-only history."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from sqlalchemy import Table, and_, bindparam, func, insert, literal, or_, select, union_all

from db.models import CustomField, Department, Event, Person, Pipeline, Stage
from db.repositories.base import Repository

EVENT = cast("Table", Event.__table__)

# Each change appends and most answers read, so these are built once.
_GIVEN = ("at", "actor_id", "door", "bot_id", "update_id", "action", "subject", "subject_id", "changes")
_NOTHING: dict[str, object] = {**dict.fromkeys(_GIVEN), "changes": {}}
APPEND = insert(EVENT).values({name: bindparam(name) for name in _GIVEN}).returning(EVENT.c.id)
_LAST = (
    select(Event, Person.name)
    .outerjoin(Person, Person.id == Event.actor_id)
    .where(Event.subject == bindparam("of_subject"), Event.subject_id == bindparam("of_id"))
    .order_by(Event.id.desc())
    .limit(bindparam("at_most"))
)
_LAST_BEFORE = _LAST.where(Event.id < bindparam("before"))
# The life of a deal begins with that of its lead; each half reads its own index.
_ROAD = (
    select(Event, Person.name)
    .outerjoin(Person, Person.id == Event.actor_id)
    .where(
        or_(
            and_(Event.subject == "deal", Event.subject_id == bindparam("of_deal")),
            and_(Event.subject == "lead", Event.subject_id == bindparam("of_lead")),
        )
    )
    .order_by(Event.id.desc())
    .limit(bindparam("at_most"))
)
_ROAD_BEFORE = _ROAD.where(Event.id < bindparam("before"))
_INTO = (
    select(Event)
    .where(
        Event.subject == "deal",
        Event.subject_id == bindparam("of_deal"),
        Event.changes[("stage_id", 1)].as_integer() == bindparam("stage"),
    )
    .order_by(Event.id.desc())
    .limit(1)
)
_NAMED = union_all(
    *(
        select(literal(kind), model.id, model.name)
        for kind, model in (
            ("department", Department),
            ("pipeline", Pipeline),
            ("stage", Stage),
            ("field", CustomField),
        )
    )
)
_CHANGED = (
    select(Event.id)
    .where(
        Event.subject == bindparam("of_subject"),
        Event.subject_id == bindparam("of_id"),
        Event.at > bindparam("since"),
        func.coalesce(Event.update_id, -1) != bindparam("but"),
    )
    .limit(1)
)


class HistoryRepository(Repository):
    """Events are only ever added."""

    async def append(self, **values: object) -> int:
        """Add one event and return its id."""
        return int((await self.session.execute(APPEND, _NOTHING | values)).scalar_one())

    async def append_many(self, rows: list[dict[str, object]]) -> None:
        """Add events of many subjects at once."""
        if rows:
            await self.session.execute(insert(Event), rows)

    async def get(self, event_id: int) -> Event | None:
        """One event."""
        return await self.session.get(Event, event_id)

    async def is_changed_since(
        self, subject: str, subject_id: int, moment: datetime, *, but: int | None
    ) -> bool:
        """Whether a subject has events after a moment, other than those of the update `but`."""
        given = {
            "of_subject": subject,
            "of_id": subject_id,
            "since": moment,
            "but": -2 if but is None else but,
        }
        return await self.session.scalar(_CHANGED, given) is not None

    async def of_update(self, bot_id: int, update_id: int) -> Event | None:
        """The event that this update has caused."""
        query = select(Event).where(Event.bot_id == bot_id, Event.update_id == update_id).limit(1)
        return (await self.session.execute(query)).scalar_one_or_none()

    async def last_of(
        self, subject: str, subject_id: int, limit: int, before: int | None = None
    ) -> list[tuple[Event, str | None]]:
        """The newest events of a subject with their actors' names, newest first, older than `before`."""
        given = {"of_subject": subject, "of_id": subject_id, "at_most": limit}
        if before is None:
            rows = await self.session.execute(_LAST, given)
        else:
            rows = await self.session.execute(_LAST_BEFORE, {**given, "before": before})
        return [(event, name) for event, name in rows]

    async def of_action(
        self, subject: str, ids: Collection[int], action: str
    ) -> list[tuple[Event, str | None]]:
        """All that was done to these subjects by one action, with the actors' names, the oldest first."""
        if not ids:
            return []
        query = select(Event, Person.name).outerjoin(Person, Person.id == Event.actor_id)
        query = query.where(Event.subject == subject, Event.subject_id.in_(sorted(ids)))
        rows = await self.session.execute(query.where(Event.action == action).order_by(Event.id))
        return [(event, name) for event, name in rows]

    async def settings_names(self) -> dict[str, str]:
        """What all departments, pipelines, stages and fields are called now, as `stage:3`."""
        return {f"{kind}:{one}": name for kind, one, name in await self.session.execute(_NAMED)}

    async def last_into(self, deal_id: int, stage_id: int) -> Event | None:
        """The move that brought a deal to a stage last."""
        found: Event | None = await self.session.scalar(_INTO, {"of_deal": deal_id, "stage": stage_id})
        return found

    async def last_of_deal(
        self, deal_id: int, lead_id: int | None, limit: int, before: int | None = None
    ) -> list[tuple[Event, str | None]]:
        """The same of a deal together with the lead that it was made from."""
        if lead_id is None:
            return await self.last_of("deal", deal_id, limit, before)
        given = {"of_deal": deal_id, "of_lead": lead_id, "at_most": limit}
        if before is None:
            rows = await self.session.execute(_ROAD, given)
        else:
            rows = await self.session.execute(_ROAD_BEFORE, {**given, "before": before})
        return [(event, name) for event, name in rows]
