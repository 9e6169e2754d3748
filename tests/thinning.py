"""What CI tries more sparsely: of much that is alike every so many, and all of it with SDELKA_LONG=1."""

import os
from collections.abc import Iterable
from typing import TypeVar

from db.uow import Database

LONG = bool(os.environ.get("SDELKA_LONG"))
T = TypeVar("T")


def stride(usual: int) -> int:
    """Every so many are tried."""
    return 1 if LONG else usual


def thinned(db: Database, items: Iterable[T], step: int, usual: int = 1) -> list[T]:
    """Every `usual` on SQLite, and fewer, every `step`, on PostgreSQL, where only the SQL differs."""
    return list(items)[:: stride(step if db.backend == "postgresql" else usual)]
