"""The length of texts as Telegram counts it: in UTF-16 units, so that most emoji are two."""


def units(text: str) -> int:
    """How long a text is."""
    return len(text) if text.isascii() else len(_encoded(text)) // 2


def within(text: str, limit: int) -> str:
    """The text, cut where it is longer."""
    if units(text) <= limit:
        return text
    return _encoded(text)[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"


def _encoded(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
