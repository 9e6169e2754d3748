"""How reports look."""

from calendar import monthrange
from datetime import date
from itertools import groupby

from babel.dates import format_date
from babel.numbers import get_currency_precision, get_currency_symbol

from handlers.screen import Screen
from handlers.views.tables import table
from keyboards import reports as keys
from keyboards.figures import number, share, units
from keyboards.tongue import Html, Tongue, join
from services.dto.digests import Digest
from services.dto.reports import ByPerson, ByTime, Figures, FunnelLine, Report, Span
from services.ports import FunnelBar
from services.report_periods import Period


def report(report: Report, t: Tongue, page: int = 0) -> Screen:
    """The funnel, a page of it, and the figures."""
    period = period_name(report.period, t)
    who = whose(report, t)
    blocks = [
        join([t.html("📊 <b>{period}</b> · {who}", period=period, who=who), *_facts(report, t)]),
        *_funnels(report, t, page),
        t.html(
            "Sums in {currency}. Open stages as they are now.", currency=currency_sign(report.currency, t)
        ),
    ]
    # Telegram sets a table apart by itself: an empty line besides would make two.
    return Screen(join(blocks), keys.report(report, period, t, page))


def periods(period: Period, person_id: int, t: Tongue) -> Screen:
    """The periods to choose from."""
    asked = t.html("📅 Which period? Now: <b>{period}</b>", period=period_name(period, t))
    return Screen(asked, keys.periods(period, person_id, t))


def ask_period(t: Tongue) -> Screen:
    """Type it."""
    asked = t.html(
        "⌨️ Type a period: <code>01.03.2017-31.03.2017</code>, <code>03.2017</code>, <code>Q1 2017</code> "
        "or <code>2017</code>."
    )
    return Screen(asked, keys.asking(t))


def by_person(people: ByPerson, t: Tongue) -> Screen:
    """Who sold how much."""
    title = t.html("👥 <b>{period}</b> · by manager", period=period_name(people.period, t))
    if people.within is not None:
        place = places(people.within, t)
        title = t.html(
            "👥 <b>{period}</b> · by manager · {place}", period=period_name(people.period, t), place=place
        )
    if not people.lines:
        return Screen(
            join([title, t.html("Nothing was sold, and nothing is in work.")]), keys.by_person(people, t)
        )
    lines = [
        [
            f"{place}. {line.person.name if line.person else t('nobody')}",
            number(line.figures.won, t),
            share(line.figures.won, line.figures.closed, t, short=True),
            money_units(line.figures.won_sum, people.currency, t),
        ]
        for place, line in enumerate(people.lines, people.before + 1)
    ]
    shown = table([t("Manager"), t("Won"), "%", currency_sign(people.currency, t)], lines)
    return Screen(join([title, shown]), keys.by_person(people, t))


def by_time(times: ByTime, t: Tongue) -> Screen:
    """Month after month."""
    who = whose(times, t)
    title = t.html("📈 <b>{period}</b> · {who}", period=period_name(times.period, t), who=who)
    names = [(_span_name(span, t), _span_period(span).code) for span, _ in times.lines]
    if not times.lines:
        return Screen(
            join([title, t.html("Nothing was closed in this time.")]), keys.by_time(times, names, t)
        )
    lines = [
        _time_line(name, figures, times.currency, t)
        for (name, _), (_, figures) in zip(names, times.lines, strict=True)
    ]
    lines.append(_time_line(t("Total"), times.total, times.currency, t))
    head = ["", t("Won"), t("Lost"), currency_sign(times.currency, t)]
    return Screen(join([title, table(head, lines)]), keys.by_time(times, names, t))


def bars(report: Report | Digest, t: Tongue) -> list[FunnelBar]:
    """The stages as bars of a picture."""
    names = keys.stage_names(report, t)
    return [
        FunnelBar(
            names[line.stage.id],
            line.count,
            t.money(report.sum(line.total)) if line.total else "",
            line.stage.kind,
        )
        for funnel in keys.busy(report.funnels)
        for line in funnel.lines
    ]


def picture_titles(report: Report, t: Tongue) -> tuple[str, str]:
    """What stands above the picture."""
    who = whose(report, t)
    return t("Funnel"), f"{period_name(report.period, t)} · {who}"


def picture(report: Report, image: bytes, t: Tongue) -> Screen:
    """The funnel as a picture."""
    title, subtitle = picture_titles(report, t)
    caption = t.html("📊 <b>{title}</b> · {subtitle}", title=title, subtitle=subtitle)
    return Screen(caption, keys.picture(report, t), photo=image)


def whose(report: Report | ByTime, t: Tongue) -> str:
    """Whose deals a report counts: a person's, those of the reader's departments, or everybody's."""
    if report.person is not None:
        return report.person.name
    return places(report.within, t) if report.within is not None else t("everybody")


def places(names: tuple[str, ...], t: Tongue) -> str:
    """A department by its name; several in a word."""
    return names[0] if len(names) == 1 else t("your departments")


def period_name(period: Period, t: Tongue) -> str:
    """A period by the calendar's name for it, where it has one."""
    first, last = period.first, period.last
    if first is None or last is None:
        return t("all the time")
    for months, pattern in ((1, "LLLL y"), (3, "QQQQ y"), (12, "y")):
        if (first, last) == _whole(first, months):
            return format_date(first, pattern, locale=t.language)
    if first == last:
        return format_date(first, "d MMMM y", locale=t.language)
    return f"{format_date(first, _SHORT, locale=t.language)} – {format_date(last, _SHORT, locale=t.language)}"


_SHORT = "d MMM y"


def _facts(report: Report, t: Tongue) -> list[Html]:
    figures = report.figures
    lines = [
        t.html(
            "🟢 Won: <b>{count}</b> · <b>{sum}</b>",
            count=number(figures.won, t),
            sum=t.money(report.sum(figures.won_sum)),
        ),
        t.html("🔴 Lost: <b>{count}</b>", count=number(figures.lost, t)),
    ]
    if figures.closed:
        lines.append(t.html("🎯 Win rate: <b>{share}</b>", share=share(figures.won, figures.closed, t)))
    if figures.won:
        lines.append(t.html("🧾 Average deal: <b>{sum}</b>", sum=t.about(report.sum(figures.average))))
    if figures.timed:
        lines.append(t.html("⏱ Won in <b>{days}</b> days on average", days=_mean(figures, t)))
    return lines


def _funnels(report: Report, t: Tongue, page: int) -> list[Html]:
    blocks = []
    for funnel, some in groupby(keys.shown_lines(report, page).items, lambda row: row[0]):
        name = [t.html("<b>{name}</b>", name=funnel.pipeline)] if len(report.funnels) > 1 else []
        blocks.append(join([*name, _funnel([line for _, line in some], report.currency, t)]))
    return blocks


def _funnel(lines: list[FunnelLine], currency: str, t: Tongue) -> Html:
    return table(
        [t("Stage"), t("Deals"), currency_sign(currency, t)],
        [_stage(line, currency, t) for line in lines],
    )


def _stage(line: FunnelLine, currency: str, t: Tongue) -> list[str]:
    return [line.stage.name, number(line.count, t), money_units(line.total, currency, t)]


def _time_line(name: str, figures: Figures, currency: str, t: Tongue) -> list[str]:
    return [name, number(figures.won, t), number(figures.lost, t), money_units(figures.won_sum, currency, t)]


def _mean(figures: Figures, t: Tongue) -> str:
    return number(round(figures.days / figures.timed, 1), t)


def _span_name(span: Span, t: Tongue) -> str:
    return format_date(span.first, {1: "LLL y", 3: "QQQ y", 12: "y"}[span.months], locale=t.language)


def _span_period(span: Span) -> Period:
    return Period(*_whole(span.first, span.months))


def _whole(first: date, months: int) -> tuple[date, date]:
    """The month, quarter or year that a day lies in, as its first and last day."""
    start = date(first.year, first.month - (first.month - 1) % months, 1)
    end_month = start.month + months - 1
    return start, date(start.year, end_month, monthrange(start.year, end_month)[1])


def currency_sign(currency: str, t: Tongue) -> str:
    """What stands above a column of sums."""
    return get_currency_symbol(currency, locale=t.language)


def money_units(minor: int, currency: str, t: Tongue) -> str:
    """A sum in such a column."""
    return units(minor, get_currency_precision(currency), t)
