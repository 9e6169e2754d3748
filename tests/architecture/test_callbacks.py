"""Buttons: short enough for Telegram, told apart by their prefix, and each with a handler."""

import pytest

from handlers.routes import all_routes
from keyboards.data import Press

TELEGRAM_LIMIT = 64
LARGEST = 9_999_999_999_999


def kinds(base: type[Press] = Press) -> list[type[Press]]:
    """All kinds of buttons; a prefix that starts with a dash marks a base class of others."""
    all_routes()
    found = []
    for kind in base.__subclasses__():
        found += kinds(kind)
        if not kind.__prefix__.startswith("-"):
            found.append(kind)
    return found


def test_every_prefix_is_used_once() -> None:
    prefixes = [kind.__prefix__ for kind in kinds()]
    assert sorted(set(prefixes)) == sorted(prefixes)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_the_longest_data_fits(kind: type[Press]) -> None:
    longest = {
        name: min([LARGEST, *(getattr(one, "le", LARGEST) for one in field.metadata)])
        if field.annotation is int
        else "x" * 16
        for name, field in kind.model_fields.items()
    }
    assert len(kind(**longest).pack().encode()) <= TELEGRAM_LIMIT


def test_every_button_has_a_handler() -> None:
    handled = {route.data for route in all_routes().presses.values()}
    assert {kind.__name__ for kind in kinds() if kind not in handled} == set()


@pytest.mark.parametrize(
    "packed", ["d:1_000", "d: 5 ", "d:+5", "d:5.0", "d:-1", "d:" + "9" * 30, "d:", "d", "d:1:2"]
)
def test_forged_numbers_are_refused(packed: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        all_routes().presses["d"].data.unpack(packed)


def test_a_button_that_is_older_than_a_question_is_understood() -> None:
    older, moves = "dms:5", all_routes().presses["dms"].data
    assert moves.unpack(older) == moves.unpack("dms:5:0")
    with pytest.raises((ValueError, TypeError)):
        moves.unpack("dms")
