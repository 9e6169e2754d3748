"""The statements of the search, built once for each shape of what is looked for and of who looks."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    any_,
    bindparam,
    case,
    func,
    not_,
    or_,
    select,
    true,
    union_all,
)

from db.models import Company, Deal, DealHelper
from db.repositories.base import Sight, owner_in, within
from db.repositories.bearers import Condition
from db.repositories.clients import SETTLED
from db.repositories.reach import companies_within, deals_within, in_archive
from db.repositories.search_kinds import CONTACTS, LEADS, Kind
from db.repositories.tags import TABLES

SHAPES = 512
"""So many statements are kept."""

_BEFORE: Any = bindparam("before_id", type_=BigInteger)
_WINDOW: Any = bindparam("window", type_=Integer)


class Way(StrEnum):
    """Where it is looked."""

    NEWEST = "newest"
    """Among the newest of all, `window` of them."""
    OWN = "own"
    """Among one's own newest, as many."""
    HELPED = "helped"
    """Among the deals on which one works besides."""
    BEARERS = "bearers"
    """Among those that bear the first of the words, or have the `number`."""
    TAGGED = "tagged"
    """Among all that have the tag."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked for, and where, but for the values."""

    kind: Kind
    sights: tuple[Sight, ...]
    """What may be seen; of companies also by which deals."""
    archived: bool
    older: bool
    """Only what is older than `before_id`."""
    whole: bool
    tagged: bool
    numbered: bool
    """Also by the `number`."""
    way: Way
    conditions: tuple[Condition, ...]
    """What few are comes first."""


@lru_cache(SHAPES)
def looking(look: Look, *, arrays: bool) -> Select[Any]:
    """What is found, the newest first, `at_most` of it; for a database with arrays or without."""
    model = look.kind.model
    before = model.id < _BEFORE if look.older else true()
    found = look.kind.rows.where(before, _judged(look))
    if look.whole:
        found = found.where(_stands_whole(look.kind.text))
    if look.tagged:
        found = found.where(model.id.in_(_tagged(look)))
    found = found.where(*_on_the_way(look, before, arrays=arrays))
    limited: Select[Any] = found.order_by(model.id.desc()).limit(bindparam("at_most"))
    return limited


def ways_of(kind: Kind, sight: Sight) -> list[Way]:
    """Along which indexes the newest are looked through: one's own, and those among all that may be seen.

    What is seen by whole departments is mostly found among the newest of all, and those come first.
    """
    ways = [Way.NEWEST] if sight.others else []
    if sight.own and not sight.everything:
        ways += [Way.OWN, *([Way.HELPED] if kind.model is Deal else [])]
    return ways


def phrase_values(words: tuple[str, ...]) -> dict[str, object]:
    """The values of words that have to stand side by side."""
    phrase = " ".join(words)
    escaped = phrase.replace("/", "//").replace("%", "/%").replace("_", "/_")
    return {
        "phrase": phrase,
        "phrase_first": f"{escaped} %",
        "phrase_last": f"% {escaped}",
        "phrase_inside": f"% {escaped} %",
    }


def _judged(look: Look) -> ColumnElement[bool]:
    """That a row may be seen and everything holds of it, in the order in which the fewest pages are read.

    Whose it is decides about each row, but must not lead: no backend may take an index of it for a way. Of
    one's own the index of words rules most out before their rows are read; and by which people and deals a
    company is seen is asked of what is found alone.
    """
    conditions = look.conditions[1:] if look.way is Way.BEARERS else look.conditions
    words = [one.holds(look.kind.model) for one in conditions]
    if words and (look.way is Way.OWN or look.kind.model is Company):
        return case((not_(and_(*words)), 0), (_seen(look), 1), else_=0) == 1
    return and_(case((_seen(look), 1), else_=0) == 1, *words)


def _seen(look: Look) -> ColumnElement[bool]:
    model, sight = look.kind.model, look.sights[0]
    if model is Company:
        return companies_within(*look.sights)
    if model is Deal:
        return and_(deals_within(sight, SETTLED), in_archive(archived=look.archived))
    return within(sight, model.owner_id, model.department_id)


def _on_the_way(look: Look, before: ColumnElement[bool], *, arrays: bool) -> list[ColumnElement[bool]]:
    model = look.kind.model
    match look.way:
        case Way.NEWEST:
            newest = _BEFORE if look.older else select(func.max(model.id)).scalar_subquery()
            return [model.id > newest - _WINDOW]
        case Way.OWN:
            mine = model.owner_id == owner_in(look.sights[0])
            end = select(model.id).where(mine, before).order_by(model.id.desc()).limit(1)
            last = end.offset(bindparam("own_window")).scalar_subquery()
            return [mine, model.id > func.coalesce(last, 0)]
        case Way.HELPED:
            mine = DealHelper.person_id == owner_in(look.sights[0])
            return [Deal.id.in_(select(DealHelper.deal_id).where(mine))]
        case Way.BEARERS:
            return [*_of_own(look), _among(model.id, _bearing(look), arrays=arrays)]
    return []


def _of_own(look: Look) -> list[ColumnElement[bool]]:
    """That it is one's own where nothing else is seen: one index knows whose they are and their ids."""
    sight = look.sights[0]
    alone = sight.own and not sight.others
    return [look.kind.model.owner_id == owner_in(sight)] if alone and look.kind in (LEADS, CONTACTS) else []


def _among(column: Any, numbers: Select[int] | CompoundSelect[int], *, arrays: bool) -> ColumnElement[bool]:
    """That a key is one of these: so each backend walks its index by key, until it has enough."""
    if not arrays:
        return and_(column.in_(numbers))
    return and_(column == any_(func.array(numbers.scalar_subquery())))


def _bearing(look: Look) -> Select[int] | CompoundSelect[int]:
    """What is such, by id, whosever it is: `portion` of each index alone."""
    model = look.kind.model
    parts = [part for first in look.conditions[:1] for part in first.bearers(model)]
    if look.numbered:
        parts.append(select(model.id).where(model.id == bindparam("number")))
    return union_all(*parts) if len(parts) > 1 else parts[0]


def _tagged(look: Look) -> Select[int]:
    """The newest that have a tag, `most` of them: so many as can be looked at."""
    table, name = TABLES[look.kind.name]
    column = getattr(table, name)
    newest = select(column).where(table.tag_id == bindparam("tag"))
    if look.older:
        newest = newest.where(column < _BEFORE)
    return newest.order_by(column.desc()).limit(bindparam("most"))


def _stands_whole(text: Any) -> ColumnElement[bool]:
    return or_(
        text == bindparam("phrase"),
        *(text.like(bindparam(f"phrase_{place}"), escape="/") for place in ("first", "last", "inside")),
    )
