"""The form of a site: posted by a visitor's browser, by a script of the page, or by the site's own server."""

from dataclasses import replace
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from api.intake import Door, address_of, fields_of, mark_of, to_input
from api.problems import RefusalError, problem
from integrations.intake import forms
from services.dto.inquiries import Shape, Way

KEPT_FOR = "86400"
"""Seconds for which a browser need not ask again whether it may send."""


def forms_router(door: Door) -> APIRouter:
    """`POST /in/form/{token}`, and the question that browsers ask before it."""
    router = APIRouter(tags=["Forms"])

    @router.post("/in/form/{token}", status_code=201, summary="Send a form of a site")
    async def receive(token: str, request: Request) -> Response:
        """Fields are understood by their names, in English and Russian: name, phone, email, comment, utm_*;
        a ticked consent is written down with the client.

        Form-encoded, multipart or JSON. A filled `_gotcha` marks a robot. `_redirect` sends the visitor on,
        to sites that the source allows.
        """
        way = await door.source(token)
        try:
            answer = await _take(door, way, request)
        except RefusalError as refusal:
            answer = problem(refusal)
        answer.headers.update(_cors(way, request))
        return answer

    @router.options("/in/form/{token}", include_in_schema=False)
    async def preflight(token: str, request: Request) -> Response:
        way = await door.source(token)
        return Response(
            status_code=204,
            headers={
                **_cors(way, request),
                "Access-Control-Allow-Methods": "POST",
                "Access-Control-Allow-Headers": "Content-Type, Idempotency-Key",
                "Access-Control-Max-Age": KEPT_FOR,
            },
        )

    return router


async def _take(door: Door, way: Way, request: Request) -> Response:
    door.pace(way, address_of(request))
    origin = request.headers.get("origin")
    if way.origins and origin is not None and origin not in way.origins:
        raise RefusalError("origin.not_allowed")
    fields = await fields_of(request)
    back = _back(way, forms.way_back(fields))
    if forms.is_robot(fields):
        # A robot that is refused learns what to leave out next time.
        return back or JSONResponse({"ok": True})
    given = forms.read(fields)
    page = given.page_url or request.headers.get("referer")
    await door.keep(way, to_input(replace(given, page_url=page), Shape.FORM, mark_of(request)))
    return back or JSONResponse({"ok": True}, 201)


def _back(way: Way, address: str | None) -> Response | None:
    """The way back, if it leads to a site that the source knows: else anybody could send anybody anywhere."""
    if address is None or not address.isascii() or not address.isprintable() or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    known = f"{parts.scheme}://{parts.netloc}".lower() in way.origins
    return RedirectResponse(address, 303) if known else None


def _cors(way: Way, request: Request) -> dict[str, str]:
    """Who may read the answer; never with cookies."""
    if not way.origins:
        return {"Access-Control-Allow-Origin": "*"}
    origin = request.headers.get("origin", "")
    allowed = {"Access-Control-Allow-Origin": origin} if origin in way.origins else {}
    return {**allowed, "Vary": "Origin"}
