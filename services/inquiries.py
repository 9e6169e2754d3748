"""Requests from outside: each becomes a lead, or a new touch of a client who is known already."""

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime

from db.models import Contact, Deal, Inquiry, Lead
from db.repositories.leads import OPEN
from db.uow import Database, UnitOfWork
from services import history, lead_notices, notices
from services.access import Action, require
from services.clock import Clock
from services.distribution.clock import spread
from services.dto.fields import FieldSubject
from services.dto.inquiries import InquiryInput, LeadState, Receipt, Shape, Way
from services.dto.lead_intake import LeadInput
from services.errors import AppError, NotFoundError
from services.fields.entry import keep, told_with
from services.fields.outside import read_given
from services.fields.reading import Where
from services.lead_fields import COMMENT_LIMIT, settle
from services.lead_making import acquaintance, company, make_lead
from services.pipelines.auto_rules import Happening
from services.pipelines.autos import happened
from services.privacy import consents
from services.rows import access_lead
from services.tag_names import SEPARATOR, read_names, tags_called
from services.understanding import emails, money
from services.understanding.fold import clean, clean_line, fold

REPEAT = 600
"""Seconds within which the very same words by a way without marks of its own are one request sent twice."""
FEWEST_DIGITS = 5
"""A number that no table of countries knows may still be one to call, if it is as long as this."""
MARK = 120


class Inquiries:
    """The service of requests from outside; called for a program that was let in by `WaysIn`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def receive(self, way: Way, given: InquiryInput) -> Receipt:
        """Keep a request: a lead that is told to its department as any other, or a touch of a known client.

        A client with an open lead or deal gets no second one: it is noted there, and their manager is told.
        One who has nothing open gets a lead that is their own manager's at once. A repeated request changes
        nothing and is answered as the first one.

        A tag that there is not is made for whoever may give leads tags; no program may, and hears
        `tag.unknown`.

        Raises FieldsWrongError, `not_allowed`, `department.not_found`, `lead.bad_amount`, what `tag_names`
        raises, `inquiry.unreachable`, and `inquiry.mark_used` for another request with the mark of an
        earlier one.
        """
        require(way.actor, Action.LEAD_CREATE)
        now, digest = self._clock.now(), _digest(given)
        mark = _mark(given, digest, now)
        async with self._db.write() as uow:
            claimed = await uow.inquiries.claim(
                source_id=way.source_id,
                key_id=way.key_id,
                dedupe=mark,
                digest=digest,
                shape=given.shape,
                external_id=clean_line(given.external_id or "", 200) or None,
                page_url=clean_line(given.page_url or "", 500) or None,
                utm={key: clean_line(value, 200) for key, value in given.utm.items()},
                received=dict(given.received),
                received_at=now,
                made_lead=False,
            )
            if claimed is None:
                return _again(await uow.inquiries.same(way.source_id, way.key_id, mark), digest)
            place, made = await self._place(uow, way, now, given)
            lead_id, deal_id = (place.id, None) if isinstance(place, Lead) else (None, place.id)
            await uow.inquiries.settle(claimed, lead_id=lead_id, deal_id=deal_id, made_lead=made)
            return Receipt(claimed, lead_id, deal_id, made)

    async def state(self, way: Way, lead_id: int) -> LeadState:
        """What became of a lead. Raises `not_allowed`, `lead.not_found`."""
        require(way.actor, Action.LEAD_VIEW)
        async with self._db.read() as uow:
            lead = await access_lead(uow, way.actor, lead_id, Action.LEAD_VIEW)
            deal_id = await uow.leads.deal_of(lead.id)
            tags = tuple((await uow.tags.names(lead.tags)).values())
        return LeadState(lead.id, lead.status, lead.created_at, lead.taken_at, lead.closed_at, deal_id, tags)

    async def _place(
        self, uow: UnitOfWork, way: Way, now: datetime, given: InquiryInput
    ) -> tuple[Lead | Deal, bool]:
        """Where a request has gone, and whether a lead was made of it."""
        workspace = await company(uow)
        lead = _reachable(_lead(way, given, await _department(uow, way, given)), given, workspace.region)
        await uow.inquiries.queue_up(*filter(None, (lead.phone, lead.email)))
        where = Where(now.date(), workspace.region, workspace.currency)
        filled = await read_given(uow, FieldSubject.LEAD, given.fields, where)
        may_make = way.actor.may(Action.LEAD_TAG)
        tags = await tags_called(uow, read_names(given.tags), make=may_make)
        known = await acquaintance(uow, lead)
        client = known.record if known is not None and isinstance(known.record, Contact) else None
        if known is not None and _is_open(known.place):
            assert known.place is not None
            await _note(uow, way, now, known.place, given, lead)
            if given.consent:
                await consents.bring(uow, now, known.place, client)
            return known.place, False
        utm: history.Changes = {"utm": (None, dict(given.utm))} if given.utm else {}
        names = [*(await uow.tags.names(tags)).values()]
        tagged: history.Changes = {"tags": (None, names)} if names else {}
        also = utm | told_with(filled) | tagged
        lead = replace(lead, again=True)
        made = await make_lead(uow, way.actor, now, lead, client=client, also=also, tags=tags)
        await keep(uow, made.id, filled)
        if given.consent:
            await consents.bring(uow, now, made, client)
        return made, True


def _is_open(place: Lead | Deal | None) -> bool:
    """A deal is only named while it is open; of leads also a closed one."""
    return isinstance(place, Deal) or (place is not None and place.status in OPEN)


def _digest(given: InquiryInput) -> str:
    said = {name: value for name, value in asdict(given).items() if name not in ("received", "dedupe")}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _mark(given: InquiryInput, digest: str, now: datetime) -> str | None:
    """By what a request is known again: its own mark, or, where those have none, what it says and when.

    A program with a key decides for itself whether it repeats; forms are sent twice by impatient fingers.
    """
    if given.dedupe:
        mark = clean_line(given.dedupe, 200)
        return f"{given.shape}:{mark if len(mark) <= MARK else hashlib.sha256(mark.encode()).hexdigest()}"
    if given.shape is Shape.API:
        return None
    return f"same:{int(now.timestamp()) // REPEAT}:{digest}"


def _again(before: Inquiry | None, digest: str) -> Receipt:
    if before is None or before.digest != digest:
        raise AppError("inquiry.mark_used")
    return Receipt(before.id, before.lead_id, before.deal_id, before.made_lead, repeated=True)


async def _department(uow: UnitOfWork, way: Way, given: InquiryInput) -> int:
    if given.department is None:
        return way.department_id
    wanted = given.department.strip()
    for row in await uow.people.departments():
        if str(row.id) == wanted or row.name_folded == fold(wanted):
            return row.id
    raise NotFoundError("department")


def _lead(way: Way, given: InquiryInput, department_id: int) -> LeadInput:
    email = emails.normalise(given.email or "")
    sum_ = money.parse(given.budget) if given.budget else None
    strays = (given.email if email is None else None, given.budget if sum_ is None else None)
    return LeadInput(
        title=given.title,
        name=given.name,
        phone=given.phone,
        email=email,
        amount=sum_.minor if sum_ else given.amount,
        currency=(given.currency or "").upper() or (sum_.currency if sum_ else None),
        source=given.source or way.name,
        comment="\n".join(part for part in (given.text, *strays) if part) or None,
        department_id=department_id,
        pipeline_id=way.pipeline_id,
    )


def _reachable(lead: LeadInput, given: InquiryInput, region: str) -> LeadInput:
    """The request as it is kept. Raises `inquiry.unreachable` if there is no way to answer it, with the names
    of what was given for one and cannot be read."""
    settled = settle(lead, region)
    if settled.phone or settled.email:
        return settled
    number = clean_line(given.phone or "", 60)
    if sum(char.isdigit() for char in number) < FEWEST_DIGITS:
        ways = {"phone": number, "email": given.email}
        raise AppError("inquiry.unreachable", **{name: True for name, typed in ways.items() if typed})
    return replace(settled, name=settled.name or number)


async def _note(
    uow: UnitOfWork, way: Way, now: datetime, place: Lead | Deal, given: InquiryInput, lead: LeadInput
) -> None:
    """Note a request with the open lead or deal of its client, and tell whoever answers for them."""
    told = [lead.source, lead.title, lead.name, given.text, lead.phone, lead.email]
    told += [f"{key}: {value}" for key, value in {**given.utm, **given.fields}.items()]
    told += [f"tags: {SEPARATOR.join(given.tags)}"] if given.tags else []
    subject = "lead" if isinstance(place, Lead) else "deal"
    here = {f"{subject}_id": place.id}
    text = clean(", ".join(part for part in told if part), COMMENT_LIMIT)
    note = await uow.talk.add_note(text=text, author_id=None, now=now, **here)
    event = await history.record(
        uow, way.actor, now, Action.NOTE_ADD, subject, place.id, {"note": (None, note)}
    )
    if isinstance(place, Lead) and place.owner_id is None:
        await spread(uow, way.actor, now, place, event)
        return
    if isinstance(place, Deal):
        await happened(uow, now, place.id, Happening.ANSWERED)
    await notices.refresh_cards(uow, now, subject, place.id, event)
    await lead_notices.tell_touched(uow, way.actor, now, place, event)
