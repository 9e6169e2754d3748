"""What part of a table someone may see, as the access rules decided it; repositories turn it into SQL."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows within someone's reach: any of these lets a row be seen. The empty scope shows nothing."""

    everything: bool = False
    owner_id: int | None = None
    departments: frozenset[int] = frozenset()
    """All rows of these departments."""
    free_in: frozenset[int] = frozenset()
    """Rows without an owner in these departments."""
    settled: bool = False
    """Deals in payment stages and closed ones."""
