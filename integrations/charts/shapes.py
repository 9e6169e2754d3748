"""What a picture is made of, before it is drawn."""

from dataclasses import dataclass
from enum import StrEnum

MAX_BARS = 20  # further ones are only counted: Telegram refuses pictures that are too tall


class Tone(StrEnum):
    """What a bar stands for, told by its colour."""

    OPEN = "open"
    PAYMENT = "payment"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A stage of a funnel: how many deals stand there, and their sum as the reader's language writes it."""

    label: str
    count: int
    amount_text: str = ""
    tone: Tone = Tone.OPEN


@dataclass(frozen=True, slots=True)
class ValueBar:
    """One thing among others of its kind: its length, and what is written beside it."""

    label: str
    value: float
    value_text: str
    note: str = ""
    tone: Tone = Tone.OPEN


@dataclass(frozen=True, slots=True)
class Gauge:
    """How far something has come: `done` and `due` (where it should be by now) as parts of 1."""

    label: str
    done: float
    value_text: str
    note: str = ""
    due: float = 0
