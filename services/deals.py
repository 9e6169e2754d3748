"""Deals: their cards and lists, and the changes that are no move."""

from db.models import Deal, Person
from db.uow import Database, UnitOfWork
from services import call_log, client_along, deal_changes, deal_talk, history, lead_notices, notices
from services.access import CLOSED_KINDS, Action, Actor, StageKind, granted, require, scope
from services.clock import Clock
from services.deal_cards import build_card, stage_ref
from services.deal_lines import PAGE, deal_lines, expected, latest_deals
from services.deal_sums import require_paid, tell_sum
from services.dto.common import EventLine, Page, Ref, Sum
from services.dto.deals import Board, DealCard, DealLine, StageCount
from services.dto.leads import CallOutcome
from services.errors import AppError, NotFoundError, StaleError
from services.haystack import haystack
from services.lines import as_title, whole_line
from services.note_words import checked_note
from services.pipelines.auto_rules import Happening
from services.pipelines.autos import happened
from services.pipelines.paid import sum_changed
from services.rows import access_deal, deal_standing, require_at_hand
from services.staff import SELLING

TITLE_LIMIT = 200


class Deals:
    """The service of deals."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, deal_id: int) -> DealCard:
        """The card of a deal, as the actor may see it. Raises `deal.not_found`."""
        async with self._db.read() as uow:
            await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def board(self, actor: Actor, pipeline_id: int | None = None) -> Board:
        """The stages of a pipeline (the default one if none is named) with the actor's visible deals.

        And the few of them that they most likely want: own ones that moved last, then the newest.
        """
        require(actor, Action.DEAL_VIEW)
        async with self._db.read() as uow:
            pipelines = [Ref(row.id, row.name) for row in await uow.pipelines.all()]
            first = next(iter(pipelines), None)
            here = next((one for one in pipelines if one.id == pipeline_id), first)
            pipeline = here.id if here else 0
            counts = await uow.deals.counts(scope(actor, Action.DEAL_VIEW), pipeline)
            workspace = await uow.people.workspace()
            currency = workspace.currency if workspace else "RUB"
            rows = await uow.pipelines.stages(pipeline)
            stages = tuple(
                StageCount(stage_ref(stage), count, Sum(total, currency))
                for stage in rows
                for count, total in [counts.get(stage.id, (0, 0))]
            )
            return Board(
                stages,
                await latest_deals(uow, actor, pipeline),
                here if len(pipelines) > 1 else None,
                tuple(one for one in pipelines if one != here),
                expected(workspace, rows, counts, currency),
            )

    async def page(self, actor: Actor, stage_id: int | None, after: int | None = None) -> Page[DealLine]:
        """Visible deals, newest first, of one stage or of all; `after` is the last page's key.

        Without those of the archive.
        """
        require(actor, Action.DEAL_VIEW)
        async with self._db.read() as uow:
            rows = await uow.deals.page(scope(actor, Action.DEAL_VIEW), stage_id, after, PAGE + 1)
            return deal_lines(actor, rows)

    async def events(
        self, actor: Actor, deal_id: int, after: int | None = None
    ) -> tuple[Page[EventLine], str]:
        """What happened to a deal and to its lead, newest first, and its currency.

        For those who may see the deal's talk. Raises `deal.not_found`, `not_allowed`.
        """
        async with self._db.read() as uow:
            deal, _ = await access_deal(uow, actor, deal_id, Action.DEAL_TALK_VIEW)
            events = await uow.history.last_of_deal(deal_id, deal.lead_id, history.PAGE + 1, after)
            return await history.page(uow, events, deal.import_id), deal.currency

    async def loss_reasons(self, actor: Actor, deal_id: int, stage_id: int) -> tuple[Ref, ...]:
        """The reasons to choose from where a deal would be lost, by the pipeline of that stage.

        Raises `deal.not_found`.
        """
        async with self._db.read() as uow:
            deal, _ = await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
            there = await uow.pipelines.pipeline_of(stage_id)
            reasons = await uow.pipelines.loss_reasons(there or deal.pipeline_id)
            return tuple(Ref(row.id, row.name) for row in reasons)

    async def set_amount(self, actor: Actor, deal_id: int, amount: int, *, sure: bool = False) -> DealCard:
        """Change the sum of an open deal, in minor units; of a won one it takes the right to set it paid.

        A deal that is paid by it, since no less came before, follows the rule of its stage for that; while it
        awaits payment those who wait are told. Raises `deal.not_found`, `not_allowed`, `deal.closed`,
        `deal.zero_sum` where its stage wants one, and BelowPaidError for less than has come unless one is
        `sure`.
        """
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
            settles = granted(actor, Action.DEAL_SETTLE, deal_standing(deal, stage))
            if stage.kind == StageKind.WON and settles:
                require_at_hand(deal, Action.DEAL_SETTLE)
            else:
                deal = await self._open_deal(uow, actor, deal_id, Action.DEAL_EDIT)
            if not amount and "amount" in stage.required:
                raise AppError("deal.zero_sum", stage=stage.name)
            before = deal.amount
            if before != amount:
                if not sure:
                    await require_paid(uow, deal, amount)
                now = self._clock.now()
                changes: history.Changes = {"amount": (before, amount)}
                event = await self._change(uow, actor, Action.DEAL_EDIT, deal, changes)
                await tell_sum(uow, actor, now, deal, stage.kind, before, event)
                await sum_changed(uow, now, deal, before, actor)
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def rename(self, actor: Actor, deal_id: int, title: str) -> DealCard:
        """Give an open deal another title.

        Raises `deal.not_found`, `not_allowed`, `deal.closed`, and what `whole_line` raises.
        """
        async with self._db.write(actor.cause) as uow:
            deal = await self._open_deal(uow, actor, deal_id, Action.DEAL_EDIT)
            title = as_title(whole_line(title, TITLE_LIMIT))
            if title and title != deal.title:
                await self._change(
                    uow, actor, Action.DEAL_EDIT, deal, {"title": (deal.title, title)}, search=haystack(title)
                )
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def add_note(
        self, actor: Actor, deal_id: int, text: str, sent: tuple[int, int] | None = None
    ) -> DealCard:
        """Keep a note with a deal; whoever else works on it is told.

        `sent`: the chat and message that it was, whose edits it follows.
        Raises `deal.not_found`, `not_allowed`, `note.empty`, `note.too_long`.
        """
        text = checked_note(text)
        async with self._db.write(actor.cause) as uow:
            deal, _ = await access_deal(uow, actor, deal_id, Action.NOTE_ADD)
            now = self._clock.now()
            note = await uow.talk.add_note(text=text, author_id=actor.person_id, now=now, deal_id=deal_id)
            if sent is not None:
                await uow.notes.add_source(note_id=note, chat_id=sent[0], message_id=sent[1])
            event = await history.record(
                uow, actor, now, Action.NOTE_ADD, "deal", deal_id, {"note": (None, note)}
            )
            await deal_talk.tell(uow, actor, now, deal, event)
            await notices.refresh_cards(uow, now, "deal", deal_id, event, but=actor.telegram_id)
            return await build_card(uow, actor, deal_id, now)

    async def log_call(self, actor: Actor, deal_id: int, outcome: str) -> DealCard:
        """Keep a call's outcome with a deal, see `call_log`. Raises `deal.not_found`, `not_allowed`."""
        async with self._db.write(actor.cause) as uow:
            await access_deal(uow, actor, deal_id, Action.CALL_LOG)
            now = self._clock.now()
            await call_log.log(uow, actor, now, "deal", deal_id, outcome)
            if outcome == CallOutcome.REACHED:
                await happened(uow, now, deal_id, Happening.ANSWERED, actor)
            return await build_card(uow, actor, deal_id, now)

    async def heirs(self, actor: Actor, deal_id: int) -> tuple[DealCard, tuple[Ref, ...]]:
        """The deal, and to whom it may be given: the sellers of its department."""
        async with self._db.read() as uow:
            deal, _ = await access_deal(uow, actor, deal_id, Action.DEAL_HAND_OVER)
            people = await uow.people.members(deal.department_id, roles=SELLING)
            heirs = tuple(Ref(person.id, person.name) for person in people if person.id != deal.owner_id)
            return await build_card(uow, actor, deal_id, self._clock.now()), heirs

    async def hand_over(self, actor: Actor, deal_id: int, person_id: int, version: int) -> DealCard:
        """Give an open deal to another seller of its department; perhaps its client, too: see `client_along`.

        Raises `deal.not_found`, `not_allowed`, `deal.closed`, `colleague.not_found`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            deal = await self._open_deal(uow, actor, deal_id, Action.DEAL_HAND_OVER)
            if deal.version != version:
                raise StaleError
            people = await uow.people.members(deal.department_id, roles=SELLING)
            heir = next((person for person in people if person.id == person_id), None)
            if heir is None or heir.id == deal.owner_id or not await uow.people.stays(heir.id):
                raise NotFoundError("colleague")
            former = deal.owner_id
            changes: history.Changes = {"owner_id": (former, heir.id)}
            tasks = await uow.tasks.hand_over(former, heir.id, deal_id=deal.id)
            contact = await client_along.client_of(uow, actor, deal)
            aside: history.Changes = {"with_client": (None, contact.id)} if contact is not None else {}
            event = await self._change(uow, actor, Action.DEAL_HAND_OVER, deal, changes, aside)
            if contact is not None:
                await client_along.give(uow, actor, self._clock.now(), contact, heir, event)
            await notices.refresh_all(uow, self._clock.now(), "task", tasks, event)
            await uow.mutes.drop(heir.id, "deal", [deal.id])
            await self._tell_heir(uow, actor, deal, heir, event)
            await lead_notices.tell_former(uow, actor, self._clock.now(), deal, former, event)
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def _open_deal(self, uow: UnitOfWork, actor: Actor, deal_id: int, action: Action) -> Deal:
        deal, stage = await access_deal(uow, actor, deal_id, action)
        if stage.kind in CLOSED_KINDS:
            raise AppError("deal.closed")
        return deal

    async def _change(
        self,
        uow: UnitOfWork,
        actor: Actor,
        action: Action,
        deal: Deal,
        changes: history.Changes,
        aside: history.Changes | None = None,
        **unseen: object,
    ) -> int:
        """Write changes with their event.

        `aside`: what happened to others by it; `unseen` columns follow from the changes and need no line of
        history.
        """
        now = self._clock.now()
        values = {name: new for name, (_, new) in changes.items()} | unseen
        return await deal_changes.write(uow, actor, now, action, deal, changes | (aside or {}), **values)

    async def _tell_heir(self, uow: UnitOfWork, actor: Actor, deal: Deal, heir: Person, event: int) -> None:
        if heir.id != actor.person_id:
            await notices.send(
                uow,
                self._clock.now(),
                [notices.private(heir)],
                notices.NoticeKind.DEAL_GIVEN,
                f"given:{deal.id}:{event}",
                {"id": deal.id, "by": actor.name},
            )
