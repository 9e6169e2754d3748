"""People who press buttons: as fast as they are answered, or so many a second."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter
from typing import Any

from benchmarks.telegram import Fields, Heard, Mailbox, message

PATIENCE = 20.0
"""Seconds after which a press that nobody answered is lost."""
CARD = "<b>Card</b>"


@dataclass(slots=True)
class Presser:
    """One person with one card. Press number n sends `data(n)` and is done when the card shows `proof(n)`."""

    chat_id: int
    data: Callable[[int], str]
    proof: Callable[[int], str]
    done: int = 0
    pressed_at: float = 0.0
    query: str = ""
    edited: bool = False
    text: str = CARD
    markup: str | None = None


@dataclass(slots=True)
class Outcome:
    """What came of a load: seconds it took, each press's wait in seconds, and what went wrong."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    wrong: int = 0
    """Answered, but the card did not show what it should."""
    unanswered: int = 0

    @property
    def lost(self) -> int:
        """Presses that did not get what they should have got."""
        return self.wrong + self.unanswered

    @property
    def rate(self) -> float:
        """Answered presses a second."""
        return len(self.waits) / self.seconds

    def percentile(self, percent: int) -> float:
        """So many percent waited at most so many milliseconds."""
        return quantiles(self.waits, n=100)[percent - 1] * 1000


class Load:
    """Presses the buttons of one bot."""

    def __init__(self, box: Mailbox, pressers: Sequence[Presser]) -> None:
        self._box = box
        self._pressers = {presser.chat_id: presser for presser in pressers}
        self._me: dict[str, Any] = {
            "id": box.bot_id,
            "is_bot": True,
            "first_name": "Bot",
            "username": box.username,
        }
        self._queries = 0
        self._pressed: dict[str, Presser] = {}
        self._outcome = Outcome()
        self._answered: Callable[[Presser], None] = lambda _presser: None
        self.also: Heard = lambda _method, _fields: None
        """Told of every call, too."""
        box.heard = self._heard

    async def closed(self, presses: int) -> Outcome:
        """Everybody presses again as soon as they are answered, until there were so many presses."""
        left = presses
        finished = asyncio.Event()

        def again(presser: Presser) -> None:
            nonlocal left
            if left > 0:
                left -= 1
                self._press(presser)
            elif not self._pressed:
                finished.set()

        outcome, started = self._begin(again)
        for presser in self._pressers.values():
            again(presser)
        return await self._end(outcome, started, finished, presses)

    async def paced(self, rate: float, presses: int) -> Outcome:
        """So many presses a second, each by someone who is not waiting for an answer."""
        free = list(self._pressers.values())
        finished = asyncio.Event()
        left = presses

        def at_rest(presser: Presser) -> None:
            free.append(presser)
            if left == 0 and not self._pressed:
                finished.set()

        outcome, started = self._begin(at_rest)
        for number in range(presses):
            await asyncio.sleep(max(0.0, started + number / rate - perf_counter()))
            left -= 1
            if free:
                self._press(free.pop(0))
            else:
                outcome.unanswered += 1
        if not self._pressed:
            finished.set()
        return await self._end(outcome, started, finished, presses)

    def _begin(self, answered: Callable[[Presser], None]) -> tuple[Outcome, float]:
        self._outcome, self._answered = Outcome(), answered
        return self._outcome, perf_counter()

    async def _end(self, outcome: Outcome, started: float, finished: asyncio.Event, presses: int) -> Outcome:
        try:
            async with asyncio.timeout(PATIENCE + presses / 20):
                await finished.wait()
        except TimeoutError:
            outcome.unanswered += len(self._pressed)
            self._pressed.clear()
        outcome.seconds = perf_counter() - started
        return outcome

    def _press(self, presser: Presser) -> None:
        self._queries += 1
        presser.query = f"{self._box.bot_id}{self._queries:010}"
        presser.edited = False
        self._pressed[presser.query] = presser
        person = {
            "id": presser.chat_id,
            "is_bot": False,
            "first_name": "Anna",
            "username": f"anna{presser.chat_id}",
            "language_code": "en",
        }
        body = {
            "id": presser.query,
            "from": person,
            "message": message(presser.chat_id, 100, self._me, presser.text, presser.markup),
            "chat_instance": "-3141592653589793238",
            "data": presser.data(presser.done),
        }
        presser.pressed_at = perf_counter()
        self._box.push("callback_query", body)

    def _heard(self, method: str, fields: Fields) -> None:
        self.also(method, fields)
        if method == "editMessageText":
            presser = self._pressers[int(fields["chat_id"])]
            presser.text, presser.markup = fields["text"], fields.get("reply_markup")
            presser.edited = presser.proof(presser.done) in (presser.markup or "")
        elif method == "answerCallbackQuery":
            asked = self._pressed.pop(fields["callback_query_id"], None)
            if asked is None:
                return
            self._outcome.waits.append(perf_counter() - asked.pressed_at)
            if asked.edited:
                asked.done += 1
            else:
                self._outcome.wrong += 1
            self._answered(asked)
