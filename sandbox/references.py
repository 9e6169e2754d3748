"""HTML character references, the few that Telegram knows."""

import re

_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]{1,6})|#(?P<dec>[0-9]{1,7})|(?P<name>[A-Za-z]+));?")
_NAMES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def decode(source: str, position: int) -> tuple[str, int]:
    """The character that the reference at `position` means; an unknown one stays as it is written."""
    match = _REFERENCE.match(source, position)
    if match is None:
        return "&", position + 1
    if match["name"]:
        decoded: str | None = _NAMES.get(match["name"])
    else:
        code = int(match["hex"], 16) if match["hex"] else int(match["dec"])
        decoded = chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else None
    return (decoded, match.end()) if decoded is not None else ("&", position + 1)


def unescape(value: str) -> str:
    """`value` with all its references decoded."""
    parts: list[str] = []
    position = 0
    while (found := value.find("&", position)) >= 0:
        parts.append(value[position:found])
        decoded, position = decode(value, found)
        parts.append(decoded)
    return "".join(parts) + value[position:]
