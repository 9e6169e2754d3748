"""E-mail addresses: the one that was typed, in the form in which it is kept."""

import re

LONGEST = 254
_EMAIL = re.compile(r"[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,180}\.[^\s@<>,;:.\"]{2,}")


def normalise(text: str) -> str | None:
    """The address in lower case, or None if this is none."""
    typed = text.strip().removeprefix("mailto:")
    return typed.lower() if len(typed) <= LONGEST and _EMAIL.fullmatch(typed) else None
