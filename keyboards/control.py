"""Buttons of control: a department, its people, and the lists behind the figures."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards import watched_deeds as deeds
from keyboards.clients import ContactCb, FirmCb
from keyboards.common import button, grid, home, rows, titled
from keyboards.control_data import (
    NowCb,
    NowListCb,
    NowPersonCb,
    NowPlacesCb,
)
from keyboards.data import Press
from keyboards.deal_data import DealCb
from keyboards.digests import DigestCb
from keyboards.handovers import DealsHeirsCb, DealsOfCb
from keyboards.lead_data import LeadCb
from keyboards.leads import MOST_HEIRS
from keyboards.reports import ReportCb
from keyboards.task_data import TaskCb
from keyboards.tongue import Tongue
from services.dto.common import Ref
from services.dto.control import DeedLine, DepartmentNow, Line, SellerNow, Watched, WatchedList, Where
from services.dto.deals import DealLine
from services.dto.leads import LeadLine
from services.dto.task_lists import LateTask


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
            button(t("🤝 Hand over deals"), DealsHeirsCb(person_id=one.person.id)) if one.deals else None,
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


def watched(shown: WatchedList, t: Tongue) -> InlineKeyboardMarkup:
    """Each line opens its card; beside it stands what is mostly done about it."""
    after = shown.page.next_after
    more = deeds.list_press(shown.watched, shown.where, after) if after else None
    return rows(
        *[[_opener(line, t), deeds.deed(line, shown)] for line in shown.page.items],
        [_back(shown.where, t), button(t("More ▶️"), more) if more else None],
    )


def _lists(lists: Iterable[tuple[Watched, str, int]], where: Where) -> list[InlineKeyboardButton]:
    one = {"department_id": where.department_id, "person_id": where.person_id}
    return [
        button(f"{label} · {count}", NowListCb(**one, watched=kind.value))
        for kind, label, count in lists
        if count
    ]


def _opener(line: Line, t: Tongue) -> InlineKeyboardButton:
    match line:
        case LeadLine():
            return button(f"#{line.id} {titled(line.title, t)}", LeadCb(lead_id=line.id))
        case DealLine():
            return button(f"#{line.id} {titled(line.title, t)}", DealCb(deal_id=line.id))
        case LateTask():
            return button(f"{line.assignee}: {line.task.text}", TaskCb(task_id=line.task.id))
        case DeedLine():
            return button(titled(line.title, t), _card(line))


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


def _back(where: Where, t: Tongue) -> InlineKeyboardButton:
    if where.digest:
        return button(t("◀️ Back"), DigestCb(period=where.digest))
    if where.person_id:
        return button(t("◀️ Back"), NowPersonCb(department_id=where.department_id, person_id=where.person_id))
    return button(t("◀️ Back"), NowCb(department_id=where.department_id))
