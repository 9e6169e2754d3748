"""Leads: their cards and lists, the race to take one, and what is noted with one in hand."""

from dataclasses import replace

from db.models import Lead
from db.uow import Database, UnitOfWork
from services import call_log, history, lead_notices
from services.access import Action, Actor, Reach, require, scope
from services.clock import Clock
from services.dto.common import Page
from services.dto.lead_intake import LeadInput
from services.dto.leads import (
    CallOutcome,
    LeadAlarm,
    LeadCard,
    LeadField,
    LeadLine,
    LeadList,
    LeadStatus,
    LeadStub,
    LeadTeaser,
    Shelf,
)
from services.errors import AppError, StaleError
from services.lead_cards import LIVE, build_lead_card, build_public_face, lead_line, public_title
from services.lead_changes import change, hold, tell
from services.lead_fields import lead_haystack, read_field
from services.lead_making import company, make_lead
from services.note_words import checked_note
from services.response import clock as response_clock
from services.rows import access_lead, lead_deeds

PAGE = 8


class LeadTakenError(StaleError):
    """Somebody was faster; `params` name them."""

    def __init__(self, owner: str) -> None:
        super().__init__("lead.taken", owner=owner)


class Leads:
    """The service of leads."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def create(self, actor: Actor, given: LeadInput) -> LeadCard:
        """Save a request as a lead; see `lead_making.make_lead` for where it goes and what it raises."""
        async with self._db.write(actor.cause) as uow:
            lead = await make_lead(uow, actor, self._clock.now(), given)
            return await build_lead_card(uow, actor, lead.id, self._clock.now())

    async def card(self, actor: Actor, lead_id: int) -> LeadCard:
        """The card of a lead, as the actor may see it. Raises `lead.not_found`."""
        async with self._db.read() as uow:
            await access_lead(uow, actor, lead_id, Action.LEAD_VIEW)
            return await build_lead_card(uow, actor, lead_id, self._clock.now())

    async def open(self, actor: Actor, lead_id: int) -> LeadCard:
        """The same also for whoever only typed it in, until somebody takes it. Raises `lead.not_found`."""
        see = Action.LEAD_VIEW if actor.may(Action.LEAD_VIEW) else Action.LEAD_EDIT
        async with self._db.read() as uow:
            await access_lead(uow, actor, lead_id, see)
            return await build_lead_card(uow, actor, lead_id, self._clock.now())

    async def card_to_edit(self, actor: Actor, lead_id: int) -> LeadCard:
        """The same for whoever may correct it, also if they only typed it in. Raises `lead.not_found`."""
        async with self._db.read() as uow:
            await hold(uow, actor, lead_id, Action.LEAD_EDIT)
            return await build_lead_card(uow, actor, lead_id, self._clock.now())

    async def face(self, actor: Actor | None, lead_id: int) -> LeadCard | LeadTeaser | LeadStub | None:
        """What stands where a lead's card was shown: the card, or how the lead left its reader's reach.

        No actor stands for a team chat, which sees neither names nor phones. None: nothing may be shown.
        """
        async with self._db.read() as uow:
            lead = await uow.leads.get(lead_id)
            if lead is None:
                return None
            if actor is None:
                return await build_public_face(uow, lead)
            can = lead_deeds(actor, lead)
            if _has_passed(lead, actor) and Action.LEAD_HAND_OVER not in can:
                return LeadStub(lead.id, None, passed=True)
            if can & {Action.LEAD_VIEW, Action.LEAD_EDIT}:
                return await build_lead_card(uow, actor, lead_id, self._clock.now())
            if Action.LEAD_TAKE in can or lead.created_by == actor.person_id:
                return LeadStub(lead.id, await uow.leads.owner_name(lead.id))
            return None

    async def alarm(self, lead_id: int) -> LeadAlarm | None:
        """An unanswered lead for a team chat; None when somebody has answered."""
        async with self._db.read() as uow:
            lead = await uow.leads.get(lead_id)
            if lead is None or not response_clock.waits(lead):
                return None
            return LeadAlarm(lead.id, public_title(lead), await uow.leads.owner_name(lead.id))

    async def late(self, actor: Actor, ids: list[int]) -> tuple[LeadLine, ...]:
        """Those of some leads that are the actor's and wait for an answer."""
        async with self._db.read() as uow:
            found = [lead for one in ids if (lead := await uow.leads.get(one)) is not None]
        mine = [lead for lead in found if lead.owner_id == actor.person_id and response_clock.waits(lead)]
        return tuple(lead_line(lead, None) for lead in mine)

    async def shelf(self, actor: Actor, shelf: Shelf, after: int | None = None) -> LeadList:
        """A page of visible leads: free ones oldest first, others newest first; `after` is the page's key.

        Who sees more than their own has a third shelf with all open leads.
        """
        require(actor, Action.LEAD_VIEW)
        reach = scope(actor, Action.LEAD_VIEW)
        wide = bool(actor.reach(Action.LEAD_VIEW) & (Reach.HEADED | Reach.ALL))
        async with self._db.read() as uow:
            if shelf is Shelf.FREE:
                rows = await uow.leads.free(reach, after, PAGE + 1)
            else:
                owner = actor.person_id if shelf is Shelf.MINE else None
                rows = await uow.leads.in_hand(reach, owner, after, PAGE + 1)
        lines = tuple(
            replace(lead_line(lead, owner), can=lead_deeds(actor, lead) & LIVE[LeadStatus(lead.status)])
            for lead, owner in rows[:PAGE]
        )
        return LeadList(
            shelf,
            tuple(Shelf) if wide else (Shelf.FREE, Shelf.MINE),
            Page(lines, lines[-1].id if len(rows) > PAGE else None),
        )

    async def take(self, actor: Actor, lead_id: int) -> LeadCard:
        """Take a free lead. Of several who try at once exactly one gets it; a second tap changes nothing.

        One that is offered to somebody else is only taken by who could give it to anybody.

        Raises `lead.not_found`, `lead.offered`, and LeadTakenError or `stale` for those who come too late.
        """
        async with self._db.write(actor.cause) as uow:
            lead = await access_lead(uow, actor, lead_id, Action.LEAD_TAKE)
            now = self._clock.now()
            turn: dict[str, object] = {}
            if offered := lead.offered_to is not None:
                await response_clock.stop(uow, lead, now)
                turn = response_clock.next_turn(lead, now)
            anyway = Action.LEAD_HAND_OVER in lead_deeds(actor, lead)
            taken = await uow.leads.take(lead_id, actor.person_id, now, anyway=anyway, **turn)
            if taken is not None:
                changes: history.Changes = {
                    "owner_id": (None, actor.person_id),
                    "status": (LeadStatus.NEW, LeadStatus.IN_WORK),
                }
                event = await history.record(uow, actor, now, Action.LEAD_TAKE, "lead", lead_id, changes)
                await lead_notices.refresh(uow, actor, now, taken, event, was_free=True)
                if offered:
                    await response_clock.start(uow, taken, now)
            else:
                await uow.leads.reread(lead)
                await _require_mine(uow, actor, lead)
                if offered:
                    raise StaleError  # taken by this person's other tap: its clock must not stay stopped
            return await build_lead_card(uow, actor, lead_id, self._clock.now())

    async def edit(self, actor: Actor, lead_id: int, field: LeadField, text: str) -> LeadCard:
        """Change one field to what was typed; "-" clears it.

        Raises `lead.not_found`, `not_allowed`, `stale` for a closed lead, `lead.bad_<field>`, and
        `lead.unreachable` if nothing would be left to find the client by.
        """
        async with self._db.write(actor.cause) as uow:
            lead = await hold(uow, actor, lead_id, Action.LEAD_EDIT)
            values = read_field(field, text, (await company(uow)).region)
            after = {name: getattr(lead, name) for name in ("title", "name", "phone", "email", "username")}
            after |= {name: value for name, value in values.items() if name in after}
            if not any(after[name] for name in ("name", "phone", "email", "username")):
                raise AppError("lead.unreachable")
            values["search"] = lead_haystack(after["title"], after["name"], after["email"], after["username"])
            await change(uow, actor, self._clock.now(), Action.LEAD_EDIT, lead, values)
            return await build_lead_card(uow, actor, lead_id, self._clock.now())

    async def add_note(
        self, actor: Actor, lead_id: int, text: str, sent: tuple[int, int] | None = None
    ) -> LeadCard:
        """Keep a note with a lead; `sent`: the chat and message that it was, whose edits it follows.

        Raises `lead.not_found`, `not_allowed`, `note.empty`, `note.too_long`.
        """
        text = checked_note(text)
        async with self._db.write(actor.cause) as uow:
            lead = await hold(uow, actor, lead_id, Action.NOTE_ADD)
            now = self._clock.now()
            note = await uow.talk.add_note(text=text, author_id=actor.person_id, now=now, lead_id=lead_id)
            if sent is not None:
                await uow.notes.add_source(note_id=note, chat_id=sent[0], message_id=sent[1])
            await tell(uow, actor, now, Action.NOTE_ADD, lead, {"note": (None, note)})
            return await build_lead_card(uow, actor, lead_id, self._clock.now())

    async def log_call(self, actor: Actor, lead_id: int, outcome: CallOutcome) -> LeadCard:
        """Keep a call's outcome, see `call_log`. Raises `lead.not_found`, `not_allowed`, `stale`."""
        async with self._db.write(actor.cause) as uow:
            lead = await hold(uow, actor, lead_id, Action.CALL_LOG)
            now = self._clock.now()
            if kept := await call_log.keep(uow, actor, now, "lead", lead_id, outcome):
                changes, ticked = kept
                await response_clock.answer(uow, lead, now)
                event = await tell(uow, actor, now, Action.CALL_LOG, lead, changes)
                await call_log.follow(uow, now, ticked, event)
            return await build_lead_card(uow, actor, lead_id, self._clock.now())


def _has_passed(lead: Lead, actor: Actor) -> bool:
    """Whether the actor was offered a free lead, and somebody else is to have it."""
    here = lead.offered_to != actor.person_id and actor.person_id in lead.declined
    return here and lead.status == LeadStatus.NEW


async def _require_mine(uow: UnitOfWork, actor: Actor, lead: Lead) -> None:
    """Whoever has the lead already may tap twice; all others are told who has it."""
    if lead.owner_id == actor.person_id and lead.status == LeadStatus.IN_WORK:
        return
    owner = await uow.leads.owner_name(lead.id)
    if lead.status == LeadStatus.NEW:
        raise StaleError("lead.offered")
    raise LeadTakenError(owner) if owner else StaleError
