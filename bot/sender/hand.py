"""What the sender has in hand: at most one message of each priority for each chat, and whose turn it is."""

from collections import OrderedDict
from collections.abc import Callable

from db.models import Outbox
from services.notices import Priority

PRIORITIES = tuple(Priority)
SIZE = 50
"""Messages in hand for each priority; two seconds' worth."""
LOW = 25
"""With fewer in hand more are fetched before someone asks for it."""
SHARE = 10
"""Every tenth message is one of the lowest priority, so that it is slow and not stuck."""


class Hand:
    """Picks by priority, and within a priority chat by chat."""

    def __init__(self) -> None:
        self._rows: dict[int, OrderedDict[int, Outbox]] = {priority: OrderedDict() for priority in PRIORITIES}
        self._flying: set[int] = set()
        self._more: set[int] = set()
        self._picked = 0

    def room(self) -> dict[int, int]:
        """How many more messages of each priority are wanted."""
        return {priority: SIZE - len(rows) for priority, rows in self._rows.items() if len(rows) < SIZE}

    def fill(self, room: dict[int, int], rows: list[Outbox]) -> None:
        """Take in hand what was found for this room."""
        for row in rows:
            self.add(row)
        for priority, wanted in room.items():
            self._more.discard(priority)
            if sum(row.priority == priority for row in rows) >= wanted:
                self._more.add(priority)

    def runs_low(self) -> bool:
        """Whether more should be fetched: few are left, or few of a priority that had more than fitted."""
        few = sum(len(rows) for rows in self._rows.values()) < LOW
        return few or any(len(self._rows[priority]) < LOW for priority in self._more)

    def add(self, row: Outbox) -> None:
        """Take a message in hand."""
        self._rows[row.priority][row.chat_id] = row

    def put_back(self, row: Outbox) -> None:
        """It did not leave after all: it is the next one of its priority, once its chat may be written to."""
        self.landed(row.chat_id)
        self.add(row)
        self._rows[row.priority].move_to_end(row.chat_id, last=False)

    def pick(self, wait: Callable[[int], float]) -> Outbox | float:
        """The next message whose chat need not wait, out of hand; else the seconds until there is one."""
        order = [rows for rows in self._rows.values() if rows]
        if len(order) > 1:
            self._picked += 1
            if self._picked % SHARE == 0:
                order.reverse()
        shortest = 1.0
        for rows in order:
            for chat_id, row in rows.items():
                if chat_id in self._flying:
                    continue
                seconds = wait(chat_id)
                if seconds <= 0:
                    del rows[chat_id]
                    self._flying.add(chat_id)
                    return row
                shortest = min(shortest, seconds)
        return shortest

    def landed(self, chat_id: int) -> None:
        """The message to this chat was sent, or was not: the next one may leave."""
        self._flying.discard(chat_id)

    def drop_all(self) -> None:
        """Let go of everything; it stays in the database."""
        for rows in self._rows.values():
            rows.clear()
