"""Handing work over, and leaving the company: in one transaction, so that nothing is left lying."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from db.models import Person
from db.repositories.workload import Workload
from db.uow import Database, UnitOfWork
from services import farewells, history, notices
from services.access import Action, Actor, Role
from services.clock import Clock
from services.deal_crew import leave_crews
from services.dividing import divide
from services.dto.common import Ref
from services.dto.people import Farewell, Leaving
from services.errors import AppError, NotFoundError
from services.notices import NoticeKind
from services.staff import access_person, person_line
from services.team import load_of, require_other_owner, to_load

PAGE = 8
HEIRS = (Role.MANAGER, Role.HEAD, Role.OWNER)


class Leavings:
    """The service of leaving; the owner's right (`people.remove`)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def plan(self, actor: Actor, person_id: int, page: int = 0) -> Leaving:
        """What somebody has in hand, and who could take it: people of their departments first.

        Raises `employee.not_found` or `not_allowed`.
        """
        async with self._db.read() as uow:
            person, departments = await access_person(uow, actor, person_id, Action.PEOPLE_REMOVE)
            heirs = await uow.people.heirs(
                [row.id for row in departments], person.id, HEIRS, page * PAGE, PAGE + 1
            )
            return Leaving(
                person=Ref(person.id, person.name),
                load=await load_of(uow, person.id),
                heirs=tuple(person_line(row) for row in heirs[:PAGE]),
                page=page,
                more=len(heirs) > PAGE,
            )

    async def hand_over(self, actor: Actor, person_id: int, *heir_ids: int) -> Farewell:
        """Give somebody's unfinished work and their clients to a colleague, or divide it; nobody leaves.

        Raises `employee.not_found`, `not_allowed`, or `person.no_heir`.
        """
        async with self._db.write(actor.cause) as uow:
            person, _ = await access_person(uow, actor, person_id, Action.PEOPLE_REMOVE)
            heirs = await _heirs(uow, person, heir_ids)
            work = await uow.workload.of(person.id)
            parts = await _parts(uow, person, work, heirs)
            event = await self._record(uow, actor, person, heirs, "people.hand_over")
            await self._give(uow, actor, person, heirs, parts, event)
            return _farewell(person, work, heirs, parts)

    async def remove(self, actor: Actor, person_id: int, heir_id: int | None, *others: int) -> Farewell:
        """Let somebody go, and everything that they could still do or hear with them.

        Their unfinished work goes to the heir, or is divided; what they won and lost stays in their name.
        Raises `employee.not_found`, `not_allowed`, `person.self`, `person.last_owner`, or `person.no_heir`
        if there is work and nobody to take it.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            person, _ = await access_person(uow, actor, person_id, Action.PEOPLE_REMOVE)
            if person.id == actor.person_id:
                raise AppError("person.self")
            await uow.people.hold(person.id)
            if person.role == Role.OWNER:
                await require_other_owner(uow, person)
            work = await uow.workload.of(person.id)
            needed = work.leads or work.deals or work.tasks or work.contacts or work.firms
            heirs = await _heirs(uow, person, (heir_id or 0, *others)) if needed else []
            parts = await _parts(uow, person, work, heirs)
            groups = await uow.chats.around(person.id) if person.telegram_id is not None else []
            event = await self._record(uow, actor, person, heirs, Action.PEOPLE_REMOVE)
            person.status, person.left_at = "left", now
            await uow.people.flush()
            await uow.people.place(person.id, [], head=False)
            await leave_crews(uow, actor, now, person, event)
            await uow.invites.revoke_all_of(person.id, now)
            await uow.mails.forget(person.id)
            await farewells.close_chat(uow, now, person, event)
            await self._give(uow, actor, person, heirs, parts, event)
            return replace(_farewell(person, work, heirs, parts), groups=tuple(groups))

    async def _record(
        self, uow: UnitOfWork, actor: Actor, person: Person, heirs: list[Person], action: str
    ) -> int:
        changes: history.Changes = {"heir_id": (None, heirs[0].id if heirs else None)}
        if len(heirs) > 1:
            changes = {"heirs": ([], [heir.id for heir in heirs])}
        return await history.record(uow, actor, self._clock.now(), action, "person", person.id, changes)

    async def _give(
        self,
        uow: UnitOfWork,
        actor: Actor,
        person: Person,
        heirs: list[Person],
        parts: dict[int, Workload],
        event: int,
    ) -> None:
        if len(heirs) == 1:
            await uow.workload.hand_over(person.id, heirs[0].id)
        for heir in heirs:
            await uow.mutes.drop(heir.id, "deal", parts[heir.id].deals)
            if len(heirs) > 1:
                await uow.workload.give(parts[heir.id], heir.id)
            await self._tell(uow, actor, person, heir, parts[heir.id], event)

    async def _tell(
        self, uow: UnitOfWork, actor: Actor, person: Person, heir: Person, work: Workload, event: int
    ) -> None:
        """Each lead, deal and client keeps in its own history that it changed hands."""
        now = self._clock.now()
        for subject, action, ids in (
            ("lead", Action.LEAD_HAND_OVER, work.leads),
            ("deal", Action.DEAL_HAND_OVER, work.deals),
            ("contact", Action.CLIENT_HAND_OVER, work.contacts),
            ("firm", Action.CLIENT_HAND_OVER, work.firms),
        ):
            told: history.Changes = {"owner_id": (person.id, heir.id)}
            await history.consequences(uow, actor, now, action, subject, dict.fromkeys(ids, told))
            await notices.refresh_all(uow, now, subject, ids, event)
        if heir.id != actor.person_id and to_load(work):
            counts = asdict(to_load(work))
            await notices.send(
                uow,
                now,
                [notices.private(heir)],
                NoticeKind.WORK_GIVEN,
                f"work:{event}",
                {"person": person.id, **counts},
            )


async def _heirs(uow: UnitOfWork, person: Person, ids: Sequence[int]) -> list[Person]:
    if not ids:
        raise AppError("person.no_heir")
    return [await _heir(uow, person, one) for one in dict.fromkeys(ids)]


async def _parts(uow: UnitOfWork, person: Person, work: Workload, heirs: list[Person]) -> dict[int, Workload]:
    """What each of the heirs gets: the only one everything."""
    if len(heirs) < 2:
        return {heir.id: work for heir in heirs}
    return divide(work, await uow.workload.ties(person.id), [heir.id for heir in heirs])


async def _heir(uow: UnitOfWork, person: Person, heir_id: int) -> Person:
    heir = await uow.people.get(heir_id)
    if heir is None or heir.role not in HEIRS or not await uow.people.stays(heir.id):
        raise NotFoundError("employee")
    if heir.id == person.id:
        raise AppError("person.no_heir")
    return heir


def _farewell(person: Person, work: Workload, heirs: list[Person], parts: dict[int, Workload]) -> Farewell:
    return Farewell(
        Ref(person.id, person.name),
        person.telegram_id,
        to_load(work),
        tuple((Ref(heir.id, heir.name), to_load(parts[heir.id])) for heir in heirs),
    )
