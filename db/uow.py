"""The unit of work: one transaction with its repositories. `commit` is written here and nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.engine import looking, open_engine, writing
from db.repositories.beats import BeatRepository
from db.repositories.cards import CardRepository
from db.repositories.chats import ChatRepository
from db.repositories.clients import ClientRepository
from db.repositories.control import ControlRepository
from db.repositories.deals import DealRepository
from db.repositories.digests import DigestRepository
from db.repositories.exports import ExportRepository
from db.repositories.follow_ups import FollowUpRepository
from db.repositories.forms import FormRepository
from db.repositories.handovers import HandoverRepository
from db.repositories.held import HeldRepository
from db.repositories.history import HistoryRepository
from db.repositories.import_undo import ImportUndoRepository
from db.repositories.imports import ImportRepository
from db.repositories.inbox import InboxRepository
from db.repositories.inquiries import InquiryRepository
from db.repositories.invites import InviteRepository
from db.repositories.leads import LeadRepository
from db.repositories.mails import MailRepository
from db.repositories.merges import MergeRepository
from db.repositories.mutes import MuteRepository
from db.repositories.notes import NoteRepository
from db.repositories.outbox import OutboxRepository
from db.repositories.passages import PassageRepository
from db.repositories.people import PeopleRepository
from db.repositories.pipelines import PipelineRepository
from db.repositories.plans import PlanRepository
from db.repositories.reports import ReportRepository
from db.repositories.seals import SealRepository
from db.repositories.search import SearchRepository
from db.repositories.shifts import ShiftRepository
from db.repositories.special_days import SpecialDayRepository
from db.repositories.talk import TalkRepository
from db.repositories.tasks import TaskRepository
from db.repositories.team_tasks import TeamTaskRepository
from db.repositories.timers import TimerRepository
from db.repositories.topics import TopicRepository
from db.repositories.touches import TouchRepository
from db.repositories.twins import TwinRepository
from db.repositories.violations import ViolationRepository
from db.repositories.workday import WorkdayRepository
from db.repositories.workload import WorkloadRepository


@dataclass(frozen=True, slots=True)
class Cause:
    """The Telegram update that asks for a change; an update changes things once, however often it comes."""

    bot_id: int
    update_id: int


class AlreadyAppliedError(Exception):
    """This update's effect is in the database already."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(f"update {cause.update_id} was applied before")
        self.cause = cause


class UnitOfWork:
    """The repositories of one transaction."""

    def __init__(self, session: AsyncSession, cause: Cause | None = None) -> None:
        self.session = session
        self.cause = cause

    @cached_property
    def people(self) -> PeopleRepository:
        return PeopleRepository(self.session)

    @cached_property
    def special_days(self) -> SpecialDayRepository:
        return SpecialDayRepository(self.session)

    @cached_property
    def invites(self) -> InviteRepository:
        return InviteRepository(self.session)

    @cached_property
    def inquiries(self) -> InquiryRepository:
        return InquiryRepository(self.session)

    @cached_property
    def workload(self) -> WorkloadRepository:
        return WorkloadRepository(self.session)

    @cached_property
    def twins(self) -> TwinRepository:
        return TwinRepository(self.session)

    @cached_property
    def handovers(self) -> HandoverRepository:
        return HandoverRepository(self.session)

    @cached_property
    def clients(self) -> ClientRepository:
        return ClientRepository(self.session)

    @cached_property
    def merges(self) -> MergeRepository:
        return MergeRepository(self.session)

    @cached_property
    def touches(self) -> TouchRepository:
        return TouchRepository(self.session)

    @cached_property
    def leads(self) -> LeadRepository:
        return LeadRepository(self.session)

    @cached_property
    def pipelines(self) -> PipelineRepository:
        return PipelineRepository(self.session)

    @cached_property
    def deals(self) -> DealRepository:
        return DealRepository(self.session)

    @cached_property
    def talk(self) -> TalkRepository:
        return TalkRepository(self.session)

    @cached_property
    def tasks(self) -> TaskRepository:
        return TaskRepository(self.session)

    @cached_property
    def team_tasks(self) -> TeamTaskRepository:
        return TeamTaskRepository(self.session)

    @cached_property
    def workday(self) -> WorkdayRepository:
        return WorkdayRepository(self.session)

    @cached_property
    def shifts(self) -> ShiftRepository:
        return ShiftRepository(self.session)

    @cached_property
    def notes(self) -> NoteRepository:
        return NoteRepository(self.session)

    @cached_property
    def control(self) -> ControlRepository:
        return ControlRepository(self.session)

    @cached_property
    def history(self) -> HistoryRepository:
        return HistoryRepository(self.session)

    @cached_property
    def exports(self) -> ExportRepository:
        return ExportRepository(self.session)

    @cached_property
    def reports(self) -> ReportRepository:
        return ReportRepository(self.session)

    @cached_property
    def mails(self) -> MailRepository:
        return MailRepository(self.session)

    @cached_property
    def passages(self) -> PassageRepository:
        return PassageRepository(self.session)

    @cached_property
    def seals(self) -> SealRepository:
        return SealRepository(self.session)

    @cached_property
    def plans(self) -> PlanRepository:
        return PlanRepository(self.session)

    @cached_property
    def mutes(self) -> MuteRepository:
        return MuteRepository(self.session)

    @cached_property
    def digests(self) -> DigestRepository:
        return DigestRepository(self.session)

    @cached_property
    def follow_ups(self) -> FollowUpRepository:
        return FollowUpRepository(self.session)

    @cached_property
    def violations(self) -> ViolationRepository:
        return ViolationRepository(self.session)

    @cached_property
    def imports(self) -> ImportRepository:
        return ImportRepository(self.session)

    @cached_property
    def import_undo(self) -> ImportUndoRepository:
        return ImportUndoRepository(self.session)

    @cached_property
    def search(self) -> SearchRepository:
        return SearchRepository(self.session)

    @cached_property
    def inbox(self) -> InboxRepository:
        return InboxRepository(self.session)

    @cached_property
    def outbox(self) -> OutboxRepository:
        return OutboxRepository(self.session)

    @cached_property
    def held(self) -> HeldRepository:
        return HeldRepository(self.session)

    @cached_property
    def chats(self) -> ChatRepository:
        return ChatRepository(self.session)

    @cached_property
    def topics(self) -> TopicRepository:
        return TopicRepository(self.session)

    @cached_property
    def timers(self) -> TimerRepository:
        return TimerRepository(self.session)

    @cached_property
    def cards(self) -> CardRepository:
        return CardRepository(self.session)

    @cached_property
    def forms(self) -> FormRepository:
        return FormRepository(self.session)

    @cached_property
    def beats(self) -> BeatRepository:
        return BeatRepository(self.session)


class Database:
    """Opens units of work on one engine."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.backend = engine.dialect.name
        self._writer = writing(engine)
        self._looker = looking(engine)
        # SQLite has one writer at a time; queueing here is fair, while its busy handler sleeps and polls.
        self._queue = asyncio.Lock() if self.backend == "sqlite" else None
        self.when_queued: Callable[[], None] = lambda: None
        """Called after a commit that has queued messages, so that they leave at once."""

    @classmethod
    def open(cls, url: str) -> "Database":
        """Open the database that a URL names."""
        return cls(open_engine(url))

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """A transaction that changes nothing."""
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield UnitOfWork(session)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[UnitOfWork]:
        """For a single question: no transaction, so that asking costs nothing more than the answer."""
        async with AsyncSession(self._looker, expire_on_commit=False, autoflush=False) as session:
            yield UnitOfWork(session)

    @asynccontextmanager
    async def write(self, cause: Cause | None = None) -> AsyncIterator[UnitOfWork]:
        """One change: everything written in the block, or nothing.

        With a cause, the update is marked as applied in the same transaction.
        Raises AlreadyAppliedError if it was applied before.
        """
        async with (
            self._queue or nullcontext(),
            AsyncSession(self._writer, expire_on_commit=False) as session,
        ):
            uow = UnitOfWork(session, cause)
            if cause is not None and not await uow.inbox.mark_applied(cause.bot_id, cause.update_id):
                raise AlreadyAppliedError(cause)
            yield uow
            await session.commit()
            if "outbox" in vars(uow) and uow.outbox.queued:
                self.when_queued()

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()
