"""The incoming webhook of Bitrix24: whatever wrote leads there writes them here by one new address."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.intake import Door, fields_of, to_input
from api.problems import RefusalError
from integrations.intake import bitrix24
from services.dto.inquiries import Shape

CODES = {404: "NO_AUTH_FOUND", 429: "QUERY_LIMIT_EXCEEDED", 413: "ERROR_ARGUMENT", 400: "ERROR_ARGUMENT"}
"""By HTTP status what Bitrix24 calls it; anything else is its `ERROR_CORE`."""


def bitrix24_router(door: Door) -> APIRouter:
    """`POST /rest/{user}/{token}/crm.lead.add.json`."""
    router = APIRouter(tags=["Forms"])

    @router.post("/rest/{user}/{token}/{method}", summary="crm.lead.add, as Bitrix24 takes it")
    async def call(user: str, token: str, method: str, request: Request) -> JSONResponse:  # noqa: ARG001 - a part of their addresses
        """Form-encoded `fields[NAME]`, `fields[PHONE][0][VALUE]` or JSON; only this method is known.

        `result` is the lead's number; of a client who has a deal in work, the deal's.
        """
        began = datetime.now(UTC)
        try:
            way = await door.source(token)
            if method.removesuffix(".json").lower() != bitrix24.METHOD:
                return _refused(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")
            door.pace(way)
            given = to_input(bitrix24.read(await fields_of(request)), Shape.BITRIX24)
            receipt = await door.keep(way, given)
        except RefusalError as refusal:
            return _refused(refusal.status, CODES.get(refusal.status, "ERROR_CORE"), refusal.words)
        return JSONResponse(bitrix24.answer(receipt.subject_id, began, datetime.now(UTC)))

    return router


def _refused(status: int, code: str, words: str) -> JSONResponse:
    return JSONResponse(bitrix24.error(code, words), status)
