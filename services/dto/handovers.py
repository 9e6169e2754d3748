"""Deals of colleagues as those who may hand them over see them."""

from dataclasses import dataclass

from services.dto.common import Page, Ref, Sum
from services.dto.deals import DealLine


@dataclass(frozen=True, slots=True)
class Holder:
    """A colleague with how many deals they have in work."""

    person: Ref
    deals: int
    total: Sum


@dataclass(frozen=True, slots=True)
class DealsInHand:
    """A colleague's deals in work, page by page."""

    holder: Holder
    page: Page[DealLine]


@dataclass(frozen=True, slots=True)
class DealsHandover:
    """What one colleague gives to another: deals, and the tasks and clients that go with them."""

    person: Ref
    heir: Ref
    deals: int
    tasks: int
    contacts: int
    newest: int
    """The newest of the deals: with their number it tells whether they are still the same."""
    left: int
    """Deals of departments in which the heir does not sell; they stay."""
    event: int = 0
    """What it is taken back by, once it is done."""
