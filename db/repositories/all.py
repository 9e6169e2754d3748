"""All repositories of a transaction, each made when it is first asked for."""

from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from db.repositories.base import Repository
from db.repositories.beats import BeatRepository
from db.repositories.bin import BinRepository
from db.repositories.bulk import BulkRepository
from db.repositories.bundles import BundleRepository
from db.repositories.cards import CardRepository
from db.repositories.chats import ChatRepository
from db.repositories.clients import ClientRepository
from db.repositories.colleagues import ColleagueRepository
from db.repositories.consents import ConsentRepository
from db.repositories.contact_lists import ContactListRepository
from db.repositories.control import ControlRepository
from db.repositories.deal_lists import DealListRepository
from db.repositories.deal_tasks import DealTaskRepository
from db.repositories.deals import DealRepository
from db.repositories.deeds import DeedRepository
from db.repositories.digests import DigestRepository
from db.repositories.dossiers import DossierRepository
from db.repositories.dropped_tasks import DroppedTaskRepository
from db.repositories.erasure import ErasureRepository
from db.repositories.exports import ExportRepository
from db.repositories.field_sums import FieldSumRepository
from db.repositories.fields import FieldRepository
from db.repositories.firm_lists import FirmListRepository
from db.repositories.follow_ups import FollowUpRepository
from db.repositories.forms import FormRepository
from db.repositories.handovers import HandoverRepository
from db.repositories.hands import HandRepository
from db.repositories.held import HeldRepository
from db.repositories.history import HistoryRepository
from db.repositories.identities import IdentityRepository
from db.repositories.import_fills import ImportFillRepository
from db.repositories.import_undo import ImportUndoRepository
from db.repositories.imports import ImportRepository
from db.repositories.inbox import InboxRepository
from db.repositories.inquiries import InquiryRepository
from db.repositories.invites import InviteRepository
from db.repositories.lead_lists import LeadListRepository
from db.repositories.lead_steps import LeadStepRepository
from db.repositories.leads import LeadRepository
from db.repositories.leavings import LeavingRepository
from db.repositories.mails import MailRepository
from db.repositories.merges import MergeRepository
from db.repositories.mutes import MuteRepository
from db.repositories.news import NewsRepository
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
from db.repositories.stages import StageRepository
from db.repositories.tags import TagRepository
from db.repositories.talk import TalkRepository
from db.repositories.talk_search import TalkSearchRepository
from db.repositories.task_boards import TaskBoardRepository
from db.repositories.task_facts import TaskFactsRepository
from db.repositories.task_items import TaskItemRepository
from db.repositories.task_places import TaskPlaceRepository
from db.repositories.task_series import TaskSeriesRepository
from db.repositories.task_watchers import TaskWatcherRepository
from db.repositories.tasks import TaskRepository
from db.repositories.team_tasks import TeamTaskRepository
from db.repositories.timers import TimerRepository
from db.repositories.topics import TopicRepository
from db.repositories.touches import TouchRepository
from db.repositories.twins import TwinRepository
from db.repositories.views import ViewRepository
from db.repositories.violations import ViolationRepository
from db.repositories.words import WordRepository
from db.repositories.workday import WorkdayRepository
from db.repositories.workload import WorkloadRepository

_R = TypeVar("_R", bound=Repository)


class _Of(Generic[_R]):
    """Makes a repository and leaves it in its own place, so that it is found there from then on."""

    def __init__(self, kind: type[_R]) -> None:
        self._kind = kind

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, holder: "Repositories", _owner: type) -> _R:
        made = vars(holder)[self._name] = self._kind(holder.session)
        return made


class Repositories:
    """By their names, bound to one session."""

    people = _Of(PeopleRepository)
    identities = _Of(IdentityRepository)
    colleagues = _Of(ColleagueRepository)
    special_days = _Of(SpecialDayRepository)
    invites = _Of(InviteRepository)
    inquiries = _Of(InquiryRepository)
    workload = _Of(WorkloadRepository)
    twins = _Of(TwinRepository)
    handovers = _Of(HandoverRepository)
    clients = _Of(ClientRepository)
    merges = _Of(MergeRepository)
    consents = _Of(ConsentRepository)
    dossiers = _Of(DossierRepository)
    erasure = _Of(ErasureRepository)
    leavings = _Of(LeavingRepository)
    bin = _Of(BinRepository)
    bundles = _Of(BundleRepository)
    touches = _Of(TouchRepository)
    leads = _Of(LeadRepository)
    lead_steps = _Of(LeadStepRepository)
    pipelines = _Of(PipelineRepository)
    stages = _Of(StageRepository)
    deal_tasks = _Of(DealTaskRepository)
    deals = _Of(DealRepository)
    deal_lists = _Of(DealListRepository)
    lead_lists = _Of(LeadListRepository)
    contact_lists = _Of(ContactListRepository)
    firm_lists = _Of(FirmListRepository)
    bulk = _Of(BulkRepository)
    views = _Of(ViewRepository)
    fields = _Of(FieldRepository)
    field_sums = _Of(FieldSumRepository)
    talk = _Of(TalkRepository)
    talk_search = _Of(TalkSearchRepository)
    tags = _Of(TagRepository)
    tasks = _Of(TaskRepository)
    task_facts = _Of(TaskFactsRepository)
    dropped_tasks = _Of(DroppedTaskRepository)
    task_boards = _Of(TaskBoardRepository)
    task_items = _Of(TaskItemRepository)
    task_places = _Of(TaskPlaceRepository)
    task_series = _Of(TaskSeriesRepository)
    task_watchers = _Of(TaskWatcherRepository)
    team_tasks = _Of(TeamTaskRepository)
    workday = _Of(WorkdayRepository)
    shifts = _Of(ShiftRepository)
    notes = _Of(NoteRepository)
    control = _Of(ControlRepository)
    news = _Of(NewsRepository)
    hands = _Of(HandRepository)
    deeds = _Of(DeedRepository)
    history = _Of(HistoryRepository)
    exports = _Of(ExportRepository)
    reports = _Of(ReportRepository)
    mails = _Of(MailRepository)
    passages = _Of(PassageRepository)
    seals = _Of(SealRepository)
    plans = _Of(PlanRepository)
    mutes = _Of(MuteRepository)
    digests = _Of(DigestRepository)
    follow_ups = _Of(FollowUpRepository)
    violations = _Of(ViolationRepository)
    imports = _Of(ImportRepository)
    import_fills = _Of(ImportFillRepository)
    import_undo = _Of(ImportUndoRepository)
    search = _Of(SearchRepository)
    words = _Of(WordRepository)
    inbox = _Of(InboxRepository)
    outbox = _Of(OutboxRepository)
    held = _Of(HeldRepository)
    chats = _Of(ChatRepository)
    topics = _Of(TopicRepository)
    timers = _Of(TimerRepository)
    cards = _Of(CardRepository)
    forms = _Of(FormRepository)
    beats = _Of(BeatRepository)

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
