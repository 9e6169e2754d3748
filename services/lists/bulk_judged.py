"""What a deed with many changes and what it leaves, whatever they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from zlib import crc32

from db.models import Company, Contact
from services.access import Action
from services.dto.bulk import SOME, Bar, Deed
from services.dto.common import Ref
from services.tag_names import MOST_OF_ONE

ACTIONS = {
    Deed.GIVE: Action.DEAL_HAND_OVER,
    Deed.MOVE: Action.DEAL_MOVE,
    Deed.TAG: Action.DEAL_TAG,
    Deed.UNTAG: Action.DEAL_TAG,
    Deed.LOSE: Action.DEAL_LOSE,
    Deed.LEAD_GIVE: Action.LEAD_HAND_OVER,
    Deed.LEAD_TAG: Action.LEAD_TAG,
    Deed.LEAD_UNTAG: Action.LEAD_TAG,
    Deed.REJECT: Action.LEAD_REJECT,
    Deed.CLIENT_GIVE: Action.CLIENT_HAND_OVER,
    Deed.CLIENT_TAG: Action.CLIENT_TAG,
    Deed.CLIENT_UNTAG: Action.CLIENT_TAG,
    Deed.FIRM_GIVE: Action.CLIENT_HAND_OVER,
    Deed.FIRM_TAG: Action.CLIENT_TAG,
    Deed.FIRM_UNTAG: Action.CLIENT_TAG,
}
"""The right without which a deed is not offered; each deal, lead or client is judged by its own."""

R = TypeVar("R", bound=tuple[Any, ...])


@dataclass(slots=True)
class Judged(Generic[R]):
    """What a deed changes, in the order of the ids, and why it does not the others; a row begins with it."""

    rows: list[R] = field(default_factory=list)
    barred: Counter[Bar] = field(default_factory=Counter)
    left: dict[Bar, list[Ref]] = field(default_factory=dict)

    def add(self, row: R, bar: Bar | None, *, seen: bool = True) -> None:
        """Put it where it belongs; `seen`: whether the actor may know it by name."""
        if bar is None:
            self.rows.append(row)
            return
        self.barred[bar] += 1
        if seen and len(named := self.left.setdefault(bar, [])) < SOME:
            named.append(_ref(row[0]))

    @property
    def some(self) -> tuple[Ref, ...]:
        """The first few that are changed."""
        return tuple(_ref(one) for one, *_ in self.rows[:SOME])

    @property
    def named(self) -> tuple[tuple[Bar, tuple[Ref, ...]], ...]:
        """The first few of the others."""
        return tuple((bar, tuple(self.left[bar])) for bar in Bar if bar in self.left)

    @property
    def mark(self) -> int:
        """The same while they are the same, and nobody has changed them."""
        return crc32(",".join(f"{one.id}.{one.version}" for one, *_ in self.rows).encode())

    @property
    def bars(self) -> tuple[tuple[Bar, int], ...]:
        """Why the others are left as they are, and how many."""
        return tuple((bar, n) for bar in Bar if (n := self.barred[bar]))


def _ref(one: Any) -> Ref:
    return Ref(one.id, one.name if isinstance(one, Contact | Company) else one.title)


def bar_of_tag(tags: Sequence[int], tag_id: int, *, on: bool) -> Bar | None:
    """Why what has these tags does not get another, or does not lose one."""
    if on == (tag_id in tags):
        return Bar.SAME
    return Bar.FULL if on and len(tags) >= MOST_OF_ONE else None
