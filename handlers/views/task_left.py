"""What is told of a task that was begun, when another came instead of it."""

from dataclasses import replace

from handlers.screen import Screen
from keyboards import task_left as keys
from keyboards.common import cut
from keyboards.tongue import Html, Tongue, join

NAMED = 80
"""Longer words are cut where they are only named."""


def instead_of(screen: Screen, text: str, t: Tongue) -> Screen:
    """A screen with the words that are not saved."""
    said = t.html("📝 Not saved: “{text}”, it had no time.", text=cut(text, NAMED))
    return replace(screen, text=join([screen.text, Html(""), said]))


def beside(screen: Screen, text: str, draft: int, t: Tongue) -> Screen:
    """The same, with the way back to them."""
    named = instead_of(screen, text, t)
    return replace(named, keyboard=keys.beside(screen.keyboard, draft, text))
