"""The client of a deal that changes hands: whoever goes on selling should also keep the relation."""

from datetime import datetime

from db.models import Contact, Deal, Person
from db.uow import UnitOfWork
from services import history, notices
from services.access import Action, Actor, granted
from services.errors import StaleError
from services.rows import contact_standing


async def client_of(uow: UnitOfWork, actor: Actor, deal: Deal) -> Contact | None:
    """The contact that goes along with a deal: its owner's own, with whom they have no other deal in work.

    And only one that the actor may hand over.
    """
    contact = await uow.clients.get("contact", deal.contact_id) if deal.contact_id else None
    if not isinstance(contact, Contact) or contact.owner_id is None or contact.owner_id != deal.owner_id:
        return None
    if not granted(actor, Action.CLIENT_HAND_OVER, contact_standing(contact)):
        return None
    busy = await uow.clients.is_in_work(contact.id, contact.owner_id, but=deal.id)
    return None if busy else contact


async def give(
    uow: UnitOfWork, actor: Actor, now: datetime, contact: Contact, heir: Person, event: int
) -> None:
    """Make a contact the heir's, with what its old owner still had to do for it; its history keeps that.

    `event` is that of the deal, by which it happened. Raises `stale` if it was changed at the same time.
    """
    old = contact.owner_id
    tasks = await uow.tasks.hand_over(old, heir.id, contact_id=contact.id)
    if not await uow.clients.change(contact, owner_id=heir.id):
        raise StaleError
    told: history.Changes = {"owner_id": (old, heir.id)}
    await history.consequences(uow, actor, now, Action.CLIENT_HAND_OVER, "contact", {contact.id: told})
    await notices.refresh_cards(uow, now, "contact", contact.id, event)
    await notices.refresh_all(uow, now, "task", tasks, event)
