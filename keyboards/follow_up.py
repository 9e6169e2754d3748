"""Buttons of what is done by itself: whom to call today, and the rules of a pipeline."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ContactCb
from keyboards.common import button, cancel, grid, home, rows
from keyboards.data import Id, Press
from keyboards.paging import leafed, place_of
from keyboards.people_data import TeamCb
from keyboards.pipeline_data import PipelineCb
from keyboards.task_data import TaskCb
from keyboards.tasks import MyDayCb
from keyboards.tongue import Tongue
from services.dto.followup import FollowUp, FollowUpCard, StageNorm
from services.followup.rules import Rule

SHOWN = 8
DAYS = (1, 2, 3, 5, 7, 14, 30)
AHEAD = (0, 1, 2, 3, 5, 7, 14)
IDLE = (0, 1, 2, 3, 5, 7, 14, 30)
NORMS = (3, 5, 7, 10, 14, 21, 30, 60)


class FollowUpPress(Press, prefix="-fu"):
    """A button on the rules of a pipeline (0: of the first one)."""

    pipeline_id: Id = 0

    def subject(self) -> tuple[str, int]:
        """The rules."""
        return ("follow_up", self.pipeline_id)


class FollowUpCb(FollowUpPress, prefix="fu"):
    """Show them."""

    page: Id = 0


class FollowUpAskCb(FollowUpPress, prefix="fua"):
    """After how many days shall this be done?"""

    rule: str


class FollowUpSetCb(FollowUpPress, prefix="fus"):
    """After so many days."""

    rule: str
    days: Id


class FollowUpOffCb(FollowUpPress, prefix="fuo"):
    """Never."""

    rule: str


class FollowUpNormsCb(FollowUpPress, prefix="fun"):
    """The stages, to say how long a deal may stand in each."""

    page: Id = 0


class FollowUpNormCb(FollowUpPress, prefix="fuq"):
    """How long may a deal stand in this stage?"""

    stage_id: Id


class FollowUpNormSetCb(FollowUpPress, prefix="fuw"):
    """So many days; 0 for as long as it likes."""

    stage_id: Id
    days: Id


def rule_label(rule: Rule, t: Tongue) -> str:
    """A rule in a word or two."""
    return {
        Rule.CALLBACK: t("📞 Call back"),
        Rule.SILENT: t("🔁 Silent client"),
        Rule.STEP: t("⚠️ No next step"),
        Rule.GREET: t("🎂 Birthdays"),
    }[rule]


def rule_days(rule: Rule, days: int | None, t: Tongue) -> str:
    """When a rule is due, in a word or two."""
    match rule, days:
        case Rule.GREET, 0:
            return t("on the day")
        case Rule.GREET, int():
            return t.many("{n} day before", "{n} days before", days)
        case Rule.STEP, 0:
            return t("at once")
    return days_label(days, t)


def days_label(days: int | None, t: Tongue) -> str:
    """So many days, or that it never comes."""
    return t.many("{n} day", "{n} days", days) if days else t("off")


def follow_up(shown: FollowUp, t: Tongue) -> InlineKeyboardMarkup:
    """Each task and each client to be greeted; what does not fit is in one's day."""
    return rows(
        *([button(f"📞 {one.text}", TaskCb(task_id=one.task_id))] for one in shown.calls[:SHOWN]),
        *(
            [button(f"🎂 {one.name}", ContactCb(contact_id=one.contact_id))]
            for one in shown.greetings[:SHOWN]
        ),
        [button(t("☀️ My day"), MyDayCb(), "primary"), home(t)],
    )


def rules(card: FollowUpCard, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """Under the rules: each with its days, the stages, and the other pipelines."""
    here = card.pipeline.id
    others = [
        button(f"🧭 {one.name}", FollowUpCb(pipeline_id=one.id)) for one in card.choice if one.id != here
    ]
    return rows(
        *([_rule(card, rule, t)] for rule in Rule),
        [button(t("⏳ Days per stage"), FollowUpNormsCb(pipeline_id=here))],
        *leafed(others, page, FollowUpCb(pipeline_id=here)),
        [button(f"◀️ {card.pipeline.name}", PipelineCb(pipeline_id=here)), button(t("◀️ Team"), TeamCb())],
        [home(t)],
    )


def ask_days(card: FollowUpCard, rule: Rule, t: Tongue) -> InlineKeyboardMarkup:
    """Likely days for a rule, and the way to switch it off."""
    here, now = card.pipeline.id, card.rules.days.get(rule)

    def choice(days: int) -> InlineKeyboardButton:
        data = FollowUpSetCb(pipeline_id=here, rule=rule.value, days=days)
        return button(_marked(rule_days(rule, days, t), on=days == now), data)

    off = button(_marked(t("off"), on=now is None), FollowUpOffCb(pipeline_id=here, rule=rule.value))
    offered = {Rule.GREET: AHEAD, Rule.STEP: IDLE}.get(rule, DAYS)
    wide = 2 if rule is Rule.GREET else 4
    return rows(*grid(map(choice, offered), wide), [off], [_back(here, t), cancel(t)])


def norms(card: FollowUpCard, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """Each stage with its days."""
    here = card.pipeline.id
    stages = (
        button(
            f"{one.name}: {days_label(one.days, t)}",
            FollowUpNormCb(pipeline_id=here, stage_id=one.id),
        )
        for one in card.stages
    )
    return rows(*leafed(stages, page, FollowUpNormsCb(pipeline_id=here)), [_back(here, t), home(t)])


def norm_page(card: FollowUpCard, stage_id: int) -> int:
    """The page on which this stage stands."""
    return place_of(stage_id, [one.id for one in card.stages])


def ask_norm(card: FollowUpCard, stage: StageNorm, t: Tongue) -> InlineKeyboardMarkup:
    """Likely days for a stage, and the way to let deals stand."""
    here = card.pipeline.id

    def choice(days: int) -> InlineKeyboardButton:
        data = FollowUpNormSetCb(pipeline_id=here, stage_id=stage.id, days=days)
        return button(_marked(days_label(days, t), on=days == (stage.days or 0)), data)

    back = button(t("◀️ Back"), FollowUpNormsCb(pipeline_id=here, page=norm_page(card, stage.id)))
    return rows(*grid(map(choice, NORMS), 4), [choice(0)], [back, cancel(t)])


def _rule(card: FollowUpCard, rule: Rule, t: Tongue) -> InlineKeyboardButton:
    now = rule_days(rule, card.rules.days.get(rule), t)
    data = FollowUpAskCb(pipeline_id=card.pipeline.id, rule=rule.value)
    return button(f"{rule_label(rule, t)}: {now}", data)


def _back(pipeline_id: int, t: Tongue) -> InlineKeyboardButton:
    return button(t("◀️ Back"), FollowUpCb(pipeline_id=pipeline_id))


def _marked(label: str, *, on: bool) -> str:
    return f"✅ {label}" if on else label
