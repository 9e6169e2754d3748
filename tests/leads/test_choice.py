"""Whose turn it is, over any people: all get their share, and nobody who is not there gets anything."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.distribution.choose import Candidate, Choice, choose
from services.distribution.presence import Presence
from services.distribution.rules import Order

WEIGHTS = st.lists(st.integers(1, 10), min_size=1, max_size=8)


@st.composite
def people(draw: st.DrawFn) -> list[Candidate]:
    count = draw(st.integers(0, 6))
    return [
        Candidate(
            id=n,
            weight=draw(st.integers(0, 5)),
            load=draw(st.integers(0, 6)),
            credit=draw(st.integers(-20, 20)),
            presence=draw(st.sampled_from(list(Presence))),
            substitute_id=draw(st.none() | st.integers(1, 7)),
        )
        for n in range(1, count + 1)
    ]


def after(everybody: list[Candidate], choice: Choice) -> list[Candidate]:
    return [
        replace(
            one, credit=choice.credit.get(one.id, one.credit), load=one.load + (one.id == choice.person_id)
        )
        for one in everybody
    ]


def many(everybody: list[Candidate], times: int, order: Order = Order.TURN, limit: int = 0) -> list[int]:
    chosen = []
    for _ in range(times):
        choice = choose(everybody, order, limit)
        if choice is None:
            break
        chosen.append(choice.person_id)
        everybody = after(everybody, choice)
    return chosen


@given(WEIGHTS, st.integers(0, 30))
def test_in_a_round_everybody_gets_exactly_their_weight_wherever_it_begins(
    weights: list[int], skipped: int
) -> None:
    everybody = [Candidate(n, weight) for n, weight in enumerate(weights, 1)]
    chosen = many(everybody, skipped + sum(weights))[skipped:]
    assert Counter(chosen) == dict(enumerate(weights, 1))


@given(WEIGHTS, st.integers(1, 60))
def test_at_no_time_is_anybody_far_from_their_share(weights: list[int], times: int) -> None:
    chosen = Counter(many([Candidate(n, weight) for n, weight in enumerate(weights, 1)], times))
    for one, weight in enumerate(weights, 1):
        assert abs(chosen[one] - times * weight / sum(weights)) < len(weights)


@given(st.integers(2, 8), st.integers(2, 40))
def test_equals_never_get_two_in_a_row(count: int, times: int) -> None:
    chosen = many([Candidate(n) for n in range(1, count + 1)], times)
    assert all(one != other for one, other in pairwise(chosen))


@given(people(), st.sampled_from(Order), st.integers(0, 5), st.sets(st.integers(1, 6), max_size=3))
def test_whoever_is_chosen_is_free_and_next(
    everybody: list[Candidate], order: Order, limit: int, but: set[int]
) -> None:
    by_id = {one.id: one for one in everybody}
    free = [
        one
        for one in everybody
        if one.presence is Presence.HERE and one.id not in but and not (limit and one.load >= limit)
    ]
    choice = choose(everybody, order, limit, but)
    if choice is None:
        assert not [one for one in free if one.weight]
        return
    chosen = by_id[choice.person_id]
    assert chosen in free
    if choice.instead_of is None:
        assert chosen.weight > 0
    else:
        assert by_id[choice.instead_of].presence is Presence.OFF
        assert by_id[choice.instead_of].weight > 0
    if order is Order.LEAST:
        assert chosen.load <= min((one.load for one in free if one.weight), default=chosen.load)
    assert sum(choice.credit.values()) == sum(by_id[one].credit for one in choice.credit)


@given(people(), st.sampled_from(Order))
def test_a_limit_holds_for_ever(everybody: list[Candidate], order: Order) -> None:
    loads = {one.id: one.load for one in everybody}
    for one, got in Counter(many(everybody, 60, order, limit=4)).items():
        assert loads[one] + got <= 4


def test_least_loaded_levels_out() -> None:
    everybody = [Candidate(1, load=4), Candidate(2, load=1), Candidate(3)]
    assert Counter(many(everybody, 10, Order.LEAST)) == {1: 1, 2: 4, 3: 5}


@pytest.mark.parametrize(
    ("presences", "substitutes", "expected"),
    [
        (("off", "here", "here"), (2, None, None), {2: 6, 3: 3}),
        (("off", "off", "here"), (2, 3, None), {3: 9}),
        (("off", "off", "here"), (2, 1, None), {3: 9}),
        (("lunch", "here", "here"), (2, None, None), {2: 5, 3: 4}),
        (("closed", "off", "off"), (2, 3, 2), {}),
        (("off", "here", "here"), (9, None, None), {2: 5, 3: 4}),
    ],
)
def test_a_substitute_has_both_turns(
    presences: tuple[str, ...], substitutes: tuple[int | None, ...], expected: dict[int, int]
) -> None:
    everybody = [
        Candidate(n, presence=Presence(presence), substitute_id=heir)
        for n, (presence, heir) in enumerate(zip(presences, substitutes, strict=True), 1)
    ]
    assert Counter(many(everybody, 9)) == expected
