"""Buttons of digests: the lists behind their figures, and which of them come."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, home, rows
from keyboards.control_data import DigestListCb
from keyboards.data import Id, Press
from keyboards.lead_data import LeadListCb
from keyboards.mails import MailCb
from keyboards.profile import ProfileCb
from keyboards.reports import ReportCb
from keyboards.tasks import MyDayCb
from keyboards.tongue import Tongue
from services.digests.times import DigestKind
from services.dto.control import Watched
from services.dto.digests import Digest, DigestChoice, Morning
from services.report_periods import Period


class DigestNowCb(Press, prefix="gzy"):
    """The present week, up to today."""


class DigestCb(Press, prefix="gz"):
    """A period in short, by its code."""

    period: Id


class DigestPeopleCb(Press, prefix="gzp"):
    """The same by manager."""

    period: Id


class DigestSourcesCb(Press, prefix="gzs"):
    """Where the requests came from."""

    period: Id


class DigestLossesCb(Press, prefix="gzl"):
    """Why deals were lost."""

    period: Id


class DigestConversionCb(Press, prefix="gzv"):
    """How many deals went on from each stage."""

    period: Id


class DigestFileCb(Press, prefix="gzx"):
    """The figures as a workbook for Excel."""

    period: Id


class DigestWantCb(Press, prefix="gzw"):
    """Get one, or do without it."""

    kind: str
    on: Id


class DigestPostCb(Press, prefix="gzt"):
    """Tell the week in a department's chat, or not."""

    department_id: Id
    on: Id


def digest(shown: Digest, t: Tongue) -> InlineKeyboardMarkup:
    """Under a digest: what is behind each of its figures."""
    code, watch = Period(shown.first, shown.last).code, shown.watch
    place = shown.place.id if shown.place else 0
    lists = (
        (Watched.UNANSWERED, watch.violations.unanswered, t("🚨 Unanswered leads")),
        (Watched.FREE, watch.free, t("📥 Free leads")),
        (Watched.LATE, watch.late, t("🔴 Overdue tasks")),
        (Watched.ADRIFT, watch.adrift, t("⚠️ No next step")),
        (Watched.ROTTING, watch.violations.rotting, t("⏳ Too long in a stage")),
        (Watched.SILENT, watch.violations.silent, t("🔇 Silent clients")),
    )
    return rows(
        [
            button(t("👥 By manager"), DigestPeopleCb(period=code)),
            button(t("📊 Report"), ReportCb(period=code)),
        ],
        [
            button(t("📣 Sources"), DigestSourcesCb(period=code)) if shown.sources else None,
            button(t("❓ Why lost"), DigestLossesCb(period=code)) if shown.losses else None,
        ],
        [
            button(t("🔀 Conversion"), DigestConversionCb(period=code)) if shown.conversion else None,
            button(t("📎 Excel"), DigestFileCb(period=code)),
        ],
        *(
            [button(f"{name}: {count}", DigestListCb(department_id=place, watched=kind.value, period=code))]
            for kind, count, name in lists
            if count
        ),
        [home(t)],
    )


def posted(shown: Digest, t: Tongue) -> InlineKeyboardMarkup:
    """In a team chat: whoever may see more gets it in private."""
    return rows([button(t("📊 Report"), ReportCb(period=Period(shown.first, shown.last).code))])


def part(shown: Digest, t: Tongue) -> InlineKeyboardMarkup:
    """Under one part of it."""
    return rows([button(t("◀️ Back"), DigestCb(period=Period(shown.first, shown.last).code)), home(t)])


def morning(shown: Morning, t: Tongue) -> InlineKeyboardMarkup:
    """The day itself, and the requests."""
    leads = button(t("🎯 Leads"), LeadListCb()) if shown.unanswered or shown.free_leads else None
    return rows([button(t("☀️ My day"), MyDayCb()), leads])


def choice(shown: DigestChoice, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each, to switch it over."""
    return rows(
        *(
            [button(f"{_mark(on=on)} {kind_label(kind, t)}", DigestWantCb(kind=kind, on=int(not on)))]
            for kind, on in shown.kinds
        ),
        *(
            [
                button(
                    f"{_mark(on=on)} {t('Team chat: {name}', name=place.name)}",
                    DigestPostCb(department_id=place.id, on=int(not on)),
                )
            ]
            for place, on in shown.chats
        ),
        [button(t("✉️ By e-mail"), MailCb()) if shown.mails else None],
        [button(t("◀️ Back"), ProfileCb()), home(t)],
    )


def kind_label(kind: DigestKind, t: Tongue) -> str:
    """A digest in words."""
    return {
        DigestKind.MORNING: t("Morning: what waits today"),
        DigestKind.EVENING: t("Evening: how the day went"),
        DigestKind.WEEK: t("Monday: the week before"),
        DigestKind.WEEK_FILE: t("Monday: its figures in Excel"),
        DigestKind.WEEK_MAIL: t("Monday: the same by e-mail"),
    }[kind]


def _mark(*, on: bool) -> str:
    return "✅" if on else "⬜️"
