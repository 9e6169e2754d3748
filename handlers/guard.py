"""Runs handlers, and turns what they refuse into words and a fresh card."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from aiogram.types import Message

from handlers.bin import gone
from handlers.errors import words
from handlers.registry import Registry, Reply, Route
from handlers.screen import Screen
from handlers.turn import Turn
from keyboards.common import home, rows
from keyboards.tongue import esc
from services.bundle import Services
from services.errors import AlreadyAppliedError, AppError, ForbiddenError, NotFoundError, StaleError

Subject = tuple[str, int]
"""What a press or a form is about."""


class Guard:
    """Lets nobody to a handler who may not do what it does; what it refuses is told, and nothing is lost."""

    def __init__(self, registry: Registry, services: Services) -> None:
        self._registry = registry
        self._services = services

    async def run_unheard(self, turn: Turn, route: Route, given: Any) -> bool:
        """Run a handler whose refusals nobody waits for; False if it was not for them to use."""
        if not turn.actor.may(route.action):
            return False
        try:
            await route.handler(turn, given)
        except (NotFoundError, ForbiddenError):
            return False
        except (AppError, AlreadyAppliedError):
            return True
        return True

    async def run(self, turn: Turn, route: Route, given: Any, subject: Subject | None) -> bool:
        """Run a handler; True unless it says that this was not for it."""
        if not turn.actor.may(route.action):
            await turn.toast(await _words(turn, ForbiddenError()), alert=True)
            return True
        try:
            return await route.handler(turn, given) is not False
        except (StaleError, NotFoundError, ForbiddenError) as error:
            if isinstance(given, Message):
                # What the form is about has changed or gone: asking again would ask for ever.
                await turn.form.close()
            await self._missed(turn, error, subject, typed=isinstance(given, Message))
        except AlreadyAppliedError as error:
            if not isinstance(given, Reply):
                await turn.form.close()
            await self._fresh(turn, subject or await self._services.trail.subject_of(error.cause))
        except AppError as error:
            if isinstance(given, Message):
                await turn.refuse(await _words(turn, error))
            else:
                await turn.toast(await _words(turn, error), alert=True)
        return True

    async def _missed(self, turn: Turn, error: AppError, subject: Subject | None, *, typed: bool) -> None:
        """Something is not as it was, or not theirs: say so, and show how it stands.

        Nothing is left under the words that were `typed`: the card follows, or the way to the menu.
        """
        if isinstance(error, NotFoundError) and (deleted := await self._deleted(turn, subject)):
            await turn.show(deleted)
            return
        fresh, said = isinstance(error, StaleError), await _words(turn, error)
        card = await self._card(turn, subject) if fresh or typed else None
        if card is not None and card.subject is None and not fresh:
            card = None  # what those see of it who may not see it, and they were refused
        if typed and turn.private and card is None:
            await turn.say(Screen(esc(said), rows([home(turn.t)])))
            return
        await turn.toast(said, alert=not fresh)
        if card is not None:
            await turn.show(card)

    async def _fresh(self, turn: Turn, subject: Subject | None) -> None:
        if (screen := await self._card(turn, subject)) is not None:
            await turn.show(screen)

    async def _card(self, turn: Turn, subject: Subject | None) -> Screen | None:
        if subject is None or subject[0] not in self._registry.cards:
            return None
        screen = None
        with suppress(NotFoundError, ForbiddenError):
            # It may have changed so much that it is none of their business any more; they were told why.
            view = self._registry.cards[subject[0]]
            screen = await view(turn.viewer, subject[1])
            if screen is not None and screen.public and not turn.private:
                screen = await view(replace(turn.viewer, t=await turn.aloud()), subject[1])
        return screen or await self._deleted(turn, subject)

    async def _deleted(self, turn: Turn, subject: Subject | None) -> Screen | None:
        """What stands in place of a card that was deleted, for whoever saw it."""
        return await gone(turn.viewer, *subject) if subject is not None else None


async def _words(turn: Turn, error: AppError) -> str:
    """What to tell of an error: over the press to whoever pressed, else to all who read along."""
    return words(error, await turn.over_chat())
