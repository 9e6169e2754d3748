"""What is told of rules that have moved a deal, or begun another one, or would have."""

from collections.abc import Sequence

from handlers.screen import Screen
from handlers.views.deals import text
from keyboards import deals as keys
from keyboards.stage_autos import what_label
from keyboards.stages import required_label
from keyboards.tongue import Tongue, join
from services.dto.deals import DealCard
from services.fields.entry import code_of
from services.pipelines.auto_rules import Happening
from services.pipelines.shape import REQUIRABLE


def ruled(
    deal: DealCard, what: Happening, target: tuple[int, str], missing: Sequence[str], t: Tongue, *, may: bool
) -> Screen:
    """Told to the owner of a deal that a rule has moved, or to whoever may add what is missing for that.

    `may`: whether they may move it there themselves.
    """
    stage_id, name = target
    if not missing:
        told = t.html("⚡ {what}: by the rule it went to “{stage}”", what=what_label(what, t), stage=name)
        return Screen(join([told, text(deal, t)]), keys.deal_card(deal, t), subject=("deal", deal.id))
    told = t.html(
        "⚡ {what}: by the rule it would go to “{stage}”, but this is missing: {fields}",
        what=what_label(what, t),
        stage=name,
        fields=_missing(deal, missing, t),
    )
    keyboard = keys.ruled(deal, stage_id, name, t, may=may)
    return Screen(join([told, text(deal, t)]), keyboard, subject=("deal", deal.id))


def begun(
    deal: DealCard, what: Happening, after: tuple[int, str], missing: Sequence[str], t: Tongue
) -> Screen:
    """Told to the owner of a closed deal `after` which another one has begun, or would have."""
    number, stage = after
    told = t.html(
        "⚡ {what} after #{id}: by the rule this new deal has begun", what=what_label(what, t), id=number
    )
    if missing:
        told = t.html(
            "⚡ {what}: by the rule a new deal would begin in “{stage}”, but this is missing: {fields}",
            what=what_label(what, t),
            stage=stage,
            fields=_missing(deal, missing, t),
        )
    return Screen(join([told, text(deal, t)]), keys.deal_card(deal, t), subject=("deal", deal.id))


def _missing(deal: DealCard, missing: Sequence[str], t: Tongue) -> str:
    own = {code_of(line.field.id): line.field.name for line in deal.fields}
    return ", ".join(required_label(own, one, t) for one in missing if one in (*REQUIRABLE, *own)) or "—"
