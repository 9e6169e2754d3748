"""How plans are read and set by hand."""

from keyboards.plan_data import PlanAskCb, PlanCb, PlanClearCb
from services.plans.pace import month_code
from tests.cast import START
from tests.matrix.deeds import Deed, Facts, Typed, deed

MONTH = month_code(START.date())


def own_plans() -> dict[str, Deed]:
    """One's own, or those that one heads."""
    return {"plan": deed("/plan"), "plan_button": deed(PlanCb())}


def plans(f: Facts) -> dict[str, Deed]:
    """Those of a department."""
    one = {"month": MONTH, "department_id": f.id}
    form = Typed("plan.sum", {"whose": [MONTH, f.id, 0], "back": ["plan", f.id]}, "900k")
    return {
        "plan_of": deed(PlanCb(**one)),
        "plan_ask": deed(PlanAskCb(**one)),
        "plan_set": deed(PlanAskCb(**one), "900k", changes="sales_plan", form=form),
        "plan_clear": deed(PlanClearCb(**one), changes="event"),
    }
