"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`, scripted trouble included."""

import asyncio
import json

from aiohttp import web

from sandbox.errors import ApiError
from sandbox.faults import Fault, Kind
from sandbox.methods import METHODS
from sandbox.methods.calling import execute, note
from sandbox.methods.registry import Json, Params
from sandbox.requests import read_params
from sandbox.transcript import Call, chat_id_of
from sandbox.world import Telegram

WORLD = web.AppKey("world", Telegram)

_BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)


async def call_method(request: web.Request) -> web.StreamResponse:
    """One Bot API call."""
    world = request.app[WORLD]
    bot = world.bots.get(request.match_info["token"])
    name = request.match_info["method"].lower()
    if bot is None or (bot.logged_out and name != "logout"):
        return _refused(ApiError(401, "Unauthorized"))
    if name not in METHODS:
        return _refused(ApiError(404, "Not Found: method not found"))
    try:
        params = await read_params(request)
    except ApiError as unreadable:
        return _refused(unreadable)
    fault = world.faults.match(name, chat_id_of(params.values))
    if fault is None:
        return _answered(await execute(world, bot, name, params))
    refusal = fault.error()
    if refusal is not None:
        return _answered(note(world, bot, name, params, error=refusal, fault=fault.kind))
    if fault.kind in (Kind.RESET_BEFORE, Kind.SILENCE, Kind.HTML_502):
        note(world, bot, name, params, error=ApiError(0, fault.kind), fault=fault.kind)
        return await _undone(request, fault)
    if fault.kind == Kind.SLOW:
        await asyncio.sleep(fault.delay)
    return await _done(request, fault, await execute(world, bot, name, params, fault=fault.kind))


async def _undone(request: web.Request, fault: Fault) -> web.StreamResponse:
    """Trouble before anything was done."""
    if fault.kind == Kind.HTML_502:
        return web.Response(status=502, text=_BAD_GATEWAY, content_type="text/html")
    if fault.kind == Kind.SILENCE:
        await _for_ever()
    return _reset(request)


async def _done(request: web.Request, fault: Fault, call: Call) -> web.StreamResponse:
    """Trouble after the method has run."""
    match fault.kind:
        case Kind.SLOW:
            return _answered(call)
        case Kind.TRUNCATED:
            body = json.dumps({"ok": True, "result": call.result})
            return web.Response(text=body[: len(body) // 2], content_type="application/json")
        case Kind.SILENCE_AFTER:
            await _for_ever()
    return _reset(request)


async def _for_ever() -> None:
    await asyncio.get_running_loop().create_future()


def _reset(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _answered(call: Call) -> web.Response:
    if call.refusal is not None:
        return _refused(call.refusal)
    return _json(200, {"ok": True, "result": call.result})


def _refused(refusal: ApiError) -> web.Response:
    return _json(refusal.code, refusal.as_json())


def _json(status: int, body: Json) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(status=status, body=text.encode(), content_type="application/json")


async def download(request: web.Request) -> web.StreamResponse:
    """A file by the path that getFile gave."""
    world = request.app[WORLD]
    bot = world.bots.get(request.match_info["token"])
    if bot is None:
        return _refused(ApiError(401, "Unauthorized"))
    path = request.match_info["path"]
    fault = world.faults.match("download", None)
    if fault is not None and (refusal := fault.error()) is not None:
        return _answered(
            note(world, bot, "download", Params({"path": path}, {}), error=refusal, fault=fault.kind)
        )
    stored = world.files.at(path)
    if stored is None:
        return _refused(ApiError(404, "Not Found"))
    return web.Response(body=stored.data, content_type="application/octet-stream")


def routes() -> list[web.RouteDef]:
    """The addresses of this part of the server."""
    return [
        web.route("*", "/bot{token}/{method}", call_method),
        web.get("/file/bot{token}/{path:.+}", download),
    ]
