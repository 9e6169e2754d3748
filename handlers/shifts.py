"""Who works now: one's own shift, and for heads those of their people."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import shifts as views
from keyboards.shifts import ShiftAwayCb, ShiftCb, ShiftHeirCb, ShiftHeirsCb, ShiftSayCb
from services.access import Action
from services.choices import choice
from services.distribution.shifts import Word
from services.dto.distribution import ShiftCard
from services.understanding.shift_words import shift_word

describe(
    {
        "shift.nobodys": "Shifts are for those who sell: managers and heads of departments.",
        "shift.unread_day": "Please send a coming day, like 25.11 or tomorrow, a year ahead at most.",
    }
)


@registry.card("shift")
async def shift_card(viewer: Viewer, person_id: int) -> Screen | None:
    """A shift; 0 for the viewer's own."""
    if viewer.actor is None:
        return None
    card = await viewer.services.shifts.card(viewer.actor, person_id or viewer.actor.person_id)
    return views.shift(card, viewer.t)


@registry.command("shift", Action.SHIFT_SET)
async def cmd_shift(turn: Turn, args: str) -> None:
    """Do leads come to me? Or a word: on, off, lunch."""
    me, word = turn.actor.person_id, shift_word(args)
    if word is None:
        await _show(turn, await turn.services.shifts.card(turn.actor, me))
    else:
        await _show(turn, await turn.services.shifts.say(turn.actor, me, Word(word)))


@registry.press(ShiftCb, Action.SHIFT_SET)
async def on_shift(turn: Turn, data: ShiftCb) -> None:
    """The same by button, or somebody else's; an open question is given up."""
    await _show(turn, await turn.services.shifts.card(turn.actor, _whose(turn, data.person_id)))


@registry.press(ShiftSayCb, Action.SHIFT_SET)
async def on_shift_say(turn: Turn, data: ShiftSayCb) -> None:
    """On, at lunch, off, or by the hours."""
    word = choice(Word, data.word)
    await _show(turn, await turn.services.shifts.say(turn.actor, _whose(turn, data.person_id), word))


@registry.press(ShiftAwayCb, Action.SHIFT_SET)
async def on_shift_away(turn: Turn, data: ShiftAwayCb) -> None:
    """Until when?"""
    card = await turn.services.shifts.card(turn.actor, _whose(turn, data.person_id))
    await turn.form.wait("shift.day", person_id=data.person_id, back=["shift", data.person_id])
    await turn.show(views.ask_day(card, turn.t))


@registry.step("shift.day", Action.SHIFT_SET)
async def got_shift_day(turn: Turn, message: Message) -> None:
    """Until then."""
    person = _whose(turn, int((await turn.form.data())["person_id"]))
    await _show(turn, await turn.services.shifts.leave_until(turn.actor, person, message.text or ""))


@registry.press(ShiftHeirsCb, Action.SHIFT_SET)
async def on_shift_heirs(turn: Turn, data: ShiftHeirsCb) -> None:
    """Who stands in?"""
    person = _whose(turn, data.person_id)
    card = await turn.services.shifts.card(turn.actor, person)
    await turn.show(
        views.substitutes(card, await turn.services.shifts.colleagues(turn.actor, person), turn.t)
    )


@registry.press(ShiftHeirCb, Action.SHIFT_SET)
async def on_shift_heir(turn: Turn, data: ShiftHeirCb) -> None:
    """This one."""
    person = _whose(turn, data.person_id)
    await _show(turn, await turn.services.shifts.stand_in(turn.actor, person, data.heir_id))


def _whose(turn: Turn, person_id: int) -> int:
    return person_id or turn.actor.person_id


async def _show(turn: Turn, card: ShiftCard) -> None:
    await turn.form.close()
    await turn.show(views.shift(card, turn.t))
