"""A Bot API server that costs next to nothing: it knows the few methods that the bots under test call.

The sandbox is strict and keeps a whole world; here only the time of the bot under test is to count.
"""

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter, time
from typing import Any, cast
from urllib.parse import parse_qsl

from sandbox.markup import parse_html

BATCH = 100
_OFFSET = re.compile(rb"""(?:^|&|")offset(?:=|":)(\d+)""")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_PATH = re.compile(rb"^[A-Z]+ /bot(\d+):[^/]+/(\w+)")
_TRUE = b'{"ok":true,"result":true}'

Fields = dict[str, str]
Heard = Callable[[str, Fields], None]
"""Told of each call of a bot but getUpdates: the method and its parameters."""


@dataclass(slots=True)
class Mailbox:
    """The updates of one bot and the poll that waits for them."""

    bot_id: int
    username: str
    heard: Heard = lambda _method, _fields: None
    polled: asyncio.Event = field(default_factory=asyncio.Event)
    first_poll: float | None = None
    """When the first poll came, by `time.perf_counter`."""
    _updates: deque[tuple[int, bytes]] = field(default_factory=deque)
    _next: int = 1
    _poll: asyncio.WriteTransport | None = None

    def push(self, kind: str, body: dict[str, Any]) -> None:
        """Queue an update and hand it to the poll that waits."""
        update = json.dumps({"update_id": self._next, kind: body}, ensure_ascii=False, separators=(",", ":"))
        self._updates.append((self._next, update.encode()))
        self._next += 1
        self._serve()

    def poll(self, transport: asyncio.WriteTransport, offset: int) -> None:
        """getUpdates: confirms what lies below the offset, answers at once or when there is something."""
        if self.first_poll is None:
            self.first_poll = perf_counter()
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        self._poll = transport
        self.polled.set()
        self._serve()

    def _serve(self) -> None:
        if self._poll is None or not self._updates:
            return
        if not self._poll.is_closing():
            updates = [self._updates[place][1] for place in range(min(BATCH, len(self._updates)))]
            _answer(self._poll, b'{"ok":true,"result":[%s]}' % b",".join(updates))
        self._poll = None


class FakeTelegram:
    """The server; `add` a bot, then let it poll."""

    def __init__(self) -> None:
        self._boxes: dict[int, Mailbox] = {}
        self._server: asyncio.Server | None = None
        self._message = 1000
        self.url = ""

    def add(self, bot_id: int, username: str) -> Mailbox:
        """A bot by its id; whatever follows the colon in its token is right."""
        box = self._boxes[bot_id] = Mailbox(bot_id, username)
        return box

    async def start(self) -> None:
        """Listen on a free port of the loopback; `url` is the Bot API's base then."""
        self._server = await asyncio.get_running_loop().create_server(lambda: _Wire(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Close the port."""
        if self._server is not None:
            self._server.close()

    def call(self, transport: asyncio.WriteTransport, bot_id: int, method: str, body: bytes) -> None:
        """One call of the Bot API."""
        box = self._boxes[bot_id]
        if method == "getUpdates":
            offset = _OFFSET.search(body)
            box.poll(transport, int(offset[1]) if offset else 0)
            return
        fields = _fields(body)
        _answer(transport, self._result(box, method, fields))
        box.heard(method, fields)

    def _result(self, box: Mailbox, method: str, fields: Fields) -> bytes:
        me = {"id": box.bot_id, "is_bot": True, "first_name": "Bot", "username": box.username}
        if method in ("editMessageText", "sendMessage"):
            if method == "sendMessage":
                self._message += 1
            number = int(fields.get("message_id", self._message))
            return _ok(
                message(int(fields["chat_id"]), number, me, fields["text"], fields.get("reply_markup"))
            )
        return _ok(me) if method == "getMe" else _TRUE


def _fields(body: bytes) -> Fields:
    """What a call carries, as JSON or as a form; what is nested in it stays as it is told."""
    if body.startswith(b"{"):
        told = json.loads(body).items()
        return {name: one if isinstance(one, str) else json.dumps(one) for name, one in told}
    return dict(parse_qsl(body.decode()))


def message(
    chat_id: int, number: int, sender: dict[str, Any], html: str, markup: str | None
) -> dict[str, Any]:
    """A message of the bot as Telegram describes it."""
    formatted = parse_html(html)
    shown = {
        "message_id": number,
        "from": sender,
        "chat": {"id": chat_id, "first_name": "Anna", "username": f"anna{chat_id}", "type": "private"},
        "date": int(time()),
        "text": formatted.text,
    }
    if formatted.entities:
        shown["entities"] = formatted.entities
    if markup:
        shown["reply_markup"] = json.loads(markup)
    return shown


class _Wire(asyncio.Protocol):
    """One connection of a bot; it asks one thing at a time."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self._telegram = telegram
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(
            "asyncio.WriteTransport", transport
        )  # uvloop's derives from nothing of asyncio

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < whole:
                return
            body, self._buffer = self._buffer[end + 4 : whole], self._buffer[whole:]
            path = _PATH.match(head)
            assert path is not None
            assert self._transport is not None
            self._telegram.call(self._transport, int(path[1]), path[2].decode(), body)


def _ok(result: dict[str, Any]) -> bytes:
    return json.dumps({"ok": True, "result": result}, ensure_ascii=False, separators=(",", ":")).encode()


def _answer(transport: asyncio.WriteTransport, body: bytes) -> None:
    transport.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )
