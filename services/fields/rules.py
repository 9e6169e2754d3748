"""The rules by which fields of leads are copied into those of deals and contacts: set, and made to fit."""

from db.models import CustomField
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.fields import CHOSEN, CopyChoice, FieldKind, FieldSubject
from services.errors import NotFoundError
from services.fields.cards import field_card, held_field, make_field
from services.fields.copying import RULES, with_choices
from services.fields.shape import field_of


class FieldRules:
    """The service of rules of copying; for whom, see `field.edit`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def choices(self, actor: Actor, field_id: int) -> CopyChoice:
        """Into which fields a lead's field may be copied: those of its kind.

        Raises `not_allowed`, `field.not_found`.
        """
        require(actor, Action.FIELD_EDIT)
        async with self._db.read() as uow:
            row = await uow.fields.get(field_id)
            if row is None or row.subject != FieldSubject.LEAD:
                raise NotFoundError("field")
            return await _choice(uow, row)

    async def copy(self, actor: Actor, field_id: int, subject: FieldSubject, to_id: int) -> CopyChoice:
        """Copy a lead's field into one of the deal or of the contact from now on; 0: into none.

        A list learns the choices that it lacks. Raises `not_allowed`, `field.not_found`.
        """
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, target = await _both(uow, field_id, subject, to_id)
            return await self._set(uow, actor, row, subject, target)

    async def copy_to_new(self, actor: Actor, field_id: int, subject: FieldSubject) -> CopyChoice:
        """The same into a field that is made for it. Raises besides `field.many`, `field.name_taken`."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, _ = await _both(uow, field_id, subject, 0)
            own, now = field_of(row), self._clock.now()
            target = await make_field(uow, now, subject, own.name, own.kind, own.offered, own.key)
            return await self._set(uow, actor, row, subject, target)

    async def _set(
        self,
        uow: UnitOfWork,
        actor: Actor,
        row: CustomField,
        subject: FieldSubject,
        target: CustomField | None,
    ) -> CopyChoice:
        rule = RULES[subject]
        before = getattr(row, rule)
        setattr(row, rule, target.id if target is not None else None)
        if target is not None and FieldKind(row.kind) in CHOSEN:
            with_choices(target, field_of(row).offered)
        await uow.fields.flush()
        changes: history.Changes = {rule: (before, getattr(row, rule))}
        await history.record(uow, actor, self._clock.now(), Action.FIELD_EDIT, "field", row.id, changes)
        return await _choice(uow, row)


async def _both(
    uow: UnitOfWork, field_id: int, subject: FieldSubject, to_id: int
) -> tuple[CustomField, CustomField | None]:
    """A lead's field in hand, and the one into which it is to be copied."""
    row, _ = await held_field(uow, field_id)
    target = await uow.fields.get(to_id) if to_id else None
    fits = target is not None and (target.subject, target.kind) == (subject, row.kind)
    if row.subject != FieldSubject.LEAD or subject not in RULES or (to_id and not fits):
        raise NotFoundError("field")
    return row, target


async def _choice(uow: UnitOfWork, row: CustomField) -> CopyChoice:
    """What it is copied into, and what it may be."""
    found = {}
    for subject in RULES:
        used = [field_of(one) for one in await uow.fields.used(subject)]
        found[subject] = tuple(one for one in used if one.kind == row.kind)
    return CopyChoice(await field_card(uow, row, await uow.fields.of(row.subject)), found)
