"""What stands in the picture of a digest, besides its funnel."""

from babel.numbers import get_currency_precision

from handlers.views.digests import when
from keyboards.figures import share, units
from keyboards.tongue import Tongue
from services.dto.digests import Digest
from services.dto.plans import Target
from services.ports import PlanGauge


def titles(shown: Digest, t: Tongue) -> tuple[str, str]:
    """What stands above the picture."""
    title = t("Plan and funnel") if shown.plan else t("Funnel")
    return title, " · ".join([when(shown, t), *([shown.place.name] if shown.place else [])])


def gauges(shown: Digest, t: Tongue) -> list[PlanGauge]:
    """The digest's own days and the month against the plan, for the picture."""
    if shown.plan is None:
        return []
    week, month = shown.plan.days, shown.plan.target
    told = [(when(shown, t), week)] if week and week.plan else []
    return [_gauge(label, target, shown, t) for label, target in (*told, (t.month(shown.plan.month), month))]


def _gauge(label: str, target: Target, shown: Digest, t: Tongue) -> PlanGauge:
    done = units(target.done, get_currency_precision(shown.currency), t)
    of = t("{done} of {plan}", done=done, plan=t.money(shown.sum(target.plan)))
    value = f"{share(target.done, target.plan, t, short=True)} %"
    return PlanGauge(label, target.done / target.plan, value, of, target.due / target.plan)
