"""A request as it was read, whoever sent it in whatever shape."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

UTM = ("source", "medium", "campaign", "content", "term")
MOST_KEPT = 40
LONGEST_KEPT = 500
_SECRET = re.compile(
    r"passw|парол|cookie|token|secret|captcha|card|cvv|cvc|csrf|session|sessid", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Submission:
    """What was understood of a request; `received`: its fields as they came, without secrets."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    title: str | None = None
    text: str | None = None
    budget: str | None = None
    currency: str | None = None
    external_id: str | None = None
    page_url: str | None = None
    utm: Mapping[str, str] = field(default_factory=dict)
    consent: bool = False
    """Whether they have agreed to their data being kept."""
    mark: str | None = None
    """The sender's own number of the request."""
    received: Mapping[str, str] = field(default_factory=dict)


def is_secret(name: str) -> bool:
    """Whether a field is nobody's business: passwords, cookies, tokens, card numbers."""
    return _SECRET.search(name) is not None


def keep(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields for whoever asks later what really came: without secrets, few, and each cut."""
    kept = {name[:100]: value[:LONGEST_KEPT] for name, value in fields.items() if not is_secret(name)}
    return dict(list(kept.items())[:MOST_KEPT])


def lines(pairs: Mapping[str, str]) -> list[str]:
    """Fields that nothing else is known of, one a line, so that nothing said is lost."""
    return [f"{name}: {value}" for name, value in pairs.items() if value.strip() and not is_secret(name)]
