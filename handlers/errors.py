"""The one place where codes of errors become words."""

from keyboards.tongue import Tongue
from services.errors import AppError

TEXTS: dict[str, str] = {
    "not_allowed": "You may not do this.",
    "stale": "This has changed meanwhile. Here is how it stands now.",
}


def describe(texts: dict[str, str]) -> None:
    """Add an area's own texts. A code described twice is a mistake."""
    twice = TEXTS.keys() & texts.keys()
    if twice:
        raise ValueError(f"described twice: {sorted(twice)}")
    TEXTS.update(texts)


def words(error: AppError, t: Tongue) -> str:
    """What to tell the user; plain text."""
    return t(TEXTS[error.code], **error.params)
