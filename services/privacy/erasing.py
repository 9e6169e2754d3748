"""Erasing a client's personal data for good: in their card, in what was said and done, in the history, in
messages that wait, in drafts and in files that could not be read.

Closed deals, their payments and the numbers of leads stay without a name, so that books and reports stay
true. Work that is still open is closed first: as long as it goes on, its data is needed.
"""

import json
from collections.abc import Collection
from datetime import datetime

from db.models import Contact
from db.repositories.bin import Destroyed
from db.repositories.erasure import Traces
from db.uow import Database, UnitOfWork
from services import client_chats, history, notices, task_drops
from services.access import Action, Actor
from services.client_rows import access_client
from services.clock import Clock
from services.dto.clients import ClientKind
from services.dto.common import Ref
from services.dto.fields import FieldSubject
from services.dto.privacy import Erased, ErasePreview, Remains
from services.dto.tasks import Link
from services.errors import AppError, StaleError
from services.privacy.events import scrub_history, scrub_unitings
from services.privacy.naming import names, needles, traces_of
from services.seals import ERASURE
from services.timers import TimerKind

SHOWN = 5
"""So many of what stands in the way are named."""


class Erasing:
    """The service of erasure; the owner's right (`client.data`), who answers for the data before the law."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def preview(self, actor: Actor, contact_id: int) -> ErasePreview:
        """What would go, and what stands in the way. Raises `contact.not_found`, `not_allowed`."""
        async with self._db.read() as uow:
            contact = await access_client(uow, actor, ClientKind.CONTACT, contact_id, Action.CLIENT_DATA)
            traces = await traces_of(uow, contact)
            return await _preview(uow, contact.id, contact.name, contact.version, traces)

    async def erase(self, actor: Actor, contact_id: int, version: int) -> Erased:
        """Erase all of it, as it was seen; there is no way back.

        Raises `contact.not_found`, `not_allowed`, `stale`, and `erase.open_work` as long as a lead or a deal
        of theirs is open.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            await uow.merges.hold(ClientKind.CONTACT, {contact_id})
            contact = await access_client(uow, actor, ClientKind.CONTACT, contact_id, Action.CLIENT_DATA)
            assert isinstance(contact, Contact)
            if contact.version != version:
                raise StaleError
            traces = await traces_of(uow, contact)
            preview = await _preview(uow, contact.id, contact.name, contact.version, traces)
            if not preview.ready:
                raise AppError("erase.open_work")
            wanted = needles(contact, traces)
            await _drop_tasks(uow, actor, now, traces)
            await uow.erasure.forget_talk(traces, now)
            await uow.erasure.forget_requests(traces)
            await uow.erasure.forget_deals(traces)
            await uow.fields.forget(FieldSubject.CONTACT, [contact.id])
            await uow.fields.forget(FieldSubject.LEAD, sorted(traces.leads))
            united, parted = await uow.erasure.forget_unitings(contact.id)
            binned: list[Destroyed] = []
            for one in (contact.id, *united):
                binned += await uow.bin.forget_client(one, traces.leads, traces.points)
            group = await uow.chats.of(ClientKind.CONTACT, contact.id)
            if not await uow.erasure.remove(contact):
                raise StaleError
            await _forget_unread(uow, wanted)
            remains = preview.remains
            kept: history.Changes = {"leads": (None, remains.leads), "deals": (None, remains.deals)}
            event = await history.record(uow, actor, now, ERASURE, "contact", contact.id, kept)
            await _scrub_history(uow, traces, united, binned, event)
            await scrub_unitings(uow, parted, {contact.id, *united}, event)
            if group is not None:
                await client_chats.part(uow, now, ClientKind.CONTACT, contact.id, group, f"{event}")
            await _redraw(uow, now, traces, event)
            return Erased(contact_id, now, actor.name, remains)


async def _preview(uow: UnitOfWork, contact_id: int, name: str, version: int, traces: Traces) -> ErasePreview:
    files, calls = await uow.erasure.count(traces)
    open_leads = await uow.erasure.leads_in_work(traces.leads)
    open_deals = await uow.erasure.deals_in_work(traces.deals)
    return ErasePreview(
        contact=Ref(contact_id, name),
        version=version,
        remains=Remains(
            leads=len(traces.leads),
            deals=len(traces.deals),
            tasks=len(traces.tasks),
            notes=len(traces.notes),
            files=files,
            calls=calls,
        ),
        open_leads=tuple(Ref(lead.id, lead.title) for lead in open_leads[:SHOWN]),
        open_deals=tuple(Ref(deal.id, deal.title) for deal in open_deals[:SHOWN]),
    )


async def _drop_tasks(uow: UnitOfWork, actor: Actor, now: datetime, traces: Traces) -> None:
    """Nobody is left to do anything for."""
    links = [Link("contact", traces.contact_id)]
    links += [Link("lead", one) for one in sorted(traces.leads)]
    links += [Link("deal", one) for one in sorted(traces.deals)]
    for link in links:
        await task_drops.drop_open(uow, actor, now, link)
    await uow.timers.cancel_all(TimerKind.DEAL_SILENT, "deal", traces.deals, now)
    await task_drops.drop_these(uow, actor, now, traces.tasks)


async def _forget_unread(uow: UnitOfWork, wanted: Collection[str]) -> None:
    """What nobody has read yet, or could: rows of files, drafts, messages that failed."""
    async for rows in uow.leavings.failed_rows():
        await uow.leavings.blank_rows([row.id for row in rows if names(json.dumps(row.cells), wanted)])
    forms = await uow.leavings.open_forms()
    await uow.leavings.drop_forms([form.id for form in forms if names(json.dumps(form.data), wanted)])
    unread = await uow.leavings.unread()
    await uow.leavings.empty_unread([one.id for one in unread if names(one.raw, wanted)])


async def _scrub_history(
    uow: UnitOfWork, traces: Traces, united: list[int], binned: list[Destroyed], erased_by: int
) -> None:
    """Only what was done stays in it, and the fingerprint by which its seal still holds.

    Also in that of what lay in the bin.
    """
    subjects = {subject: set(ids) for subject, ids in traces.subjects.items()}
    subjects["contact"] |= set(united)
    subjects["task"] |= traces.former
    for gone in binned:
        subjects[gone.kind].add(gone.id)
        subjects["task"] |= set(gone.tasks)
    await scrub_history(uow, subjects, erased_by)


async def _redraw(uow: UnitOfWork, now: datetime, traces: Traces, event: int) -> None:
    """The cards that stand in chats lose the name, too; that of the client is taken away."""
    for subject, ids in traces.subjects.items():
        await notices.refresh_all(uow, now, subject, ids, event)
    for deal in traces.deals:
        await notices.follow_topic(uow, now, deal, f"{event}")
