"""Which digests somebody wants, and whether the week is told in a team chat."""

from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.digests.times import DigestKind, kinds_for
from services.dto.common import Ref
from services.dto.digests import DigestChoice
from services.errors import NotFoundError
from services.staff import access_department, reached


class DigestSettings:
    """One's own digests; those of team chats for whoever sets the department's rules."""

    def __init__(self, db: Database, clock: Clock, *, mails: bool) -> None:
        self._db = db
        self._clock = clock
        self._mails = mails

    async def choice(self, actor: Actor) -> DigestChoice:
        """The digests that there are for one's role, and which of them come."""
        require(actor, Action.PROFILE_EDIT)
        async with self._db.read() as uow:
            return await self._choice(uow, actor)

    async def want(self, actor: Actor, kind: DigestKind, *, on: bool) -> DigestChoice:
        """Get a digest, or do without it. Raises `digest.not_found` for one that one's role has not."""
        require(actor, Action.PROFILE_EDIT)
        async with self._db.write(actor.cause) as uow:
            person = await uow.people.get(actor.person_id)
            if person is None or kind not in await _kinds(uow, actor):
                raise NotFoundError("digest")
            before = sorted(person.digests_off)
            person.digests_off = sorted({*before, kind} - ({kind} if on else set()))
            changes: history.Changes = {"digests_off": (before, person.digests_off)}
            now = self._clock.now()
            await history.record(uow, actor, now, Action.PROFILE_EDIT, "profile", person.id, changes)
            await uow.people.flush()
            return await self._choice(uow, actor)

    async def post(self, actor: Actor, department_id: int, *, on: bool) -> DigestChoice:
        """Tell the week in the department's chat, or not. Raises `department.not_found`, `not_allowed`."""
        async with self._db.write(actor.cause) as uow:
            department = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            changes: history.Changes = {"posts_digest": (department.posts_digest, on)}
            department.posts_digest = on
            now = self._clock.now()
            await history.record(
                uow, actor, now, Action.DEPARTMENT_RULES, "department", department.id, changes
            )
            await uow.people.flush()
            return await self._choice(uow, actor)

    async def _choice(self, uow: UnitOfWork, actor: Actor) -> DigestChoice:
        person = await uow.people.get(actor.person_id)
        if person is None:
            raise NotFoundError("employee")
        headed = reached(actor, Action.DEPARTMENT_RULES)
        return DigestChoice(
            person_id=person.id,
            kinds=tuple((kind, kind not in person.digests_off) for kind in await _kinds(uow, actor)),
            chats=tuple(
                (Ref(row.id, row.name), row.posts_digest)
                for row in await uow.people.departments()
                if row.chat_id is not None and (headed is None or row.id in headed)
            ),
            mails=self._mails and actor.may(Action.REPORT_VIEW),
        )


async def _kinds(uow: UnitOfWork, actor: Actor) -> list[DigestKind]:
    box = await uow.mails.box(actor.person_id)
    return kinds_for(actor.role, addressed=box is not None and bool(box.address))
