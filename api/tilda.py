"""Tilda's webhook, exactly as Tilda sends it."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from api.intake import Door, fields_of, to_input
from integrations.intake import forms, tilda
from services.dto.inquiries import Shape


def tilda_router(door: Door) -> APIRouter:
    """`POST /in/tilda/{token}`."""
    router = APIRouter(tags=["Forms"])

    @router.post("/in/tilda/{token}", summary="Tilda's webhook", response_class=PlainTextResponse)
    async def receive(token: str, request: Request) -> PlainTextResponse:
        """Paste this address under Site settings → Forms → Webhook; tick "send cookies" for UTM marks."""
        way = await door.source(token)
        door.pace(way)
        fields = await fields_of(request)
        if not tilda.is_test(fields) and not forms.is_robot(fields):
            await door.keep(way, to_input(tilda.read(fields), Shape.TILDA))
        return PlainTextResponse(tilda.OK)

    return router
