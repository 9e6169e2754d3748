"""Inline mode: a question typed after a bot's name, what the bot offers, and the one that is chosen."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.bots import Bot
    from sandbox.people import Person

Json = dict[str, Any]

PATIENCE = 10.0
"""So many seconds Telegram waits for an answer; later the question is too old."""


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What a bot offers: results of which one is chosen, and a button that leads to the bot."""

    results: tuple[Json, ...] = ()
    button: Json | None = None
    next_offset: str = ""
    personal: bool = False
    cache_time: int = 300

    def named(self, result_id: str) -> Json | None:
        """The result of this id."""
        return next((one for one in self.results if one["id"] == result_id), None)


@dataclass(slots=True, eq=False)
class InlineQuery:
    """A question under way. Await it for the answer: None if the bot does not answer in time."""

    id: str
    person: "Person"
    bot: "Bot"
    query: str
    at: float
    answer: InlineAnswer | None = None
    _answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def answered(self, patience: float = PATIENCE) -> InlineAnswer | None:
        """The answer, waited for at most `patience` seconds."""
        try:
            await asyncio.wait_for(self._answered.wait(), patience)
        except TimeoutError:
            return None
        return self.answer

    def settle(self, answer: InlineAnswer) -> None:
        """The bot has answered."""
        self.answer = answer
        self._answered.set()
