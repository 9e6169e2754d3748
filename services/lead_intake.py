"""Intake: from what somebody typed or forwarded to a lead, asking only for what is missing."""

import re
from dataclasses import replace

from db.models import Deal, Lead
from db.uow import Database, UnitOfWork
from services import history, lead_notices
from services.access import Action, Actor, Role, Standing, granted, require
from services.clock import Clock
from services.dto.common import Sum
from services.dto.lead_intake import LeadDraft, LeadInput, Touch
from services.dto.leads import LeadCard, LeadField
from services.errors import AppError
from services.lead_cards import build_lead_card
from services.lead_fields import COMMENT_LIMIT, OTHER_SOURCE, amend, settle
from services.lead_making import (
    PhoneKnownError,
    acquaintance,
    company,
    departments_for,
    introduce,
    make_lead,
)
from services.pipelines.auto_rules import Happening
from services.pipelines.autos import happened
from services.understanding.fold import clean
from services.understanding.lead_line import LeadDraft as Line
from services.understanding.lead_line import parse_lead

_VCARD = re.compile(r"^(?P<key>EMAIL|ORG|TITLE)\b[^:\n]*:(?P<value>[^\n]+)$", re.MULTILINE)
LONGEST_LINE = 1000


class LeadIntake:
    """The service of new requests, until they are leads."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def understand(self, actor: Actor, text: str, before: LeadInput | None = None) -> LeadInput:
        """What a line says of a request; what it does not say stays as it was before."""
        require(actor, Action.LEAD_CREATE)
        async with self._db.read() as uow:
            workspace = await company(uow)
        return _add(before or LeadInput(), parse_lead(text[:LONGEST_LINE], workspace.region))

    async def understand_contact(self, actor: Actor, name: str, phone: str, vcard: str | None) -> LeadInput:
        """What a sent or forwarded contact says."""
        require(actor, Action.LEAD_CREATE)
        async with self._db.read() as uow:
            region = (await company(uow)).region
        fields = {found["key"]: found["value"].strip() for found in _VCARD.finditer((vcard or "")[:5000])}
        # Telegram writes international numbers without their plus.
        full = settle(LeadInput(phone=f"+{phone.lstrip('+')}"), region).phone
        given = LeadInput(name=name, phone=full or phone, email=fields.get("EMAIL"))
        return settle(replace(given, comment=fields.get("ORG", "").replace(";", " ").strip()), region)

    async def receive(self, actor: Actor, given: LeadInput) -> LeadCard | LeadDraft:
        """Save at once what is complete and disturbs nobody; answer with a draft otherwise.

        A manager's complete request becomes their own. All others are drafts: to tell a whole department
        takes a tap. A known phone makes a draft, too.
        """
        if actor.role is Role.MANAGER and given.complete and len(actor.departments) == 1:
            try:
                async with self._db.write(actor.cause) as uow:
                    lead = await make_lead(uow, actor, self._clock.now(), replace(given, mine=True))
                    return await build_lead_card(uow, actor, lead.id, self._clock.now())
            except PhoneKnownError:
                pass
        return await self.draft(actor, given)

    async def draft(self, actor: Actor, given: LeadInput) -> LeadDraft:
        """A request before it is saved: what was understood, where it may go, who knows its client."""
        async with self._db.read() as uow:
            workspace = await company(uow)
            given = settle(given, workspace.region)
            departments = await departments_for(uow, actor)
            known = await acquaintance(uow, given)
        keeping = frozenset(
            row.id
            for row in departments
            if row.id in actor.departments and granted(actor, Action.LEAD_TAKE, Standing(frozenset(), row.id))
        )
        currency = given.currency or workspace.currency
        return LeadDraft(
            given=given,
            amount=Sum(given.amount, currency) if given.amount is not None else None,
            departments=departments,
            keeping=keeping,
            known=introduce(actor, known) if known else None,
        )

    async def amend(self, actor: Actor, given: LeadInput, field: LeadField, text: str) -> LeadDraft:
        """A draft with one field typed anew; "-" clears it. Raises `lead.bad_<field>`."""
        async with self._db.read() as uow:
            region = (await company(uow)).region
        return await self.draft(actor, amend(given, field, text, region))

    async def touch(self, actor: Actor, given: LeadInput) -> Touch:
        """Note a request with the older record of its phone instead of making a second lead.

        Whoever may make leads may do this, also for a client whom they may not see; the owner is told.
        Raises `lead.touch_impossible` when the phone is not known or nothing is there to note it with.
        """
        require(actor, Action.LEAD_CREATE)
        async with self._db.write(actor.cause) as uow:
            given = settle(given, (await company(uow)).region)
            known = await acquaintance(uow, given)
            if known is None or known.place is None:
                raise AppError("lead.touch_impossible")
            await self._note(uow, actor, known.place, given)
            seen = introduce(actor, known)
            return Touch(seen.subject, seen.id, seen.owner)

    async def _note(self, uow: UnitOfWork, actor: Actor, place: Lead | Deal, given: LeadInput) -> None:
        now = self._clock.now()
        subject = "lead" if isinstance(place, Lead) else "deal"
        note = await uow.talk.add_note(
            text=_told(given),
            author_id=actor.person_id,
            now=now,
            lead_id=place.id if subject == "lead" else None,
            deal_id=place.id if subject == "deal" else None,
        )
        event = await history.record(
            uow, actor, now, Action.NOTE_ADD, subject, place.id, {"note": (None, note)}
        )
        if isinstance(place, Deal):
            await happened(uow, now, place.id, Happening.ANSWERED, actor)
        await lead_notices.tell_touched(uow, actor, now, place, event)


def known_of(given: LeadInput) -> Line:
    """What is known of a request, as the line that would tell it."""
    return Line(
        title=given.title or "",
        name=given.name,
        phone=given.phone,
        amount_minor=given.amount,
        currency=given.currency,
        source=given.source if given.source != OTHER_SOURCE else None,
        email=given.email,
        username=given.username,
        comment=given.comment or "",
    )


def _told(given: LeadInput) -> str:
    parts = (given.title, given.name, given.comment, given.phone)
    return clean(", ".join(part for part in parts if part), COMMENT_LIMIT)


def _add(before: LeadInput, line: Line) -> LeadInput:
    """What a line says, over what was said before; nothing that was said is lost.

    Once there is a title, further words answer what was asked for, the name, or are a comment.
    """
    title, name, comment = line.title or None, line.name, line.comment
    if title and before.title:
        if name is None and not before.reachable:
            name = title
        else:
            comment = f"{title}\n{comment}"
        title = None
    return replace(
        before,
        title=title or before.title,
        name=name or before.name,
        phone=line.phone or before.phone,
        email=line.email or before.email,
        username=line.username or before.username,
        amount=before.amount if line.amount_minor is None else line.amount_minor,
        currency=line.currency or before.currency,
        source=line.source or before.source,
        comment="\n".join(part for part in (before.comment, comment.strip()) if part) or None,
    )
