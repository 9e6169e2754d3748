"""How the reasons for which deals are lost look to those who change them."""

from handlers.screen import Screen
from keyboards import loss_reasons as keys
from keyboards.common import cut
from keyboards.tongue import Html, Tongue, join
from services.dto.pipelines import LossReasonCard, LossReasons

NAMES = 600
"""So much is told of the other pipelines that offer the same ones."""


def reasons(shown: LossReasons, t: Tongue) -> Screen:
    """All of them, and one more if somebody types it."""
    lines = [t.html("💔 <b>{pipeline}: why deals are lost</b>", pipeline=shown.pipeline.name)]
    if shown.shared:
        names = cut(", ".join(shown.shared), NAMES)
        lines.append(t.html("Shared with: {names}. A change here changes them there.", names=names))
    lines += [t.html("{n}. {name}", n=n, name=one.name) for n, one in enumerate(shown.offered, 1)]
    if shown.retired:
        lines.append(
            t.html("🗄 No longer offered: {names}", names=", ".join(one.name for one in shown.retired))
        )
    lines += [Html(""), t.html("Send a new reason, or choose one to change it.")]
    return Screen(join(lines), keys.reasons(shown, t), subject=("loss_reasons", shown.pipeline.id))


def reason(card: LossReasonCard, t: Tongue) -> Screen:
    """One of them."""
    lines = [
        t.html(
            "💔 <b>{reason}</b> · {pipeline}", reason=card.reason.name, pipeline=card.reasons.pipeline.name
        ),
        t.html("Lost for it: {deals}", deals=t.many("{n} deal", "{n} deals", card.deals)),
    ]
    if not card.retired:
        lines.insert(1, t.html("Place {n} of {total}", n=card.position + 1, total=len(card.reasons.offered)))
    else:
        lines.append(t.html("🗄 No longer offered. Its deals keep it, and reports count it."))
    return Screen(join(lines), keys.reason(card, t), subject=("loss_reasons", card.reasons.pipeline.id))


def ask_name(card: LossReasonCard, t: Tongue) -> Screen:
    """What shall it be called?"""
    lines = [t.html("What shall <b>{name}</b> be called? Send the new name.", name=card.reason.name)]
    if card.deals:
        lines.append(
            t.html("Deals that were lost for it will say so, too. If you mean another reason, add one.")
        )
    return Screen(join(lines), keys.ask_name(card, t))
