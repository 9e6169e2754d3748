"""Buttons of shifts: one's own, and those of the people one heads."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, rows
from keyboards.data import Id, Press
from keyboards.tongue import Tongue
from services.distribution.presence import Presence, Shift
from services.distribution.shifts import Word
from services.dto.common import Ref
from services.dto.distribution import ShiftCard

MOST = 90
"""Telegram allows a hundred buttons under a message."""


class ShiftPress(Press, prefix="-sh"):
    """A button on somebody's shift; 0 for one's own."""

    person_id: Id = 0

    def subject(self) -> tuple[str, int]:
        """The shift."""
        return ("shift", self.person_id)


class ShiftCb(ShiftPress, prefix="sh"):
    """Show it."""


class ShiftSayCb(ShiftPress, prefix="shs"):
    """They are on, at lunch, off, or work by the hours."""

    word: str


class ShiftAwayCb(ShiftPress, prefix="sha"):
    """Until which day are they away?"""


class ShiftHeirsCb(ShiftPress, prefix="shh"):
    """Who stands in for them?"""


class ShiftHeirCb(ShiftPress, prefix="shg"):
    """This one; nobody for 0."""

    heir_id: Id


def shift(card: ShiftCard, t: Tongue) -> InlineKeyboardMarkup:
    """What can be said about a shift; what holds now is marked."""
    one = _whose(card)
    labels = {
        Word.ON: t("🟢 On shift"),
        Word.LUNCH: t("🍽 Lunch, 1 h"),
        Word.OFF: t("🌙 Off"),
        Word.AUTO: t("🕘 By working hours"),
    }
    now = _now(card)
    words = [
        button(f"✅ {label}" if word is now else label, ShiftSayCb(person_id=one, word=word.value))
        for word, label in labels.items()
    ]
    return rows(
        *grid(words),
        [
            button(t("🌴 Away until…"), ShiftAwayCb(person_id=one)),
            button(t("👤 Substitute"), ShiftHeirsCb(person_id=one)),
        ],
        [home(t)],
    )


def ask_day(card: ShiftCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under the question for a day."""
    return rows([button(t("◀️ Back"), ShiftCb(person_id=_whose(card))), cancel(t)])


def substitutes(card: ShiftCard, people: tuple[Ref, ...], t: Tongue) -> InlineKeyboardMarkup:
    """Who could stand in."""
    one, now = _whose(card), card.substitute.id if card.substitute else 0
    choices = [
        button(f"✅ {row.name}" if row.id == now else row.name, ShiftHeirCb(person_id=one, heir_id=row.id))
        for row in people[:MOST]
    ]
    nobody = button(t("Nobody"), ShiftHeirCb(person_id=one, heir_id=0)) if now else None
    return rows(*grid(choices), [nobody], [button(t("◀️ Back"), ShiftCb(person_id=one)), home(t)])


def _whose(card: ShiftCard) -> int:
    return 0 if card.own else card.person.id


def _now(card: ShiftCard) -> Word:
    if card.presence is Presence.LUNCH:
        return Word.LUNCH
    return {Shift.ON: Word.ON, Shift.OFF: Word.OFF, Shift.AUTO: Word.AUTO}[card.shift]
