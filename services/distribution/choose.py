"""Whose turn it is: a pure choice among the people of a department.

In turn means smooth weighted round robin, as in nginx (commit 52327e0627f4, "Upstream: smooth weighted
round-robin balancing"): each time everybody who could be next gets their weight as credit, the one with the
most is next, and pays for it what all have got together. In a row of as many choices as all weights add up to
each gets exactly their weight, and nobody two in a row where that can be helped.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from services.distribution.presence import Presence
from services.distribution.rules import Order


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could get a lead."""

    id: int
    weight: int = 1
    load: int = 0
    """Leads in hand."""
    credit: int = 0
    presence: Presence = Presence.HERE
    substitute_id: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is next, in whose stead, and what credit everybody has after it."""

    person_id: int
    instead_of: int | None = None
    credit: Mapping[int, int] = field(default_factory=dict)


def choose(
    candidates: Sequence[Candidate], order: Order, limit: int, but: Collection[int] = ()
) -> Choice | None:
    """Whoever is next, none of `but`; None when nobody is free.

    Free is who is here with fewer than `limit` leads (0: any number). Where somebody is off, their turn is
    their substitute's, if that one is free, and so on along a row of substitutes. With Order.LEAST it goes by
    turns, too, but among those alone who have the fewest leads in hand.
    """
    by_id = {one.id: one for one in candidates}
    free = {
        one.id
        for one in candidates
        if one.presence is Presence.HERE and one.id not in but and not 0 < limit <= one.load
    }
    turns = [(one, heir) for one in candidates if one.weight > 0 and (heir := _heir(one, by_id, free))]
    if order is Order.LEAST and turns:
        least = min(by_id[heir].load for _, heir in turns)
        turns = [(one, heir) for one, heir in turns if by_id[heir].load == least]
    if not turns:
        return None
    grown = {one.id: one.credit + one.weight for one, _ in turns}
    chosen, heir = max(turns, key=lambda turn: (grown[turn[0].id], -turn[0].id))
    grown[chosen.id] -= sum(one.weight for one, _ in turns)
    return Choice(heir, chosen.id if heir != chosen.id else None, grown)


def _heir(one: Candidate, by_id: Mapping[int, Candidate], free: Collection[int]) -> int | None:
    """Who takes somebody's turn: they, or along the row of substitutes the first who is free."""
    asked: set[int] = set()
    here: Candidate | None = one
    while here is not None and here.id not in asked:
        if here.id in free:
            return here.id
        asked.add(here.id)
        off = here.presence is Presence.OFF and here.substitute_id is not None
        here = by_id.get(here.substitute_id or 0) if off else None
    return None
