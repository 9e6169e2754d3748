"""Who stands behind a token that comes over HTTP: a source of forms or a key, and what it was let in for."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from db.models import ApiKey, FormSource
from db.uow import Database
from services.access import Action, Actor, Door, Role
from services.clock import Clock
from services.dto.inquiries import KeyScope, Way
from services.setup import hash_of

PAUSE = timedelta(minutes=1)
"""How precisely it is known when a key was used, so that a busy one does not write all the time."""
LONGEST_TOKEN = 100
_LOOKING = frozenset(
    {Action.LEAD_VIEW, Action.CLIENT_VIEW, Action.DEAL_VIEW, Action.DEAL_TALK_VIEW, Action.FIELD_FILL}
)
GRANTS = {
    KeyScope.LEADS_WRITE: frozenset({Action.LEAD_CREATE}),
    KeyScope.LEADS_READ: frozenset({Action.LEAD_VIEW}),
    KeyScope.CARDS_READ: _LOOKING,
    KeyScope.CARDS_WRITE: _LOOKING | {Action.LEAD_EDIT, Action.CLIENT_EDIT, Action.DEAL_EDIT},
}


class WaysIn:
    """The service that lets other programs in, as `people.identify` lets people in."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def by_token(self, token: str) -> Way | None:
        """The open source of forms with this token; None for anything else."""
        if not 0 < len(token) <= LONGEST_TOKEN or not token.isascii():
            return None
        async with self._db.look() as uow:
            found = await uow.inquiries.source_by_token(token)
        return _of_source(found) if found else None

    async def by_key(self, secret: str) -> Way | None:
        """The valid key that this is; None for anything else. That it was used is noted."""
        if not 0 < len(secret) <= LONGEST_TOKEN or not secret.isascii():
            return None
        async with self._db.look() as uow:
            found = await uow.inquiries.key_by_hash(hash_of(secret))
        if found is None:
            return None
        now = self._clock.now()
        if found.used_at is None or found.used_at < now - PAUSE:
            async with self._db.write() as uow:
                await uow.inquiries.used(found.id, now, PAUSE)
        return _of_key(found)


def _of_source(row: FormSource) -> Way:
    actor = _program(row.name, frozenset({Action.LEAD_CREATE}))
    return Way(
        actor, row.name, row.department_id, row.pipeline_id, source_id=row.id, origins=tuple(row.origins)
    )


def _of_key(row: ApiKey) -> Way:
    granted = frozenset[Action]().union(*(GRANTS[KeyScope(scope)] for scope in row.scopes))
    return Way(_program(row.name, granted), row.name, row.department_id, row.pipeline_id, key_id=row.id)


def _program(name: str, only: frozenset[Action]) -> Actor:
    """A program is nobody of the company: it has no number, no language and no zone of its own."""
    return Actor(
        person_id=0,
        name=name,
        role=Role.PROGRAM,
        language="en",
        zone=ZoneInfo("UTC"),
        door=Door.HTTP,
        only=only,
    )
