"""Buttons of the rules by which deals move on by themselves."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, home, marked, rows
from keyboards.follow_up import days_label
from keyboards.paging import leafed
from keyboards.pipeline_data import StageAutoAskCb, StageAutosCb, StageAutoSetCb, StageAutoWayCb, StageCb
from keyboards.tongue import Tongue
from services.dto.pipelines import AutoPlaces, StageCard
from services.pipelines.auto_rules import Happening

DAYS = (2, 3, 5, 7, 10, 14, 21, 30)


def what_label(what: Happening, t: Tongue) -> str:
    """What may happen, in a word or two."""
    return {
        Happening.PAID: t("💳 Paid in full"),
        Happening.FIRST_PAID: t("💳 First payment"),
        Happening.ANSWERED: t("📞 Client reached"),
        Happening.SILENT: t("🔇 Client silent"),
    }[what]


def autos(card: StageCard, t: Tongue) -> InlineKeyboardMarkup:
    """What may happen."""
    return rows(
        *(
            [button(what_label(what, t), StageAutoAskCb(stage_id=card.id, what=what.value))]
            for what in card.leads_to
        ),
        [button(t("◀️ Back"), StageCb(stage_id=card.id)), home(t)],
    )


def ask(card: StageCard, what: Happening, days: int, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """After how many days, then where to; and the way to let deals stand."""
    one, now = {"stage_id": card.id, "what": what.value}, card.autos.to.get(what)
    if what is Happening.SILENT and not days:
        choices = [button(days_label(n, t), StageAutoAskCb(**one, days=n)) for n in DAYS]
        ways = []
    else:
        choices = [
            button(
                marked(there.name, chosen=there.id == now), StageAutoSetCb(**one, to_id=there.id, days=days)
            )
            for there in card.leads_to[what]
        ]
        ways = [
            button(f"🧭 {there.name}", StageAutoWayCb(**one, pipeline_id=there.id, days=days))
            for there in card.others
        ]
    off = StageAutoSetCb(**one, to_id=0)
    return rows(
        *leafed(choices, page, StageAutoAskCb(**one, days=days), ways),
        [button(t("🚫 Let it stand"), off) if now else None],
        [button(t("◀️ Back"), StageAutosCb(stage_id=card.id)), home(t)],
    )


def places(shown: AutoPlaces, what: Happening, days: int, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """To which stage of another pipeline."""
    one, now = {"stage_id": shown.card.id, "what": what.value}, shown.card.autos.to.get(what)
    choices = (
        button(marked(there.name, chosen=there.id == now), StageAutoSetCb(**one, to_id=there.id, days=days))
        for there in shown.stages
    )
    back = button(t("◀️ Back"), StageAutoAskCb(**one, days=days))
    here = StageAutoWayCb(**one, pipeline_id=shown.pipeline.id, days=days)
    return rows(*leafed(choices, page, here), [back, home(t)])
