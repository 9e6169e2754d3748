"""What a person's own program asks the server to do: `/client/...`, used by the page and by browser tests."""

import json
from collections.abc import Awaitable, Callable
from heapq import merge
from operator import attrgetter
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.bot_api import WORLD
from sandbox.client_deeds import DEEDS, chat_named, replied, sent, thread
from sandbox.client_view import (
    chat_json,
    chats_of,
    find_chat,
    message_json,
    person_json,
    reply_keyboard,
)
from sandbox.errors import ApiError, ImpossibleError
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.requests import read_params

LOOKING = frozenset({"groups", "people", "read"})
"""Deeds after which the world is still as it was."""


@web.middleware
async def errors(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Turns what cannot be done into `{"error": ...}`, and refuses pages of other sites."""
    if not request.path.startswith("/client/"):
        return await handler(request)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return web.json_response({"error": "this is not your page"}, status=403)
    try:
        return await handler(request)
    except (ImpossibleError, ApiError) as refusal:
        return web.json_response({"error": str(refusal)}, status=400)
    except (KeyError, TypeError, ValueError) as missing:
        return web.json_response({"error": f"wrong request: {missing}"}, status=400)


def _person(request: web.Request) -> Person:
    world = request.app[WORLD]
    person = world.people.get(int(request.match_info["person"]))
    if person is None:
        raise ImpossibleError("there is no such person")
    return person


async def info(request: web.Request) -> web.Response:
    """GET /client/info: whose page this is."""
    world = request.app[WORLD]
    bots = [bot.user() | {"name": bot.full_name} for bot in world.bots.values()]
    bot = bots[0] if bots else None
    return web.json_response({"title": world.title, "bot": bot, "bots": bots, "touched": world.touched})


async def people(request: web.Request) -> web.Response:
    """GET /client/people."""
    world = request.app[WORLD]
    listed = [person_json(person) for person in world.people.values() if not person.deactivated]
    return web.json_response({"people": listed, "languages": list(world.languages)})


async def chats(request: web.Request) -> web.Response:
    """GET /client/{person}/chats."""
    person = _person(request)
    return web.json_response({"chats": [chat_json(chat, person) for chat in chats_of(person.world, person)]})


async def messages(request: web.Request) -> web.Response:
    """GET /client/{person}/chats/{chat}/messages?before=&limit=: the newest ones before a number."""
    person = _person(request)
    chat = find_chat(person.world, person, int(request.match_info["chat"]))
    before = float(request.query.get("before", 0)) or None
    limit = min(int(request.query.get("limit", 50)), 500)
    found: list[Message] = []
    newest = (reversed(chat.messages.values()), reversed(person.whispers(chat)))
    for message in merge(*newest, key=attrgetter("place"), reverse=True):
        if len(found) >= limit:
            break
        if before is None or message.place < before:
            found.append(message)
    shown = [message_json(message, person) for message in reversed(found)]
    return web.json_response({"messages": shown, "reply_keyboard": reply_keyboard(chat, person)})


async def act(request: web.Request) -> web.Response:
    """POST /client/{person}/{deed}."""
    person = _person(request)
    name = request.match_info["deed"]
    if name not in DEEDS:
        raise ImpossibleError(f"nobody can {name}")
    if request.content_type != "application/json":
        raise ImpossibleError("JSON is needed")
    person.world.touched |= name not in LOOKING
    return web.json_response(await DEEDS[name](person, await request.json()))


async def upload(request: web.Request) -> web.Response:
    """POST /client/{person}/file: multipart with chat, kind, caption, thread, file."""
    person = _person(request)
    person.world.touched = True
    params = await read_params(request)
    name, data = params.files["file"]
    message = person.send_file(
        chat_named(person, params.values),
        name,
        data,
        params.text("kind") or "document",
        params.text("caption"),
        reply_to=replied(chat_named(person, params.values), params.values),
        thread=thread(params.values),
    )
    return web.json_response(sent(message, person))


async def stored_file(request: web.Request) -> web.Response:
    """GET /client/files/{id}: the bytes of a file."""
    stored = request.app[WORLD].files.get(request.match_info["id"])
    if stored is None:
        raise web.HTTPNotFound
    # Whatever a person uploads, the browser must not run it as a page of this server.
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    return web.Response(body=stored.data, content_type=stored.mime, headers=headers)


async def language(request: web.Request) -> web.Response:
    """POST /client/language: asks the hosting program for its world in another language."""
    world = request.app[WORLD]
    chosen = str(json.loads(await request.read())["language"])
    if chosen not in world.languages:
        raise ImpossibleError(f"no language {chosen}")
    if world.on_language is None:
        raise ImpossibleError("this Telegram speaks one language only")
    await world.on_language(chosen)
    return web.json_response({"language": chosen})


def routes() -> list[web.RouteDef]:
    """The addresses of this part of the server."""
    return [
        web.get("/client/info", info),
        web.get("/client/people", people),
        web.post("/client/language", language),
        web.get("/client/files/{id}", stored_file),
        web.get(r"/client/{person:\d+}/chats", chats),
        web.get(r"/client/{person:\d+}/chats/{chat:-?\d+}/messages", messages),
        web.post(r"/client/{person:\d+}/file", upload),
        web.post(r"/client/{person:\d+}/{deed}", act),
    ]
