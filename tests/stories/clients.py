"""Deeds with clients, for the tests that kill the program: two become one, and one is erased."""

from sqlalchemy import select

from db.models import Call, Contact, Note
from keyboards.clients import MergeSureCb
from keyboards.privacy import EraseCb
from services.dto.clients import ClientKind
from tests.cast import actor_of
from tests.clients.making import make_client
from tests.stories.company import Check, Company


async def clients_become_one(company: Company, n: int) -> Check:
    """Anna unites two clients that are the same, with all that belongs to the one that goes."""
    world = company.world
    anna = await actor_of(world.services, "anna")
    kept = await make_client(world, name="Ivan Petrov", phones=(f"+7916111{n:04}",))
    gone = await make_client(world, name="Petrov I.", phones=(f"+7916222{n:04}",))
    now = world.clock.now()
    async with world.db.write() as uow:
        said = {"contact_id": gone, "author_id": anna.person_id, "created_at": now}
        await uow.notes.insert(text="Said so", **said)
        uow.session.add(Call(outcome="reached", **said))
    shown = await world.services.merge_choices.preview(anna, ClientKind.CONTACT, kept, gone, 0)
    sure = MergeSureCb(kind="contact", client_id=kept, other_id=gone, seen=shown.seen)
    await company.press("anna", sure.pack())
    before = await company.count("client.merge", kept)

    async def check() -> None:
        assert await company.count("client.merge", kept) == before + 1
        assert not await world.rows(select(Contact.id).where(Contact.id == gone))
        for table in (Call, Note):
            assert not await world.rows(select(table.id).where(table.contact_id == gone))
            assert len(await world.rows(select(table.id).where(table.contact_id == kept))) == 1

    return check


async def a_client_is_erased(company: Company, n: int) -> Check:
    """Olga erases a client of whom something was said."""
    world = company.world
    olga = await actor_of(world.services, "olga")
    client = await make_client(world, name="Zivan", phones=(f"+7916333{n:04}",))
    async with world.db.write() as uow:
        await uow.notes.insert(
            text="Zsaid", contact_id=client, author_id=olga.person_id, created_at=world.clock.now()
        )
    version = (await world.services.erasing.preview(olga, client)).version
    await company.press("olga", EraseCb(contact_id=client, version=version).pack())

    async def check() -> None:
        assert await company.count("client.erase", client) == 1
        assert not await world.rows(select(Contact.id).where(Contact.id == client))
        assert not await world.rows(select(Note.id).where(Note.contact_id == client))

    return check
