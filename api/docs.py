"""The page that documents the open API, with everything that it needs: it loads nothing from elsewhere."""

from importlib.resources import as_file, files

from fastapi import APIRouter, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

OPENAPI = "/openapi.json"
ASSETS = "/docs/assets"
ABOUT = """
Bring leads into Sdelka: by the API with a key, by a form of your site, from Tilda, or from anything that
writes leads to Bitrix24. Read and change what leads, clients and deals say, the company's own fields too.
Keys and addresses are made by the owner in the chat: Profile → Company → Requests from outside.
"""


def add_docs(api: FastAPI) -> None:
    """`/docs`: the public part of the API."""
    router = APIRouter(include_in_schema=False)

    @router.get("/docs")
    async def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url=OPENAPI,
            title=f"{api.title} API",
            swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{ASSETS}/swagger-ui.css",
            swagger_favicon_url=f"{ASSETS}/favicon.png",
        )

    api.include_router(router)
    with as_file(files("fastapi_offline") / "static") as folder:
        api.mount(ASSETS, StaticFiles(directory=folder), name="docs")
