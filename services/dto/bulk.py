"""Deeds with many deals, leads or clients at once, as whoever does them sees them."""

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
    CLIENT_GIVE = "client_give"
    CLIENT_TAG = "client_tag"
    CLIENT_UNTAG = "client_untag"
    FIRM_GIVE = "firm_give"
    FIRM_TAG = "firm_tag"
    FIRM_UNTAG = "firm_untag"

    @property
    def subject(self) -> FieldSubject:
        """With what."""
        return _OF_OTHERS[self][0] if self in _OF_OTHERS else FieldSubject.DEAL

    @property
    def plain(self) -> "Deed":
        """What is the same with deals, if anything is: it is told in the same words."""
        return _OF_OTHERS[self][1] if self in _OF_OTHERS else self


_OF_OTHERS = {
    Deed.LEAD_GIVE: (FieldSubject.LEAD, Deed.GIVE),
    Deed.LEAD_TAG: (FieldSubject.LEAD, Deed.TAG),
    Deed.LEAD_UNTAG: (FieldSubject.LEAD, Deed.UNTAG),
    Deed.REJECT: (FieldSubject.LEAD, Deed.REJECT),
    Deed.CLIENT_GIVE: (FieldSubject.CONTACT, Deed.GIVE),
    Deed.CLIENT_TAG: (FieldSubject.CONTACT, Deed.TAG),
    Deed.CLIENT_UNTAG: (FieldSubject.CONTACT, Deed.UNTAG),
    Deed.FIRM_GIVE: (FieldSubject.FIRM, Deed.GIVE),
    Deed.FIRM_TAG: (FieldSubject.FIRM, Deed.TAG),
    Deed.FIRM_UNTAG: (FieldSubject.FIRM, Deed.UNTAG),
}


class Bar(StrEnum):
    """Why a deal, a lead or a client is left as it is."""

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
    pipelines: tuple[Ref, ...] = ()
    """Where there are too many stages: the pipelines, of which one is chosen first."""
    pipeline: Ref | None = None
    """The one whose stages these are then."""


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
    """What they come to; none: of leads and clients, or of several currencies."""
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
