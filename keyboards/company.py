"""Buttons of the company's settings: the same questions one by one, and at the first start in a row."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, marked, rows
from keyboards.data import Id, Press
from keyboards.imports import ImportCb
from keyboards.inflow import InflowCb
from keyboards.lead_data import LeadNewCb
from keyboards.news import to_channel
from keyboards.people_data import DepartmentCb, DepartmentPlaceCb, InviteCb
from keyboards.privacy import ConsentTextCb
from keyboards.profile import CompanyCb, PipelinesCb, ProfileCb
from keyboards.setting_history import CompanyHistoryCb, history_of
from keyboards.tongue import Tongue
from services.currencies import CURRENCIES
from services.dto.company import CompanyCard, DepartmentPlace
from services.people import LANGUAGES
from services.pipeline_templates import TEMPLATES
from services.task_giving import Assigning
from services.zones import COMMON


class Question(StrEnum):
    """What the owner is asked, in the order of the first start."""

    NAME = "name"
    LANGUAGE = "language"
    CURRENCY = "currency"
    ZONE = "zone"
    HOURS = "hours"
    DEPARTMENTS = "departments"
    PIPELINE = "pipeline"

    @property
    def number(self) -> int:
        """Its place in the row, from 1."""
        return list(Question).index(self) + 1


PRESETS = ("mon-fri 9-18", "mon-fri 10-19", "mon-sat 9-18", "daily 9-21")
"""Likely working hours, as somebody would write them."""
LIKELY_CURRENCIES = tuple(CURRENCIES)[:6]


class CompanyAskCb(Press, prefix="coa"):
    """Ask one of the questions; `first`: in the row of the first start (1), or alone (0)."""

    question: str
    first: Id = 0


class CompanyPickCb(Press, prefix="cop"):
    """Answer a question by a button, with what one could have typed."""

    question: str
    first: Id
    value: str

    def subject(self) -> tuple[str, int]:
        """The next question, or the settings."""
        known = self.first and self.question in set(Question)
        return ("first", Question(self.question).number + 1) if known else ("company", 1)


class CompanyProtectCb(Press, prefix="cpr"):
    """Whether client data is protected from now on (1), or not (0)."""

    on: Id

    def subject(self) -> tuple[str, int]:
        """The settings."""
        return ("company", 1)


class CompanyAssignCb(Press, prefix="coq"):
    """Ask who may give tasks to whom."""


class CompanyAssignSetCb(Press, prefix="cor"):
    """By this rule."""

    rule: str

    def subject(self) -> tuple[str, int]:
        """The settings."""
        return ("company", 1)


class FirstDoneCb(Press, prefix="cod"):
    """The first start is over."""


def company(t: Tongue, *, protects: bool) -> InlineKeyboardMarkup:
    """Under the company's settings."""
    protect = t("🔓 Do not protect clients") if protects else t("🔒 Protect clients")
    return rows(
        [_ask(t("✏️ Company name"), Question.NAME), _ask(t("🌐 Language"), Question.LANGUAGE)],
        [_ask(t("💱 Currency"), Question.CURRENCY), _ask(t("🕒 Time zone"), Question.ZONE)],
        [_ask(t("🗓 Working hours"), Question.HOURS), button(t("🧭 Pipelines"), PipelinesCb())],
        [
            _ask(t("🏢 Departments"), Question.DEPARTMENTS),
            button(protect, CompanyProtectCb(on=0 if protects else 1)),
        ],
        [button(t("📥 Requests from outside"), InflowCb()), button(t("🔏 Consent"), ConsentTextCb())],
        [button(t("👤 Who gives tasks"), CompanyAssignCb()), to_channel(t)],
        [history_of(CompanyHistoryCb(), t)],
        [button(t("◀️ Back"), ProfileCb()), home(t)],
    )


def assigning(card: CompanyCard, labels: Mapping[Assigning, str], t: Tongue) -> InlineKeyboardMarkup:
    """The rules; the one of now is marked."""
    choices = [
        [button(marked(label, chosen=rule is card.assigning), CompanyAssignSetCb(rule=rule.value))]
        for rule, label in labels.items()
    ]
    return rows(*choices, [button(t("◀️ Back"), CompanyCb()), home(t)])


def question(
    one: Question, choices: list[InlineKeyboardButton], t: Tongue, *, first: bool
) -> InlineKeyboardMarkup:
    """The likely answers, and the ways on and back."""
    if not first:
        return rows(*grid(choices), [button(t("◀️ Back"), CompanyCb()), cancel(t)])
    asked = list(Question)
    back = _step(t("◀️ Back"), asked[one.number - 2]) if one.number > 1 else None
    if one.number == len(asked):
        return rows(*grid(choices), [back, button(t("🏁 Done"), FirstDoneCb(), "primary")])
    label = t("Next ▶️") if one is Question.DEPARTMENTS else t("Skip ▶️")
    return rows(
        *grid(choices),
        [back, _step(label, asked[one.number])],
        [button(t("🏁 Finish with defaults"), FirstDoneCb())],
    )


def languages(card: CompanyCard, names: dict[str, str], *, first: bool) -> list[InlineKeyboardButton]:
    """The languages by their names."""
    now, ask = card.language, Question.LANGUAGE
    return [_pick(names[one].capitalize(), ask, one, first, one == now) for one in LANGUAGES]


def currencies(card: CompanyCard, *, first: bool) -> list[InlineKeyboardButton]:
    """The most likely currencies, with the present one among them."""
    codes = dict.fromkeys((*LIKELY_CURRENCIES, card.currency))
    return [_pick(code, Question.CURRENCY, code, first, code == card.currency) for code in codes]


def zones(card: CompanyCard, t: Tongue, *, first: bool) -> list[InlineKeyboardButton]:
    """The common time zones."""
    return [
        _pick(zone.city(t.language), Question.ZONE, zone.name, first, zone.name == card.time_zone)
        for zone in COMMON
    ]


def hours(labels: Iterable[tuple[str, str, bool]], *, first: bool) -> list[InlineKeyboardButton]:
    """Likely working hours: each as it would be typed, in words, and whether it is the present one."""
    return [_pick(label, Question.HOURS, typed, first, now) for typed, label, now in labels]


def departments(card: CompanyCard, t: Tongue, *, first: bool) -> list[InlineKeyboardButton]:
    """Each department, to say where it is, and likely ones to add."""
    known = {row.name for row in card.departments}
    likely = [name for name in (t("Sales"), t("Service"), t("Purchasing")) if name not in known]
    return [
        *(_place(row, first=first) for row in card.departments),
        *(_pick(f"➕ {name}", Question.DEPARTMENTS, name, first) for name in likely),
    ]


def templates(card: CompanyCard, t: Tongue, *, first: bool) -> list[InlineKeyboardButton]:
    """The pipelines to choose from."""
    now, names = card.pipeline.template, [(one.code, one.wording(t.language).name) for one in TEMPLATES]
    return [_pick(name, Question.PIPELINE, code, first, code == now) for code, name in names]


def hello(t: Tongue) -> InlineKeyboardMarkup:
    """Before the first question."""
    return rows(
        [_step(t("🚀 Let's go"), Question.NAME, "primary")],
        [button(t("🏁 Finish with defaults"), FirstDoneCb())],
    )


def ready(t: Tongue) -> InlineKeyboardMarkup:
    """What to do first in a company that is set up."""
    return rows(
        [button(t("➕ New lead"), LeadNewCb(), "primary"), button(t("✉️ Invite"), InviteCb())],
        [button(t("📂 Import"), ImportCb()), button(t("🏢 Company"), CompanyCb())],
        [home(t)],
    )


def set_up(t: Tongue) -> InlineKeyboardButton:
    """The way to the first start from the menu."""
    return _step(t("🚀 Set the company up"), Question.NAME, "primary")


def department_place(department_id: int, t: Tongue, *, first: bool) -> InlineKeyboardMarkup:
    """Under the question where a department is."""
    if first:
        return rows([_step(t("◀️ Back"), Question.DEPARTMENTS)])
    return rows([button(t("◀️ Back"), DepartmentCb(department_id=department_id)), cancel(t)])


def _ask(label: str, one: Question) -> InlineKeyboardButton:
    return button(label, CompanyAskCb(question=one.value))


def _step(label: str, one: Question, style: str | None = None) -> InlineKeyboardButton:
    return button(label, CompanyAskCb(question=one.value, first=1), style)


def _pick(label: str, one: Question, value: str, first: bool, now: bool = False) -> InlineKeyboardButton:
    data = CompanyPickCb(question=one.value, first=int(first), value=value)
    return button(f"✅ {label}" if now else label, data)


def _place(row: DepartmentPlace, *, first: bool) -> InlineKeyboardButton:
    return button(f"📍 {row.name}", DepartmentPlaceCb(department_id=row.id, first=int(first)))
