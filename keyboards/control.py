"""Buttons of control: a department, its people, the lists behind the figures, and deeds in them."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ContactCb, FirmCb
from keyboards.common import button, cancel, grid, home, rows
from keyboards.control_data import (
    DigestListCb,
    NowAskCb,
    NowCb,
    NowGiveCb,
    NowLateCb,
    NowLaterCb,
    NowLeadCb,
    NowListCb,
    NowPersonCb,
    NowPlacesCb,
    NowStepCb,
    NowWordsCb,
)
from keyboards.data import Press
from keyboards.deal_data import DealCb, DealHeirsCb
from keyboards.digests import DigestCb
from keyboards.handovers import DealsHeirsCb, DealsOfCb
from keyboards.lead_data import LeadCb, LeadHeirsCb
from keyboards.leads import MOST_HEIRS
from keyboards.reports import ReportCb
from keyboards.task_data import TaskCb, TaskHeirsCb
from keyboards.tasks import quick_label
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.common import Ref
from services.dto.control import DeedLine, DepartmentNow, Line, SellerNow, Watched, WatchedList, Where
from services.dto.deals import DealCard, DealLine
from services.dto.leads import Colleague, LeadCard, LeadLine
from services.dto.task_lists import LateTask
from services.dto.tasks import TaskCard
from services.task_times import Quick


def department(now: DepartmentNow, t: Tongue) -> InlineKeyboardMarkup:
    """What waits, then the people, each with their own screen."""
    here = now.department.id if now.department else 0
    lists = (
        (Watched.UNANSWERED, t("🚨 No answer"), now.violations.unanswered),
        (Watched.FREE, t("🆓 Free leads"), now.free),
        (Watched.ADRIFT, t("⚠️ No step"), now.adrift),
        (Watched.LATE, t("🔥 Overdue"), now.late),
        (Watched.ROTTING, t("⏳ Too long"), now.violations.rotting),
        (Watched.SILENT, t("🔇 Silent"), now.violations.silent),
        (Watched.DEALS, t("🤷 No owner"), now.orphans),
    )
    people = [
        [
            button(f"👤 {one.person.name}", NowPersonCb(department_id=here, person_id=one.person.id)),
            button("🤝", DealsHeirsCb(person_id=one.person.id)) if one.deals else None,
        ]
        for one in now.sellers.items
    ]
    more = NowCb(department_id=here, after=now.sellers.next_after) if now.sellers.next_after else None
    return rows(
        *grid(_lists(lists, Where(here))),
        *people,
        [button(t("More people ▶️"), more) if more else None],
        [button(t("🏢 Departments"), NowPlacesCb()) if len(now.choice) > 1 else None],
        [button(t("🔄 Refresh"), NowCb(department_id=here)), home(t)],
    )


def places(choice: tuple[Ref, ...], t: Tongue) -> InlineKeyboardMarkup:
    """The departments to choose from."""
    return rows(
        [button(t("🏢 All departments"), NowCb(), "primary")],
        *grid([button(one.name, NowCb(department_id=one.id)) for one in choice[:MOST_HEIRS]]),
        [home(t)],
    )


def seller(now: SellerNow, t: Tongue) -> InlineKeyboardMarkup:
    """What somebody has in hand and what they did, and the ways to take work off them."""
    one, here = now.person.id, now.where.department_id
    lists = (
        (Watched.UNANSWERED, t("🚨 No answer"), now.violations.unanswered),
        (Watched.LEADS, t("📥 Leads"), now.leads),
        (Watched.DEALS, t("💼 Deals"), now.deals),
        (Watched.ADRIFT, t("⚠️ No step"), now.adrift),
        (Watched.LATE, t("🔥 Overdue"), now.late),
        (Watched.ROTTING, t("⏳ Too long"), now.violations.rotting),
        (Watched.SILENT, t("🔇 Silent"), now.violations.silent),
        (Watched.TODAY, t("🕓 Today"), now.today.all),
    )
    return rows(
        *grid(
            [
                *_lists(lists, now.where),
                button(t("📊 Report"), ReportCb(person_id=one)),
            ]
        ),
        [button(t("🤝 Hand over deals"), DealsOfCb(person_id=one)) if now.deals else None],
        [
            button(t("◀️ Back"), NowCb(department_id=here)),
            button(t("🔄 Refresh"), NowPersonCb(department_id=here, person_id=one)),
        ],
    )


def watched(shown: WatchedList, digest: int, t: Tongue) -> InlineKeyboardMarkup:
    """Each line opens its card; beside it stands what is mostly done about it.

    `digest`: the period of the digest from which one came, by its code; 0: from no digest.
    """
    where, after = shown.where, shown.page.next_after or 0
    one = {"department_id": where.department_id, "person_id": where.person_id, "after": after}
    kind = shown.watched.value
    more: Press = NowListCb(**one, watched=kind)
    back = _back(where, t)
    if digest:
        more = DigestListCb(department_id=where.department_id, watched=kind, period=digest, after=after)
        back = button(t("◀️ Back"), DigestCb(period=digest))
    return rows(
        *[[_opener(line), _deed(line, shown)] for line in shown.page.items],
        [back, button(t("More ▶️"), more) if after else None],
    )


def lead_heirs(
    lead: LeadCard, people: tuple[Colleague, ...], department_id: int, t: Tongue
) -> InlineKeyboardMarkup:
    """Colleagues to give a free lead to."""
    one = {"department_id": department_id, "lead_id": lead.id, "version": lead.version}
    return rows(
        *grid(
            button(
                heir.name if heir.department == lead.department else f"{heir.name} · {heir.department.name}",
                NowGiveCb(**one, person_id=heir.id),
            )
            for heir in people[:MOST_HEIRS]
        ),
        [_to_list(Watched.FREE, Where(department_id), t)],
    )


def step(deal: DealCard, where: Where, offered: tuple[Quick, ...], t: Tongue) -> InlineKeyboardMarkup:
    """When shall its owner do something? Without an owner it can only be handed over."""
    one = {"department_id": where.department_id, "person_id": where.person_id, "deal_id": deal.id}
    when = [button(quick_label(quick, t), NowAskCb(**one, quick=quick.value)) for quick in offered]
    return rows(
        *(grid(when) if deal.owner else []),
        [button(t("✍️ In my own words"), NowWordsCb(**one)) if deal.owner else None],
        [
            button(t("🤝 Hand over"), DealHeirsCb(deal_id=deal.id))
            if Action.DEAL_HAND_OVER in deal.can
            else None,
            button(t("Open the deal"), DealCb(deal_id=deal.id)),
        ],
        [_to_list(Watched.ADRIFT, where, t)],
    )


def words(deal_id: int, where: Where, t: Tongue) -> InlineKeyboardMarkup:
    """While the task for a deal's owner is being typed."""
    back = NowStepCb(department_id=where.department_id, person_id=where.person_id, deal_id=deal_id)
    return rows([button(t("◀️ Back"), back), cancel(t)])


def late(task: TaskCard, where: Where, offered: tuple[Quick, ...], t: Tongue) -> InlineKeyboardMarkup:
    """Later, or by somebody else."""
    one = {"department_id": where.department_id, "person_id": where.person_id, "task_id": task.id}
    when = [button(quick_label(quick, t), NowLaterCb(**one, quick=quick.value)) for quick in offered]
    assign = button(t("👤 Assign"), TaskHeirsCb(task_id=task.id)) if Action.TASK_GIVE in task.can else None
    return rows(
        *(grid(when) if Action.TASK_DO in task.can else []),
        [assign, button(t("Open the task"), TaskCb(task_id=task.id))],
        [_to_list(Watched.LATE, where, t)],
    )


def _lists(lists: Iterable[tuple[Watched, str, int]], where: Where) -> list[InlineKeyboardButton]:
    one = {"department_id": where.department_id, "person_id": where.person_id}
    return [
        button(f"{label} · {count}", NowListCb(**one, watched=kind.value))
        for kind, label, count in lists
        if count
    ]


def _opener(line: Line) -> InlineKeyboardButton:
    match line:
        case LeadLine():
            return button(f"#{line.id} {line.title}", LeadCb(lead_id=line.id))
        case DealLine():
            return button(f"#{line.id} {line.title}", DealCb(deal_id=line.id))
        case LateTask():
            return button(f"{line.assignee}: {line.task.text}", TaskCb(task_id=line.task.id))
        case DeedLine():
            return button(line.title, _card(line))


def _card(line: DeedLine) -> Press:
    one = line.subject_id
    match line.subject:
        case "lead":
            return LeadCb(lead_id=one)
        case "deal":
            return DealCb(deal_id=one)
        case "contact":
            return ContactCb(contact_id=one)
        case "firm":
            return FirmCb(firm_id=one)
    return TaskCb(task_id=one)


def _deed(line: Line, shown: WatchedList) -> InlineKeyboardButton | None:
    place = {"department_id": shown.where.department_id}
    where = {**place, "person_id": shown.where.person_id}
    match line, shown.watched:
        case LeadLine(), Watched.FREE:
            return button("🤝", NowLeadCb(**place, lead_id=line.id))
        case LeadLine(), _:
            return button("🤝", LeadHeirsCb(lead_id=line.id))
        case DealLine(), Watched.ADRIFT:
            return button("➕", NowStepCb(**where, deal_id=line.id))
        case DealLine(), _:
            return button("🤝", DealHeirsCb(deal_id=line.id))
        case LateTask(), _:
            return button("🕒", NowLateCb(**where, task_id=line.task.id))
    return None


def _to_list(watched: Watched, where: Where, t: Tongue) -> InlineKeyboardButton:
    data = NowListCb(department_id=where.department_id, watched=watched.value, person_id=where.person_id)
    return button(t("◀️ Back"), data)


def _back(where: Where, t: Tongue) -> InlineKeyboardButton:
    if where.person_id:
        return button(t("◀️ Back"), NowPersonCb(department_id=where.department_id, person_id=where.person_id))
    return button(t("◀️ Back"), NowCb(department_id=where.department_id))
