"""Sources of forms: addresses that the owner opens for sites and other programs, and closes again."""

import secrets
from datetime import datetime
from urllib.parse import urlsplit

from db.models import FormSource
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.bin.days import days_left, first_moment, zone_of
from services.clock import Clock
from services.dto.common import Ref
from services.dto.inquiries import ClosedSource, SourceCard, Ways
from services.errors import AppError, NotFoundError
from services.lead_fields import SOURCE_LIMIT
from services.lines import whole_line
from services.places import department_of
from services.understanding.fold import clean_line
from services.way_pipelines import pipeline_of

TOKEN_BYTES = 16
MOST = 50
MOST_ORIGINS = 10
ANY = "-"
"""Typed instead of sites, it lets any site send."""


class Sources:
    """The service of sources; all of it the owner's right (`intake.manage`)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def ways(self, actor: Actor) -> Ways:
        """All that is open: sources and keys, where new ones may lead, and what may be opened again."""
        require(actor, Action.INTAKE_MANAGE)
        async with self._db.read() as uow:
            since = first_moment(self._clock.now(), await zone_of(uow))
            closed = await uow.inquiries.closed_sources(since, MOST)
            return Ways(
                closed=tuple(Ref(row.id, row.name) for row in closed),
                sources=tuple(Ref(row.id, row.name) for row in await uow.inquiries.sources(MOST)),
                keys=tuple(Ref(row.id, row.name) for row in await uow.inquiries.keys(MOST)),
                departments=tuple(Ref(row.id, row.name) for row in await uow.people.departments()),
            )

    async def card(self, actor: Actor, source_id: int) -> SourceCard:
        """One source with its token. Raises `source.not_found`."""
        require(actor, Action.INTAKE_MANAGE)
        async with self._db.read() as uow:
            return await _card(uow, *await _access(uow, source_id))

    async def open(self, actor: Actor, name: str, department_id: int) -> SourceCard:
        """A new source; its leads carry its name.

        Raises `way.name_empty`, `way.many`, `department.not_found`.
        """
        require(actor, Action.INTAKE_MANAGE)
        async with self._db.write(actor.cause) as uow:
            if len(await uow.inquiries.sources(MOST)) == MOST:
                raise AppError("way.many", limit=MOST)
            department, now = await department_of(uow, department_id), self._clock.now()
            row = FormSource(
                name=way_name(name),
                token=secrets.token_urlsafe(TOKEN_BYTES),
                department_id=department.id,
                origins=[],
                created_by=actor.person_id,
                created_at=now,
            )
            uow.inquiries.add(row)
            await uow.inquiries.flush()
            changes: history.Changes = {"opened": (None, row.name), "department_id": (None, department.id)}
            await history.record(uow, actor, now, Action.INTAKE_MANAGE, "source", row.id, changes)
            return await _card(uow, row, department.name)

    async def let_send(self, actor: Actor, source_id: int, typed: str) -> SourceCard:
        """The sites that may send forms here from a browser, typed with spaces between; "-": any.

        Only to them is a visitor sent back. Raises `source.not_found`, `source.bad_site` with its `site`.
        """
        require(actor, Action.INTAKE_MANAGE)
        origins = [] if typed.strip() == ANY else _origins(typed)
        async with self._db.write(actor.cause) as uow:
            row, department = await _access(uow, source_id)
            changes: history.Changes = {"origins": (list(row.origins), origins)}
            row.origins = origins
            now = self._clock.now()
            await history.record(uow, actor, now, Action.INTAKE_MANAGE, "source", row.id, changes)
            return await _card(uow, row, department)

    async def close(self, actor: Actor, source_id: int) -> None:
        """Close a source: its addresses are not known any more, unless it is opened again within thirty days.

        Raises `source.not_found`.
        """
        require(actor, Action.INTAKE_MANAGE)
        async with self._db.write(actor.cause) as uow:
            row, _ = await _access(uow, source_id)
            row.closed_at = now = self._clock.now()
            closed: history.Changes = {"closed": (None, row.name)}
            await history.record(uow, actor, now, Action.INTAKE_MANAGE, "source", row.id, closed)

    async def closed(self, actor: Actor, source_id: int) -> ClosedSource:
        """One that was closed in the last thirty days. Raises `source.not_found`."""
        require(actor, Action.INTAKE_MANAGE)
        now = self._clock.now()
        async with self._db.read() as uow:
            row, department = await _access_closed(uow, source_id, now)
            assert row.closed_at is not None
            left = days_left(row.closed_at, now, await zone_of(uow))
            return ClosedSource(row.id, row.name, Ref(row.department_id, department), row.closed_at, left)

    async def open_again(self, actor: Actor, source_id: int) -> SourceCard:
        """Let forms that know its addresses send to it again. Raises `source.not_found`, `way.many`."""
        require(actor, Action.INTAKE_MANAGE)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            row, department = await _access_closed(uow, source_id, now)
            if len(await uow.inquiries.sources(MOST)) == MOST:
                raise AppError("way.many", limit=MOST)
            row.closed_at = None
            opened: history.Changes = {"opened": (None, row.name)}
            await history.record(uow, actor, now, Action.INTAKE_MANAGE, "source", row.id, opened)
            return await _card(uow, row, department)


def way_name(typed: str) -> str:
    """The name of a source or key. Raises `way.name_empty`, and what `whole_line` raises."""
    name = whole_line(typed, SOURCE_LIMIT)
    if not any(char.isalnum() for char in name):
        raise AppError("way.name_empty")
    return name


def _origins(typed: str) -> list[str]:
    sites = typed.replace(",", " ").split()
    if not 0 < len(sites) <= MOST_ORIGINS:
        raise AppError("source.bad_site", site=clean_line(typed, 40))
    return list(dict.fromkeys(map(_origin, sites)))


def _origin(site: str) -> str:
    """`https://example.org`, as browsers name it, of an address or a bare domain."""
    try:
        parts = urlsplit(site if "://" in site else f"https://{site}")
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise AppError("source.bad_site", site=clean_line(site, 40)) from None
    if parts.scheme not in ("http", "https") or not host or ("." not in host and host != "localhost"):
        raise AppError("source.bad_site", site=clean_line(site, 40))
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")


async def _access(uow: UnitOfWork, source_id: int) -> tuple[FormSource, str]:
    found = await uow.inquiries.source(source_id)
    if found is None:
        raise NotFoundError("source")
    return found


async def _access_closed(uow: UnitOfWork, source_id: int, now: datetime) -> tuple[FormSource, str]:
    since = first_moment(now, await zone_of(uow))
    found = await uow.inquiries.closed_source(source_id, since)
    if found is None:
        raise NotFoundError("source")
    return found


async def _card(uow: UnitOfWork, row: FormSource, department: str) -> SourceCard:
    traffic = await uow.inquiries.traffic(source_id=row.id)
    return SourceCard(
        id=row.id,
        name=row.name,
        token=row.token,
        department=Ref(row.department_id, department),
        pipeline=await pipeline_of(uow, row),
        origins=tuple(row.origins),
        count=traffic.count,
        last_at=traffic.last_at,
    )
