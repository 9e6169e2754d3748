"""Clients as their readers see them."""

from dataclasses import dataclass
from datetime import datetime

from services.dto.common import Ref
from services.dto.deals import DealLine
from services.dto.leads import LeadLine


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A contact with those of its leads and deals that the reader may see."""

    id: int
    name: str
    phone: str | None
    email: str | None
    username: str | None
    company: str | None
    owner: Ref | None
    created_at: datetime
    leads: tuple[LeadLine, ...]
    deals: tuple[DealLine, ...]
