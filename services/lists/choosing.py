"""What a filter may ask for, and the values that it may ask for, as far as they are its reader's to see."""

from db.uow import UnitOfWork
from services.access import Actor
from services.dto.fields import Field, FieldSubject
from services.dto.lists import Choice
from services.errors import AppError, NotFoundError, StaleError
from services.lists import asking
from services.lists.days import Dated, OwnDays
from services.lists.filters import MINE, MOST_AMOUNT, MOST_POINTS, NOBODY, Agreed, Filter, State, What
from services.lists.finding import is_scored
from services.lists.kinds import KINDS, Kind, days_of, offers_of
from services.understanding import money
from services.understanding.spans import from_where_to_where


async def offered(uow: UnitOfWork, actor: Actor, filter_: Filter) -> tuple[What, ...]:
    """What may be asked for: of fields and of the score only where there are any, or it is asked already."""
    kind, hidden = KINDS[filter_.subject], set[What]()
    if not await asking.fields_of(uow, actor, filter_.subject):
        hidden |= {What.FIELD}
    if What.SCORE in kind.offers and not await is_scored(uow):
        hidden |= {What.SCORE, What.HOT}
    return tuple(what for what in offers_of(actor, kind) if what not in hidden - filter_.asked)


async def field_asked(uow: UnitOfWork, actor: Actor, filter_: Filter, field_id: int) -> Field:
    """A field of which a filter may ask. Raises `field.not_found`."""
    fields = await asking.fields_of(uow, actor, filter_.subject)
    found = next((one for one in fields if one.id == field_id), None)
    if found is None:
        raise NotFoundError("field")
    return found


async def choices(uow: UnitOfWork, actor: Actor, filter_: Filter, what: What) -> list[Choice]:
    """The values of which one may be asked for. Raises `list.not_found` of what this list has none."""
    kind = KINDS[filter_.subject]
    if what not in offers_of(actor, kind):
        raise NotFoundError("list")
    match what:
        case What.STAGE:
            found = await asking.stages(uow, actor)
            return [Choice(number, one, number in filter_.stages) for number, one in found]
        case What.STATE:
            return [Choice(n, one, one == filter_.state) for n, one in enumerate(State)]
        case What.CONSENT:
            return [Choice(n, one, one == filter_.consent) for n, one in enumerate(Agreed)]
        case What.PERSON:
            people = await asking.sellers(uow, actor, filter_.subject)
            few = (MINE, NOBODY) if filter_.subject is FieldSubject.LEAD else (MINE,)
            named = [Choice(one, "", one in filter_.people) for one in few]
            here = {one.id for one in people} | {*few}
            left = await uow.people.names([one for one in filter_.people if one not in here])
            named += [Choice(one.id, one.name, one.id in filter_.people) for one in people]
            return [*named, *(Choice(one, name, chosen=True) for one, name in left.items())]
        case What.SOURCE:
            codes = await asking.sources(uow, filter_.subject)
            return [Choice(number, code, code in filter_.sources) for number, code in codes.items()]
        case What.TAG:
            names = await asking.tags(uow, actor, filter_.subject)
            return [Choice(tag, name, tag == filter_.tag) for tag, name in names.items()]
        case What.DATE:
            return _days(actor, kind, filter_)
        case What.FIELD:
            asked = filter_.field or {}
            own = await asking.fields_of(uow, actor, filter_.subject)
            return [Choice(one.id, one.name, str(one.id) in asked) for one in own]
        case _:
            raise NotFoundError("list")


def _days(actor: Actor, kind: Kind, filter_: Filter) -> list[Choice]:
    """Named days, and for each day that is dated so one's own, which are typed."""
    may = days_of(actor, kind)
    named = [Choice(n, day, day == filter_.date) for n, day in enumerate(Dated) if day in may]
    own, asked = [OwnDays(of) for of in dict.fromkeys(day.of for day in may)], filter_.date
    typed = asked.of if isinstance(asked, OwnDays) else None
    return [*named, *(Choice(len(Dated) + n, one, one.of == typed) for n, one in enumerate(own))]


async def value_of(uow: UnitOfWork, actor: Actor, filter_: Filter, what: What, number: int) -> object:
    """What a number stands for. Raises `stale` for nothing."""
    if what is What.AMOUNT:
        return min(number, MOST_AMOUNT) or None
    if what is What.SCORE:
        return min(number, MOST_POINTS)
    known = {one.number: one for one in await choices(uow, actor, filter_, what)}
    if number not in known or isinstance(known[number].label, OwnDays):
        raise StaleError
    label = known[number].label
    return label if what in (What.SOURCE, What.DATE, What.STATE, What.CONSENT) else number


def read_amounts(typed: str) -> int | list[int | None] | None:
    """A sum from which on it is asked for, or "100k - 300k", "to 50k", in minor units; None for any.

    Raises `list.bad_amount`.
    """
    low, high = from_where_to_where(typed, dashes=True)
    if low is None or high is None:
        return [None if one is None else _minor(one) for one in (low, high)]
    if low == high:
        return _minor(low) or None
    ends = (_minor(low), _minor(high))
    return [min(ends), max(ends)]


def _minor(typed: str) -> int:
    found = money.parse(typed)
    if found is None:
        raise AppError("list.bad_amount")
    return min(found.minor, MOST_AMOUNT)
