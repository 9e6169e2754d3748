"""What may be kept as a note of a deal or a lead."""

from services.errors import AppError
from services.understanding.fold import clean

NOTE_LIMIT = 4000


def checked_note(text: str) -> str:
    """A note as it is kept. Raises `note.empty`, `note.too_long`."""
    if len(text) > NOTE_LIMIT:
        raise AppError("note.too_long", limit=NOTE_LIMIT)
    text = clean(text, NOTE_LIMIT)
    if not text:
        raise AppError("note.empty")
    return text
