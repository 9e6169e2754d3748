"""`sdelka export`: the company's deals, leads or clients into a file."""

from pathlib import Path

from bot.outside import outside
from bot.serve import StartError, read_settings
from db.schema import at_head
from db.uow import Database
from integrations.tables import write_csv, write_xlsx
from services.access import Door
from services.bundle import Services
from services.clock import SystemClock
from services.dto.fields import FieldSubject
from services.exports.columns import Value

KINDS = {".xlsx": write_xlsx, ".csv": write_csv}


class ExportError(Exception):
    """Nothing was exported, in words for whoever asked."""


async def export_all(file: Path, subject: FieldSubject = FieldSubject.DEAL) -> int:
    """Write all of a kind, in the owner's name; returns how many. Raises ExportError."""
    write = KINDS.get(file.suffix.lower())
    if write is None:
        raise ExportError(f"{file.name}: name a file that ends in .xlsx or .csv")
    try:
        db = Database.open(read_settings().database)
    except StartError as error:
        raise ExportError(str(error)) from None
    try:
        if not await at_head(db.engine):
            raise ExportError("The database is not at this program's schema; run `migrate`.")
        columns, rows = await _rows(db, subject)
    finally:
        await db.close()
    write(file, columns, rows)
    return len(rows)


async def _rows(db: Database, subject: FieldSubject) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    services = Services(db, SystemClock(), outside())
    owner = await services.people.owner(Door.COMMAND)
    if owner is None:
        raise ExportError("There is no owner yet, and so nothing to export.")
    columns = await services.exports.columns(owner, subject)
    return columns, [row async for row in services.exports.rows(owner, subject)]
