"""Links as Telegram accepts and keeps them."""

import re


def checked_url(url: str) -> str | None:
    """The link as Telegram keeps it, or None if it is not one."""
    url = url.strip()
    if url.startswith("tg://"):
        return url
    match = re.fullmatch(r"(?:(https?)://)?([^\s/?#]+)(.*)", url, re.IGNORECASE | re.DOTALL)
    if match is None or re.search(r"\s", url):
        return None
    host = match.group(2).rpartition("@")[2]
    if not re.fullmatch(r"[\w.-]+\.\w{2,}(?::\d+)?|localhost(?::\d+)?|[\d.]+(?::\d+)?", host):
        return None
    return f"{(match.group(1) or 'http').lower()}://{match.group(2)}{match.group(3) or '/'}"
