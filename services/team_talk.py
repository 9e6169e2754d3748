"""What is said in the topic of a deal, or in the group of a deal or a client: it stays in its history."""

from db.uow import Database
from services import client_chats, deal_talk, history, notices
from services.access import Action, Actor
from services.client_rows import access_client
from services.clock import Clock
from services.deal_faces import face_of
from services.deal_naming import bring_in, newcomers
from services.dto.clients import ClientKind
from services.dto.mentions import Heard, Mentions
from services.dto.talk import Said
from services.dto.tasks import Link
from services.dto.team_chats import ClientFace
from services.dto.topics import DealFace
from services.errors import AppError, NotFoundError
from services.rows import access_deal
from services.talk import COLUMNS, add_note, hold_subject


class TeamTalk:
    """The service of what colleagues say among themselves about a deal or a client."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def about(self, chat_id: int, thread: int | None) -> Link | None:
        """What is spoken of there; rights are asked when something is to be done with it."""
        async with self._db.look() as uow:
            found = await uow.topics.spoken_at(chat_id, thread)
            return Link(*found) if found is not None else None  # type: ignore[arg-type]  # a deal or a client

    async def face(self, actor: Actor, about: Link) -> DealFace | ClientFace:
        """Who works on a deal or keeps a client, for those who may see it. Raises `<kind>.not_found`."""
        async with self._db.read() as uow:
            if about.subject == "deal":
                await access_deal(uow, actor, about.id, Action.DEAL_VIEW)
                return await face_of(uow, about.id)
            kind = ClientKind(about.subject)
            client = await access_client(uow, actor, kind, about.id, Action.CLIENT_VIEW)
            return await client_chats.face_of(uow, kind, client.id)

    async def client_face(self, kind: ClientKind, client_id: int) -> ClientFace:
        """A client for those in their group. Raises `<kind>.not_found` where they have none."""
        async with self._db.read() as uow:
            if await uow.chats.of(kind, client_id) is None:
                raise NotFoundError(kind)
            return await client_chats.face_of(uow, kind, client_id)

    async def newcomers(self, actor: Actor, about: Link, named: Mentions) -> frozenset[int]:
        """The accounts of those whom a message would bring into a deal. Raises `deal.not_found`."""
        if about.subject != "deal":
            return frozenset()
        async with self._db.read() as uow:
            deal, stage = await access_deal(uow, actor, about.id, Action.DEAL_VIEW)
            people = await uow.people.named(named.usernames, named.accounts) if named else []
            new, _ = await newcomers(uow, actor, deal, stage, people) if people else ([], [])
            return frozenset(one.telegram_id for one in new if one.telegram_id is not None)

    async def keep(self, actor: Actor, about: Link, said: Said, named: Mentions) -> Heard:
        """Keep a message with the deal, for whoever may write to it; whom it names comes to work on it.

        With a client for whoever may change their card; nobody comes to work on a client by a name. Nobody is
        told, for all who are here have read it; and it is no touch of the client, who has not.
        Raises `<kind>.not_found`, `not_allowed`, `note.empty`.
        """
        return await self._keep(actor, about, said, named, noted=False)

    async def note(self, actor: Actor, about: Link, said: Said, named: Mentions) -> Heard:
        """The same as a note: a touch of the client, and whoever else works on the deal is told."""
        return await self._keep(actor, about, said, named, noted=True)

    async def _keep(self, actor: Actor, about: Link, said: Said, named: Mentions, *, noted: bool) -> Heard:
        if not said.text.strip() and said.file is None:
            raise AppError("note.empty")
        subject, subject_id = about.subject, about.id
        async with self._db.write(actor.cause) as uow:
            held = await hold_subject(uow, actor, subject, subject_id)
            now = self._clock.now()
            note = await add_note(uow, actor, now, {COLUMNS[subject]: subject_id}, [said])
            changes: history.Changes = {"note": (None, note)}
            talk = "deal.say" if held is not None else "client.say"
            action = Action.NOTE_ADD if noted else talk
            event = await history.record(uow, actor, now, action, subject, subject_id, changes)
            heard = Heard()
            if held is not None:
                deal, stage = held
                if noted:
                    await deal_talk.tell(uow, actor, now, deal, event)
                sent = (said.chat_id, said.message_id)
                heard = await bring_in(uow, actor, now, deal, stage, named, event, sent)
            here = None if heard.come else said.chat_id
            await notices.refresh_cards(uow, now, subject, subject_id, event, but=here)
            return heard
