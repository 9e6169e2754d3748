"""Keys to the open API: made and revoked by the owner, told once, kept as hashes."""

import secrets
from collections.abc import Iterable

from db.models import ApiKey
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.common import Ref
from services.dto.inquiries import FreshKey, KeyCard, KeyScope
from services.errors import AppError, NotFoundError
from services.places import department_of
from services.setup import hash_of
from services.sources import MOST, way_name
from services.way_pipelines import pipeline_of

PREFIX = "sdk_"
"""By it keys are found where they should not stand: in a public repository, in a log."""
SECRET_BYTES = 32
SHOWN = len(PREFIX) + 4


class ApiKeys:
    """The service of keys; all of it the owner's right (`intake.manage`)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, key_id: int) -> KeyCard:
        """One key. Raises `key.not_found`."""
        require(actor, Action.INTAKE_MANAGE)
        async with self._db.read() as uow:
            return await _card(uow, *await _access(uow, key_id))

    async def make(self, actor: Actor, name: str, scopes: Iterable[KeyScope], department_id: int) -> FreshKey:
        """A new key, the only time that it is told itself.

        Raises `way.name_empty`, `way.many`, `department.not_found`, `key.no_scope`.
        """
        require(actor, Action.INTAKE_MANAGE)
        granted = sorted(set(scopes))
        if not granted:
            raise AppError("key.no_scope")
        secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        async with self._db.write(actor.cause) as uow:
            if len(await uow.inquiries.keys(MOST)) == MOST:
                raise AppError("way.many", limit=MOST)
            department, now = await department_of(uow, department_id), self._clock.now()
            row = ApiKey(
                name=way_name(name),
                token_hash=hash_of(secret),
                hint=secret[:SHOWN],
                scopes=[str(scope) for scope in granted],
                department_id=department.id,
                created_by=actor.person_id,
                created_at=now,
            )
            uow.inquiries.add(row)
            await uow.inquiries.flush()
            changes: history.Changes = {"made": (None, row.name), "scopes": (None, row.scopes)}
            await history.record(uow, actor, now, Action.INTAKE_MANAGE, "key", row.id, changes)
            return FreshKey(await _card(uow, row, department.name), secret)

    async def revoke(self, actor: Actor, key_id: int) -> None:
        """Take a key back: from this moment it opens nothing. Raises `key.not_found`."""
        require(actor, Action.INTAKE_MANAGE)
        async with self._db.write(actor.cause) as uow:
            row, _ = await _access(uow, key_id)
            row.revoked_at = now = self._clock.now()
            revoked: history.Changes = {"revoked": (None, row.name)}
            await history.record(uow, actor, now, Action.INTAKE_MANAGE, "key", row.id, revoked)


async def _access(uow: UnitOfWork, key_id: int) -> tuple[ApiKey, str]:
    found = await uow.inquiries.key(key_id)
    if found is None:
        raise NotFoundError("key")
    return found


async def _card(uow: UnitOfWork, row: ApiKey, department: str) -> KeyCard:
    traffic = await uow.inquiries.traffic(key_id=row.id)
    return KeyCard(
        id=row.id,
        name=row.name,
        hint=row.hint,
        scopes=tuple(KeyScope(scope) for scope in row.scopes),
        department=Ref(row.department_id, department),
        pipeline=await pipeline_of(uow, row),
        count=traffic.count,
        used_at=row.used_at,
        created_at=row.created_at,
    )
