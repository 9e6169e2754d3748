"""Puts the HTTP door together."""

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.bitrix24 import bitrix24_router
from api.cards import cards_router
from api.docs import ABOUT, OPENAPI, add_docs
from api.forms import forms_router
from api.health import Readiness, health_router
from api.intake import Door
from api.leads import leads_router
from api.problems import RefusalError, of_routing, problem
from api.telegram import TelegramDoor, telegram_router
from api.tilda import tilda_router
from services.bundle import Services


def build_api(
    *,
    readiness: Readiness,
    metrics: Callable[[], bytes],
    telegram: TelegramDoor | None = None,
    services: Services | None = None,
) -> FastAPI:
    """The application.

    `telegram` is given where updates come by webhook, `services` where other programs may bring requests.
    """
    public = services is not None
    # FastAPI's own page would load scripts from somewhere else.
    api = FastAPI(
        title="Sdelka",
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url=OPENAPI if public else None,
    )
    api.include_router(health_router(readiness, metrics), include_in_schema=False)
    if telegram is not None:
        api.include_router(telegram_router(telegram))
    if services is not None:
        _open(api, services)

    @api.exception_handler(HTTPException)
    async def unrouted(_request: Request, error: HTTPException) -> JSONResponse:
        return problem(of_routing(error.status_code), error.headers)

    @api.exception_handler(Exception)
    async def failed(_request: Request, _error: Exception) -> JSONResponse:
        return problem(RefusalError("failed"))

    return api


def _open(api: FastAPI, services: Services) -> None:
    """The part that other programs use."""
    door = Door(services)
    for make in (leads_router, cards_router, forms_router, tilda_router, bitrix24_router):
        api.include_router(make(door))
    add_docs(api)

    @api.exception_handler(RefusalError)
    async def refuse(_request: Request, refusal: RefusalError) -> JSONResponse:
        return problem(refusal)

    @api.exception_handler(RequestValidationError)
    async def misread(_request: Request, error: RequestValidationError) -> JSONResponse:
        errors = [{"field": ".".join(map(str, one["loc"])), "message": one["msg"]} for one in error.errors()]
        return problem(RefusalError("body.wrong", errors))
