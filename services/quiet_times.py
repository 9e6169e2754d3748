"""When somebody's quiet time ends, by what they have set and by where they live and work."""

from datetime import datetime
from zoneinfo import ZoneInfo

from db.uow import UnitOfWork
from services.calendars import own_calendar
from services.quiet_hours import Quiet, off_work_until
from services.workspace import the_workspace


async def quiet_until(
    uow: UnitOfWork, person_id: int, quiet: Quiet, time_zone: str | None, at: datetime
) -> datetime | None:
    """When the quiet time ends in which a moment lies; None if it lies in none."""
    if quiet.off_work:
        return off_work_until(at, await own_calendar(uow, person_id, time_zone))
    zone = time_zone or (await the_workspace(uow)).time_zone
    return quiet.until(at, ZoneInfo(zone))
