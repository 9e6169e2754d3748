"""Alive, ready, and the figures: for whoever watches over the program."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Check(Protocol):
    """One condition and what was found."""

    @property
    def ok(self) -> bool: ...
    @property
    def found(self) -> str: ...


Readiness = Callable[[], Awaitable[Mapping[str, Check]]]


def health_router(readiness: Readiness, metrics: Callable[[], bytes]) -> APIRouter:
    """`/healthz`: the loop runs; `/readyz`: whether work can be done, and why not; `/metrics`: figures."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        checks = await readiness()
        ready = all(check.ok for check in checks.values())
        return JSONResponse(
            {
                "ready": ready,
                "checks": {name: {"ok": check.ok, "found": check.found} for name, check in checks.items()},
            },
            status_code=200 if ready else 503,
        )

    @router.get("/metrics", include_in_schema=False)
    async def figures() -> Response:
        await readiness()
        return Response(metrics(), media_type=METRICS_TYPE)

    return router
