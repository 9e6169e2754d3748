"""What a list of deals, leads or clients asks for, as it is chosen on the screen and kept with a view."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from db.repositories.contact_lists import Agreed
from services.dto.fields import FieldSubject
from services.errors import AppError
from services.fields.filters import NOTHING, FilterValue
from services.lists.days import AskedDays, kept_days
from services.understanding.money import LARGEST_UNITS

__all__ = ["Agreed"]

MINE = 0
"""Whoever looks at the list: what is shared shows to each their own."""
NOBODY = 10**12
"""No number of anybody: what is asked for is nobody's."""
WHOLE = 10**12
"""A stage with a number above it is all of a pipeline: of the one whose number is so much less."""
MOST_VALUES = 12
"""So many values of one condition, at most."""
MOST_AMOUNT = LARGEST_UNITS * 100
MOST_POINTS = 9_999


class What(StrEnum):
    """What a filter may ask for."""

    STAGE = "stage"
    PERSON = "person"
    SOURCE = "source"
    DATE = "date"
    AMOUNT = "amount"
    TAG = "tag"
    NO_TASK = "no_task"
    ROTTING = "rotting"
    FIELD = "field"
    """What the company's own fields say."""
    CONSENT = "consent"
    """What contacts have agreed to."""
    STATE = "state"
    """How leads stand."""
    SCORE = "score"
    """How many points they have at least."""
    HOT = "hot"
    """Nothing, but the order: those with the most points first."""


FLAGS = (What.NO_TASK, What.ROTTING, What.HOT)
"""What is asked for or not, and has no value."""
SEVERAL = (What.STAGE, What.PERSON, What.SOURCE)
"""Of which any of several values may be asked for."""


class State(StrEnum):
    """How leads stand, as it is asked for."""

    OPEN = "open"
    """Free or in work."""
    FREE = "free"
    IN_WORK = "in_work"
    QUALIFIED = "qualified"
    REJECTED = "rejected"


_READ: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {"date": kept_days, "state": State, "subject": FieldSubject, "consent": Agreed}
)
"""What is more than it is kept as."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; whatever is not given does not matter. `amount` is in minor units."""

    stage: int | list[int] | None = None
    """A stage, or a whole pipeline above `WHOLE`; any of several."""
    person: int | list[int] | None = None
    """Whose the deals are, or `MINE`; anybody's of several."""
    source: str | list[str] | None = None
    date: AskedDays | None = None
    amount: int | list[int | None] | None = None
    """At least so much, or from where to where."""
    tag: int | None = None
    no_task: bool = False
    rotting: bool = False
    field: Mapping[str, FilterValue] | None = None
    """By the ids of the company's own fields what they have to say."""
    subject: FieldSubject = FieldSubject.DEAL
    """What is listed."""
    state: State | None = None
    score: int | None = None
    """At least so many points."""
    hot: bool = False
    consent: Agreed | None = None

    @classmethod
    def start(cls, subject: FieldSubject) -> "Filter":
        """What is listed before anything is asked for: of leads those that are open."""
        return cls(subject=subject, state=State.OPEN if subject is FieldSubject.LEAD else None)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Filter":
        """From what is kept."""
        return cls(**{name: _READ[name](value) if name in _READ else value for name, value in data.items()})

    @property
    def data(self) -> dict[str, Any]:
        """As it is kept: only what is asked for, and what is listed where that is not deals."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        kept = {name: value for name, value in given.items() if value is not None and value is not False}
        if self.date is not None:
            kept["date"] = str(self.date)
        if self.subject is FieldSubject.DEAL:
            del kept["subject"]
        return kept

    @property
    def digest(self) -> str:
        """The same for the same filter."""
        return hashlib.sha256(json.dumps(self.data, sort_keys=True).encode()).hexdigest()

    @property
    def stages(self) -> tuple[int, ...]:
        """The stages, and pipelines, any of which is asked for."""
        return _several(self.stage)

    @property
    def people(self) -> tuple[int, ...]:
        """Those whose things are asked for."""
        return _several(self.person)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources any of which is asked for."""
        return _several(self.source)

    @property
    def amounts(self) -> tuple[int | None, int | None]:
        """From which sum to which; None where it does not matter."""
        if isinstance(self.amount, list):
            return self.amount[0], self.amount[1]
        return self.amount, None

    @property
    def asked(self) -> frozenset[What]:
        """What it asks for."""
        return frozenset(map(What, self.data.keys() - {"subject"}))

    def without(self, what: What) -> "Filter":
        """The same without asking for this."""
        return Filter.of({name: value for name, value in self.data.items() if name != what.value})

    def asking_field(self, field_id: int, value: FilterValue) -> "Filter":
        """The same, asking also what a field of the company's own says."""
        return self.asking(What.FIELD, {**(self.field or {}), str(field_id): value})

    def toggling_field(self, field_id: int, choice: int) -> "Filter":
        """The same, asking also for this choice of a field, or for it no more. Raises `list.many`."""
        asked = dict(self.field or {})
        now = asked.pop(str(field_id), None)
        has = set(now if isinstance(now, list) else [now] if isinstance(now, int) and now != NOTHING else [])
        if has ^ {choice}:
            asked[str(field_id)] = one_or_all(_within(has ^ {choice}))
        return self.asking(What.FIELD, asked) if asked else self.without(What.FIELD)

    def toggling(self, what: What, value: object) -> "Filter":
        """The same, asking for this value as well, or for it no more. Raises `list.many`.

        What is nobody's is asked for alone: nothing of it is somebody's.
        """
        now: set[Any] = set(_several(self.data.get(what.value)))
        now = now - {value} if value in now else ({value} if NOBODY in {value, *now} else now | {value})
        return self.asking(what, one_or_all(_within(now))) if now else self.without(what)

    def asking(self, what: What, value: object) -> "Filter":
        """The same, asking also for this."""
        return Filter.of({**self.data, what.value: value})


def one_or_all(values: Collection[Any]) -> Any:
    """As they are kept: one as it is, several in order, so that the same choice is the same filter."""
    return sorted(values) if len(values) > 1 else next(iter(values))


def _within(values: set[Any]) -> set[Any]:
    if len(values) > MOST_VALUES:
        raise AppError("list.many", most=MOST_VALUES)
    return values


def _several(value: Any) -> tuple[Any, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)
