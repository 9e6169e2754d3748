"""How a lead ends: as a deal, or as no lead; and a rejection taken back."""

from datetime import datetime

from db.models import Lead
from db.uow import Database, UnitOfWork
from services import history, task_drops
from services.access import Action, Actor
from services.clock import Clock
from services.deal_entry import DealFields
from services.deal_twins import require_no_twins
from services.distribution.clock import spread
from services.dto.common import Ref
from services.dto.fields import Field, FieldSubject
from services.dto.leads import LeadCard, LeadStatus, RejectReason
from services.dto.tasks import Link
from services.errors import AppError, StaleError
from services.fields.answers import used_field
from services.fields.shape import field_of
from services.lead_cards import build_lead_card
from services.lead_changes import change, hold
from services.lead_fields import NAME_LIMIT
from services.lines import as_title
from services.pipelines import silence
from services.pipelines.robots import set_tasks
from services.qualifying import enter, make_deal, way_in, ways_in
from services.response import clock as response_clock
from services.understanding.fold import clean_line


class LeadOutcomes:
    """The service of leads that are being closed."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def qualify(
        self,
        actor: Actor,
        lead_id: int,
        version: int,
        company_name: str | None = None,
        *,
        again: bool = False,
        pipeline_id: int | None = None,
        fields: DealFields | None = None,
    ) -> LeadCard:
        """Make a deal of a lead, with its contact and, if one is named, its company; a dash names none.

        It enters the first stage of `pipeline_id`, else of the lead's own pipeline, by the rules of that
        stage: `fields` are what it asks for and the lead does not say. The card that comes back names the
        deal. Raises `lead.not_found`, `not_allowed`, `stale`, what `way_in` raises, TwinsError unless `again`
        if the client has deals in work already, and what `qualifying.enter` raises.
        """
        async with self._db.write(actor.cause) as uow:
            lead = await hold(uow, actor, lead_id, Action.LEAD_QUALIFY, version)
            now = self._clock.now()
            await response_clock.answer(uow, lead, now)
            if not await uow.leads.lock(lead_id, version):
                raise StaleError
            company_name = as_title(clean_line(company_name or "", NAME_LIMIT))
            if not again:
                await require_no_twins(uow, actor, lead, company_name)
            stage = await way_in(uow, actor, lead, pipeline_id)
            deal = await make_deal(uow, actor, now, lead, stage, company_name)
            if deal.contact_id is not None:
                await uow.consents.pass_on(lead.id, deal.contact_id)
            values: dict[str, object] = {
                "status": LeadStatus.QUALIFIED,
                "closed_at": now,
                "contact_id": deal.contact_id,
            }
            also: history.Changes = {"deal_id": (None, deal.id), "company_id": (None, deal.company_id)}
            also |= await enter(uow, actor, now, lead, deal, stage, fields or DealFields())
            await silence.arm(uow, now, stage, [deal])
            if made := await set_tasks(uow, actor, now, deal, stage):
                also["robots"] = ([], made)
            await change(uow, actor, now, Action.LEAD_QUALIFY, lead, values, also)
            return await build_lead_card(uow, actor, lead_id, self._clock.now())

    async def ways(self, actor: Actor, lead_id: int, version: int) -> tuple[LeadCard, tuple[Ref, ...]]:
        """A lead, and the pipelines among which the actor chooses for its deal, see `qualifying.ways_in`.

        Raises `lead.not_found`, `not_allowed`, `stale`, and what that raises.
        """
        async with self._db.read() as uow:
            lead = await hold(uow, actor, lead_id, Action.LEAD_QUALIFY, version)
            card = await build_lead_card(uow, actor, lead_id, self._clock.now())
            return card, await ways_in(uow, actor, lead)

    async def asked(self, actor: Actor, lead_id: int, field_id: int) -> tuple[LeadCard, Field]:
        """A field of the company's own that the stage of its deal asks for.

        Raises `lead.not_found`, `not_allowed`, `stale`, `field.not_found`.
        """
        async with self._db.read() as uow:
            await hold(uow, actor, lead_id, Action.LEAD_QUALIFY)
            field = field_of(await used_field(uow, FieldSubject.DEAL, field_id))
            return await build_lead_card(uow, actor, lead_id, self._clock.now()), field

    async def reject(
        self, actor: Actor, lead_id: int, version: int, reason: RejectReason, words: str | None = None
    ) -> LeadCard:
        """Close a request that is no lead, with its open tasks; `words` say why when the reason is another.

        Raises `lead.not_found`, `not_allowed`, `stale`, `lead.reason_missing`.
        """
        told = clean_line(words or "", NAME_LIMIT)
        if reason is RejectReason.OTHER and not told:
            raise AppError("lead.reason_missing")
        async with self._db.write(actor.cause) as uow:
            lead = await hold(uow, actor, lead_id, Action.LEAD_REJECT, version)
            if lead.status == LeadStatus.REJECTED:
                raise StaleError
            value = told if reason is RejectReason.OTHER else reason
            await reject_lead(uow, actor, self._clock.now(), lead, value, reason)
            return await build_lead_card(uow, actor, lead_id, self._clock.now())

    async def restore(self, actor: Actor, lead_id: int, version: int) -> LeadCard:
        """Take a rejection back: the lead stands where it stood with its tasks, and a free one is announced.

        Raises `lead.not_found`, `not_allowed`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            lead = await hold(uow, actor, lead_id, Action.LEAD_REJECT, version)
            if lead.status != LeadStatus.REJECTED:
                raise StaleError
            await restore_lead(uow, actor, self._clock.now(), lead, announce=True)
            return await build_lead_card(uow, actor, lead_id, self._clock.now())


async def reject_lead(
    uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, told: str, code: str
) -> list[int]:
    """Close a lead that was judged to be none, with its open tasks; these. `told` is kept with it, `code` in
    the history. Raises `stale`."""
    clock = (await response_clock.stand(uow, [lead]))[lead.id] if lead.answered_at is None else None
    await response_clock.answer(uow, lead, now)
    values: dict[str, object] = {"status": LeadStatus.REJECTED, "reject_reason": told, "closed_at": now}
    dropped = await task_drops.drop_open(uow, actor, now, Link("lead", lead.id))
    also: history.Changes = {"reject_reason": (None, code)} | task_drops.changes_of(dropped, [])
    if clock is not None:
        also["steps"] = (clock.done, None)
    event = await change(uow, actor, now, Action.LEAD_REJECT, lead, values, also)
    await task_drops.refresh(uow, now, dropped, event or 0)
    return dropped


async def restore_lead(
    uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, *, announce: bool = False
) -> list[int]:
    """Take that back, with the tasks; these. `announce`: a free one is told of. Raises `stale`.

    A lead that nobody had answered before waits for that again.
    """
    values: dict[str, object] = {
        "status": LeadStatus.IN_WORK if lead.owner_id else LeadStatus.NEW,
        "reject_reason": None,
        "closed_at": None,
    }
    rejection = await uow.history.last_of("lead", lead.id, 1)
    owed = bool(rejection) and "steps" in rejection[0][0].changes
    if owed:
        values["turn"] = lead.turn + 1  # The timers of before are not set once more.
    back = await task_drops.bring_back(uow, actor, now, rejection[0][0]) if rejection else []
    also = task_drops.changes_of([], back)
    event = await change(uow, actor, now, Action.LEAD_REJECT, lead, values, also)
    if owed:
        await response_clock.unanswer(uow, lead, rejection[0][0].changes["steps"][0], now)
    await task_drops.refresh(uow, now, back, event or 0)
    if announce and event is not None and lead.owner_id is None:
        await spread(uow, actor, now, lead, event)
    return back
