"""How the deeds of the office are done by hand: people, settings, imports, reports, one's own day."""

from collections.abc import Callable
from typing import Any

from keyboards.chat_data import ChatBindCb, ChatLeaveCb, TeamChatSureCb, TeamChatTakeCb
from keyboards.chooser import InviteChooseCb
from keyboards.company import (
    CompanyAskCb,
    CompanyAssignCb,
    CompanyAssignSetCb,
    CompanyPickCb,
    CompanyProtectCb,
    FirstDoneCb,
)
from keyboards.control_data import NowCb, NowListCb, NowPersonCb, NowPlacesCb
from keyboards.data import CancelCb, HomeCb
from keyboards.deal_data import DealArchiveCb, DealBoardCb, DealListCb, DealPeopleCb
from keyboards.handovers import DealsAskCb, DealsBackCb, DealsGiveCb, DealsHeirsCb, DealsOfCb
from keyboards.imports import (
    ImportAskBackCb,
    ImportCancelCb,
    ImportCardCb,
    ImportCb,
    ImportColumnCb,
    ImportColumnsCb,
    ImportDatesCb,
    ImportDepartmentCb,
    ImportDepartmentsCb,
    ImportFailedCb,
    ImportFillsCb,
    ImportMeansCb,
    ImportOwnCb,
    ImportOwnsCb,
    ImportPipelineCb,
    ImportStartCb,
    ImportTakeBackCb,
)
from keyboards.inflow import (
    InflowCb,
    KeyCb,
    KeyNewCb,
    KeyRevokeCb,
    KeyUseCb,
    SourceCb,
    SourceCloseCb,
    SourceClosedCb,
    SourceNewCb,
    SourceOpenCb,
    SourceSitesCb,
    WayDepartmentCb,
    WayPipelineAskCb,
    WayPipelineCb,
)
from keyboards.lead_data import LeadListCb, LeadNewCb
from keyboards.lead_drafts import (
    DraftCb,
    DraftFieldCb,
    DraftFieldsCb,
    DraftSaveCb,
    DraftSourceCb,
    DraftTouchCb,
)
from keyboards.menu import HelpCb, MenuAnewCb
from keyboards.my_day import DayAdriftCb, DayAllCb, DayOthersCb, DayPageCb, DayTeamCb
from keyboards.notes import PutLeadCb
from keyboards.people_data import (
    DepartmentCb,
    DepartmentNewCb,
    DepartmentPlaceCb,
    DepartmentRenameCb,
    InviteCb,
    InviteRevokeCb,
    InviteRoleCb,
    InvitesCb,
    PersonCb,
    PersonDepartmentCb,
    PersonDepartmentsCb,
    PersonInviteCb,
    PersonRoleCb,
    PersonRolesCb,
    TeamCb,
    WorkCb,
    WorkDoneCb,
    WorkHeirCb,
    WorkShareCb,
    WorkShareDoneCb,
    WorkShareOneCb,
)
from keyboards.privacy import ConsentWriteCb
from keyboards.profile import (
    CompanyCb,
    ProfileCb,
    ProfileLanguageCb,
    ProfileNameCb,
    ProfileZoneCb,
    ProfileZonesCb,
)
from keyboards.reports import (
    ReportAnewCb,
    ReportCb,
    ReportFieldCb,
    ReportFieldsCb,
    ReportPeopleCb,
    ReportPeriodsCb,
    ReportPictureCb,
    ReportTimeCb,
    ReportTypeCb,
)
from keyboards.search import FindCb, FindLeadCb, FindMoreCb, FindTalkCb
from keyboards.task_data import StillCb, TaskNewCb
from keyboards.task_left import TaskLeftCb
from keyboards.tasks import MyDayCb
from keyboards.team_tasks import TasksOfCb, TeamTasksCb
from tests.cast import START
from tests.matrix import client_deeds
from tests.matrix.bin_deeds import binned, dropped
from tests.matrix.bin_deeds import own as bin_own
from tests.matrix.deeds import GATHERED, TOMORROW, Deed, Facts, Forwarded, Sent, Typed, deed, team_chat
from tests.matrix.digest_deeds import digests, posting
from tests.matrix.distribution_deeds import distribution, own_shift, shift_of
from tests.matrix.expectations import Thing
from tests.matrix.field_deeds import fields
from tests.matrix.follow_up_deeds import follow_up
from tests.matrix.history_deeds import histories, history_of
from tests.matrix.list_deeds import own_lists, view
from tests.matrix.news_deeds import channel, news, own_news
from tests.matrix.peace_deeds import peace
from tests.matrix.pipeline_deeds import pipelines
from tests.matrix.plan_deeds import own_plans, plans
from tests.matrix.response_deeds import response
from tests.matrix.task_deeds import boards, handing_over
from tests.matrix.work_time_deeds import work_time

DRAFT: dict[str, Any] = {
    "draft": 7, "field": "comment",
    "given": {
        "title": "Zdraft", "name": "Zdrafted", "phone": "+79167770000", "email": None, "username": None,
        "amount": None, "currency": None, "source": "site", "comment": None, "department_id": None,
        "mine": False, "again": False,
    },
}  # fmt: skip
FOUND = {"query": "Zdeal", "found": 7}
ZONE = "Asia/Yekaterinburg"
SOON = int(START.timestamp()) // 60 + 600


def menu(_f: Facts) -> dict[str, Deed]:
    """What everybody may."""
    return {
        "start": deed("/start"),
        "menu": deed("/menu"),
        "help": deed("/help"),
        "home": deed(HomeCb()),
        "anew": deed(MenuAnewCb()),
        "helping": deed(HelpCb()),
        "cancel": deed(CancelCb()),
        "still": deed(StillCb()),
    }


def own(f: Facts) -> dict[str, Deed]:
    """One's own settings and day, and all that concerns no thing in particular."""
    draft, departments = ("lead.draft", DRAFT), f.company.departments
    sales, service = departments["Sales"], departments["Service"]
    form = Typed(*draft, "Zmore words")
    known = f.company.words[Thing("deal", "anna", "open")].phone
    touched = ("lead.draft", {**DRAFT, "given": {**DRAFT["given"], "phone": known}})
    return {
        **own_shift(),
        "profile": deed("/profile"),
        "settings": deed("/settings"),
        "me": deed(ProfileCb()),
        "language": deed(ProfileLanguageCb(language="ru"), changes="person"),
        "zones": deed(ProfileZonesCb()),
        "zone": deed(ProfileZoneCb(zone=ZONE), changes="person"),
        "name": deed(ProfileNameCb()),
        "typed_name": deed(ProfileNameCb(), "Zme", changes="person", form=Typed("profile.name", {}, "Zme")),
        "typed_zone": deed(ProfileZonesCb(), ZONE, changes="person", form=Typed("profile.zone", {}, ZONE)),
        "day": deed("/day"),
        "today": deed(MyDayCb()),
        "day_page": deed(DayPageCb(page=0)),
        "day_all": deed(DayAllCb()),
        "day_others": deed(DayOthersCb(which="seen")),
        "task": deed(f"/task {TOMORROW}", changes="task timer"),
        "new_task": deed(TaskNewCb(), TOMORROW, changes="task timer"),
        "typed_what": deed(
            "/task tomorrow at 15",
            "Zdeed",
            changes="task timer",
            form=Typed("task.what", {"at": SOON}, "Zdeed"),
        ),
        "typed_when": deed(
            "/task Zdeed",
            "tomorrow at 15",
            changes="task timer",
            form=Typed("task.when", {"text": "Zdeed", "draft": 7, "day": None}, "tomorrow at 15"),
        ),
        "left_task": deed(TaskLeftCb(draft=7), draft=("task.left", {"text": "Zdeed", "draft": 7})),
        "plain_task": deed(TOMORROW, changes="task timer"),
        "find": deed("/find Zdeal"),
        "finding": deed(FindCb()),
        "typed_find": deed(FindCb(), "Zlead", form=Typed("find", {}, "Zlead")),
        "found_said": deed(FindTalkCb(found=7), draft=("found", FOUND)),
        "more_found": deed(FindMoreCb(found=7, kind="deal", after=NEWEST), draft=("found", FOUND)),
        "lead": deed("/lead Zwindows, Zivan +7 916 777-11-22", also="lead event timer"),
        "new_lead": deed(LeadNewCb()),
        "plain_lead": deed("Zwindows, Zivan +7 916 777-11-22, 150k", also="lead event timer"),
        "draft": deed(DraftCb(draft=7), draft=draft),
        "save_sales": deed(
            DraftSaveCb(draft=7, department_id=sales, mine=0, again=0),
            changes="lead",
            also="timer",
            draft=draft,
        ),
        "save_service": deed(
            DraftSaveCb(draft=7, department_id=service, mine=0, again=0),
            changes="lead",
            also="timer",
            draft=draft,
        ),
        "fields": deed(DraftFieldsCb(draft=7), draft=draft),
        "draft_field": deed(DraftFieldCb(draft=7, field="name"), draft=draft),
        "draft_source": deed(DraftSourceCb(draft=7, source="ad"), draft=draft),
        "typed_draft": deed(LeadNewCb(), "Zmore words", also="lead event timer", form=form),
        "typed_field": deed(LeadNewCb(), form=Typed("lead.draft.field", DRAFT, "Zvalue")),
        "contact_lead": deed(Sent("send_contact", ("+79167771122", "Zivan")), also="lead event timer"),
        "touch": deed(DraftTouchCb(draft=7), changes="note", draft=touched),
        "find_lead": deed(FindLeadCb(found=7), draft=("found", FOUND)),
        "place": deed(Sent("send_location", (55.75, 37.61))),
        "forwarded": deed(Forwarded("Zsaid")),
        "typed_where": deed(Forwarded("Zsaid"), "Zdeal", form=Typed("note.where", GATHERED, "Zdeal")),
        "put_lead": deed(PutLeadCb(key=7), draft=("note.where", GATHERED)),
        "document": deed(Sent("send_file", ("deals.csv", b"Name;Sum")), changes="import_batch"),
        "leads": deed("/leads"),
        "list_free": deed(LeadListCb(shelf="free")),
        "list_mine": deed(LeadListCb(shelf="mine")),
        "list_all": deed(LeadListCb(shelf="all")),
        "deals": deed("/deals"),
        "board": deed(DealBoardCb()),
        "by_colleague": deed(DealPeopleCb()),
        "list": deed(DealListCb()),
        "archive": deed(DealArchiveCb()),
        "adrift": deed(DayAdriftCb()),
        **own_lists(),
        **client_deeds.own(f),
        **bin_own(),
        **_reports(),
        **digests(),
        **own_plans(),
        **own_news(),
        **channel(),
        **peace(f),
        **follow_up(f),
        **pipelines(f),
        **fields(f),
        **_company(f),
    }


NEWEST = 10**6


def _reports() -> dict[str, Deed]:
    return {
        "report": deed("/report"),
        "rep": deed(ReportCb()),
        "rep_anew": deed(ReportAnewCb()),
        "people": deed(ReportPeopleCb(period=0)),
        "time": deed(ReportTimeCb(period=0)),
        "picture": deed(ReportPictureCb(period=0)),
        "rep_fields": deed(ReportFieldsCb(period=0)),
        "rep_field": deed(ReportFieldCb(period=0, field_id=4)),
        "periods": deed(ReportPeriodsCb(period=0)),
        "type_period": deed(ReportTypeCb()),
        "typed_period": deed(ReportTypeCb(), "2026", form=Typed("report.period", {"person_id": 0}, "2026")),
        "late": deed(DayTeamCb()),
        "team_tasks": deed(TeamTasksCb()),
        "board": deed("/board"),
        "team": deed("/team"),
        "team_button": deed(TeamCb()),
        "invite_menu": deed(InviteCb(), also="invite event"),
        "invitations": deed(InvitesCb()),
        "now": deed("/now"),
        "now_button": deed(NowCb()),
        "now_places": deed(NowPlacesCb()),
        "now_free": deed(NowListCb(watched="free")),
        "now_adrift": deed(NowListCb(watched="adrift")),
        "now_late": deed(NowListCb(watched="late")),
        "now_orphans": deed(NowListCb(watched="deals")),
        **{f"pipe_{name}": one for name, one in team_chat("pipeline", 1).items()},
        "typed_chat": deed(
            DealBoardCb(),
            form=Typed("chat.choose", {"kind": "pipeline", "holder_id": 1}, "✖️ Cancel"),
        ),
        "typed_nobody": deed(
            InvitesCb(),
            form=Typed("invite.people", {"role": "manager", "department_id": 0}, "✖️ Cancel"),
        ),
    }


def _company(f: Facts) -> dict[str, Deed]:
    return {
        "import": deed("/import"),
        "importing": deed(ImportCb()),
        "company": deed(CompanyCb()),
        **histories(f),
        "consent_write": deed(ConsentWriteCb()),
        "typed_consent": deed(
            ConsentWriteCb(), "Ztext", changes="consent_text", form=Typed("consent.text", {}, "Ztext")
        ),
        "assigning": deed(CompanyAssignCb()),
        "assigning_set": deed(CompanyAssignSetCb(rule="anyone"), changes="workspace"),
        "protect": deed(CompanyProtectCb(on=1), changes="workspace"),
        "company_ask": deed(CompanyAskCb(question="zone")),
        "company_pick": deed(CompanyPickCb(question="zone", first=0, value=ZONE), changes="workspace"),
        "typed_company": deed(
            CompanyAskCb(question="name"),
            "Zco",
            changes="workspace",
            form=Typed("company.answer", {"question": "name", "first": 0}, "Zco"),
        ),
        "first": deed(CompanyAskCb(question="name", first=1)),
        "first_pick": deed(CompanyPickCb(question="hours", first=1, value="daily 9-21"), changes="workspace"),
        "first_done": deed(FirstDoneCb()),
        "inflow": deed(InflowCb()),
        "new_source": deed(SourceNewCb()),
        "new_key": deed(KeyNewCb()),
        "key_use": deed(KeyUseCb(use="write")),
        "typed_way": deed(SourceNewCb(), "Zway", form=Typed("way.name", {"kind": "source"}, "Zway")),
        "way_department": deed(
            WayDepartmentCb(department_id=f.company.departments["Sales"]),
            changes="form_source",
            draft=("way.name", {"kind": "source", "name": "Zway"}),
        ),
        "department_new": deed(DepartmentNewCb()),
        "typed_department": deed(
            DepartmentNewCb(), "Zdep", changes="department", form=Typed("department.new", {}, "Zdep")
        ),
    }


def person(f: Facts) -> dict[str, Deed]:
    """Deeds with a person."""
    one, service = {"person_id": f.id}, f.company.departments["Service"]
    heir = f.company.people["helen"]
    in_work = [Thing("deal", f.thing.whose, state) for state in ("open", "payment")]
    deals = [f.company.ids[one] for one in in_work if one in f.company.ids]
    return {
        "see": deed(PersonCb(**one)),
        **history_of(f),
        **shift_of(f),
        "watch": deed(NowPersonCb(**one)),
        "watch_leads": deed(NowListCb(**one, watched="leads")),
        "watch_today": deed(NowListCb(**one, watched="today")),
        "tasks": deed(TasksOfCb(**one)),
        **handing_over(f),
        "ask_in": deed(PersonInviteCb(**one), changes="invite"),
        "roles": deed(PersonRolesCb(**one)),
        "promote": deed(PersonRoleCb(**one, role="head", department_id=service), changes="person membership"),
        "departments": deed(PersonDepartmentsCb(**one)),
        "belong": deed(PersonDepartmentCb(**one, department_id=_other(f), belongs=1), changes="membership"),
        "deals_of": deed(DealsOfCb(**one)),
        "deals_to": deed(DealsHeirsCb(**one)),
        "deals_ask": deed(DealsAskCb(**one, heir_id=f.heir)),
        "deals_back": deed(DealsBackCb(**one, event_id=1)),
        "deals_give": deed(
            DealsGiveCb(**one, heir_id=f.heir, count=len(deals), newest=max(deals, default=1)),
            changes="deal contact",
            also="task",
            many=True,
        ),
        "share": deed(WorkShareCb(**one, leave=1)),
        "share_one": deed(WorkShareOneCb(**one, leave=1, heir_id=heir)),
        "share_done": deed(
            WorkShareDoneCb(**one, leave=1),
            changes="person",
            also="deal deal_helper lead task contact company membership timer",
            many=True,
            draft=("work.share", {"person": f.id, "heirs": [heir, f.company.people["olga"]]}),
        ),
        "work": deed(WorkCb(**one, leave=1)),
        "heir": deed(WorkHeirCb(**one, leave=1, heir_id=heir)),
        "remove": deed(
            WorkDoneCb(**one, leave=1, heir_id=heir),
            changes="person",
            also="deal deal_helper lead task contact company membership timer",
            many=True,
        ),
    }


def _other(f: Facts) -> int:
    return f.company.departments["Sales" if f.thing.whose == "victor" else "Service"]


def department(f: Facts) -> dict[str, Deed]:
    """Deeds with a department; `none` stands for those who belong to none."""
    one, chat = {"department_id": f.id}, -f.company.chats["free"]
    taken = {"kind": "department", "holder_id": f.id, "chat": -f.company.chats["team"]}
    more = "department event outbox deal_topic card"
    form = Typed("department.name", {**one, "back": ["department", f.id]}, "Zdep")
    place = Typed("department.place", {**one, "first": 0, "back": ["department", f.id]}, "Zcity")
    return {
        "see": deed(DepartmentCb(**one)),
        **history_of(f),
        "invite": deed(InviteRoleCb(role="manager", **one), changes="invite"),
        "choose": deed(InviteChooseCb(role="manager", **one), shows=False),
        "invite_head": deed(InviteRoleCb(role="head", **one), changes="invite"),
        "bind": deed(ChatBindCb(**one, chat=chat), also=more),  # it asks first where topics would move
        "take_chat": deed(TeamChatTakeCb(**taken), also=more),
        "chat_sure": deed(TeamChatSureCb(**taken, take=1), also=more),
        **team_chat("department", f.id),
        **boards(f),
        "rename": deed(DepartmentRenameCb(**one)),
        "place": deed(DepartmentPlaceCb(**one)),
        "typed_place": deed(DepartmentPlaceCb(**one), "Zcity", changes="department", form=place),
        "typed_rename": deed(DepartmentRenameCb(**one), "Zdep", changes="department", form=form),
        **work_time(f),
        **response(f),
        **posting(f),
        **plans(f),
        **distribution(f),
    }


def loose(_f: Facts) -> dict[str, Deed]:
    """Deeds with those who belong to no department."""
    return {
        "people_of_none": deed(DepartmentCb(department_id=0)),
        "invite_finance": deed(InviteRoleCb(role="finance"), changes="invite"),
    }


def invitation(f: Facts) -> dict[str, Deed]:
    """Deeds with an invitation; only the owner and the department's head know of it."""
    return {"see": deed(InvitesCb()), "revoke": deed(InviteRevokeCb(invite_id=f.id), changes="invite")}


def chat(f: Facts) -> dict[str, Deed]:
    """Deeds with a chat of no department."""
    return {"leave": deed(ChatLeaveCb(chat=-f.company.chats["free"]))}


def batch(f: Facts) -> dict[str, Deed]:
    """Deeds with an import."""
    one, service = {"import_id": f.id}, f.company.departments["Service"]
    step: dict[str, Any] = {"changes": "import_batch", "also": "person pipeline stage company"}
    return {
        "see": deed(ImportCardCb(**one)),
        "place": deed(ImportDepartmentsCb(**one)),
        "into": deed(ImportDepartmentCb(**one, department_id=service), **step),
        "pipeline": deed(ImportPipelineCb(**one, own=0), **step),
        "fills": deed(ImportFillsCb(**one, on=1), **step),
        "dates": deed(ImportDatesCb(**one, month_first=0), **step),
        "columns": deed(ImportColumnsCb(**one)),
        "column": deed(ImportColumnCb(**one, column=0)),
        "means": deed(ImportMeansCb(**one, column=0, field=2), **step),
        "owns": deed(ImportOwnsCb(**one, column=0)),
        "own": deed(ImportOwnCb(**one, column=1, what="firm.inn"), **step),
        "start": deed(ImportStartCb(**one), **step),
        "stop": deed(ImportCancelCb(**one), **step),
        "undo_ask": deed(ImportAskBackCb(**one)),
        "undo": deed(ImportTakeBackCb(**one), **step),
        "failed": deed(ImportFailedCb(**one)),
    }


def source(f: Facts) -> dict[str, Deed]:
    """Deeds with a source of forms."""
    one = {"source_id": f.id}
    form = Typed("source.sites", {**one, "back": ["source", f.id]}, "example.com")
    return {
        "see": deed(SourceCb(**one)),
        **history_of(f),
        "sites": deed(SourceSitesCb(**one)),
        "typed_sites": deed(SourceSitesCb(**one), "example.com", changes="form_source", form=form),
        "pipeline_ask": deed(WayPipelineAskCb(kind="source", way_id=f.id), shows=False),
        "pipeline": deed(
            WayPipelineCb(kind="source", way_id=f.id, pipeline_id=1), changes="form_source", shows=False
        ),
        "close_ask": deed(SourceCloseCb(**one, sure=0)),
        "close": deed(SourceCloseCb(**one, sure=1), changes="form_source", shows=False),
        "closed": deed(SourceClosedCb(**one)),
        "open": deed(SourceOpenCb(**one)),
    }


def key(f: Facts) -> dict[str, Deed]:
    """Deeds with a key."""
    one = {"key_id": f.id}
    return {
        "see": deed(KeyCb(**one)),
        "pipeline_ask": deed(WayPipelineAskCb(kind="key", way_id=f.id), shows=False),
        "pipeline": deed(
            WayPipelineCb(kind="key", way_id=f.id, pipeline_id=1), changes="api_key", shows=False
        ),
        "revoke_ask": deed(KeyRevokeCb(**one, sure=0)),
        "revoke": deed(KeyRevokeCb(**one, sure=1), changes="api_key", shows=False),
    }


OFFICE_DEEDS: dict[str, Callable[[Facts], dict[str, Deed]]] = {
    "menu": menu,
    "own": own,
    "person": person,
    "department": department,
    "loose": loose,
    "invitation": invitation,
    "chat": chat,
    "batch": batch,
    "source": source,
    "key": key,
    "view": view,
    "news": news,
    "binned": binned,
    "dropped": dropped,
}
