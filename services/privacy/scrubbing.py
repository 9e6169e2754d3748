"""What of an event's changes tells of a person, and is taken out when their data is erased.

Numbers of rows, sums and codes stay, so that the history goes on telling what was done.
"""

from collections.abc import Mapping, Sequence

KEPT = frozenset(
    {
        *("stage", "pipeline", "status", "source", "outcome", "rule", "way", "robot", "kind", "field", "by"),
        *("due_at", "remind_at", "paid_on", "method", "currency", "reject_reason"),
    }
)
"""Fields whose words are the company's own, or codes."""
PERSONAL = frozenset({"birth_year", "telegram_id", "inn"})
"""Fields whose numbers are a person's."""


def scrub(changes: Mapping[str, Sequence[object]]) -> dict[str, list[object]]:
    """The same without what tells of a person; what has nothing of it comes out as it went in."""
    return {name: [_scrubbed(name, value) for value in pair] for name, pair in changes.items()}


def _scrubbed(name: str, value: object) -> object:
    if name in KEPT:
        return value
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return None if name in PERSONAL else value
    if isinstance(value, list) and all(isinstance(one, int) for one in value):
        return value
    return None
