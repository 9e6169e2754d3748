"""How money comes."""

from enum import StrEnum


class Method(StrEnum):
    """How it was paid."""

    BANK = "bank"
    CARD = "card"
    CASH = "cash"
    OTHER = "other"
