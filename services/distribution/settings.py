"""How a department gives out its leads, as its head sets it."""

from datetime import datetime
from enum import StrEnum

from db.models import Department
from db.repositories.shifts import ALL, Which
from db.uow import Database, UnitOfWork
from services import history, lead_notices
from services.access import Action, Actor
from services.calendars import calendar_of
from services.choices import choice
from services.clock import Clock
from services.distribution.clock import look
from services.distribution.rules import MOST_LEADS, MOST_MINUTES, MOST_WEIGHT, Mode, Order
from services.distribution.turns import presence_of
from services.distribution.ways import Ways, ways_of
from services.dto.common import Ref
from services.dto.distribution import DistributionCard, TakerLine, Waiters
from services.errors import AppError, NotFoundError
from services.staff import access_department


class Setting(StrEnum):
    """What of it is set."""

    MODE = "mode"
    ORDER = "order"
    MINUTES = "minutes"
    LIMIT = "limit"


MOST_TOLD = 20
"""Of more leads than that their list tells better than messages."""
_MOST = {Setting.MINUTES: (1, MOST_MINUTES), Setting.LIMIT: (0, MOST_LEADS)}


class DistributionSettings:
    """The service of these settings; the head's right for their departments, the owner's for all."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, department_id: int, pipeline_id: int = 0) -> DistributionCard:
        """How a department gives out its leads in general (0) or those of a pipeline, and who is there.

        Raises `department.not_found`, `follow_up.not_found` for a pipeline out of use, or `not_allowed`.
        """
        async with self._db.read() as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            return await self._card(uow, department, pipeline_id)

    async def set(
        self, actor: Actor, department_id: int, setting: Setting, value: str, pipeline_id: int = 0
    ) -> DistributionCard:
        """Change one of the settings; what waits is given out anew.

        A pipeline that went by the usual ones has its own from then on. Raises as `card`,
        `choice.not_found` for a value that there is not, `distribution.bad_number`.
        """
        read = _read(setting, value)
        async with self._db.write(actor.cause) as uow:
            department, ways = await _hold(uow, actor, department_id, pipeline_id)
            before = ways.of(pipeline_id)
            await uow.shifts.set_rules(department.id, pipeline_id, before.with_(**{setting.value: read}).data)
            changes: history.Changes = {setting.value: (getattr(before, setting.value), read)}
            return await self._changed(uow, actor, department, pipeline_id, before.mode, changes)

    async def part(
        self, actor: Actor, department_id: int, pipeline_id: int, *, own: bool
    ) -> DistributionCard:
        """Give the leads of a pipeline ways of their own, the usual ones at first, or take them away.

        Raises as `card`.
        """
        async with self._db.write(actor.cause) as uow:
            department, ways = await _hold(uow, actor, department_id, pipeline_id)
            if not pipeline_id:
                raise NotFoundError("follow_up")
            if own:
                await uow.shifts.set_rules(department.id, pipeline_id, ways.of(pipeline_id).data)
            else:
                await uow.shifts.drop_rules(department.id, pipeline_id)
            changes: history.Changes = {"own": (pipeline_id in ways.own, own)}
            mode = ways.of(pipeline_id).mode
            return await self._changed(uow, actor, department, pipeline_id, mode, changes)

    async def weigh(
        self, actor: Actor, department_id: int, person_id: int, weight: int, pipeline_id: int = 0
    ) -> DistributionCard:
        """How many leads somebody gets for one of a colleague with 1; 0: none.

        Of a pipeline that has ways of its own. Raises as `card`, `employee.not_found`, `choice.not_found`.
        """
        if not 0 <= weight <= MOST_WEIGHT:
            raise NotFoundError("choice")
        async with self._db.write(actor.cause) as uow:
            department, ways = await _hold(uow, actor, department_id, pipeline_id)
            if ways.place(pipeline_id) != pipeline_id:
                raise NotFoundError("choice")
            takers = {one.id: one for one in await uow.shifts.takers(department.id, pipeline_id)}
            if person_id not in takers:
                raise NotFoundError("employee")
            await uow.shifts.weigh(department.id, pipeline_id, person_id, weight)
            changes: history.Changes = {f"weight:{person_id}": (takers[person_id].weight, weight)}
            mode = ways.of(pipeline_id).mode
            return await self._changed(uow, actor, department, pipeline_id, mode, changes)

    async def waiters(self, actor: Actor, department_id: int) -> Waiters:
        """How many leads nobody is free for; of those that are shown to all anybody is. Raises as `card`."""
        async with self._db.read() as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            waiting = await uow.shifts.waiting(department.id, (await ways_of(uow, department)).given)
            return Waiters(Ref(department.id, department.name), waiting)

    async def _changed(
        self,
        uow: UnitOfWork,
        actor: Actor,
        department: Department,
        pipeline_id: int,
        before: Mode,
        changes: history.Changes,
    ) -> DistributionCard:
        """Record a change, and let what waits go by it."""
        now = self._clock.now()
        if pipeline_id:
            changes = {**changes, "pipeline_id": (pipeline_id, pipeline_id)}
        event = await history.record(
            uow, actor, now, Action.DEPARTMENT_RULES, "department", department.id, changes
        )
        ways = await ways_of(uow, department)
        if before is not Mode.ALL and ways.of(pipeline_id).mode is Mode.ALL:
            await _announce(uow, actor, department.id, ways.which(pipeline_id), event, now)
        await look(uow, department.id, now)
        return await self._card(uow, department, pipeline_id)

    async def _card(self, uow: UnitOfWork, department: Department, pipeline_id: int) -> DistributionCard:
        now = self._clock.now()
        is_open = (await calendar_of(uow, department)).is_open(now)
        used = [Ref(row.id, row.name) for row in await uow.pipelines.all()]
        pipeline = next((one for one in used if one.id == pipeline_id), None)
        if pipeline_id and pipeline is None:
            raise NotFoundError("follow_up")
        ways = await ways_of(uow, department)
        takers = await uow.shifts.takers(department.id, ways.place(pipeline_id))
        names = {one.id: one.name for one in takers}
        return DistributionCard(
            department=Ref(department.id, department.name),
            pipeline=pipeline,
            own=pipeline_id in ways.own,
            pipelines=tuple((one, one.id in ways.own) for one in used) if len(used) > 1 else (),
            rules=ways.of(pipeline_id),
            people=tuple(
                [
                    TakerLine(
                        one.id,
                        one.name,
                        one.weight,
                        one.load,
                        await presence_of(uow, one, now, is_open=is_open),
                        names.get(one.substitute_id or 0),
                    )
                    for one in takers
                ]
            ),
            waiting=await uow.shifts.waiting(department.id, Which((pipeline_id,)) if pipeline_id else ALL),
            open=is_open,
        )


async def _hold(
    uow: UnitOfWork, actor: Actor, department_id: int, pipeline_id: int
) -> tuple[Department, Ways]:
    """A department that gives out nothing, and that nobody else sets, until the transaction ends."""
    department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
    await uow.shifts.give_in_turn(department.id)
    if pipeline_id and pipeline_id not in {row.id for row in await uow.pipelines.all()}:
        raise NotFoundError("follow_up")
    return department, await ways_of(uow, department)


async def _announce(
    uow: UnitOfWork, actor: Actor, department_id: int, which: Which, event: int, now: datetime
) -> None:
    """From now on the first tap wins: of what has waited for its turn everybody is told."""
    for one in await uow.shifts.queue(department_id, which, MOST_TOLD):
        lead = await uow.leads.get(one)
        if lead is not None:
            await lead_notices.announce(uow, actor, now, lead, event)


def _read(setting: Setting, value: str) -> Mode | Order | int:
    if setting is Setting.MODE:
        return choice(Mode, value)
    if setting is Setting.ORDER:
        return choice(Order, value)
    (least, most), typed = _MOST[setting], value.strip()
    if not typed.isdecimal() or not least <= int(typed) <= most:
        raise AppError("distribution.bad_number", least=least, most=most)
    return int(typed)
