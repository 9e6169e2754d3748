"""What an import fills in of clients who were there before: told in their history, taken back with it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from db.models import ImportFill
from db.repositories.known_clients import Client
from db.uow import UnitOfWork
from services import history, notices
from services.access import NOBODY, Action, Actor, Door
from services.dto.fields import Field as OwnField
from services.dto.fields import FieldSubject, Value
from services.fields.answers import told_lines
from services.fields.shape import field_of
from services.fields.values import value_of
from services.imports.own_names import CONTACT, FIRM


@dataclass(frozen=True, slots=True)
class Filler:
    """An import that fills cards in, or takes that back, for whoever has pressed the button."""

    import_id: int
    actor: Actor
    now: datetime
    known: bool
    """Whether it fills in those who were there before, too."""


@dataclass(frozen=True, slots=True)
class FilledIn:
    """What was filled in of one client."""

    row: Client
    columns: dict[str, object] = field(default_factory=dict)
    fields: dict[int, tuple[OwnField, Value]] = field(default_factory=dict)


async def filler_of(uow: UnitOfWork, import_id: int, now: datetime, *, known: bool = False) -> Filler:
    """Whom an import does this for: its last step was theirs."""
    last = await uow.history.last_of("import", import_id, 1)
    person_id = last[0][0].actor_id if last else None
    return Filler(import_id, replace(NOBODY, person_id=person_id or 0, door=Door.IMPORT), now, known)


async def rows_to_fill(
    uow: UnitOfWork, by: Filler, subject: FieldSubject, ids: Collection[int]
) -> Mapping[int, Client]:
    """Those of these clients that may be filled in; of the known ones not those that somebody has changed
    since the import has filled them in, else taking it back would not know any more what was its own."""
    rows = await uow.imports.hold_clients(subject, ids, None if by.known else by.import_id)
    before = await uow.import_fills.of(by.import_id, subject, rows) if by.known else {}
    return {one: row for one, row in rows.items() if one not in before or before[one].version == row.version}


async def tell_of_known(
    uow: UnitOfWork, by: Filler, subject: FieldSubject, filled: Iterable[FilledIn]
) -> None:
    """Note down what was filled in of those who were there before; their history tells it."""
    known = {
        one.row.id: one for one in filled if one.row.import_id != by.import_id and (one.columns or one.fields)
    }
    before = await uow.import_fills.of(by.import_id, subject, known) if known else {}
    told: dict[int, history.Changes] = {}
    for client, one in known.items():
        one.row.version += 1
        fill = before.get(client)
        if fill is None:
            fill = ImportFill(import_id=by.import_id, subject=subject, subject_id=client)
            fill.columns, fill.fields = [], []
            uow.import_fills.add(fill)
        fill.version = one.row.version
        fill.columns = [*fill.columns, *one.columns]
        fill.fields = [*fill.fields, *one.fields]
        told[client] = {name: (None, value) for name, value in one.columns.items()}
        told[client] |= told_lines((own, None, value) for own, value in one.fields.values())
    await _tell(uow, by, subject, told)


async def take_back_fills(uow: UnitOfWork, by: Filler, after: int, limit: int) -> int | None:
    """Empty again what an import has filled in, of some clients behind an id; what somebody has changed since
    stays. The last id, or none if there are no more."""
    fills = await uow.import_fills.page(by.import_id, after, limit)
    for subject in (CONTACT, FIRM):
        await _empty(uow, by, subject, [fill for fill in fills if fill.subject == subject])
    return fills[-1].id if fills else None


async def _empty(uow: UnitOfWork, by: Filler, subject: FieldSubject, fills: Sequence[ImportFill]) -> None:
    rows = await uow.imports.hold_clients(subject, [fill.subject_id for fill in fills]) if fills else {}
    mine = [fill for fill in fills if fill.subject_id in rows]
    mine = [fill for fill in mine if rows[fill.subject_id].version == fill.version]
    fields = {row.id: row for row in await uow.fields.kept(subject)} if mine else {}
    said = await uow.fields.values_of(subject, [fill.subject_id for fill in mine]) if mine else {}
    emptied: dict[int, list[int]] = {}
    told: dict[int, history.Changes] = {}
    for fill in mine:
        one, row = fill.subject_id, rows[fill.subject_id]
        told[one] = {name: (getattr(row, name), None) for name in fill.columns}
        for name in fill.columns:
            setattr(row, name, None)
        gone = [field_of(fields[own]) for own in fill.fields if own in fields]
        told[one] |= told_lines((own, value_of(own, said.get(one, {}).get(own.id, [])), None) for own in gone)
        for own in gone:
            emptied.setdefault(own.id, []).append(one)
        row.version += 1
        await uow.import_fills.forget(fill)
    for own_id, ids in emptied.items():
        await uow.fields.empty(fields[own_id], ids)
    await _tell(uow, by, subject, told)
    await uow.import_fills.flush()


async def _tell(
    uow: UnitOfWork, by: Filler, subject: FieldSubject, told: Mapping[int, history.Changes]
) -> None:
    """One event for each, and the cards that stand somewhere are drawn anew."""
    await history.consequences(uow, by.actor, by.now, Action.CLIENT_EDIT, subject, told)
    # No one event stands behind all of them: the moment tells one state of a card from the next.
    await notices.refresh_all(uow, by.now, subject, sorted(told), int(by.now.timestamp() * 1_000_000))
