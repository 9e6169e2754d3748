"""All that is kept of a client, to be handed out to them when they ask."""

from db.uow import Database
from services import history
from services.access import Action, Actor
from services.client_rows import access_client
from services.clock import Clock
from services.dto.clients import ClientKind
from services.dto.common import Ref
from services.dto.privacy import Dossier, DossierFiles
from services.privacy.dossier_sections import files_of, sections_of
from services.privacy.naming import traces_of

HANDED_OUT = "client.hand_out"
PORTION = 10
"""So many files are sent at a time."""


class Dossiers:
    """The service that hands out all that is kept of a client; the owner's right (`client.data`)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def hand_out(self, actor: Actor, contact_id: int) -> Dossier:
        """All of it; that it was handed out is kept, too. Raises `contact.not_found`, `not_allowed`."""
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            contact = await access_client(uow, actor, ClientKind.CONTACT, contact_id, Action.CLIENT_DATA)
            traces = await traces_of(uow, contact)
            sections = await sections_of(uow, traces)
            await history.record(uow, actor, now, HANDED_OUT, "contact", contact.id)
        return Dossier(Ref(contact.id, contact.name), now, sections)

    async def files(self, actor: Actor, contact_id: int, before: int = 0) -> DossierFiles:
        """The files of theirs that go along, a portion of them after so many that were sent before.

        Raises `contact.not_found`, `not_allowed`.
        """
        async with self._db.read() as uow:
            contact = await access_client(uow, actor, ClientKind.CONTACT, contact_id, Action.CLIENT_DATA)
            files = await files_of(uow, await traces_of(uow, contact))
        return DossierFiles(contact.id, tuple(files[before : before + PORTION]), before, len(files))
