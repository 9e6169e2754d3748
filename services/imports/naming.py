"""Which column names the client, and whether it means a company or a person: what it is full of decides."""

import re
from collections.abc import Callable, Mapping, Sequence

from services.dto.imports import Field
from services.imports.columns import bare
from services.understanding import phones
from services.understanding.fold import fold
from services.understanding.lead_names import is_person

NAMING = (Field.COMPANY, Field.CONTACT)
"""Fields that say who the client is."""
_EITHER = (
    *("client", "customer", "client name", "customer name", "name"),
    *("клиент", "заказчик", "покупатель", "контрагент", "имя клиента"),
)
"""Headers that may mean a company as well as a person: the values decide."""
_NEARLY_ALL, _HALF, _THIRD = 0.9, 0.5, 0.33
_FIRM = re.compile(
    r"[«»\"“”„]|(?<!\w)(?:ооо|оао|зао|пао|нао|ао|ип|тоо|чоп|гк|нпо|гуп|муп|фгуп|llc|llp|ltd|limited|inc|corp"
    r"|plc|gmbh|ag|company|group|компания|фирма|завод|фабрика|холдинг|группа)(?!\w)"
)
_CAPITALS = re.compile(r"[^\W\d_]{3,}(?:[\s-]+[^\W\d_]{2,})*")


def judge(
    columns: Sequence[str],
    fields: Sequence[Field | None],
    names: Mapping[Field, Sequence[str]],
    region: str,
) -> tuple[Field | None, ...]:
    """The same after a look at the values: a column "Client" full of phones holds the clients' phones.

    Where another column has these already, it holds nothing that is wanted. One full of people's names holds
    contacts, unless another column does; under a header that may mean both, a part of them is enough.
    """

    def is_phone(value: str) -> bool:
        return phones.normalise(value, region) is not None

    found: list[Field | None] = []
    for column, field in zip(columns, fields, strict=True):
        values = names.get(field, ()) if field is not None else ()
        if field in NAMING and _nearly_all(values, is_phone):
            phone = None if Field.PHONE in (*fields, *found) else Field.PHONE
            found.append(phone)
        elif field not in NAMING or _other(field) in (*fields, *found):
            found.append(field)
        elif bare(column) in _EITHER:
            found.append(_said_by(values, field, beside_phone=Field.PHONE in fields))
        else:
            all_people = field is Field.COMPANY and _nearly_all(values, is_person)
            found.append(Field.CONTACT if all_people else field)
    return tuple(found)


def either_at(columns: Sequence[str], fields: Sequence[Field | None]) -> int | None:
    """The place of the first column whose header may mean a company as well as a person, if it is taken for
    one of them and no other column for the other.
    """
    for place, (column, field) in enumerate(zip(columns, fields, strict=True)):
        if field in NAMING and bare(column) in _EITHER and _other(field) not in fields:
            return place
    return None


def _other(field: Field) -> Field:
    return Field.CONTACT if field is Field.COMPANY else Field.COMPANY


def _nearly_all(values: Sequence[str], test: Callable[[str], bool]) -> bool:
    """Whether all of them pass, but for a slip now and then."""
    passed = sum(map(test, values))
    return passed > 0 and passed >= len(values) * _NEARLY_ALL


def _said_by(values: Sequence[str], usual: Field, *, beside_phone: bool) -> Field:
    """What the clients of a column are: people where enough of them are well known names and fewer look like
    companies, companies the other way round; else what the header means most often.
    """
    people = sum(map(is_person, values))
    firms = sum(map(_is_firm, values))
    if people > firms and people >= len(values) * (_THIRD if beside_phone else _HALF):
        return Field.CONTACT
    if firms > people and firms >= len(values) * _HALF:
        return Field.COMPANY
    return usual


def _is_firm(name: str) -> bool:
    """Whether a name has a legal form, quotation marks, or is written in capitals."""
    if is_person(name):
        return False
    return bool(_FIRM.search(fold(name))) or (name.isupper() and bool(_CAPITALS.fullmatch(name.strip())))
