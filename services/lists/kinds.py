"""What may be listed: deals, leads, contacts, companies, each with the right to see it and what is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from services.access import Action, Actor
from services.dto.fields import FieldSubject
from services.lists.days import Dated
from services.lists.filters import Filter, What


@dataclass(frozen=True, slots=True)
class Kind:
    """One of them."""

    subject: FieldSubject
    view: Action
    told: Action
    """The right without which nothing is told of tags, nor of fields that are not for finance."""
    offers: tuple[What, ...]
    """What may be asked for, in the order of the screen."""
    days: tuple[Dated, ...]
    bulk: tuple[Action, ...]
    """What may be done with many of them at once."""


DEALS = Kind(
    FieldSubject.DEAL,
    Action.DEAL_VIEW,
    Action.DEAL_TALK_VIEW,
    (
        *(What.STAGE, What.PERSON, What.SOURCE, What.DATE, What.AMOUNT, What.TAG, What.FIELD),
        *(What.NO_TASK, What.ROTTING),
    ),
    tuple(Dated),
    (Action.DEAL_HAND_OVER, Action.DEAL_MOVE, Action.DEAL_TAG, Action.DEAL_LOSE),
)
LEADS = Kind(
    FieldSubject.LEAD,
    Action.LEAD_VIEW,
    Action.LEAD_VIEW,
    (
        *(What.STATE, What.PERSON, What.SOURCE, What.DATE, What.AMOUNT, What.TAG, What.FIELD, What.SCORE),
        *(What.NO_TASK, What.HOT),
    ),
    tuple(day for day in Dated if day.of != "closed"),
    (Action.LEAD_HAND_OVER, Action.LEAD_TAG, Action.LEAD_REJECT),
)
CONTACTS = Kind(
    FieldSubject.CONTACT,
    Action.CLIENT_VIEW,
    Action.CLIENT_VIEW,
    (What.PERSON, What.TAG, What.DATE, What.FIELD, What.CONSENT),
    tuple(day for day in Dated if day.of == "created"),
    (Action.CLIENT_HAND_OVER, Action.CLIENT_TAG),
)
FIRMS = Kind(
    FieldSubject.FIRM,
    Action.CLIENT_VIEW,
    Action.CLIENT_VIEW,
    (What.PERSON, What.TAG, What.FIELD),
    (),
    (Action.CLIENT_HAND_OVER, Action.CLIENT_TAG),
)
INNER = frozenset({What.SOURCE, What.TAG, What.NO_TASK, What.ROTTING})
"""What is not told to those who are told nothing of what is said and planned."""
KINDS: Mapping[FieldSubject, Kind] = MappingProxyType(
    {one.subject: one for one in (DEALS, LEADS, CONTACTS, FIRMS)}
)


def listable(actor: Actor) -> tuple[FieldSubject, ...]:
    """What somebody may list."""
    return tuple(kind.subject for kind in KINDS.values() if actor.may(kind.view))


def offers_of(actor: Actor, kind: Kind) -> tuple[What, ...]:
    """What somebody may ask for: who is in a list that asks for what they are not told would tell it."""
    return kind.offers if actor.may(kind.told) else tuple(one for one in kind.offers if one not in INNER)


def days_of(actor: Actor, kind: Kind) -> tuple[Dated, ...]:
    """The days of which they may ask, without those of tasks where they are not told of any."""
    return kind.days if actor.may(kind.told) else tuple(day for day in kind.days if day.of != "task")


def asks_inner(actor: Actor, filter_: Filter) -> bool:
    """Whether a filter asks for what is not for somebody: one that was kept before, or by somebody else."""
    kind = KINDS[filter_.subject]
    asked = filter_.asked & frozenset(kind.offers)
    return not asked <= set(offers_of(actor, kind)) or (
        filter_.date is not None and filter_.date.of in _of(kind.days) - _of(days_of(actor, kind))
    )


def _of(days: tuple[Dated, ...]) -> frozenset[str]:
    return frozenset(day.of for day in days)
