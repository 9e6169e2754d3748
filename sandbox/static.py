"""The page's own files: `/` and `/page/...`, straight from the folder `sandbox/page`."""

import mimetypes
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "page"
_ABSENT = "The chat page is not installed; the Bot API is served at /bot<token>/<method>.\n"


async def index(_request: web.Request) -> web.StreamResponse:
    """The page itself."""
    return _file(FOLDER / "index.html")


async def asset(request: web.Request) -> web.StreamResponse:
    """A style sheet, a script or a picture of the page."""
    path = (FOLDER / request.match_info["path"]).resolve()
    if not path.is_relative_to(FOLDER.resolve()):
        raise web.HTTPNotFound
    return _file(path)


def _file(path: Path) -> web.StreamResponse:
    if not path.is_file():
        return web.Response(status=404, text=_ABSENT)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=path.read_bytes(), content_type=kind, charset=charset, headers=headers)


def routes() -> list[web.RouteDef]:
    """The addresses of this part of the server."""
    return [web.get("/", index), web.get("/page/{path:.+}", asset)]
