"""What follows when a lead is not answered, as the head of a department sets it."""

import re

from db.models import Department
from db.uow import Database
from services import history
from services.access import Action, Actor
from services.clock import Clock
from services.dto.common import Ref
from services.dto.response import ResponseCard
from services.errors import AppError
from services.response.rules import LONGEST, Rules, Step
from services.staff import access_department
from services.understanding.fold import fold

_TIME = re.compile(
    r"(?:(?P<hours>\d{1,3}(?:[.,]5)?) ?(?:ч|час|часа|часов|h|hrs?|hours?))?"
    r" ?(?:(?P<minutes>\d{1,5}) ?(?:м|мин|минут[аы]?|m|mins?|minutes?)?)?"
)


class ResponseSettings:
    """The service of the rules; the head's right for their departments, the owner's for all.

    A change holds for the steps that are set from then on; a step that is switched off does nothing any more.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, department_id: int) -> ResponseCard:
        """The rules of a department. Raises `department.not_found` or `not_allowed`."""
        async with self._db.read() as uow:
            return _card(await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES))

    async def set(self, actor: Actor, department_id: int, step: Step, minutes: int) -> ResponseCard:
        """Do a step after so many minutes; never for 0. Raises as `card`, and `response.too_long`."""
        if not 0 <= minutes <= LONGEST:
            raise AppError("response.too_long", hours=LONGEST // 60)
        async with self._db.write(actor.cause) as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            # All steps are one value: of two at once the second has to see what the first has set.
            await uow.people.held_department(department.id)
            before = Rules.of(department.rules)
            department.rules = before.with_step(step, minutes).data
            changes: history.Changes = {step.value: (before.minutes.get(step, 0), minutes)}
            now = self._clock.now()
            await history.record(
                uow, actor, now, Action.DEPARTMENT_RULES, "department", department.id, changes
            )
            return _card(department)


def minutes_of(typed: str) -> int:
    """How many minutes somebody has typed: "45", "1 час", "1,5 h". Raises `response.unread`."""
    match = _TIME.fullmatch(fold(typed).strip(" ."))
    if match is None or not (match["hours"] or match["minutes"]):
        raise AppError("response.unread")
    hours = float((match["hours"] or "0").replace(",", "."))
    return round(hours * 60) + int(match["minutes"] or 0)


def _card(department: Department) -> ResponseCard:
    place = Ref(department.id, department.name)
    return ResponseCard(place, Rules.of(department.rules), has_chat=department.chat_id is not None)
