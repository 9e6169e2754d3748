"""All fields of one subject for one reader."""

from db.uow import UnitOfWork
from services.dto.fields import FieldSheet
from services.fields.lines import field_lines
from services.fields.places import Place


async def sheet(uow: UnitOfWork, place: Place) -> FieldSheet:
    """The fields in use of a subject that the reader has been found to see, as far as they are for them."""
    return FieldSheet(
        place.subject,
        place.row.id,
        place.row.version,
        place.title,
        await field_lines(uow, place.subject, place.row.id, talks=place.talks),
        place.edits,
    )
