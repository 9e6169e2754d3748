"""All services of the program in one value, so that every door is handed the same ones."""

from dataclasses import dataclass

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
from services.deal_moves import DealMoves
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
from services.exports import Exports
from services.field_reports import FieldReports
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
from services.next_steps import NextSteps
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
from services.scoring.settings import Scoring
from services.search import Search
from services.setup import Setup
from services.sources import Sources
from services.tags import Tags
from services.talk import Talk
from services.task_acceptance import Acceptance
from services.task_board import TaskBoard
from services.task_comments import TaskComments
from services.task_files import TaskFiles
from services.task_handover import TaskHandover
from services.task_items import TaskItems
from services.task_marks import TaskMarks
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


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a door may call."""

    setup: Setup
    workspace: Workspaces
    company: CompanySettings
    people: People
    team: Teams
    departments: Departments
    team_chats: TeamChats
    work_times: WorkTimes
    response: ResponseSettings
    distribution: DistributionSettings
    shifts: Shifts
    offers: Offers
    outages: Outages
    invites: Invites
    joining: Joining
    leaving: Leavings
    intake: LeadIntake
    inquiries: Inquiries
    ways: WaysIn
    way_pipelines: WayPipelines
    sources: Sources
    api_keys: ApiKeys
    leads: Leads
    handover: LeadHandover
    outcomes: LeadOutcomes
    clients: Clients
    client_changes: ClientChanges
    client_making: ClientMaking
    merging: Merging
    merge_choices: MergeChoices
    consents: Consents
    dossiers: Dossiers
    erasing: Erasing
    search: Search
    inline: InlineSearch
    deals: Deals
    lists: Lists
    bulk: BulkDeeds
    views: SavedViews
    pipelines: Pipelines
    loss_reasons: LossReasonLists
    stages: Stages
    stage_tasks: StageTasks
    stage_autos: StageAutos
    fields: Fields
    filling: FieldFilling
    field_rules: FieldRules
    field_reports: FieldReports
    scoring: Scoring
    exports: Exports
    moves: DealMoves
    archive: DealArchive
    deal_handover: DealHandover
    deal_firms: DealFirms
    payments: Payments
    talk: Talk
    crews: DealCrews
    tags: Tags
    crossings: DealCrossings
    topics: DealTopics
    team_talk: TeamTalk
    calls: Calls
    files: Files
    tasks: Tasks
    marks: TaskMarks
    comments: TaskComments
    items: TaskItems
    task_files: TaskFiles
    task_board: TaskBoard
    task_handover: TaskHandover
    series: TaskSeries
    acceptance: Acceptance
    watchers: TaskWatchers
    times: TaskTimes
    team_tasks: TeamTasks
    day: MyDay
    control: Control
    next_steps: NextSteps
    digests: Digests
    digest_round: DigestRound
    digest_settings: DigestSettings
    follow_ups: FollowUps
    follow_up_round: FollowUpRound
    follow_up_settings: FollowUpSettings
    mailboxes: Mailboxes
    quiet: QuietHours
    mutes: Mutes
    timers: Timers
    reports: Reports
    plans: Plans
    imports: Imports
    trail: Trail
    deleting: Deleting
    bin: Bin
    histories: Histories
    outside: Outside

    async def begin_rounds(self) -> None:
        """Set what comes round by itself, unless it is set; called at each start."""
        await self.digest_round.begin()
        await self.follow_up_round.begin()


def build_services(
    db: Database, clock: Clock, outside: Outside, owner_telegram_id: int | None = None
) -> Services:
    """Wire the services to a database and a clock; `owner_telegram_id` joins as the owner, without a link."""
    digest_round = DigestRound(db, clock)
    series = TaskSeries(db, clock)
    follow_ups, follow_up_round = FollowUps(db, clock), FollowUpRound(db, clock)
    offers = Offers(db, clock)
    quiet = QuietHours(db, clock)
    return Services(
        setup=Setup(db, clock),
        workspace=Workspaces(db, clock),
        company=CompanySettings(db, clock),
        people=People(db, clock),
        team=Teams(db, clock),
        departments=Departments(db, clock),
        team_chats=TeamChats(db, clock),
        work_times=WorkTimes(db, clock),
        response=ResponseSettings(db, clock),
        distribution=DistributionSettings(db, clock),
        shifts=Shifts(db, clock),
        offers=offers,
        outages=Outages(db, clock),
        invites=Invites(db, clock),
        joining=Joining(db, clock, owner_telegram_id),
        leaving=Leavings(db, clock),
        intake=LeadIntake(db, clock),
        inquiries=Inquiries(db, clock),
        ways=WaysIn(db, clock),
        way_pipelines=WayPipelines(db, clock),
        sources=Sources(db, clock),
        api_keys=ApiKeys(db, clock),
        leads=Leads(db, clock),
        handover=LeadHandover(db, clock),
        outcomes=LeadOutcomes(db, clock),
        clients=Clients(db, clock),
        client_changes=ClientChanges(db, clock),
        client_making=ClientMaking(db, clock),
        merging=Merging(db, clock),
        merge_choices=MergeChoices(db, clock),
        consents=Consents(db, clock),
        dossiers=Dossiers(db, clock),
        erasing=Erasing(db, clock),
        search=Search(db),
        inline=InlineSearch(db),
        deals=Deals(db, clock),
        lists=Lists(db, clock),
        bulk=BulkDeeds(db, clock),
        views=SavedViews(db, clock),
        pipelines=Pipelines(db, clock),
        loss_reasons=LossReasonLists(db, clock),
        stages=Stages(db, clock),
        stage_tasks=StageTasks(db, clock),
        stage_autos=StageAutos(db, clock),
        fields=Fields(db, clock),
        filling=FieldFilling(db, clock),
        field_rules=FieldRules(db, clock),
        field_reports=FieldReports(db, clock),
        scoring=Scoring(db, clock),
        exports=Exports(db),
        moves=DealMoves(db, clock),
        archive=DealArchive(db, clock),
        deal_handover=DealHandover(db, clock),
        deal_firms=DealFirms(db, clock),
        payments=Payments(db, clock),
        talk=Talk(db, clock),
        crews=DealCrews(db, clock),
        tags=Tags(db, clock),
        crossings=DealCrossings(db, clock),
        topics=DealTopics(db, clock),
        team_talk=TeamTalk(db, clock),
        calls=Calls(db, clock),
        files=Files(db),
        tasks=Tasks(db, clock),
        marks=TaskMarks(db, clock),
        comments=TaskComments(db, clock),
        items=TaskItems(db, clock),
        task_files=TaskFiles(db, clock),
        task_board=TaskBoard(db, clock),
        task_handover=TaskHandover(db, clock),
        series=series,
        acceptance=Acceptance(db, clock),
        watchers=TaskWatchers(db, clock),
        times=TaskTimes(clock),
        team_tasks=TeamTasks(db, clock),
        day=MyDay(db, clock),
        control=Control(db, clock),
        next_steps=NextSteps(db, clock),
        digests=Digests(db, clock),
        digest_round=digest_round,
        digest_settings=DigestSettings(db, clock, mails=outside.mails),
        follow_ups=follow_ups,
        follow_up_round=follow_up_round,
        follow_up_settings=FollowUpSettings(db, clock),
        mailboxes=Mailboxes(db, clock, works=outside.mails),
        quiet=quiet,
        mutes=Mutes(db, clock),
        timers=Timers(
            {
                TimerKind.TASK_REMIND: Reminders(db, clock).fire,
                TimerKind.TASK_TURN: series.fire,
                TimerKind.LEAD_STEP: LeadSteps(db, clock).fire,
                TimerKind.DIGEST_ROUND: digest_round.fire,
                TimerKind.FOLLOW_UP_ROUND: follow_up_round.fire,
                TimerKind.FOLLOW_UP: follow_ups.fire,
                TimerKind.LEAD_OFFER: offers.fire,
                TimerKind.LEAD_QUEUE: LeadQueue(db, clock).fire,
                TimerKind.DEAL_SILENT: Silences(db, clock).fire,
                TimerKind.QUIET_END: quiet.fire,
            }
        ),
        reports=Reports(db, clock),
        plans=Plans(db, clock),
        imports=Imports(db, clock),
        trail=Trail(db),
        deleting=Deleting(db, clock),
        bin=Bin(db, clock),
        histories=Histories(db),
        outside=outside,
    )
