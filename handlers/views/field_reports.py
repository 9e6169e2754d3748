"""How reports by fields of the company's own look."""

from collections.abc import Sequence

from handlers.screen import Screen
from handlers.views.reports import currency_sign, money_units, period_name
from handlers.views.tables import table
from keyboards import reports as keys
from keyboards.figures import number
from keyboards.tongue import Tongue, join
from services.dto.common import Ref
from services.dto.reports import ByField, FieldFigures
from services.report_periods import Period


def fields(period: Period, found: Sequence[Ref], t: Tongue) -> Screen:
    """By which field?"""
    lines = [t.html("🗂 <b>By which field?</b>")]
    if not found:
        lines.append(t.html("Deals have no field yet that is a list, several choices, or yes or no."))
    return Screen(join(lines), keys.fields(period, found, t))


def by_field(shown: ByField, t: Tongue) -> Screen:
    """How many deals, and how much, by each value."""
    period = period_name(shown.period, t)
    title = t.html("🗂 <b>{field}</b> · {period}", field=shown.field.name, period=period)
    if not shown.lines:
        return Screen(
            join([title, t.html("It is not filled in of any of these deals.")]), keys.by_field(shown, t)
        )
    sign = currency_sign(shown.currency, t)
    won = [
        [
            _value(line, t),
            number(line.figures.won, t),
            money_units(line.figures.won_sum, shown.currency, t),
        ]
        for line in shown.lines
    ]
    still = [
        [_value(line, t), number(line.open, t), money_units(line.open_sum, shown.currency, t)]
        for line in shown.lines
        if line.open
    ]
    blocks = [title, table([t("Won"), "№", sign], won)]
    if still:
        blocks.append(table([t("In work"), "№", sign], still))
    return Screen(join(blocks), keys.by_field(shown, t))


def _value(line: FieldFigures, t: Tongue) -> str:
    if isinstance(line.value, bool):
        return t("yes") if line.value else t("no")
    return line.value or "—"
