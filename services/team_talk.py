"""What is said in the topic of a deal, or in a group of its own: it stays in the deal's history."""

from db.uow import Database
from services import deal_talk, history, notices
from services.access import Action, Actor
from services.clock import Clock
from services.deal_faces import face_of
from services.deal_naming import bring_in, newcomers
from services.dto.mentions import Heard, Mentions
from services.dto.talk import Said
from services.dto.topics import DealFace
from services.errors import AppError
from services.rows import access_deal
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

    async def newcomers(self, actor: Actor, deal_id: int, named: Mentions) -> frozenset[int]:
        """The accounts of those whom a message would bring in. Raises `deal.not_found`."""
        async with self._db.read() as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
            people = await uow.people.named(named.usernames, named.accounts) if named else []
            new, _ = await newcomers(uow, actor, deal, stage, people) if people else ([], [])
            return frozenset(one.telegram_id for one in new if one.telegram_id is not None)

    async def keep(self, actor: Actor, deal_id: int, said: Said, named: Mentions) -> Heard:
        """Keep a message with the deal, for whoever may write to it; whom it names comes to work on it.

        Nobody is told, for all who are here have read it; and it is no touch of the client, who has not.
        Raises `deal.not_found`, `not_allowed`, `note.empty`.
        """
        return await self._keep(actor, deal_id, said, named, noted=False)

    async def note(self, actor: Actor, deal_id: int, said: Said, named: Mentions) -> Heard:
        """The same as a note: a touch of the client, and whoever else works on the deal is told."""
        return await self._keep(actor, deal_id, said, named, noted=True)

    async def _keep(self, actor: Actor, deal_id: int, said: Said, named: Mentions, *, noted: bool) -> Heard:
        if not said.text.strip() and said.file is None:
            raise AppError("note.empty")
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.NOTE_ADD)
            now = self._clock.now()
            note = await add_note(uow, actor, now, {"deal_id": deal_id}, [said])
            changes: history.Changes = {"note": (None, note)}
            action = Action.NOTE_ADD if noted else "deal.say"
            event = await history.record(uow, actor, now, action, "deal", deal_id, changes)
            if noted:
                await deal_talk.tell(uow, actor, now, deal, event)
            sent = (said.chat_id, said.message_id)
            heard = await bring_in(uow, actor, now, deal, stage, named, event, sent)
            here = None if heard.come else said.chat_id
            await notices.refresh_cards(uow, now, "deal", deal_id, event, but=here)
            return heard
