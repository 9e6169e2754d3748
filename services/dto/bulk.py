"""Deeds with many deals or leads at once, as whoever does them sees them."""

from dataclasses import dataclass
from enum import StrEnum

from services.dto.common import Ref, Sum
from services.dto.fields import FieldSubject
from services.dto.lists import StageChoice


class Deed(StrEnum):
    """What is done with all of them."""

    GIVE = "give"
    MOVE = "move"
    TAG = "tag"
    UNTAG = "untag"
    LOSE = "lose"
    LEAD_GIVE = "lead_give"
    LEAD_TAG = "lead_tag"
    LEAD_UNTAG = "lead_untag"
    REJECT = "reject"
    """Close leads as none."""

    @property
    def subject(self) -> FieldSubject:
        """With what."""
        return FieldSubject.LEAD if self in _OF_LEADS else FieldSubject.DEAL

    @property
    def plain(self) -> "Deed":
        """What is the same with deals, if anything is: it is told in the same words."""
        return _OF_LEADS.get(self, self)


_OF_LEADS = {
    Deed.LEAD_GIVE: Deed.GIVE,
    Deed.LEAD_TAG: Deed.TAG,
    Deed.LEAD_UNTAG: Deed.UNTAG,
    Deed.REJECT: Deed.REJECT,
}


class Bar(StrEnum):
    """Why a deal or a lead is left as it is."""

    GONE = "gone"
    """It is not there, or not for the actor to see."""
    FOREIGN = "foreign"
    """This is not the actor's to do with it."""
    GATE = "gate"
    """Its stage, or the other one, lets only other roles through."""
    FIELDS = "fields"
    """The stage asks for what it lacks."""
    UNPAID = "unpaid"
    """It is paid in part: whoever closes it says how."""
    REASON = "reason"
    """Its pipeline offers no such reason of loss."""
    CLOSED = "closed"
    ARCHIVED = "archived"
    SAME = "same"
    """It is so already."""
    PLACE = "place"
    """The colleague does not sell in its department."""
    FULL = "full"
    """It has as many tags as it may."""
    TOUCHED = "touched"
    """Somebody has changed it since: only with what is to be taken back."""


SOME = 5
"""So many of them are named."""


@dataclass(frozen=True, slots=True)
class Targets:
    """With whom, to where or why: the choices of a deed."""

    listing_id: int
    deed: Deed
    n: int
    """So many are chosen."""
    choices: tuple[Ref, ...] = ()
    stages: tuple[StageChoice, ...] = ()
    """Instead, where deals are moved."""
    page: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What will happen, or has happened: to how many, and to how many not."""

    listing_id: int
    deed: Deed
    target: Ref
    n: int
    """So many are changed."""
    barred: tuple[tuple[Bar, int], ...]
    clients: int = 0
    """So many clients go along."""
    tasks: int = 0
    """So many tasks: that go along, are set, or are dropped."""
    some: tuple[Ref, ...] = ()
    """The first few of them."""
    total: Sum | None = None
    """What they come to; none: of leads, or of several currencies."""
    unpriced: int = 0
    """So many of them have no sum, though they would be won."""
    won: int = 0
    """So many of them are won, and would be back in work."""
    lost: int = 0
    """The same of lost ones."""
    left: tuple[tuple[Bar, tuple[Ref, ...]], ...] = ()
    """The first few of those that are not, as far as the actor sees them."""
    mark: int = 0
    """Tells whether they are still as they were."""
    event: int = 0
    """What it is taken back by, once it is done."""
