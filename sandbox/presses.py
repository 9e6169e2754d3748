"""A press on an inline button, from the tap to the bot's answer."""

import asyncio
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.bots import Bot
    from sandbox.messages import Message
    from sandbox.people import Person

PATIENCE = 15.0


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the bot let the presser see: a toast, an alert, or a link to open."""

    text: str = ""
    alert: bool = False
    url: str | None = None


@dataclass(slots=True, eq=False)
class Press:
    """A press under way. Await it for the answer: None if the bot does not answer within 15 seconds."""

    id: str
    person: "Person"
    bot: "Bot | None"
    message: "Message"
    data: str
    at: float
    answer: CallbackAnswer | None = None
    _waiters: list[asyncio.Future[None]] = field(default_factory=list)

    def __await__(self) -> Generator[Any, None, CallbackAnswer | None]:
        return self.answered().__await__()

    async def answered(self, patience: float = PATIENCE) -> CallbackAnswer | None:
        """The answer, waited for at most `patience` seconds."""
        if self.answer is None:
            waiter = asyncio.get_running_loop().create_future()
            self._waiters.append(waiter)
            await asyncio.wait([waiter], timeout=patience)
        return self.answer

    def settle(self, answer: CallbackAnswer) -> None:
        """The bot has answered."""
        self.answer = answer
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()
