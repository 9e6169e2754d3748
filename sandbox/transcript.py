"""What the bot said: every call with its parameters and its outcome, and all of it as one text."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ApiError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API. `refusal` is set if it was refused, `fault` if the script spoiled it."""

    at: float
    bot: str
    method: str
    params: Json
    files: dict[str, tuple[str, bytes]]
    status: int
    result: Any = None
    refusal: ApiError | None = None
    fault: str | None = None

    @property
    def ok(self) -> bool:
        """Whether Telegram did it."""
        return self.refusal is None

    @property
    def error(self) -> str | None:
        """The words of the refusal."""
        return self.refusal.description if self.refusal else None

    @property
    def chat_id(self) -> int | None:
        """The chat that the call speaks about, if it names one by number."""
        return chat_id_of(self.params)

    @property
    def receiver(self) -> int | None:
        """Who alone sees what the call says, if it speaks of an ephemeral message."""
        given = self.params.get("ephemeral_message_parameters")
        found = json.loads(given) if isinstance(given, str) else given
        named = found.get("receiver_user_id") if isinstance(found, dict) else None
        named = self.params.get("receiver_user_id") if named is None else named
        return int(named) if named is not None else None

    def wire(self) -> str:
        """All that left the bot with this call, as text."""
        said = json.dumps(self.params, ensure_ascii=False, default=str)
        attached = [f"{name}\n{data.decode(errors='replace')}" for name, data in self.files.values()]
        return "\n".join([f"{self.method} {said}", *attached])


class Transcript:
    """The calls in their order; `keep` bounds how many are remembered (None: all)."""

    def __init__(self, keep: int | None = None) -> None:
        self._calls: deque[Call] = deque(maxlen=keep)
        self._keeps = keep != 0

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)

    def __getitem__(self, index: int) -> Call:
        return self._calls[index]

    @property
    def keeps(self) -> bool:
        """Whether anything is remembered at all; false spares a benchmark the work."""
        return self._keeps

    def add(self, call: Call) -> None:
        """Remembers a call."""
        self._calls.append(call)

    def of(self, *methods: str) -> list[Call]:
        """The calls of these methods, for example `of("sendMessage", "editMessageText")`."""
        wanted = {method.lower() for method in methods}
        return [call for call in self._calls if call.method.lower() in wanted]

    def to(self, chat_id: int) -> list[Call]:
        """The calls that name this chat."""
        return [call for call in self._calls if call.chat_id == chat_id]

    def clear(self) -> None:
        """Forgets what was said so far."""
        self._calls.clear()


def chat_id_of(params: Json) -> int | None:
    """The numeric `chat_id` among the parameters of a call."""
    raw = params.get("chat_id")
    if isinstance(raw, int):
        return raw
    if isinstance(raw, str) and raw.lstrip("-").isdigit():
        return int(raw)
    return None
