"""`sdelka export`: the company's deals into a file."""

from pathlib import Path

from bot.outside import outside
from bot.serve import StartError, read_settings
from db.schema import at_head
from db.uow import Database
from integrations.tables import write_csv, write_xlsx
from services.access import Door
from services.bundle import Services
from services.clock import SystemClock
from services.exports import Value

KINDS = {".xlsx": write_xlsx, ".csv": write_csv}


class ExportError(Exception):
    """Nothing was exported, in words for whoever asked."""


async def export_deals(file: Path) -> int:
    """Write all deals, in the owner's name; returns how many. Raises ExportError."""
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
        columns, rows = await _rows(db)
    finally:
        await db.close()
    write(file, columns, rows)
    return len(rows)


async def _rows(db: Database) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    services = Services(db, SystemClock(), outside())
    owner = await services.people.owner(Door.COMMAND)
    if owner is None:
        raise ExportError("There is no owner yet, and so nothing to export.")
    columns = await services.exports.columns(owner)
    return columns, [row async for row in services.exports.deals(owner)]
