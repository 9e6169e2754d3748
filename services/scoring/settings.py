"""The rules of score and probability, made and taken away by owner and heads."""

import re
from collections.abc import Mapping

from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.fields import Field, FieldKind, FieldSubject
from services.dto.scoring import Rule, ScoreCard, When
from services.errors import AppError, NotFoundError, StaleError
from services.fields.answers import reading_place
from services.fields.filters import FilterValue, read_filter
from services.fields.shape import field_of
from services.scoring.rules import MOST, MOST_POINTS, kept, rule_line, rules_of
from services.understanding import money
from services.understanding.lead_words import Source
from services.workspace import the_workspace

SUBJECTS = (FieldSubject.LEAD, FieldSubject.DEAL)
_POINTS = re.compile(r"([+-]?)\s*(\d{1,3})\s*%?")


class Scoring:
    """The service of these rules; for whom, see `field.edit`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, subject: FieldSubject = FieldSubject.LEAD) -> ScoreCard:
        """All rules, and the fields that a new one of these subjects may name. Raises `not_allowed`."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.read() as uow:
            return await _card(uow, subject)

    async def show(self, actor: Actor, *, on: bool) -> ScoreCard:
        """Whether deals show how likely they are won. Raises `not_allowed`."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            rules, before = await _held(uow)
            return await self._keep(uow, actor, rules, on, {"shown": (before, on)})

    async def field(self, actor: Actor, subject: FieldSubject, field_id: int) -> Field:
        """A field that a rule may name. Raises `not_allowed`, `field.not_found`."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.read() as uow:
            return await _field(uow, subject, field_id)

    async def read(
        self, actor: Actor, subject: FieldSubject, when: When, field_id: int, typed: str
    ) -> FilterValue:
        """What a rule asks for, as somebody types it. Raises `input.amount` and what `read_filter` raises."""
        require(actor, Action.FIELD_EDIT)
        if when is When.AMOUNT:
            found = money.parse(typed)
            if found is None:
                raise AppError("input.amount")
            return found.minor
        async with self._db.read() as uow:
            where = await reading_place(uow, actor, self._clock.now())
            return read_filter(await _field(uow, subject, field_id), typed, where)

    async def add(
        self,
        actor: Actor,
        subject: FieldSubject,
        when: When,
        field_id: int,
        value: FilterValue,
        typed: str,
    ) -> ScoreCard:
        """One more rule, with its points as they are typed: from -100 to 100.

        Raises `not_allowed`, `field.not_found`, `choice.not_found`, `score.bad_points`, `score.many`.
        """
        require(actor, Action.FIELD_EDIT)
        points = read_points(typed)
        if subject not in SUBJECTS or (when is When.SOURCE and value not in set(Source)):
            raise NotFoundError("choice")
        async with self._db.write(actor.cause) as uow:
            rules, shown = await _held(uow)
            if len(rules) >= MOST:
                raise AppError("score.many", most=MOST)
            if when is When.FIELD:
                await _field(uow, subject, field_id)
            number = max((rule.id for rule in rules), default=0) + 1
            made = Rule(number, subject, when, points, field_id if when is When.FIELD else 0, value)
            shown = shown or subject is FieldSubject.DEAL
            return await self._keep(uow, actor, [*rules, made], shown, {"rule": (None, number)}, subject)

    async def drop(self, actor: Actor, rule_id: int) -> ScoreCard:
        """Take a rule away. Raises `not_allowed`, `stale` if it is gone."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            rules, shown = await _held(uow)
            left = [rule for rule in rules if rule.id != rule_id]
            if len(left) == len(rules):
                raise StaleError
            return await self._keep(uow, actor, left, shown, {"rule": (rule_id, None)})

    async def _keep(
        self,
        uow: UnitOfWork,
        actor: Actor,
        rules: list[Rule],
        shown: bool,
        changes: history.Changes,
        subject: FieldSubject = FieldSubject.LEAD,
    ) -> ScoreCard:
        workspace = await the_workspace(uow)
        workspace.scoring = kept(rules, shown=shown)
        await uow.fields.flush()
        await history.record(uow, actor, self._clock.now(), Action.FIELD_EDIT, "scoring", 1, changes)
        return await _card(uow, subject)


def read_points(typed: str) -> int:
    """Points with or without a sign. Raises `score.bad_points`."""
    found = _POINTS.fullmatch(typed.strip().replace("−", "-"))
    points = int(f"{found[1]}{found[2]}") if found else 0
    if not 0 < abs(points) <= MOST_POINTS:
        raise AppError("score.bad_points", most=MOST_POINTS)
    return points


async def _held(uow: UnitOfWork) -> tuple[list[Rule], bool]:
    """The rules, that nobody else changes until the end, and whether deals show what they come to."""
    await uow.fields.hold(FieldSubject.DEAL)
    scoring = (await the_workspace(uow)).scoring
    return rules_of(scoring), bool(scoring.get("shown"))


async def _field(uow: UnitOfWork, subject: FieldSubject, field_id: int) -> Field:
    row = await uow.fields.get(field_id)
    if row is None or row.subject != subject or row.archived_at is not None:
        raise NotFoundError("field")
    return field_of(row)


async def _card(uow: UnitOfWork, subject: FieldSubject) -> ScoreCard:
    workspace = await the_workspace(uow)
    by_subject: Mapping[FieldSubject, list[Field]] = {
        one: [field_of(row) for row in await uow.fields.used(one)] for one in SUBJECTS
    }
    fields = {field.id: field for found in by_subject.values() for field in found}
    lines = [rule_line(rule, fields, workspace.currency) for rule in rules_of(workspace.scoring)]
    return ScoreCard(
        leads=tuple(line for line in lines if line.rule.subject is FieldSubject.LEAD),
        deals=tuple(line for line in lines if line.rule.subject is FieldSubject.DEAL),
        shown=bool(workspace.scoring.get("shown")),
        fields=tuple(one for one in by_subject.get(subject, []) if one.kind is not FieldKind.FILE),
    )
