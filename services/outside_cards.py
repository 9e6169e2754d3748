"""Leads, clients and deals for other programs: what they say, and changes of their fields."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from db.models import Company, Contact, Deal, Lead
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.client_cards import to_points
from services.client_fields import read_field
from services.client_writing import changed_columns, write_client
from services.clock import Clock
from services.dto.clients import FIELDS, ClientField, ClientKind
from services.dto.fields import FieldSubject, Invoice, Value
from services.dto.outside_cards import OutsideCard, OutsideChange
from services.errors import AppError, StaleError
from services.fields.answers import told_changes
from services.fields.entry import Filled, keep, told_with
from services.fields.lines import field_lines
from services.fields.outside import FieldsWrongError, read_given
from services.fields.places import EDIT, Place, change_place, find_place
from services.fields.reading import Where
from services.fields.shape import field_of
from services.fields.values import value_of
from services.outside_points import PointChange, read_points, write_points
from services.workspace import the_workspace


class ChangeWrongError(AppError):
    """Some of it cannot be taken; `columns` and `fields` by name: what is wrong."""

    def __init__(self, columns: Mapping[str, AppError], fields: Mapping[str, AppError]) -> None:
        super().__init__("change.wrong")
        self.columns = columns
        self.fields = fields


class OutsideCards:
    """The service of cards for programs let in by `WaysIn`; the scopes of a key are their rights."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, subject: FieldSubject, subject_id: int) -> OutsideCard:
        """What a subject says. Raises `not_allowed`, `lead.not_found` and the like."""
        require(actor, Action.FIELD_FILL)
        async with self._db.read() as uow:
            return await _card(uow, await find_place(uow, actor, subject, subject_id))

    async def change(
        self, actor: Actor, subject: FieldSubject, subject_id: int, given: OutsideChange
    ) -> OutsideCard:
        """Change all of this at once, told as one event; what is the same already is left as it is.

        Raises ChangeWrongError with all that is wrong, `not_allowed`, `stale`, `card.closed` for what takes
        no change as it stands, `lead.not_found` and the like.
        """
        require(actor, Action.FIELD_FILL)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            place = await find_place(uow, actor, subject, subject_id)
            require(actor, EDIT[subject])
            if not place.edits:
                raise AppError("card.closed")
            if given.version not in (None, place.row.version):
                raise StaleError
            columns, points, filled = await _read(uow, place, given, now)
            if columns or points or filled:
                changes = columns | (points.told if points else {}) | _told(filled)
                if isinstance(place.row, Contact | Company):
                    there = points.left if points else None
                    await write_client(uow, actor, now, place.row, changes, there)
                    if points:
                        await write_points(uow, place.row, points)
                else:
                    await change_place(uow, actor, now, place, changes)
                await keep(uow, place.row.id, filled)
            return await _card(uow, await find_place(uow, actor, subject, place.row.id))


async def _read(
    uow: UnitOfWork, place: Place, given: OutsideChange, now: datetime
) -> tuple[history.Changes, PointChange | None, list[Filled]]:
    """What is new of it. Raises ChangeWrongError."""
    workspace = await the_workspace(uow)
    columns, wrong = _columns(place, given.columns, now.date())
    points, unread = await read_points(uow, place.subject, place.row.id, given.points, workspace.region)
    wrong |= unread
    where = Where(now.date(), workspace.region, workspace.currency)
    try:
        filled = await read_given(uow, place.subject, given.fields, where, clears=True)
    except FieldsWrongError as error:
        raise ChangeWrongError(wrong, error.faults) from None
    if wrong:
        raise ChangeWrongError(wrong, {})
    said = (await uow.fields.values_of(place.subject, [place.row.id])).get(place.row.id, {})
    before = {one.row.id: value_of(field_of(one.row), said.get(one.row.id, [])) for one in filled}
    new = [Filled(one.row, _with_file(one.value, before[one.row.id]), before[one.row.id]) for one in filled]
    return columns, points, [one for one in new if one.value != one.before]


def _with_file(value: Value | None, before: Value | None) -> Value | None:
    """A bill is given as words; the file that it came with stays."""
    if isinstance(value, Invoice) and isinstance(before, Invoice):
        return replace(value, file=value.file or before.file)
    return value


def _columns(
    place: Place, given: Mapping[ClientField, str], today: date
) -> tuple[history.Changes, dict[str, AppError]]:
    """What of a client is new, and what is wrong, by field."""
    if not isinstance(place.row, Contact | Company):
        return {}, {}
    values: dict[str, object] = {}
    wrong: dict[str, AppError] = {}
    for column, typed in given.items():
        try:
            values |= read_field(ClientKind(place.subject), column, typed, today)
        except AppError as error:
            wrong[column] = error
    try:
        return changed_columns(place.row, values), wrong
    except AppError as error:
        return {}, {**wrong, ClientField.KPP: error}


def _told(filled: list[Filled]) -> history.Changes:
    """One field is told with what it was."""
    if len(filled) == 1:
        return told_changes(field_of(filled[0].row), filled[0].before, filled[0].value)
    return told_with(filled)


async def _card(uow: UnitOfWork, place: Place) -> OutsideCard:
    row = place.row
    client = row if isinstance(row, Contact | Company) else None
    return OutsideCard(
        subject=place.subject,
        id=row.id,
        version=row.version,
        title=place.title,
        fields=await field_lines(uow, place.subject, row.id),
        contact_id=row.contact_id if isinstance(row, Deal) else None,
        company_id=None if isinstance(row, Lead | Company) else row.company_id,
        points=to_points(await uow.clients.points(place.subject, row.id)) if client is not None else (),
        columns=_said(client) if client is not None else {},
    )


def _said(client: Contact | Company) -> dict[ClientField, str | None]:
    kind = ClientKind.CONTACT if isinstance(client, Contact) else ClientKind.FIRM
    said = {column: getattr(client, column) for column in FIELDS[kind]}
    if isinstance(client, Contact) and client.birthday is not None:
        month, day = client.birthday.split("-")
        said[ClientField.BIRTHDAY] = (
            f"{client.birth_year}-{month}-{day}" if client.birth_year else f"{day}.{month}"
        )
    return said
