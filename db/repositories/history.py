"""Writing and reading the append-only history."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Select, Table, and_, bindparam, func, insert, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CustomField, Department, Event, Person, Pipeline, Stage
from db.repositories.base import Repository
from db.trips import Step

EVENT, PERSON = (cast("Table", model.__table__) for model in (Event, Person))


class Past(NamedTuple):
    """An event as it is read: nobody changes it any more."""

    id: int
    at: datetime
    actor_id: int | None
    door: str
    action: str
    subject: str
    subject_id: int
    changes: dict[str, Any]
    """{field: [old, new]}"""
    erased_by: int | None


PastBy = tuple[Past, str | None]
"""An event, and what whoever did it is called."""
FEW = 4
"""So many of a deal's newest events stand on its card."""

# Each change appends and most answers read, so these are built once.
_GIVEN = ("at", "actor_id", "door", "bot_id", "update_id", "action", "subject", "subject_id", "changes")
_NOTHING: dict[str, object] = {**dict.fromkeys(_GIVEN), "changes": {}}
APPEND = insert(EVENT).values({name: bindparam(name) for name in _GIVEN}).returning(EVENT.c.id)
PAST = tuple(EVENT.c[name] for name in Past._fields)
_PAST = select(*PAST)
_TOLD = _PAST.add_columns(PERSON.c.name).select_from(EVENT.outerjoin(PERSON, PERSON.c.id == EVENT.c.actor_id))
_NEWEST = _TOLD.order_by(EVENT.c.id.desc()).limit(bindparam("at_most"))
_LAST = _NEWEST.where(EVENT.c.subject == bindparam("of_subject"), EVENT.c.subject_id == bindparam("of_id"))
# The life of a deal begins with that of its lead; each half reads its own index.
_ROAD = _NEWEST.where(
    or_(
        and_(EVENT.c.subject == "deal", EVENT.c.subject_id == bindparam("of_deal")),
        and_(EVENT.c.subject == "lead", EVENT.c.subject_id == bindparam("of_lead")),
    )
)
_LAST_BEFORE, _ROAD_BEFORE = (query.where(EVENT.c.id < bindparam("before")) for query in (_LAST, _ROAD))
_GET = _PAST.where(EVENT.c.id == bindparam("number"))
_OF_UPDATE = _PAST.where(
    EVENT.c.bot_id == bindparam("of_bot"), EVENT.c.update_id == bindparam("of_update")
).limit(1)
_INTO = (
    _PAST.where(
        EVENT.c.subject == "deal",
        EVENT.c.subject_id == bindparam("of_deal"),
        EVENT.c.changes[("stage_id", 1)].as_integer() == bindparam("stage"),
    )
    .order_by(EVENT.c.id.desc())
    .limit(1)
)
_DONE_TO = _TOLD.where(
    EVENT.c.subject == bindparam("of_subject"),
    EVENT.c.subject_id.in_(bindparam("ids", expanding=True)),
    EVENT.c.action == bindparam("of_action"),
).order_by(EVENT.c.id)
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


def newest_step(deal_id: int, lead_id: int | None) -> Step:
    """What asks for the `FEW` newest events of a deal and of its lead."""
    given = {"of_deal": deal_id, "of_lead": lead_id, "of_subject": "deal", "of_id": deal_id, "at_most": FEW}
    return (_LAST if lead_id is None else _ROAD), given


def past_by(row: Sequence[Any]) -> PastBy:
    """An event from its columns, the last of which is the name."""
    *event, name = row
    return Past(*event), name


class HistoryRepository(Repository):
    """Events are only ever added."""

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._newest: dict[int, Sequence[PastBy]] = {}
        """Of deals, as they came along with a change; until another event is added."""

    async def append(self, **values: object) -> int:
        """Add one event and return its id."""
        self._newest.clear()
        return int((await self.session.execute(APPEND, _NOTHING | values)).scalar_one())

    async def append_many(self, rows: list[dict[str, object]]) -> None:
        """Add events of many subjects at once."""
        if rows:
            self._newest.clear()
            await self.session.execute(insert(Event), rows)

    def remember(self, deal_id: int, newest: Sequence[PastBy]) -> None:
        """Keep what `newest_step` has found in this transaction."""
        self._newest[deal_id] = newest

    async def get(self, event_id: int) -> Past | None:
        """One event."""
        return await self._one(_GET, number=event_id)

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

    async def of_update(self, bot_id: int, update_id: int) -> Past | None:
        """The event that this update has caused."""
        return await self._one(_OF_UPDATE, of_bot=bot_id, of_update=update_id)

    async def last_of(
        self, subject: str, subject_id: int, limit: int, before: int | None = None
    ) -> list[PastBy]:
        """The newest events of a subject with their actors' names, newest first, older than `before`."""
        given = {"of_subject": subject, "of_id": subject_id, "at_most": limit}
        if before is None:
            return await self._told(_LAST, **given)
        return await self._told(_LAST_BEFORE, **given, before=before)

    async def of_action(self, subject: str, ids: Collection[int], action: str) -> list[PastBy]:
        """All that was done to these subjects by one action, with the actors' names, the oldest first."""
        if not ids:
            return []
        return await self._told(_DONE_TO, of_subject=subject, ids=sorted(ids), of_action=action)

    async def settings_names(self) -> dict[str, str]:
        """What all departments, pipelines, stages and fields are called now, as `stage:3`."""
        return {f"{kind}:{one}": name for kind, one, name in await self.session.execute(_NAMED)}

    async def last_into(self, deal_id: int, stage_id: int) -> Past | None:
        """The move that brought a deal to a stage last."""
        return await self._one(_INTO, of_deal=deal_id, stage=stage_id)

    async def last_of_deal(
        self, deal_id: int, lead_id: int | None, limit: int, before: int | None = None
    ) -> list[PastBy]:
        """The same of a deal together with the lead that it was made from."""
        if before is None and limit <= FEW and deal_id in self._newest:
            return [*self._newest[deal_id][:limit]]
        if lead_id is None:
            return await self.last_of("deal", deal_id, limit, before)
        given = {"of_deal": deal_id, "of_lead": lead_id, "at_most": limit}
        if before is None:
            return await self._told(_ROAD, **given)
        return await self._told(_ROAD_BEFORE, **given, before=before)

    async def _one(self, query: Select[Any], **given: object) -> Past | None:
        row = (await self.session.execute(query, given)).one_or_none()
        return Past(*row) if row is not None else None

    async def _told(self, query: Select[Any], **given: object) -> list[PastBy]:
        return [past_by(row) for row in await self.session.execute(query, given)]
