"""From the fields of a lead to those of its deal and its contact, by the rules that the company has set."""

from collections.abc import Sequence

from db.models import CustomField, Deal
from db.uow import UnitOfWork
from services.dto.fields import FieldSubject, Option, Value
from services.fields.entry import Filled, keep
from services.fields.shape import field_of, kept_options
from services.fields.values import value_of
from services.understanding.fold import fold

RULES = {FieldSubject.DEAL: "to_deal", FieldSubject.CONTACT: "to_contact"}
"""Into fields of which subjects a lead's may be copied, and what of a lead's field names the other one."""


async def copy_fields(uow: UnitOfWork, lead_id: int, deal: Deal) -> list[Filled]:
    """Copy what a lead says to the deal that was made of it and to its contact.

    A contact that was known before keeps what it says already. Returns what the deal says by it.
    """
    said = [(row, values) for row, values in await uow.fields.sheet(FieldSubject.LEAD, lead_id) if values]
    if not any(row.to_deal or row.to_contact for row, _ in said):
        return []
    copied: list[Filled] = []
    for subject, rule in RULES.items():
        subject_id = deal.id if subject is FieldSubject.DEAL else deal.contact_id
        wanted = {getattr(row, rule): (row, values) for row, values in said if getattr(row, rule)}
        if subject_id is None or not wanted:
            continue
        filled = []
        for target, before in await uow.fields.sheet(subject, subject_id):
            if before or target.id not in wanted:
                continue
            row, values = wanted[target.id]
            value = translated(value_of(field_of(row), values), target)
            if value is not None:
                filled.append(Filled(target, value, None))
        await keep(uow, subject_id, filled)
        if subject is FieldSubject.DEAL:
            copied = filled
    return copied


def translated(value: Value | None, target: CustomField) -> Value | None:
    """A value as another field of the same kind says it: choices by their names."""
    if not isinstance(value, tuple):
        return value
    names = {fold(one.name) for one in value}
    return tuple(one for one in field_of(target).options if fold(one.name) in names) or None


def with_choices(target: CustomField, options: Sequence[Option]) -> bool:
    """Let a field offer these choices, too; whether it did not."""
    known = field_of(target).options
    names = {fold(one.name) for one in known if not one.gone}
    following = max((one.id for one in known), default=0) + 1
    more = [one.name for one in options if not one.gone and fold(one.name) not in names]
    back = {fold(name) for name in more}
    kept = [Option(one.id, one.name) if fold(one.name) in back else one for one in known]
    there = {fold(one.name) for one in known}
    new = [name for name in more if fold(name) not in there]
    kept += [Option(following + place, name) for place, name in enumerate(new)]
    target.options = kept_options(kept)
    return bool(more)
