"""Scripted trouble: which call of the bot goes wrong, and how."""

from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.errors import OTHER_POLLER, ApiError, too_many_requests


class Kind(StrEnum):
    """What can go wrong besides a refusal; "before" and "after" mean that Telegram did not, or did, do it."""

    RESET_BEFORE = "reset_before"  # the connection breaks, nothing was done
    RESET_AFTER = "reset_after"  # it was done, the connection breaks before the answer
    SILENCE = "silence"  # nothing is done and nothing is answered
    SILENCE_AFTER = "silence_after"  # it was done, but no answer comes
    HTML_502 = "502html"  # a gateway's HTML page
    TRUNCATED = "truncated"  # it was done; the JSON of the answer ends in the middle
    SLOW = "slow"  # it is done after `delay` seconds


_WORDS = {
    "400": "Bad Request: chat not found",
    "401": "Unauthorized",
    "403": "Forbidden: bot was blocked by the user",
    "404": "Not Found",
    "409": f"Conflict: {OTHER_POLLER}",
    "500": "Internal Server Error: restart",
    "502": "Bad Gateway",
    "504": "Gateway Timeout",
}


@dataclass(slots=True)
class Fault:
    """One line of the script; `hits` says how often it struck."""

    kind: str
    method: str | None
    chat: int | None
    nth: int
    times: int | None
    retry_after: int
    description: str | None
    delay: float
    seen: int = 0
    hits: int = 0
    stopped: bool = False

    def stop(self) -> None:
        """Ends the trouble."""
        self.stopped = True

    def error(self) -> ApiError | None:
        """The refusal to answer with, or None for trouble on the wire."""
        if self.kind == "429":
            return too_many_requests(self.retry_after)
        if self.kind in set(Kind):
            return None
        return ApiError(int(self.kind), self.description or _WORDS.get(self.kind, "Bad Request"))

    def strikes(self, method: str, chat: int | None) -> bool:
        """Counts a call; True if it is the one (or one of those) to spoil."""
        if self.stopped or (self.method is not None and self.method != method):
            return False
        if self.chat is not None and self.chat != chat:
            return False
        self.seen += 1
        if self.seen < self.nth or (self.times is not None and self.hits >= self.times):
            return False
        self.hits += 1
        return True


@dataclass(slots=True)
class Faults:
    """The script of one Telegram; empty by default."""

    _script: list[Fault] = field(default_factory=list)

    def script(
        self,
        method: str | None = None,
        *,
        kind: str,
        chat: int | None = None,
        nth: int = 1,
        times: int | None = 1,
        retry_after: int = 3,
        description: str | None = None,
        delay: float = 1.0,
    ) -> Fault:
        """Spoils the `nth` matching call from now on, and `times` calls in all (None: until `stop()`).

        `method` is a Bot API name (None: any), `chat` a chat id (None: any). `kind` is one of `Kind`, "429"
        (with `retry_after`) or another status ("400", "403", "500"; `description` replaces its usual words).
        """
        if kind not in set(Kind) and not (kind.isdigit() and 400 <= int(kind) < 600):
            raise ValueError(f"unknown kind of fault: {kind}")
        lowered = method.lower() if method else None
        fault = Fault(kind, lowered, chat, nth, times, retry_after, description, delay)
        self._script.append(fault)
        return fault

    def clear(self) -> None:
        """No more trouble."""
        self._script.clear()

    def match(self, method: str, chat: int | None) -> Fault | None:
        """The fault that strikes this call (`method` in lower case); every line of the script counts it."""
        if not self._script:
            return None
        struck = [fault for fault in self._script if fault.strikes(method, chat)]
        return struck[0] if struck else None
