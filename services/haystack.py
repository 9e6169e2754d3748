"""The folded texts in which leads, contacts and deals are searched."""

from services.understanding.fold import fold

LIMIT = 600


def haystack(*parts: str | None) -> str:
    """What is searched of a record: its names, addresses and titles. Phones have a column of their own."""
    return fold(" ".join(part for part in parts if part))[:LIMIT]
