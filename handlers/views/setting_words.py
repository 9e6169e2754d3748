"""What the settings are called in their history, and how the values of each read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from handlers.views.company import assigning_words
from handlers.views.hours import hours_words
from handlers.views.profile import language_name
from handlers.views.work_times import run_words
from keyboards import field_settings, stage_tasks, stages
from keyboards.common import cut
from keyboards.distribution import mode_words, order_words
from keyboards.follow_up import days_label, rule_days, rule_label
from keyboards.people import role_label
from keyboards.response import minutes_label, step_label
from keyboards.stage_autos import what_label
from keyboards.stage_marks import COLORS
from keyboards.tongue import Tongue
from services.access import Role, StageKind
from services.distribution.rules import Mode, Order
from services.dto.common import Sum
from services.dto.fields import FieldKind
from services.dto.work_times import SpecialRun
from services.followup.rules import Rule
from services.pipelines.auto_rules import Autos
from services.pipelines.robot_terms import Robot
from services.pipelines.shape import Color, StageField
from services.response.rules import Step
from services.task_giving import Assigning
from services.understanding.work_hours import WorkHours
from services.zones import city_of

Names = Mapping[str, str]
NOTHING = "—"


def labels(subject: str, t: Tongue) -> dict[str, str]:
    """What may be set of this kind of thing, in a word or two."""
    place = {"position": t("place"), "name": t("name"), "pipeline_id": t("🧭 Pipelines")}
    return place | {
        "person": {
            "role": t("🎭 Role"),
            "departments": t("🏢 Departments"),
            "shift": t("🕘 Shift"),
            "shift_until": t("back at work"),
            "lunch_until": t("lunch until"),
            "substitute_id": t("substitute"),
            "username": t("@username"),
        },
        "department": {
            **{step.value: step_label(step, t) for step in Step},
            "branch": t("branch"),
            "city": t("city"),
            "hours": t("🗓 Working hours"),
            "time_zone": t("🕒 Time zone"),
            "keeps_holidays": t("closed on public holidays"),
            "special_days": t("📅 special days"),
            "mode": t("🎯 Distribution"),
            "order": t("whose turn"),
            "minutes": t("minutes of an offer"),
            "limit": t("leads in hand at most"),
            "own": t("a distribution of its own"),
            "posts_digest": t("digest in the team chat"),
        },
        "pipeline": {
            **{one.value: stages.field_label(one, t) for one in StageField if one is not StageField.NAME},
            **{rule.value: rule_label(rule, t) for rule in Rule},
            "robot": t("🤖 Tasks"),
            "auto": t("⚡ Automatic moves"),
            "loss_reason": t("💔 Loss reasons"),
            "loss_reasons": t("loss reasons of its own"),
        },
        "field": {
            "kind": t("🏷 Kind"),
            "options": t("📝 Choices"),
            "finance": t("💳 For finance, too"),
            "hidden": t("hidden"),
            "to_deal": t("➡️ Copy into the deal"),
            "to_contact": t("copied into the client"),
        },
        "source": {"origins": t("🌍 Sites")},
        "company": {
            "time_zone": t("🕒 Time zone"),
            "region": t("country"),
            "language": t("🌐 Language"),
            "currency": t("💱 Currency"),
            "hours": t("🗓 Working hours"),
            "pipeline": t("🧭 Pipelines"),
            "protects_clients": t("🔒 Protect clients"),
            "assigning": t("👤 Who gives tasks"),
            "number": t("text of consent, no."),
            "news_channel": t("📣 News channel"),
            "tells_won": t("🏆 won deals in the channel"),
        },
    }.get(subject, {})


def read(key: str, value: Any, names: Names, currency: str, t: Tongue) -> str:
    """A value in words; as it is kept, where it is none of those that are known today."""
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    try:
        told = _special(key, value, names, currency, t)
    except (KeyError, TypeError, ValueError):
        told = None
    if told is None and isinstance(value, list):
        told = ", ".join(map(str, value))
    return cut(told or (NOTHING if value in (None, "", [], {}) else str(value)), 200)


def _special(key: str, value: Any, names: Names, currency: str, t: Tongue) -> str | None:
    if key in set(Step):
        return minutes_label(value or 0, t)
    if key in set(Rule):
        return rule_days(Rule(key), value, t)
    if key == "norm_days":
        return days_label(value, t)
    if value is None:
        return None
    return _listed(key, value, names, t) or _chosen(key, value, t) or _counted(key, value, currency, t)


def _listed(key: str, value: Any, names: Names, t: Tongue) -> str | None:
    """What is several, or stands for something that has a name."""
    match key:
        case "enter" | "leave":
            return ", ".join(role_label(Role(one), t) for one in value)
        case "required":
            own = {f"f{one.partition(':')[2]}": name for one, name in names.items() if one[:6] == "field:"}
            return ", ".join(stages.required_label(own, one, t) for one in value)
        case "departments":
            return ", ".join(names[f"department:{one}"] for one in value)
        case "pipeline_id":
            return names[f"pipeline:{value}"]
        case "substitute_id":
            return names[f"person:{value}"]
        case "to_deal" | "to_contact":
            return names[f"field:{value}"]
        case "auto":
            rules = [(what_label(what, t), f"stage:{to}") for what, to in Autos.of(value).to.items()]
            return "; ".join(f"{what} → {names.get(to, NOTHING)}" for what, to in rules)
        case "robot":
            robot = Robot.of(value)
            term, who = stage_tasks.term_label(robot, t), stage_tasks.doer_label(robot.doer, t)
            return f"{robot.text} ({term}, {who})"
    return None


def _chosen(key: str, value: Any, t: Tongue) -> str | None:
    """What is one of a few."""
    match key:
        case "role":
            return role_label(Role(value), t)
        case "kind":
            known = value in set(StageKind)
            return stages.kind_label(StageKind(value), t) if known else _field_kind(value, t)
        case "color":
            return COLORS[Color(value)]
        case "language":
            return language_name(value, t)
        case "assigning":
            return assigning_words(t)[Assigning(value)]
        case "mode":
            return mode_words(t)[Mode(value)]
        case "order":
            return order_words(t)[Order(value)]
        case "shift":
            return {"on": t("on shift"), "off": t("off shift"), "auto": t("by the working hours")}[value]
    return None


def _counted(key: str, value: Any, currency: str, t: Tongue) -> str | None:
    """Hours, moments, numbers and sums."""
    match key:
        case "hours":
            return hours_words(WorkHours.of(value), t)
        case "special_days":
            first, last = (date.fromisoformat(one) for one in value[:2])
            spans = tuple((start, end) for start, end in value[2]) if len(value) > 2 else None
            days = t.day(first) if first == last else f"{t.day(first)} – {t.day(last)}"
            return days if spans is None else run_words(SpecialRun(first, last, spans), t)
        case "time_zone":
            return city_of(value, t.language)
        case "shift_until" | "lunch_until":
            return t.when(datetime.fromisoformat(value))
        case "percent":
            return f"{value} %"
        case "position":
            return str(value + 1)
        case "limit":
            return str(value) if value else t("no limit")
        case "plan":
            return t.money(Sum(value, currency))
    return None


def _field_kind(value: str, t: Tongue) -> str:
    return field_settings.kind_label(FieldKind(value), t)
