"""The body of a form to its fields: urlencoded, multipart or JSON, all to one flat list of names and values.

What is nested in JSON gets the names that PHP would give it in a form: `fields[PHONE][0][VALUE]`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from email.message import Message
from urllib.parse import parse_qsl

MOST_FIELDS = 200
DEEPEST = 6
# Old sites of Russian companies still speak it.
CHARSETS = ("utf-8", "cp1251")
_NAME = re.compile(rb'[;\s]name="([^"]*)"', re.IGNORECASE)
_FILE = re.compile(rb"[;\s]filename\*?=", re.IGNORECASE)


class BadBodyError(ValueError):
    """This is no form that anybody could read."""


def read_fields(content_type: str, body: bytes) -> dict[str, str]:
    """The fields of a form; of several with one name the last that says anything. Raises BadBodyError."""
    kind, boundary = _kind(content_type)
    pairs: Iterable[tuple[str, str]]
    if kind == "multipart/form-data":
        pairs = _multipart(body, boundary)
    elif kind.endswith("json") or body.lstrip()[:1] == b"{":
        pairs = _json(body)
    else:
        pairs = _urlencoded(body)
    fields: dict[str, str] = {}
    for number, (name, value) in enumerate(pairs):
        if number >= MOST_FIELDS:
            raise BadBodyError("too many fields")
        if value.strip() or name not in fields:
            fields[name] = value
    return fields


def _kind(content_type: str) -> tuple[str, bytes]:
    message = Message()
    message["Content-Type"] = content_type.replace("\r", "").replace("\n", "")
    boundary = message.get_boundary() or ""
    return message.get_content_type(), boundary.encode("latin-1", "ignore")


def _urlencoded(body: bytes) -> list[tuple[str, str]]:
    for charset in CHARSETS:
        try:
            return parse_qsl(
                body.decode(charset),
                keep_blank_values=True,
                encoding=charset,
                errors="strict",
                max_num_fields=MOST_FIELDS,
            )
        except UnicodeDecodeError:
            continue
        except ValueError as error:
            raise BadBodyError("not a form") from error
    raise BadBodyError("not a text")


def _multipart(body: bytes, boundary: bytes) -> Iterator[tuple[str, str]]:
    """The texts of a multipart form; its files are left out."""
    if not boundary:
        raise BadBodyError("no boundary")
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(parts) < 3 or not parts[-1].startswith(b"--"):
        raise BadBodyError("not a multipart form")
    for part in parts[1:-1]:
        head, gap, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if not gap or name is None:
            raise BadBodyError("a part without a name")
        if _FILE.search(head) is None:
            yield _decoded(name[1]), _decoded(content)


def _json(body: bytes) -> Iterator[tuple[str, str]]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadBodyError("not JSON") from error
    if not isinstance(found, dict):
        raise BadBodyError("not an object")
    for name, value in found.items():
        yield from _flat(str(name), value, 1)


def _flat(name: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    if depth > DEEPEST:
        raise BadBodyError("nested too deeply")
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{name}[{key}]", inner, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _flat(f"{name}[{number}]", inner, depth + 1)
    elif value is not None:
        yield name, str(value)


def _decoded(raw: bytes) -> str:
    for charset in CHARSETS:
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    raise BadBodyError("not a text")
