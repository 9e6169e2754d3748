"""The live stream of a person's program: Server-Sent Events that resume after a broken connection."""

import json

from aiohttp import web

from sandbox.bot_api import WORLD
from sandbox.chats import Chat
from sandbox.client_view import chat_id, chat_json, chats_of, message_json
from sandbox.errors import ImpossibleError
from sandbox.feed import Event
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.methods.registry import Json
from sandbox.people import Person

HEARTBEAT = 15.0


async def events(request: web.Request) -> web.StreamResponse:
    """GET /client/{person}/events: `message`, `edit`, `delete`, `chat` and `read` as they happen."""
    world = request.app[WORLD]
    person = world.people.get(int(request.match_info["person"]))
    if person is None:
        raise ImpossibleError("there is no such person")
    response = web.StreamResponse(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    response.content_type = "text/event-stream"
    await response.prepare(request)
    feed = world.feed
    last = request.headers.get("Last-Event-ID", "")
    position = int(last) if last.isdigit() else feed.last_id
    await response.write(b": open\n\n")
    while True:
        found = feed.after(position)
        position = feed.last_id
        for chunk in _reload(person, position) if found is None else _written(found, person):
            await response.write(chunk)
        await feed.wait(position, HEARTBEAT)
        if feed.last_id == position:
            await response.write(b": still here\n\n")


def _written(found: list[Event], person: Person) -> list[bytes]:
    return [_chunk(event.id, event.kind, _body(event, person)) for event in found if _sees(event, person)]


def _reload(person: Person, position: int) -> list[bytes]:
    """For a program that was away too long: every chat may have changed."""
    chats = chats_of(person.world, person)
    return [_chunk(position, "chat", _chat_body(chat, person)) for chat in chats]


def _sees(event: Event, person: Person) -> bool:
    if event.person is not None:
        return event.person == person.id
    if isinstance(event.chat, Group):
        return event.chat.member(person).present
    return person in event.chat.people()


def _body(event: Event, person: Person) -> Json:
    if isinstance(event.message, Message):
        return {"chat": chat_id(event.chat), "message": message_json(event.message, person)}
    return _chat_body(event.chat, person)


def _chat_body(chat: Chat, person: Person) -> Json:
    return {"chat": chat_id(chat), "message": None, "info": chat_json(chat, person)}


def _chunk(number: int, kind: str, body: Json) -> bytes:
    return f"id: {number}\nevent: {kind}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n".encode()


def routes() -> list[web.RouteDef]:
    """The addresses of this part of the server."""
    return [web.get(r"/client/{person:\d+}/events", events)]
