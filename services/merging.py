"""Uniting clients: of two contacts or two companies one stays, and all that belongs to both is its own.

One transaction holds both; the row that goes is kept with the way back, which is open for a day.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from db.models import Company, ContactPoint, Merge
from db.repositories.known_clients import Client
from db.uow import Database, UnitOfWork
from services import client_chats, history, merge_news
from services.access import Action, Actor, Standing, granted
from services.client_cards import build_client_card
from services.client_changes import MOST_POINTS
from services.client_fields import contact_haystack, folded_name
from services.client_rows import access_client
from services.clock import Clock
from services.dto.clients import ClientKind
from services.dto.merges import Merged, Parted, picks_in, seen_as
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.fields.uniting import differing_fields, part_fields, unite_fields
from services.merge_fields import FIRST_FIELD, OWNER_BIT, united

UNDOABLE = timedelta(days=1)
"""So long a uniting can be taken back: afterwards too much has been built on it."""


class Merging:
    """The service that unites clients (`client.merge` with both) and takes it back."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def merge(self, actor: Actor, kind: ClientKind, kept_id: int, gone_id: int, seen: int) -> Merged:
        """Make one client of two; whoever opens the other one from now on finds this one.

        The group of the one that goes is this one's, unless this one has a group.
        `seen`: what was seen of both, and what is taken from the one that goes: `MergePreview.seen`.
        Raises `contact.not_found`, `firm.not_found`, `not_allowed`, `merge.same`, `client.merged` (stale) for
        one that has gone into another, `client.too_many_points`, `stale`.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            kept, gone = await hold_both(uow, actor, kind, kept_id, gone_id)
            picks = picks_in(seen)
            if seen != seen_as(picks, kept.version, gone.version):
                raise StaleError
            if picks & OWNER_BIT and not (gone.owner_id and await uow.people.stays(gone.owner_id)):
                raise StaleError
            points = await uow.clients.points(kind, gone.id)
            known = {point.value for point in await uow.clients.points(kind, kept.id)}
            values, called = united(kind, kept, gone, picks), kept.name
            merge = Merge(
                kind=kind,
                gone_id=gone.id,
                kept_id=kept.id,
                gone=uow.merges.row_of(gone),
                points=[_as_row(point) for point in points if point.value in known],
                changed={name: [getattr(kept, name), value] for name, value in values.items()},
                merged_at=now,
                merged_by=actor.person_id,
            )
            known |= {point.value for point in points}
            if len(known) > MOST_POINTS:
                raise AppError("client.too_many_points", limit=MOST_POINTS)
            taken = await _picked(uow, kind, kept.id, gone.id, picks)
            merge.moved = await uow.merges.move(kind, gone.id, kept.id)
            merge.moved |= await unite_fields(uow, kind, kept.id, gone.id, taken)
            merge.moved |= await client_chats.unite(uow, now, kind, kept.id, gone.id)
            if not await uow.merges.remove(gone):
                raise StaleError
            await _write(uow, kept, values, known)
            uow.clients.add(merge)
            await uow.clients.flush()
            changes: history.Changes = {name: (old, new) for name, (old, new) in merge.changed.items()}
            await _retag(uow, kind, kept_id, changes)
            changes |= {"merged": (None, gone.id), "called": (None, gone.name)}
            event = await history.record(uow, actor, now, Action.CLIENT_MERGE, kind, kept.id, changes)
            told: history.Changes = {"merged_into": (None, kept.id), "called": (None, called)}
            await history.consequences(uow, actor, now, Action.CLIENT_MERGE, kind, {gone.id: told})
            await client_chats.tell_united(uow, now, merge, event)
            await merge_news.tell(uow, now, merge, event)
            client = await build_client_card(uow, actor, kind, kept.id, now)
            return Merged(client, called, gone.name, merge.id)

    async def undo(self, actor: Actor, kind: ClientKind, kept_id: int, merge_id: int) -> Parted:
        """Make two of it again: each row that was moved and is still here goes back, and so does each field
        that nobody has changed since; so does the group, unless it is another's by now. Returns the one that
        is back.

        Raises what `merge` raises for the rights, `merge.too_late` after a day, `merge.later` where the one
        that stayed has gone into another since, and `stale` if it was taken back already.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            merge = await uow.merges.get(merge_id)
            if merge is None or (merge.kind, merge.kept_id) != (kind, kept_id):
                raise NotFoundError(kind)
            kept = await self._held(uow, actor, kind, merge)
            if merge.undone_at is not None:
                raise StaleError
            if merge.gone is None or now - merge.merged_at > UNDOABLE:
                raise AppError("merge.too_late")
            if not await uow.merges.mark_undone(merge.id, now):
                raise StaleError
            await uow.merges.put_back(merge, merge.gone, await _as_of_now(uow, merge.gone, kept))
            back = await _unchanged(uow, merge, kept)
            changes: history.Changes = {name: (getattr(kept, name), old) for name, old in back.items()}
            await _retag(uow, kind, kept.id, changes)
            await uow.tags.replace(kind, merge.gone_id, merge.gone["tags"])
            changes |= {"merged": (merge.gone_id, None), "called": (merge.gone["name"], None)}
            await part_fields(uow, kind, kept.id, merge.gone_id, merge.moved)
            left = await uow.clients.points(kind, kept.id)
            await _write(uow, kept, back, [point.value for point in left])
            called = str(back.get("name", kept.name))
            told: history.Changes = {"merged_into": (kept.id, None), "called": (called, None)}
            # The update is kept with the one whose card is the answer: else that would be drawn over at once.
            event = await history.record(uow, actor, now, Action.CLIENT_MERGE, kind, merge.gone_id, told)
            await history.consequences(uow, actor, now, Action.CLIENT_MERGE, kind, {kept.id: changes})
            await client_chats.divide(uow, now, merge, event)
            await merge_news.tell(uow, now, merge, event)
            return Parted(await build_client_card(uow, actor, kind, merge.gone_id, now), called)

    @staticmethod
    async def _held(uow: UnitOfWork, actor: Actor, kind: ClientKind, merge: Merge) -> Client:
        """The one that stayed, for whoever may unite it and might have the one that is gone."""
        try:
            await access_client(uow, actor, kind, merge.kept_id, Action.CLIENT_MERGE)
        except StaleError:
            raise AppError("merge.later") from None
        if merge.gone is not None and not granted(actor, Action.CLIENT_MERGE, _stood(merge.gone)):
            raise ForbiddenError
        held = await uow.merges.hold(kind, {merge.kept_id})
        if merge.kept_id not in held:
            raise AppError("merge.later")
        return held[merge.kept_id]


async def hold_both(
    uow: UnitOfWork, actor: Actor, kind: ClientKind, kept_id: int, gone_id: int, *, look: bool = False
) -> tuple[Client, Client]:
    """Both as they stand, if the actor may unite each; for this transaction alone, but for a `look`."""
    if kept_id == gone_id:
        raise AppError("merge.same")
    if not look:
        await uow.merges.hold(kind, {kept_id, gone_id})
    kept = await access_client(uow, actor, kind, kept_id, Action.CLIENT_MERGE)
    return kept, await access_client(uow, actor, kind, gone_id, Action.CLIENT_MERGE)


async def _picked(uow: UnitOfWork, kind: ClientKind, kept_id: int, gone_id: int, picks: int) -> set[int]:
    """The company's own fields that are taken from the one that goes."""
    if not picks >> FIRST_FIELD:
        return set()
    rows = await differing_fields(uow, kind, kept_id, gone_id)
    return {row.id for number, (row, *_) in enumerate(rows, FIRST_FIELD) if picks & 1 << number}


async def _write(uow: UnitOfWork, kept: Client, values: dict[str, object], points: Iterable[str]) -> None:
    """Compare and set, with what is searched."""
    values, name = dict(values), str(values.get("name", kept.name))
    if isinstance(kept, Company):
        values["name_folded"] = folded_name(name)
    else:
        username = values.get("username", kept.username)
        addresses = sorted(value for value in points if "@" in value)
        values["search"] = contact_haystack(name, str(username) if username else None, addresses)
    if not await uow.clients.change(kept, **values):
        raise StaleError


async def _retag(uow: UnitOfWork, kind: ClientKind, kept_id: int, changes: history.Changes) -> None:
    """Note down for lists which tags it has now; the history tells of them by their names."""
    if "tags" not in changes:
        return
    old, new = (list[int](some) if isinstance(some, list) else [] for some in changes["tags"])
    names = await uow.tags.names({*old, *new})
    await uow.tags.replace(kind, kept_id, new)
    before, after = ([name for one, name in names.items() if one in some] for some in (old, new))
    changes["tags"] = (before, after)


def _stood(gone: dict[str, Any]) -> Standing:
    """Where the one that is gone lay."""
    return Standing(frozenset({gone["owner_id"]}), gone["department_id"])


def _as_row(point: ContactPoint) -> dict[str, Any]:
    return {"kind": point.kind, "value": point.value, "label": point.label}


async def _unchanged(uow: UnitOfWork, merge: Merge, kept: Client) -> dict[str, object]:
    """What the one that stayed had before, as far as nobody has changed it since."""
    back: dict[str, object] = {}
    owner = merge.changed.get("owner_id", [None])[0]
    left = owner is not None and not await uow.people.stays(owner)
    for name, (old, new) in merge.changed.items():
        if left and name in ("owner_id", "department_id"):
            continue
        if name == "company_id":
            old, new = await _employer(uow, old), await _employer(uow, new)
        if getattr(kept, name) == new:
            back[name] = old
    return back


async def _as_of_now(uow: UnitOfWork, gone: dict[str, Any], kept: Client) -> dict[str, object]:
    """What of the one that is back cannot be as it was: the owner may have left, the company be another."""
    instead: dict[str, object] = {}
    if gone["owner_id"] is not None and not await uow.people.stays(gone["owner_id"]):
        instead["owner_id"] = kept.owner_id
    if "company_id" in gone:
        instead["company_id"] = await _employer(uow, gone["company_id"])
    return instead


async def _employer(uow: UnitOfWork, firm_id: object) -> int | None:
    """The company for which a contact worked, or what it has become; none if it is no more."""
    if not isinstance(firm_id, int):
        return None
    firm = await uow.clients.get("firm", firm_id)
    return firm.id if firm is not None else await uow.merges.survivor("firm", firm_id)
