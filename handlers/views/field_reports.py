"""How reports by fields of the company's own look."""

from collections.abc import Sequence
from decimal import Decimal

from handlers.screen import Screen
from handlers.views.reports import currency_sign, money_units, period_name
from handlers.views.tables import table
from keyboards import reports as keys
from keyboards.figures import exactly, number
from keyboards.stage_marks import mark
from keyboards.tongue import Html, Tongue, join
from services.dto.common import Ref
from services.dto.reports import ByField, FieldFigures, FieldTotals
from services.fields.values import SCALE
from services.report_periods import Period


def fields(period: Period, found: Sequence[Ref], t: Tongue) -> Screen:
    """By which field?"""
    lines = [t.html("🗂 <b>By which field?</b>")]
    if not found:
        lines.append(t.html("Deals have no field yet that is a list, yes or no, a number or a sum."))
    return Screen(join(lines), keys.fields(period, found, t))


def by_field(shown: ByField | FieldTotals, t: Tongue) -> Screen:
    """How many deals, and how much, by each value; of a number or a sum what it comes to in each stage."""
    period = period_name(shown.period, t)
    title = t.html("🗂 <b>{field}</b> · {period}", field=shown.field.name, period=period)
    if isinstance(shown, FieldTotals):
        return Screen(join([title, *_totals(shown, t)]), keys.by_field(shown, t))
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


def _totals(shown: FieldTotals, t: Tongue) -> list[Html]:
    """Each pipeline's stages in order, and what all of it comes to."""
    sign = currency_sign(shown.currency, t) if shown.currency else "Σ"
    found = [(funnel, [line for line in funnel.lines if line.count]) for funnel in shown.funnels]
    blocks = [
        table(
            [funnel.pipeline, "№", sign],
            [
                [f"{mark(line.stage)} {line.stage.name}", number(line.count, t), _total(line.total, shown, t)]
                for line in lines
            ],
        )
        for funnel, lines in found
        if lines
    ]
    alone = [t.html("Only sums in {currency} are added up.", currency=sign)] if shown.currency else []
    if not blocks:
        return [t.html("It is not filled in of any of these deals."), *alone]
    total = sum(line.total for _, lines in found for line in lines)
    altogether = f"{_total(total, shown, t)} {sign}" if shown.currency else _total(total, shown, t)
    return [*blocks, t.html("Altogether: <b>{total}</b>", total=altogether), *alone]


def _total(total: int, shown: FieldTotals, t: Tongue) -> str:
    if shown.currency:
        return money_units(total, shown.currency, t)
    return exactly(Decimal(total) / SCALE, t)


def _value(line: FieldFigures, t: Tongue) -> str:
    if isinstance(line.value, bool):
        return t("yes") if line.value else t("no")
    return line.value or "—"
