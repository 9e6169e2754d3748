"""What is said in the topic of a deal, or in a group of its own: it stays in the deal's history."""

from collections.abc import Sequence

from db.models import Deal, Person, Stage
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import CLOSED_KINDS, Action, Actor, Door, Standing, granted
from services.clock import Clock
from services.deal_crew import HELPERS, MOST_HELPERS, set_crew, tell_newcomer
from services.deal_faces import face_of
from services.dto.mentions import Heard, Mentions
from services.dto.talk import Said
from services.dto.topics import DealFace
from services.errors import AppError
from services.people import acting
from services.rows import access_deal, deal_standing
from services.talk import add_note


class TeamTalk:
    """The service of what colleagues say among themselves about a deal."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def deal_at(self, chat_id: int, thread: int | None) -> int | None:
        """The deal that is spoken of there; rights are asked when something is to be done with it."""
        async with self._db.look() as uow:
            return await uow.topics.deal_at(chat_id, thread)

    async def face(self, actor: Actor, deal_id: int) -> DealFace:
        """Who works on a deal, for those who may see it. Raises `deal.not_found`."""
        async with self._db.read() as uow:
            await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
            return await face_of(uow, deal_id)

    async def keep(self, actor: Actor, deal_id: int, said: Said, named: Mentions) -> Heard:
        """Keep a message with the deal, and bring in whom it names.

        Whoever may see the deal may speak of it: its history shows what they said to those who may see that.
        Nobody is told, for all who are here have read it; and it is no touch of the client, who has not.
        A colleague who is named comes to work on the deal, if whoever names them may let them (`deal.share`).
        Raises `deal.not_found`, `note.empty`.
        """
        if not said.text.strip() and said.file is None:
            raise AppError("note.empty")
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
            now = self._clock.now()
            note = await add_note(uow, actor, now, {"deal_id": deal_id}, [said])
            changes: history.Changes = {"note": (None, note)}
            event = await history.record(uow, actor, now, "deal.say", "deal", deal_id, changes)
            people = await uow.people.named(named.usernames, named.accounts) if named else []
            new, blind = await _newcomers(uow, actor, deal, stage, people) if people else ([], [])
            if new:
                await set_crew(uow, deal, [*deal.crew, *(person.id for person in new)])
            for person in new:
                await uow.mutes.drop(person.id, "deal", [deal_id])
                come: history.Changes = {"crew": (None, person.id)}
                await history.consequences(uow, actor, now, Action.DEAL_SHARE, "deal", {deal_id: come})
                await tell_newcomer(uow, actor, now, deal, person, event, (said.chat_id, said.message_id))
            here = None if new else said.chat_id
            await notices.refresh_cards(uow, now, "deal", deal_id, event, but=here)
            known = {person.username.lower() for person in people if person.username}
            return Heard(
                tuple(person.name for person in new),
                tuple(person.name for person in blind),
                tuple(sorted(named.usernames - known)),
            )


async def _newcomers(
    uow: UnitOfWork, actor: Actor, deal: Deal, stage: Stage, named: Sequence[Person]
) -> tuple[list[Person], list[Person]]:
    """Those who are named and begin to work on the deal; and those who do not, and may not see it."""
    standing = deal_standing(deal, stage)
    may = stage.kind not in CLOSED_KINDS and granted(actor, Action.DEAL_SHARE, standing)
    room = MOST_HELPERS - len(deal.crew) if may else 0
    new: list[Person] = []
    blind: list[Person] = []
    for person in named:
        if person.id in (deal.owner_id, *deal.crew):
            continue
        if person.role in HELPERS and len(new) < room and await uow.people.stays(person.id):
            new.append(person)
        elif not await _sees(uow, person, standing):
            blind.append(person)
    return new, blind


async def _sees(uow: UnitOfWork, person: Person, standing: Standing) -> bool:
    reader = await acting(uow, person.id, Door.TELEGRAM)
    return reader is not None and granted(reader, Action.DEAL_VIEW, standing)
