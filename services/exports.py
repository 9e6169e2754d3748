"""Exports: the company's deals, one row a deal, for a spreadsheet or for another program."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from decimal import Decimal

from db.uow import Database
from services.access import Action, Actor, require

PAGE = 1000
COLUMNS = (
    *("id", "title", "stage", "stage_kind", "amount", "currency", "paid", "contact", "phone", "company"),
    *(
        "owner",
        "department",
        "source",
        "product",
        "loss_reason",
        "created",
        "opened",
        "closed",
        "external_id",
        "archived",
    ),
)

Value = str | int | Decimal | date | datetime


class Exports:
    """The service of exports."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def deals(self, actor: Actor) -> AsyncIterator[tuple[Value, ...]]:
        """All deals, as rows of `COLUMNS`; sums in whole units. For the owner; raises `not_allowed`."""
        require(actor, Action.EXPORT_RUN)
        after = 0
        while True:
            async with self._db.read() as uow:
                rows = await uow.exports.deals(after, PAGE)
            for row in rows:
                yield tuple("" if value is None else value for value in _values(row, actor))
            if len(rows) < PAGE:
                return
            after = rows[-1].id


def _values(row: object, actor: Actor) -> tuple[Value | None, ...]:
    values = dict(zip(COLUMNS, row, strict=True))  # type: ignore[call-overload]  # a Row of the query's columns
    for name in ("amount", "paid"):
        values[name] = None if values[name] is None else Decimal(int(values[name])) / 100
    # A spreadsheet knows no zones: moments are told in the exporter's own.
    for name in ("created", "archived"):
        moment = values[name]
        values[name] = moment.astimezone(actor.zone).replace(tzinfo=None) if moment else None
    return tuple(values.values())
