"""Who gets a department's leads: its people with their weights, shifts and what they have in hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Integer, and_, bindparam, case, delete, func, or_, select, update

from db.leases import take_turns
from db.models import Department, Lead, Membership, Person, PipelineShare, PipelineWay
from db.repositories.base import Repository

TURNS = 7_335_400_000_000
"""The department's number is added, so that each gives out its leads by itself."""


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody of a department who could get its leads."""

    id: int
    name: str
    role: str
    weight: int
    credit: int
    shift: str
    shift_until: datetime | None
    lunch_until: datetime | None
    substitute_id: int | None
    quiet: dict[str, Any] | None
    time_zone: str | None
    load: int


@dataclass(frozen=True, slots=True)
class Which:
    """Leads of a department by the pipeline that they will enter."""

    these: tuple[int, ...]
    others: bool = False
    """Also those of all other pipelines but `but`, and of none."""
    but: tuple[int, ...] = ()


ALL = Which((), others=True)

_IN_HAND = (
    select(func.count())
    .select_from(Lead)
    .where(Lead.owner_id == Person.id, Lead.status == "in_work")
    .correlate(Person)
    .scalar_subquery()
)
_OFFERED = (
    select(func.count())
    .select_from(Lead)
    .where(Lead.offered_to == Person.id, Lead.status == "new")
    .correlate(Person)
    .scalar_subquery()
)
_TAKERS = (
    select(
        Person.id,
        Person.name,
        Person.role,
        func.coalesce(PipelineShare.weight, Membership.weight, case((Person.role == "manager", 1), else_=0)),
        case(
            (bindparam("pipeline", type_=Integer) == 0, Membership.credit),
            else_=func.coalesce(PipelineShare.credit, 0),
        ),
        Person.shift,
        Person.shift_until,
        Person.lunch_until,
        Person.substitute_id,
        Person.quiet,
        Person.time_zone,
        _IN_HAND + _OFFERED,
    )
    .join(Membership, Membership.person_id == Person.id)
    .outerjoin(
        PipelineShare,
        and_(
            PipelineShare.person_id == Membership.person_id,
            PipelineShare.department_id == Membership.department_id,
            PipelineShare.pipeline_id == bindparam("pipeline", type_=Integer),
        ),
    )
    .where(
        Membership.department_id == bindparam("department"),
        Person.role.in_(("manager", "head")),
        Person.status == "active",
    )
    .order_by(Person.name_folded, Person.id)
)
_HELD = (
    select(Person.id)
    .join(Membership, Membership.person_id == Person.id)
    .where(Membership.department_id == bindparam("department"))
    .order_by(Person.id)
    .with_for_update(read=True, of=Person)
)
_WAITING = (
    Lead.status == "new",
    Lead.owner_id.is_(None),
    Lead.offered_to.is_(None),
    Lead.department_id == bindparam("department"),
    or_(
        Lead.pipeline_id.in_(bindparam("these", expanding=True)),
        and_(
            bindparam("others", type_=Boolean).is_(True),
            or_(Lead.pipeline_id.is_(None), Lead.pipeline_id.not_in(bindparam("but", expanding=True))),
        ),
    ),
)
_RULES = (
    select(Department.distribution, PipelineWay.pipeline_id, PipelineWay.rules)
    .outerjoin(PipelineWay, PipelineWay.department_id == Department.id)
    .where(Department.id == bindparam("department"))
)
_QUEUE = select(Lead.id).where(*_WAITING).order_by(Lead.id).limit(bindparam("limit"))
_COUNT = select(func.count()).select_from(Lead).where(*_WAITING)


class ShiftRepository(Repository):
    """Read before a lead is given, and changed by it."""

    async def give_in_turn(self, department_id: int) -> None:
        """Let only one transaction at a time give out a department's leads, until it ends.

        Called before anything else is locked that two of them could want.
        """
        await take_turns(self.session, TURNS + department_id)

    async def hold(self, department_id: int) -> None:
        """Nobody of a department changes their shift or leaves before this transaction is over."""
        await self.session.execute(_HELD, {"department": department_id})

    async def rules(self, department_id: int) -> dict[int, dict[str, Any]]:
        """How a department gives out its leads as it is kept now, as usual (0) and by pipeline."""
        found: dict[int, dict[str, Any]] = {}
        for usual, pipeline, own in await self.session.execute(_RULES, {"department": department_id}):
            found[0] = usual
            if pipeline is not None:
                found[pipeline] = own
        return found

    async def set_rules(self, department_id: int, pipeline_id: int, rules: dict[str, Any]) -> None:
        """Keep them, as usual (0) or for one pipeline."""
        if not pipeline_id:
            change = update(Department).where(Department.id == department_id)
            await self.session.execute(change.values(distribution=rules))
            return
        row = {"department_id": department_id, "pipeline_id": pipeline_id, "rules": rules}
        keys = ["department_id", "pipeline_id"]
        made = self.inserting(PipelineWay).values(row)
        await self.session.execute(made.on_conflict_do_update(index_elements=keys, set_={"rules": rules}))

    async def drop_rules(self, department_id: int, pipeline_id: int) -> None:
        """The leads of a pipeline are given out as usual again, with the usual shares."""
        for model in (PipelineShare, PipelineWay):
            here = (model.department_id == department_id, model.pipeline_id == pipeline_id)
            await self.session.execute(delete(model).where(*here))

    async def takers(self, department_id: int, pipeline_id: int = 0) -> list[Taker]:
        """The sellers of a department by name, with what they have in hand or were offered.

        Their shares are those of a pipeline that has its own, or the usual ones (0).
        """
        rows = await self.session.execute(_TAKERS, {"department": department_id, "pipeline": pipeline_id})
        return [Taker(*row) for row in rows]

    async def remember(self, department_id: int, pipeline_id: int, credit: Mapping[int, int]) -> None:
        """Keep whose turn it is, in general (0) or of a pipeline."""
        if pipeline_id:
            for person, left in sorted(credit.items()):
                await self._share(department_id, pipeline_id, person, credit=left)
            return
        change = (
            update(Membership)
            .where(
                Membership.department_id == department_id,
                Membership.person_id == bindparam("person"),
            )
            .values(credit=bindparam("now"))
            .execution_options(synchronize_session=False)
        )
        connection = await self.session.connection()
        await connection.execute(
            change, [{"person": person, "now": left} for person, left in sorted(credit.items())]
        )

    async def weigh(self, department_id: int, pipeline_id: int, person_id: int, weight: int) -> None:
        """Set the weight of somebody of this department, in general (0) or of a pipeline."""
        if pipeline_id:
            await self._share(department_id, pipeline_id, person_id, weight=weight, credit=0)
            return
        change = update(Membership).where(
            Membership.department_id == department_id, Membership.person_id == person_id
        )
        await self.session.execute(change.values(weight=weight, credit=0))

    async def queue(self, department_id: int, which: Which, limit: int) -> list[int]:
        """The free leads of a department that nobody is offered, the oldest first."""
        return list(await self.session.scalars(_QUEUE, {**_given(department_id, which), "limit": limit}))

    async def waiting(self, department_id: int, which: Which = ALL) -> int:
        """How many they are."""
        return await self.session.scalar(_COUNT, _given(department_id, which)) or 0

    async def _share(self, department_id: int, pipeline_id: int, person_id: int, **values: int) -> None:
        keys = {"department_id": department_id, "pipeline_id": pipeline_id, "person_id": person_id}
        statement = self.inserting(PipelineShare).values({"credit": 0, **keys, **values})
        await self.session.execute(statement.on_conflict_do_update(index_elements=[*keys], set_=values))


def _given(department_id: int, which: Which) -> dict[str, object]:
    return {
        "department": department_id,
        "these": [*which.these],
        "others": which.others,
        "but": [*which.but],
    }
