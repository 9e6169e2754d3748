"""Whether somebody works at a moment."""

from datetime import timedelta

import pytest

from services.distribution.presence import Presence, Said, Shift
from services.understanding.shift_words import shift_word
from tests.cast import START

SOON, EARLIER = START + timedelta(minutes=1), START - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("said", "by_day", "at_night"),
    [
        (Said(), "here", "closed"),
        (Said(Shift.ON, SOON), "here", "here"),
        (Said(Shift.ON, START), "here", "closed"),
        (Said(Shift.OFF), "off", "off"),
        (Said(Shift.OFF, SOON), "off", "off"),
        (Said(Shift.OFF, EARLIER), "here", "closed"),
        (Said(lunch_until=SOON), "lunch", "lunch"),
        (Said(lunch_until=START), "here", "closed"),
        (Said(Shift.ON, SOON, EARLIER), "here", "here"),
        (Said(Shift.ON, EARLIER, SOON), "lunch", "lunch"),
        (Said(Shift.OFF, None, SOON), "off", "off"),
    ],
)
def test_what_was_said_holds_until_it_is_over(said: Said, by_day: str, at_night: str) -> None:
    assert said.presence(START, is_open=True) == Presence(by_day)
    assert said.presence(START, is_open=False) == Presence(at_night)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Said(), None),
        (Said(Shift.OFF), None),
        (Said(Shift.OFF, EARLIER), None),
        (Said(Shift.ON, SOON), SOON),
        (Said(Shift.ON, SOON + timedelta(hours=1), SOON), SOON),
    ],
)
def test_it_is_known_when_it_changes_by_itself(said: Said, expected: object) -> None:
    assert said.changes(START) == expected


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("Off", "off"),
        ("  обед! ", "lunch"),
        ("На смене", "on"),
        ("Ушёл", "off"),
        ("по часам", "auto"),
        ("", None),
    ],
)
def test_a_word_is_enough(typed: str, word: str | None) -> None:
    assert shift_word(typed) == word
