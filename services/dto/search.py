"""What a search finds."""

from dataclasses import dataclass
from datetime import datetime

from services.dto.common import Page, Sum


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found; `hint` tells it apart from others of the same name."""

    id: int
    label: str
    amount: Sum | None = None
    hint: str | None = None
    stage: str | None = None
    """Where a deal stands."""
    archived: bool = False
    """Whether it is a deal that was put away."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hits by kind. Only what the reader may see was looked at."""

    query: str
    leads: Page[Hit]
    contacts: Page[Hit]
    firms: Page[Hit]
    deals: Page[Hit]
    near: bool = False
    """Whether these only nearly fit, nothing else being there."""
    talk: bool = False
    """Whether the same may be looked for in what was said."""

    @property
    def only(self) -> tuple[str, int] | None:
        """Subject and id, if there is exactly one hit, and no doubt about it."""
        if self.near:
            return None
        kinds = {"lead": self.leads, "contact": self.contacts, "firm": self.firms, "deal": self.deals}
        hits = [(subject, hit.id) for subject, page in kinds.items() for hit in page.items]
        return hits[0] if len(hits) == 1 else None

    @property
    def nothing(self) -> bool:
        """Whether there is no hit at all."""
        return not (self.leads.items or self.contacts.items or self.firms.items or self.deals.items)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something that was said of a deal, lead, client or task: the piece of it around what was looked for."""

    id: int
    at: datetime
    by: str | None
    """None where a program has brought it."""
    origin: str | None
    """Whose words they were, where they were forwarded."""
    text: str
    subject: str
    subject_id: int
    title: str
