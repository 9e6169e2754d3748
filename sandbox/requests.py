"""How the parameters of a Bot API call come over HTTP: JSON, form, multipart, query string."""

from urllib.parse import parse_qsl

from aiohttp import web

from sandbox.errors import ApiError, bad_request
from sandbox.methods.registry import Json, Params, Upload, load_json

MAX_BODY = 60 * 1024 * 1024


async def read_params(request: web.Request) -> Params:
    """The parameters and the uploaded files of a call."""
    values: Json = dict(request.query) if request.query_string else {}
    files: dict[str, Upload] = {}
    match request.content_type:
        case "application/json":
            values |= _json_object(await request.read())
        case "application/x-www-form-urlencoded":
            values |= parse_qsl(decoded(await request.read()), keep_blank_values=True)
        case "multipart/form-data":
            await _read_multipart(request, values, files)
    return Params(values, files)


def decoded(body: bytes) -> str:
    """The text of a body, which has to be UTF-8."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise bad_request("Strings must be encoded in UTF-8") from None


def _json_object(body: bytes) -> Json:
    if not body:
        return {}
    parsed = load_json(decoded(body), "request")
    if not isinstance(parsed, dict):
        raise bad_request("Can't parse request JSON object")
    return {name: value for name, value in parsed.items() if value is not None}


async def _read_multipart(request: web.Request, values: Json, files: dict[str, Upload]) -> None:
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read())
        else:
            values[name] = value if isinstance(value, str) else decoded(bytes(value))
