"""The main menu: one button for each thing that the reader may do."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ClientListCb
from keyboards.common import button, grid, rows
from keyboards.company import set_up
from keyboards.control_data import NowCb, NowListCb
from keyboards.data import Press
from keyboards.deal_data import DealBoardCb, DealListCb
from keyboards.digests import DigestNowCb
from keyboards.imports import ImportCb
from keyboards.lead_data import LeadListCb, LeadNewCb
from keyboards.list_data import ViewCb
from keyboards.news import to_news
from keyboards.people_data import TeamCb
from keyboards.plan_data import PlanCb
from keyboards.profile import ProfileCb
from keyboards.reports import ReportCb
from keyboards.search import FindCb
from keyboards.stage_marks import STYLES
from keyboards.tasks import MyDayCb
from keyboards.tongue import Tongue
from services.access import Action, Actor, Reach
from services.dto.clients import ClientKind
from services.dto.control import Watched
from services.dto.deals import StageCount
from services.dto.people import Menu

SETTLED = 24
"""So many stages of settled deals stand in the menu; where there are more, all are among the deals."""


class MenuAnewCb(Press, prefix="ma"):
    """The menu after one's rights have changed: the list of commands changes with it."""


class HelpCb(Press, prefix="help"):
    """What can be written to the bot."""


def menu(facts: Menu, actor: Actor, t: Tongue) -> InlineKeyboardMarkup:
    """The main menu of a role."""
    # Whoever watches them has a button for the free ones already.
    free = 0 if any(watched is Watched.FREE for watched, _ in facts.watched) else facts.free_leads
    day = _counted(t("☀️ My day"), facts.overdue + facts.due_today)
    wanted = (
        (Action.LEAD_CREATE, button(t("➕ New lead"), LeadNewCb(), "primary")),
        (Action.MY_DAY, button(day, MyDayCb())),
        (Action.DEPARTMENT_WATCH, button(t("🧭 Department now"), NowCb())),
        (Action.DEAL_VIEW, None if 0 < len(facts.settled) <= SETTLED else _deals(actor, t)),
        (Action.LEAD_VIEW, button(_counted(t("📥 Leads"), free), LeadListCb())),
        (Action.CLIENT_VIEW, button(t("🗂 Clients"), ClientListCb(kind=ClientKind.CONTACT.value))),
        (Action.TEAM_VIEW, button(t("👥 Team"), TeamCb())),
        (Action.REPORT_VIEW, button(t("📊 Report"), ReportCb())),
        (Action.REPORT_VIEW, button(t("🗞 Digest"), DigestNowCb())),
        # Whoever has reports finds the plans there.
        (Action.PLAN_VIEW, None if actor.may(Action.REPORT_VIEW) else button(t("🎯 My plan"), PlanCb())),
        (Action.IMPORT_RUN, button(t("📂 Import"), ImportCb())),
        (Action.NEWS_VIEW, to_news(t)),
        (Action.SEARCH, button(t("🔎 Find"), FindCb())),
        (Action.PROFILE_EDIT, button(t("👤 Profile"), ProfileCb())),
        (Action.MENU, button(t("❓ Help"), HelpCb())),
    )
    settled = [
        button(_counted(_stage(row, t), row.count), DealListCb(stage_id=row.stage.id), STYLES[row.stage.kind])
        for row in facts.settled[:SETTLED]
    ]
    labels = {Watched.FREE: t("🆓 Free leads"), Watched.ADRIFT: t("⚠️ No step"), Watched.LATE: t("🔥 Overdue")}
    waiting = [
        button(_counted(labels[watched], count), NowListCb(watched=watched.value))
        for watched, count in facts.watched
    ]
    pinned = [button(t("📌 {name}", name=view.name), ViewCb(view_id=view.id)) for view in facts.views]
    main = [shown for action, shown in wanted if shown is not None and actor.may(action)]
    return rows([] if facts.set_up else [set_up(t)], *grid(waiting), *grid(pinned), *grid([*settled, *main]))


def _stage(row: StageCount, t: Tongue) -> str:
    name = row.stage.name
    return t("{pipeline}: {stage}", pipeline=row.pipeline, stage=name) if row.pipeline else name


def _deals(actor: Actor, t: Tongue) -> InlineKeyboardButton:
    own = actor.reach(Action.DEAL_VIEW) == Reach.OWN
    return button(t("💼 My deals") if own else t("💼 Deals"), DealBoardCb())


def _counted(label: str, count: int) -> str:
    return f"{label} · {count}" if count else label
