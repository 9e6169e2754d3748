"""What else columns may be called: the company's own fields, and what stands on the cards of clients."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from db.uow import UnitOfWork
from services.dto.clients import ClientField
from services.dto.fields import Field as OwnField
from services.dto.fields import FieldKind, FieldSubject
from services.dto.imports import OwnTarget
from services.errors import NotFoundError
from services.exports.columns import column_of
from services.fields.entry import code_of as field_code
from services.fields.outside import by_key
from services.fields.shape import field_of
from services.imports.columns import bare
from services.imports.plan import Plan
from services.understanding.fold import fold

DEAL, CONTACT, FIRM = FieldSubject.DEAL, FieldSubject.CONTACT, FieldSubject.FIRM

_WHOSE: dict[FieldSubject, str] = {
    DEAL: "deal; opportunity; сделка; сделки",
    CONTACT: "contact; person; client; customer; контакт; контакта; клиент; клиента; человек",
    FIRM: "company; organization; organisation; account; firm; компания; компании; организация; организации"
    "; юрлицо; контрагент; контрагента",
}
_ALIASES: dict[FieldSubject, dict[ClientField, str]] = {
    CONTACT: {
        ClientField.POSITION: "position; job title; job; должность",
        ClientField.BIRTHDAY: "birthday; birth date; birthdate; date of birth; день рождения; дата рождения",
        ClientField.NOTE: "note; notes; about; comment; заметка; о клиенте; комментарий; примечание",
    },
    FIRM: {
        ClientField.INN: "inn; tax number; tax id; инн",
        ClientField.KPP: "kpp; кпп",
        ClientField.ADDRESS: "address; legal address; адрес; юридический адрес; юр адрес",
        ClientField.INDUSTRY: "industry; sector; отрасль; сфера; сфера деятельности",
        ClientField.NOTE: "note; notes; about; comment; заметка; о компании; комментарий; примечание",
    },
}
_SUBJECTS = {fold(word): whose for whose, words in _WHOSE.items() for word in words.split("; ")}
_BUILT_IN = {
    whose: {fold(word): column for column, words in columns.items() for word in words.split("; ")}
    for whose, columns in _ALIASES.items()
}
_PARTS = re.compile(r"\s*([^\W\d]+)\s*[:./_–—-]\s*(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column and what of the deal, the contact or the company of each row it fills."""

    place: int
    name: str
    subject: FieldSubject
    means: OwnField | ClientField


async def own_columns(uow: UnitOfWork, plan: Plan) -> tuple[OwnColumn, ...]:
    """The columns that mean nothing else, and are called as something of the deal or of its client.

    "Contact: birthday" and "Компания: ИНН" say whose, and count before what does not; else a field of deals
    comes first, and what a contact and a company both have is nobody's. What the owner has said of a column
    counts before its name.
    """
    free = [place for place, field in enumerate(plan.fields) if field is None]
    if not free:
        return ()
    known = {whose: await _known(uow, whose) for whose in (DEAL, CONTACT, FIRM)}
    said = {place: (whose, code) for place, whose, code in plan.own}
    judged = {place for place, _ in plan.chosen}
    found: dict[tuple[FieldSubject, str], OwnColumn] = {}
    for place in sorted(free, key=lambda one: (one not in said, _parts(plan.columns[one]) is None)):
        name = plan.columns[place]
        if place in said:
            whose, code = said[place]
            meant = next(((whose, one) for one in known[whose].values() if code_of(one) == code), None)
        else:
            meant = None if place in judged else _meaning(known, name)
        if meant is not None:
            found.setdefault((meant[0], code_of(meant[1])), OwnColumn(place, name, *meant))
    return tuple(sorted(found.values(), key=lambda one: one.place))


async def own_targets(uow: UnitOfWork) -> tuple[OwnTarget, ...]:
    """All that columns may fill besides the usual; what everybody's clients have first."""
    found: dict[tuple[FieldSubject, str], OwnTarget] = {}
    for whose in (DEAL, CONTACT, FIRM):
        for means in (await _known(uow, whose)).values():
            target = target_of(whose, means)
            found.setdefault((whose, target.code), target)
    return tuple(sorted(found.values(), key=lambda one: one.of_client is None))


async def known_alone(uow: UnitOfWork, whose: FieldSubject) -> frozenset[int]:
    """The company's own fields of a kind that a column means whose head is nothing but their name.

    No column means a file, or a field of leads: what a file brings are deals.
    """
    used = await uow.fields.used(whose)
    if whose is FieldSubject.LEAD:
        return frozenset(row.id for row in used)
    known = {one: await _known(uow, one) for one in (DEAL, CONTACT, FIRM)}
    return frozenset(
        row.id
        for row in used
        if _meaning(known, row.name) == (None if row.kind == FieldKind.FILE else (whose, field_of(row)))
    )


async def known_target(uow: UnitOfWork, own: OwnTarget) -> tuple[FieldSubject, str]:
    """One that there is, as a plan keeps it. Raises `field.not_found`."""
    if all((one.whose, one.code) != (own.whose, own.code) for one in await own_targets(uow)):
        raise NotFoundError("field")
    return own.whose, own.code


def target_of(whose: FieldSubject, means: OwnField | ClientField) -> OwnTarget:
    """The same for the screen."""
    if isinstance(means, ClientField):
        return OwnTarget(whose, code_of(means), of_client=means)
    return OwnTarget(whose, code_of(means), means.name)


def code_of(means: OwnField | ClientField) -> str:
    """By which a plan names it: a field of the company's own by its number."""
    return means.value if isinstance(means, ClientField) else field_code(means.id)


_Names = Mapping[str, OwnField | ClientField]


async def _known(uow: UnitOfWork, whose: FieldSubject) -> _Names:
    used = [row for row in await uow.fields.used(whose) if row.kind != FieldKind.FILE]
    rows = {fold(column_of(row)): row for row in used} | by_key(used)
    return {**_BUILT_IN.get(whose, {}), **{name: field_of(row) for name, row in rows.items()}}


def _meaning(
    known: Mapping[FieldSubject, _Names], name: str
) -> tuple[FieldSubject, OwnField | ClientField] | None:
    parts = _parts(name)
    if parts is not None and (found := _called(known[parts[0]], parts[1])) is not None:
        return parts[0], found
    if (found := _called(known[DEAL], name)) is not None:
        return DEAL, found
    both = [(whose, found) for whose in (CONTACT, FIRM) if (found := _called(known[whose], name)) is not None]
    return both[0] if len(both) == 1 else None


def _parts(name: str) -> tuple[FieldSubject, str] | None:
    """Whose it is and what, of a column that says both."""
    parts = _PARTS.fullmatch(name)
    whose = _SUBJECTS.get(fold(parts[1])) if parts else None
    return (whose, parts[2]) if parts and whose is not None else None


def _called(names: _Names, name: str) -> OwnField | ClientField | None:
    return names.get(fold(name)) or names.get(bare(name))
