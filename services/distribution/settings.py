"""How a department gives out its leads, as its head sets it."""

from datetime import datetime
from enum import StrEnum

from db.models import Department
from db.uow import Database, UnitOfWork
from services import history, lead_notices
from services.access import Action, Actor
from services.calendars import calendar_of
from services.choices import choice
from services.clock import Clock
from services.distribution.clock import look
from services.distribution.rules import MOST_LEADS, MOST_MINUTES, MOST_WEIGHT, Mode, Order, Rules
from services.distribution.turns import presence_of
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

    async def card(self, actor: Actor, department_id: int) -> DistributionCard:
        """How a department gives out its leads, and who is there.

        Raises `department.not_found` or `not_allowed`.
        """
        async with self._db.read() as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            return await self._card(uow, department)

    async def set(self, actor: Actor, department_id: int, setting: Setting, value: str) -> DistributionCard:
        """Change one of the settings; what waits is given out anew.

        Raises as `card`, and `choice.not_found` for a value that there is not.
        """
        read = _read(setting, value)
        async with self._db.write(actor.cause) as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            before = Rules.of(department.distribution)
            department.distribution = before.with_(**{setting.value: read}).data
            now = self._clock.now()
            changes: history.Changes = {setting.value: (getattr(before, setting.value), read)}
            event = await history.record(
                uow, actor, now, Action.DEPARTMENT_RULES, "department", department.id, changes
            )
            if read is Mode.ALL and before.mode is not Mode.ALL:
                await _announce(uow, actor, department.id, event, now)
            await look(uow, department.id, now)
            return await self._card(uow, department)

    async def weigh(self, actor: Actor, department_id: int, person_id: int, weight: int) -> DistributionCard:
        """How many leads somebody gets for one of a colleague with 1; 0: none.

        Raises as `card`, `employee.not_found`, `choice.not_found`.
        """
        if not 0 <= weight <= MOST_WEIGHT:
            raise NotFoundError("choice")
        async with self._db.write(actor.cause) as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            takers = {one.id: one for one in await uow.shifts.takers(department.id)}
            if person_id not in takers or not await uow.shifts.weigh(department.id, person_id, weight):
                raise NotFoundError("employee")
            now = self._clock.now()
            changes: history.Changes = {f"weight:{person_id}": (takers[person_id].weight, weight)}
            await history.record(
                uow, actor, now, Action.DEPARTMENT_RULES, "department", department.id, changes
            )
            await look(uow, department.id, now)
            return await self._card(uow, department)

    async def waiters(self, actor: Actor, department_id: int) -> Waiters:
        """How many leads nobody is free for. Raises as `card`."""
        async with self._db.read() as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            waiting = await uow.shifts.waiting(department.id)
            return Waiters(Ref(department.id, department.name), waiting)

    async def _card(self, uow: UnitOfWork, department: Department) -> DistributionCard:
        now = self._clock.now()
        is_open = (await calendar_of(uow, department)).is_open(now)
        takers = await uow.shifts.takers(department.id)
        names = {one.id: one.name for one in takers}
        return DistributionCard(
            department=Ref(department.id, department.name),
            rules=Rules.of(department.distribution),
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
            waiting=await uow.shifts.waiting(department.id),
            open=is_open,
        )


async def _announce(uow: UnitOfWork, actor: Actor, department_id: int, event: int, now: datetime) -> None:
    """From now on the first tap wins: of what has waited for its turn everybody is told."""
    for one in await uow.shifts.queue(department_id, MOST_TOLD):
        lead = await uow.leads.get(one)
        if lead is not None:
            await lead_notices.announce(uow, actor, now, lead, event)


def _read(setting: Setting, value: str) -> Mode | Order | int:
    if setting is Setting.MODE:
        return choice(Mode, value)
    if setting is Setting.ORDER:
        return choice(Order, value)
    least, most = _MOST[setting]
    if not value.isdecimal() or not least <= int(value) <= most:
        raise AppError("choice.not_found")
    return int(value)
