"""Which message is the card of which subject."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Binding:
    """A message that now is the card of a subject."""

    chat_id: int
    message_id: int
    subject: str
    subject_id: int
    person_id: int | None
