"""How each deed with a deal, a lead or a task is done by hand, and which tables it changes."""

from dataclasses import dataclass
from typing import Any

from keyboards.chat_data import DealTopicCb, TeamChatCb, TeamChatChooseCb, TeamChatDropCb, TeamChatDropSureCb
from keyboards.data import Press
from keyboards.deal_data import (
    DealAwayCb,
    DealAwaySureCb,
    DealCallCb,
    DealCallsCb,
    DealCb,
    DealCrewAddCb,
    DealCrewCb,
    DealCrewDropCb,
    DealFilesCb,
    DealFirmCb,
    DealFirmDropCb,
    DealFirmNewCb,
    DealFirmsCb,
    DealGiveCb,
    DealHeirsCb,
    DealHistoryCb,
    DealLoseCb,
    DealMessageCb,
    DealMoveCb,
    DealMovesCb,
    DealMuteCb,
    DealNoteCb,
    DealOutCb,
    DealPayCb,
    DealReturnCb,
    DealReturnsCb,
    DealSumCb,
    DealTasksCb,
    DealTitleCb,
    DealWayCb,
    PaymentsCb,
)
from keyboards.histories import LeadHistoryCb, TaskHistoryCb
from keyboards.lead_data import (
    LeadCallCb,
    LeadCallsCb,
    LeadCb,
    LeadDealCb,
    LeadDealInCb,
    LeadEditCb,
    LeadFieldCb,
    LeadFilesCb,
    LeadGiveCb,
    LeadHeirsCb,
    LeadNoteCb,
    LeadPassCb,
    LeadQualifyCb,
    LeadRejectCb,
    LeadRejectsCb,
    LeadReleaseCb,
    LeadRestoreCb,
    LeadSourceCb,
    LeadTakeCb,
    LeadWayCb,
)
from keyboards.lead_twins import LeadAnotherCb
from keyboards.my_day import DayDoneCb
from keyboards.notes import FileCb, PutCb
from keyboards.payments import (
    DealCloseCb,
    PayAllCb,
    PayAnywayCb,
    PayDayCb,
    PaymentDropCb,
    PaymentDropSureCb,
    PayMethodCb,
    PayOtherDayCb,
    SumAnywayCb,
)
from keyboards.task_data import (
    AtCb,
    DealTaskCb,
    HoursCb,
    LeadTaskCb,
    MonthCb,
    QuickCb,
    TaskAheadCb,
    TaskAheadsCb,
    TaskCb,
    TaskCommentCb,
    TaskDoneCb,
    TaskDropCb,
    TaskDropSureCb,
    TaskGiveCb,
    TaskHeirsCb,
    TaskHideCb,
    TaskHighCb,
    TaskNextCb,
    TaskNextLineCb,
    TaskReopenCb,
    TaskSnoozeCb,
    TaskTextCb,
    TaskThenCb,
    WhenCb,
)
from keyboards.watched_data import (
    DigestAskCb,
    DigestGiveCb,
    DigestLateCb,
    DigestLaterCb,
    DigestLeadCb,
    DigestStepCb,
    DigestWordsCb,
    NowAskCb,
    NowGiveCb,
    NowLateCb,
    NowLaterCb,
    NowLeadCb,
    NowStepCb,
    NowWordsCb,
)
from tests.cast import CAST, START
from tests.matrix.company import NOBODYS, Company
from tests.matrix.expectations import JOINT, Thing

GATHERED: dict[str, Any] = {
    "key": 7, "asked": 8,
    "said": [
        {
            "chat_id": 1, "message_id": 7, "text": "Zsaid", "file": None, "album": None,
            "origin": None, "origin_name": None, "origin_at": None,
        }
    ],
}  # fmt: skip
"""What somebody has sent and not yet put to a deal."""
NOWHERE = 987_654
"""An id that nothing has."""
TOMORROW = "Zdeed tomorrow at 15"


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that is open already, and what is answered to it."""

    state: str
    data: dict[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Something sent that is no text: by what means, and what."""

    how: str
    what: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """Words in answer to the card of a thing."""

    subject: str
    id: int
    text: str


@dataclass(frozen=True, slots=True)
class Forwarded:
    """Words that somebody else wrote elsewhere."""

    text: str


Step = Press | str | Sent | Answered | Forwarded


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done, step by step: buttons pressed and texts sent.

    `changes`: the tables that it must change besides the history, none for a look; `also`: those that it may.
    """

    steps: tuple[Step, ...]
    changes: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    shows: bool = True
    """Whether its answer names the thing."""
    form: Typed | None = None
    """The same by an answer to a form that was left open."""
    draft: tuple[str, dict[str, Any]] | None = None
    """The form to which its buttons belong."""
    many: bool = False
    """Whether it may leave more than one event, since it touches many things at once."""


def deed(
    *steps: Step,
    changes: str = "",
    also: str = "",
    shows: bool = True,
    form: Typed | None = None,
    draft: tuple[str, dict[str, Any]] | None = None,
    many: bool = False,
) -> Deed:
    """A deed in one line."""
    return Deed(steps, frozenset(changes.split()), frozenset(also.split()), shows, form, draft, many)


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody who forges a press knows about its target."""

    company: Company
    thing: Thing
    id: int
    heir: int = 0
    absent: bool = False


def facts(company: Company, thing: Thing, *, absent: bool = False) -> Facts:
    """The target, or one that does not exist."""
    department = CAST[thing.whose].department if thing.whose in CAST else None
    service = department == "Service" or thing.whose == "service"
    heir = "hugo" if service else "anna" if thing.whose in ("boris", "helen", "lent") else "boris"
    if thing.whose == "shared":
        heir = "victor"
    return Facts(
        company, thing, NOWHERE if absent else company.ids.get(thing, 0), company.people[heir], absent
    )


def team_chat(kind: str, holder: int) -> dict[str, Deed]:
    """Deeds with the team chat that something could have."""
    one = {"kind": kind, "holder_id": holder}
    return {
        "chat": deed(TeamChatCb(**one)),
        "find_chat": deed(TeamChatChooseCb(**one)),
        "unbind": deed(TeamChatDropCb(**one)),
        "unbind_sure": deed(TeamChatDropSureCb(**one), also="department event outbox"),
    }


def deal(f: Facts) -> dict[str, Deed]:
    """Deeds with a deal."""
    one, stages = {"deal_id": f.id}, f.company.stages
    back = {"back": ["deal", f.id]}
    payment = f.company.payments.get(f.thing, NOWHERE)
    file = NOWHERE if f.absent else f.company.files.get(f.thing, NOWHERE)
    version = 1 if payment == NOWHERE else 2
    firm = f.company.firm(f.thing.whose)

    def move(stage: str, **form: Any) -> Deed:
        return deed(DealMoveCb(**one, stage_id=stages[stage], version=version), changes="deal", **form)

    entry = {**back, "stage_id": stages["Awaiting payment"], "version": version}
    lost = stages["Lost"]
    return {
        "see": deed(DealCb(**one)),
        "moves": deed(DealMovesCb(**one)),
        "way": deed(DealWayCb(**one, pipeline_id=1)),
        "mute": deed(DealMuteCb(**one, on=1), changes="mute"),
        "to_open": move(
            "New", form=Typed("deal.enter.amount", {**entry, "stage_id": stages["Proposal"]}, "777")
        ),
        "to_payment": move(
            "Awaiting payment", form=Typed("deal.enter.contact", entry, "Pyotr +7 916 765-43-21")
        ),
        # Asked about after a part payment, else done at once.
        "unpaid": deed(
            DealMoveCb(**one, stage_id=stages["Paid"], version=version),
            changes="" if payment != NOWHERE else "deal",
            form=Typed("deal.enter.amount", {**entry, "stage_id": stages["Paid"]}, "777"),
        ),
        "to_won": deed(DealCloseCb(**one, stage_id=stages["Paid"], version=version, rest=0), changes="deal"),
        "paid_up": deed(
            DealCloseCb(**one, stage_id=stages["Paid"], version=version, rest=1),
            changes="deal",
            also="payment",
        ),
        "why_lost": deed(DealMoveCb(**one, stage_id=lost, version=version)),
        "lose": deed(
            DealLoseCb(**one, stage_id=lost, version=version, reason_id=1),
            changes="deal",
            also="task timer",
            many=True,
        ),
        "returns": deed(
            DealReturnsCb(**one), "Zwhy", form=Typed("deal.return", {**back, "typed": {}}, "Zwhy")
        ),
        "return": deed(DealReturnCb(**one, stage_id=stages["New"], version=version), changes="deal"),
        "away": deed(DealAwayCb(**one)),
        "put_away": deed(
            DealAwaySureCb(**one, version=version), changes="deal", also="task timer", many=True
        ),
        "out": deed(DealOutCb(**one, version=version), changes="deal"),
        "sum": deed(DealSumCb(**one), "777", changes="deal", form=Typed("deal.amount", back, "777")),
        "sum_anyway": deed(SumAnywayCb(**one), changes="deal", draft=("deal.amount", {**back, "amount": 1})),
        "firms": deed(DealFirmsCb(**one)),
        "firm_words": deed(DealFirmsCb(**one), "Zfirm", form=Typed("deal.firm", back, "Zfirm")),
        "firm": deed(DealFirmCb(**one, firm_id=firm, version=version), changes="deal"),
        "hire": deed(
            DealFirmNewCb(**one, version=version),
            changes="deal company",
            draft=("deal.firm", {**back, "words": "Zhiring"}),
            many=True,
        ),
        "firm_off": deed(DealFirmDropCb(**one, version=version)),
        "title": deed(
            DealTitleCb(**one), "Ztitle", changes="deal", shows=False, form=Typed("deal.title", back, "Zt")
        ),
        "note": deed(
            DealNoteCb(**one), "Zsaid", changes="note note_source", form=Typed("deal.note", back, "Zsaid")
        ),
        "pay": deed(DealPayCb(**one), "55", changes="payment deal", form=Typed("deal.payment", back, "55")),
        "ways": deed(PayDayCb(**one, ago=1), PayMethodCb(**one, method="cash")),
        "day": deed(PayOtherDayCb(**one), "12.11", form=Typed("deal.payment_day", back, "12.11")),
        "all": deed(PayAllCb(**one, amount=55_00), changes="payment deal"),
        "anyway": deed(
            PayAnywayCb(**one),
            changes="payment deal",
            draft=("deal.payment", {**back, "method": "bank", "day": None, "amount": 10**9}),
        ),
        "payments": deed(PaymentsCb(**one)),
        "unpay": deed(
            PaymentDropCb(**one, payment_id=payment),
            PaymentDropSureCb(**one, payment_id=payment),
            changes="payment deal",
        ),
        "history": deed(DealHistoryCb(**one), shows=False),
        "message": deed(DealMessageCb(**one)),
        "answer": deed(Answered("deal", f.id, "Zsaid"), changes="note note_source"),
        **team_chat("deal", f.id),
        "topic": deed(DealTopicCb(**one), changes="deal_topic"),
        "crew": deed(DealCrewCb(**one)),
        "tasks_of": deed(DealTasksCb(**one)),
        "bring": deed(
            DealCrewAddCb(**one, person_id=f.heir, version=version),
            changes="deal deal_helper",
            also="deal_topic",
        ),
        "part": deed(DealCrewDropCb(**one, person_id=f.heir, version=version)),
        "calls": deed(DealCallsCb(**one)),
        "call": deed(DealCallCb(**one, outcome="reached"), changes="call"),
        "put": deed(PutCb(key=7, deal_id=f.id), changes="note note_source", draft=("note.where", GATHERED)),
        "files": deed(DealFilesCb(**one)),
        "open": deed(FileCb(file_id=file), shows=False),
        "heirs": deed(DealHeirsCb(**one)),
        "give": deed(
            DealGiveCb(**one, person_id=f.heir, version=version),
            changes="deal",
            also="task contact",
            many=True,
        ),
        "task": task_for(DealTaskCb(**one), "deal", f.id),
        "plan": deed(NowStepCb(**one, person_id=0)),
        "ask": _ask(f, NowStepCb, NowWordsCb, NowAskCb, person_id=0),
        "digest_plan": deed(DigestStepCb(**one, period=1)),
        "digest_ask": _ask(f, DigestStepCb, DigestWordsCb, DigestAskCb, period=1),
    }


def lead(f: Facts) -> dict[str, Deed]:
    """Deeds with a lead."""
    one, version = {"lead_id": f.id}, {"lead_id": f.id, "version": 1}
    back = {"back": ["lead", f.id], "version": 1, "field": "comment"}
    new_deal: dict[str, Any] = {
        "changes": "lead deal contact contact_point", "also": "company task", "many": True,
    }  # fmt: skip
    return {
        "see": deed(LeadCb(**one)),
        "history": deed(LeadHistoryCb(**one)),
        "files": deed(LeadFilesCb(**one)),
        "take": deed(LeadTakeCb(**one), changes="lead"),
        "pass": deed(LeadPassCb(**one)),
        "calls": deed(LeadCallsCb(**one)),
        "call": deed(LeadCallCb(**one, outcome="reached"), changes="call lead"),
        "note": deed(
            LeadNoteCb(**one), "Zsaid", changes="note note_source", form=Typed("lead.note", back, "Zsaid")
        ),
        "answer": deed(Answered("lead", f.id, "Zsaid"), changes="note note_source"),
        "edit": deed(LeadEditCb(**one)),
        "field": deed(
            LeadFieldCb(**one, field="comment"), "Zsaid", changes="lead", form=Typed("lead.field", back, "Z")
        ),
        "source": deed(LeadSourceCb(**one, source="ad"), changes="lead"),
        "qualify": deed(
            LeadQualifyCb(**version), "Zfirm", **new_deal, form=Typed("lead.company", back, "Zfirm")
        ),
        "bare": deed(LeadDealCb(**version), **new_deal),
        "another": deed(LeadAnotherCb(**version, named=0), **new_deal),
        "in": deed(LeadDealInCb(**version, pipeline_id=1), **new_deal),
        "way": deed(LeadWayCb(**version, pipeline_id=1)),
        "why": deed(LeadRejectsCb(**one)),
        "reject": deed(LeadRejectCb(**version, reason="spam"), changes="lead"),
        "words": deed(
            LeadRejectCb(**version, reason="other"),
            "Zreason",
            changes="lead",
            form=Typed("lead.reason", back, "Z"),
        ),
        "restore": deed(LeadRestoreCb(**version), changes="lead"),
        "heirs": deed(LeadHeirsCb(**one)),
        "give": deed(LeadGiveCb(**version, person_id=f.heir), changes="lead", also="timer", shows=False),
        "release": deed(LeadReleaseCb(**version), changes="lead", also="timer", shows=False),
        "task": task_for(LeadTaskCb(**one), "lead", f.id),
        "offer": deed(NowLeadCb(**one)),
        "assign": deed(NowGiveCb(**version, person_id=f.heir), changes="lead", also="timer", shows=False),
        "digest_offer": deed(DigestLeadCb(**one, period=1)),
        "digest_assign": deed(
            DigestGiveCb(**version, period=1, person_id=f.heir), changes="lead", also="timer", shows=False
        ),
    }


def task(f: Facts) -> dict[str, Deed]:
    """Deeds with a task."""
    one, at = {"task_id": f.id}, int(START.timestamp()) // 60 + 600
    moved: dict[str, Any] = {"changes": "task timer"}
    again = f.thing.state == "client"
    return {
        "see": deed(TaskCb(**one)),
        "history": deed(TaskHistoryCb(**one)),
        "answer": deed(Answered("task", f.id, "Zsaid"), changes="note note_source"),
        "done": deed(TaskDoneCb(**one), changes="task", also="timer task_item", many=again),
        "tick": deed(
            DayDoneCb(**one, page=0), changes="task", also="timer task_item", shows=False, many=again
        ),
        "when": deed(WhenCb(**one)),
        "quick": deed(QuickCb(**one, quick="h1"), **moved),
        "at": deed(AtCb(**one, at=at), **moved),
        "month": deed(MonthCb(**one), shows=False),
        "hours": deed(HoursCb(**one, day=START.toordinal() + 1), shows=False),
        "time": deed(
            WhenCb(**one), "tomorrow at 15", **moved,
            form=Typed("task.time", {"back": ["task", f.id], "day": None}, "tomorrow at 15"),
        ),
        "text": deed(
            TaskTextCb(**one), "Zother", changes="task", shows=False,
            form=Typed("task.text", {"back": ["task", f.id]}, "Zother"),
        ),
        "high": deed(TaskHighCb(**one, high=1), changes="task"),
        "hide": deed(TaskHideCb(**one, personal=1), changes="task"),
        "show": deed(TaskHideCb(**one, personal=0), changes="task"),
        "aheads": deed(TaskAheadsCb(**one)),
        "ahead": deed(TaskAheadCb(**one, minutes=60), changes="task", also="timer"),
        "snooze": deed(TaskSnoozeCb(**one, quick="h1"), **moved),
        "comment": deed(
            TaskCommentCb(**one), "Zsaid", changes="note note_source",
            form=Typed("task.comment", {"back": ["task", f.id]}, "Zsaid"),
        ),
        "then": deed(TaskThenCb(**one)),
        "drop": deed(TaskDropCb(**one)),
        "gone": deed(TaskDropSureCb(**one), changes="task", also="timer task_series", shows=False),
        "heirs": deed(TaskHeirsCb(**one)),
        "overdue": deed(NowLateCb(**one, person_id=0)),
        "later": deed(NowLaterCb(**one, person_id=0, quick="h1"), **moved),
        "digest_overdue": deed(DigestLateCb(**one, period=1)),
        "digest_later": deed(DigestLaterCb(**one, period=1, quick="h1"), **moved),
        "give": deed(TaskGiveCb(**one, person_id=f.company.people[task_heir(f)], version=1), changes="task"),
        "reopen": deed(TaskReopenCb(**one), changes="task", also="timer"),
        "next": deed(TaskNextCb(**one, quick="tom"), changes="task timer"),
        "more": deed(TaskNextLineCb(**one), TOMORROW, changes="task timer", shows=False),
    }  # fmt: skip


def task_heir(f: Facts) -> str:
    """Who could do it instead of its assignee."""
    others = {"victor": "hugo", "boris": "anna", "beside": "anna", **dict.fromkeys(JOINT, "hugo")}
    return others.get(f.thing.whose, "boris")


def _ask(f: Facts, step: type[Press], words: type[Press], ask: type[Press], **whence: int) -> Deed:
    """A task for its owner; a deal of nobody is only shown."""
    one = {"deal_id": f.id, **whence}
    asked: dict[str, Any] = {"changes": "deal task timer", "shows": False}
    form = Typed("control.words", {"back": ["deal", f.id], "where": [0, 0]}, TOMORROW)
    if f.thing.whose in NOBODYS:
        return deed(step(**one))
    if f.thing.state == "open":
        return deed(words(**one), TOMORROW, **asked, form=form)
    return deed(ask(**one, quick="h1"), **asked, form=form)


def task_for(first: Press, subject: str, thing_id: int) -> Deed:
    link = {"link": [subject, thing_id], "back": [subject, thing_id]}
    return deed(first, TOMORROW, changes="task timer", form=Typed("task.line", link, TOMORROW))
