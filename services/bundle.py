"""All services of the program in one value, so that every door is handed the same ones."""

from collections.abc import Callable
from typing import Generic, TypeVar

from db.uow import Database
from services.api_keys import ApiKeys
from services.bin.deleting import Deleting
from services.bin.restoring import Bin
from services.calls import Calls
from services.client_changes import ClientChanges
from services.client_making import ClientMaking
from services.clients import Clients
from services.clock import Clock
from services.company_settings import CompanySettings
from services.control import Control
from services.deal_archive import DealArchive
from services.deal_crew import DealCrews
from services.deal_crossing import DealCrossings
from services.deal_firms import DealFirms
from services.deal_handover import DealHandover
from services.deal_leftovers import DealLeftovers
from services.deal_moves import DealMoves
from services.deal_tasks import TasksOfDeals
from services.deal_topics import DealTopics
from services.deals import Deals
from services.departments import Departments
from services.digests.round import DigestRound
from services.digests.service import Digests
from services.digests.settings import DigestSettings
from services.distribution.offers import Offers
from services.distribution.queue import LeadQueue
from services.distribution.settings import DistributionSettings
from services.distribution.shifts import Shifts
from services.exports.service import Exports
from services.field_reports import FieldReports
from services.fields.dropping import DroppedFields
from services.fields.filling import FieldFilling
from services.fields.rules import FieldRules
from services.fields.settings import Fields
from services.files import Files
from services.followup.round import FollowUpRound
from services.followup.service import FollowUps
from services.followup.settings import FollowUpSettings
from services.histories import Histories
from services.imports.service import Imports
from services.inline import InlineSearch
from services.inquiries import Inquiries
from services.invites import Invites
from services.joining import Joining
from services.lead_handover import LeadHandover
from services.lead_intake import LeadIntake
from services.lead_outcomes import LeadOutcomes
from services.leads import Leads
from services.leaving import Leavings
from services.lists.bulk import BulkDeeds
from services.lists.service import Lists
from services.lists.views import SavedViews
from services.mails import Mailboxes
from services.merge_choice import MergeChoices
from services.merging import Merging
from services.mutes import Mutes
from services.my_day import MyDay
from services.news import News
from services.news_channel import NewsChannels
from services.next_steps import NextSteps
from services.outside_cards import OutsideCards
from services.passing import Passing
from services.payments import Payments
from services.people import People
from services.pipelines.autos import Silences
from services.pipelines.loss_reasons import LossReasonLists
from services.pipelines.settings import Pipelines
from services.pipelines.stage_autos import StageAutos
from services.pipelines.stage_tasks import StageTasks
from services.pipelines.stages import Stages
from services.plans.service import Plans
from services.ports import Outside
from services.privacy.consents import Consents
from services.privacy.dossiers import Dossiers
from services.privacy.erasing import Erasing
from services.quiet import QuietHours
from services.reminders import Reminders
from services.reports import Reports
from services.response.outages import Outages
from services.response.settings import ResponseSettings
from services.response.steps import LeadSteps
from services.said import SaidNotes
from services.scoring.settings import Scoring
from services.search import Search
from services.setup import Setup
from services.sources import Sources
from services.tags import Tags
from services.talk import Talk
from services.talk_search import TalkSearch
from services.task_acceptance import Acceptance
from services.task_bin import TaskBin
from services.task_board import TaskBoard
from services.task_comments import TaskComments
from services.task_deleting import TaskDeleting
from services.task_files import TaskFiles
from services.task_handover import TaskHandover
from services.task_items import TaskItems
from services.task_lateness import LateTasks
from services.task_marks import TaskMarks
from services.task_names import TaskNames
from services.task_series import TaskSeries
from services.task_times import TaskTimes
from services.task_watchers import TaskWatchers
from services.tasks import Tasks
from services.team import Teams
from services.team_chats import TeamChats
from services.team_talk import TeamTalk
from services.team_tasks import TeamTasks
from services.timers import TimerKind, Timers
from services.trail import Trail
from services.way_pipelines import WayPipelines
from services.ways import WaysIn
from services.work_times import WorkTimes
from services.workspace import Workspaces

_S = TypeVar("_S")


class _Of(Generic[_S]):
    """Makes a service when it is first asked for, and leaves it in its own place."""

    def __init__(self, make: Callable[[Database, Clock], _S]) -> None:
        self._make = make

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, services: "Services", _owner: type) -> _S:
        made = vars(services)[self._name] = self._make(services.db, services.clock)
        return made


class Services:
    """Everything that a door may call; `owner_telegram_id` joins as the owner, without a link."""

    setup = _Of(Setup)
    workspace = _Of(Workspaces)
    company = _Of(CompanySettings)
    people = _Of(People)
    team = _Of(Teams)
    departments = _Of(Departments)
    team_chats = _Of(TeamChats)
    news = _Of(News)
    news_channel = _Of(NewsChannels)
    work_times = _Of(WorkTimes)
    response = _Of(ResponseSettings)
    distribution = _Of(DistributionSettings)
    shifts = _Of(Shifts)
    offers = _Of(Offers)
    outages = _Of(Outages)
    invites = _Of(Invites)
    leaving = _Of(Leavings)
    intake = _Of(LeadIntake)
    inquiries = _Of(Inquiries)
    ways = _Of(WaysIn)
    outside_cards = _Of(OutsideCards)
    way_pipelines = _Of(WayPipelines)
    sources = _Of(Sources)
    api_keys = _Of(ApiKeys)
    leads = _Of(Leads)
    handover = _Of(LeadHandover)
    outcomes = _Of(LeadOutcomes)
    clients = _Of(Clients)
    client_changes = _Of(ClientChanges)
    client_making = _Of(ClientMaking)
    merging = _Of(Merging)
    merge_choices = _Of(MergeChoices)
    consents = _Of(Consents)
    dossiers = _Of(Dossiers)
    erasing = _Of(Erasing)
    search = _Of(lambda db, _: Search(db))
    talk_search = _Of(lambda db, _: TalkSearch(db))
    inline = _Of(lambda db, _: InlineSearch(db))
    deals = _Of(Deals)
    lists = _Of(Lists)
    bulk = _Of(BulkDeeds)
    views = _Of(SavedViews)
    pipelines = _Of(Pipelines)
    loss_reasons = _Of(LossReasonLists)
    stages = _Of(Stages)
    stage_tasks = _Of(StageTasks)
    stage_autos = _Of(StageAutos)
    fields = _Of(Fields)
    dropped_fields = _Of(DroppedFields)
    filling = _Of(FieldFilling)
    field_rules = _Of(FieldRules)
    field_reports = _Of(FieldReports)
    scoring = _Of(Scoring)
    exports = _Of(Exports)
    moves = _Of(DealMoves)
    leftovers = _Of(DealLeftovers)
    archive = _Of(DealArchive)
    deal_handover = _Of(DealHandover)
    deal_tasks = _Of(TasksOfDeals)
    deal_firms = _Of(DealFirms)
    said_notes = _Of(lambda db, _: SaidNotes(db))
    payments = _Of(Payments)
    talk = _Of(Talk)
    crews = _Of(DealCrews)
    tags = _Of(Tags)
    crossings = _Of(DealCrossings)
    topics = _Of(DealTopics)
    team_talk = _Of(TeamTalk)
    calls = _Of(Calls)
    files = _Of(lambda db, _: Files(db))
    tasks = _Of(Tasks)
    marks = _Of(TaskMarks)
    comments = _Of(TaskComments)
    items = _Of(TaskItems)
    task_files = _Of(TaskFiles)
    task_board = _Of(TaskBoard)
    passing = _Of(Passing)
    task_bin = _Of(TaskBin)
    task_deleting = _Of(TaskDeleting)
    task_handover = _Of(TaskHandover)
    task_names = _Of(TaskNames)
    series = _Of(TaskSeries)
    acceptance = _Of(Acceptance)
    watchers = _Of(TaskWatchers)
    times = _Of(lambda _, clock: TaskTimes(clock))
    team_tasks = _Of(TeamTasks)
    day = _Of(MyDay)
    control = _Of(Control)
    next_steps = _Of(NextSteps)
    digests = _Of(Digests)
    digest_round = _Of(DigestRound)
    follow_ups = _Of(FollowUps)
    follow_up_round = _Of(FollowUpRound)
    follow_up_settings = _Of(FollowUpSettings)
    quiet = _Of(QuietHours)
    mutes = _Of(Mutes)
    reports = _Of(Reports)
    plans = _Of(Plans)
    imports = _Of(Imports)
    trail = _Of(lambda db, _: Trail(db))
    deleting = _Of(Deleting)
    bin = _Of(Bin)
    histories = _Of(lambda db, _: Histories(db))

    def __init__(
        self, db: Database, clock: Clock, outside: Outside, owner_telegram_id: int | None = None
    ) -> None:
        self.db = db
        self.clock = clock
        self.outside = outside
        self.joining = Joining(db, clock, owner_telegram_id)
        self.digest_settings = DigestSettings(db, clock, mails=outside.mails)
        self.mailboxes = Mailboxes(db, clock, works=outside.mails)
        self.timers = Timers(
            {
                TimerKind.TASK_REMIND: Reminders(db, clock).fire,
                TimerKind.TASK_LATE: LateTasks(db, clock).fire,
                TimerKind.TASK_TURN: self.series.fire,
                TimerKind.LEAD_STEP: LeadSteps(db, clock).fire,
                TimerKind.DIGEST_ROUND: self.digest_round.fire,
                TimerKind.FOLLOW_UP_ROUND: self.follow_up_round.fire,
                TimerKind.FOLLOW_UP: self.follow_ups.fire,
                TimerKind.LEAD_OFFER: self.offers.fire,
                TimerKind.LEAD_QUEUE: LeadQueue(db, clock).fire,
                TimerKind.DEAL_SILENT: Silences(db, clock).fire,
                TimerKind.QUIET_END: self.quiet.fire,
            }
        )

    async def begin_rounds(self) -> None:
        """Set what comes round by itself, unless it is set; called at each start."""
        await self.digest_round.begin()
        await self.follow_up_round.begin()
