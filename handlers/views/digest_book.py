"""A digest as a workbook: what stands in which cell, numbers as numbers and days as days."""

from datetime import date
from decimal import Decimal

from handlers.screen import Screen
from handlers.views.digests import when
from handlers.views.words import source_name
from keyboards.tongue import Tongue
from services.dto.digests import Answers, Digest, DigestBook
from services.dto.plans import Target
from services.ports import BookSheet

Cell = str | int | Decimal | date | None
MINOR = 100
"""Of all currencies that there are, see `services.currencies`."""


def screen(book: DigestBook, content: bytes, t: Tongue) -> Screen:
    """The file."""
    shown = book.digest
    name = f"sdelka-{shown.first.isoformat()}-{shown.last.isoformat()}.xlsx"
    words = t.html("📎 <b>{when}</b> · the figures for Excel", when=when(shown, t))
    return Screen(words, document=(name, content), protect=book.protect)


def sheets(book: DigestBook, t: Tongue) -> list[BookSheet]:
    """All of it, sheet by sheet; the deals only where there are to be any."""
    shown = book.digest
    return [
        _summary(shown, t),
        _people(shown, t),
        _sources(shown, t),
        _losses(shown, t),
        _funnel(shown, t),
        *([_won(book, t)] if book.won is not None else []),
    ]


def _summary(shown: Digest, t: Tongue) -> BookSheet:
    now, before, watch = shown.sales, shown.sales_before, shown.watch
    place = shown.place.name if shown.place else t("all departments")
    figures: list[tuple[str, Cell]] = [
        (t("From"), shown.first),
        (t("To"), shown.last),
        (t("Department"), place),
        (t("Currency"), shown.currency),
        (t("Leads"), shown.answers.came),
        (t("Leads in as many days before"), shown.came_before),
        (t("Answered"), shown.answers.answered),
        (t("Answered in time, %"), _percent(shown.answers.in_time, shown.answers.came)),
        (t("First answer, minutes (median)"), shown.answers.median),
        (t("Won"), now.won),
        (t("Won, sum"), _money(now.won_sum)),
        (t("Won in as many days before, sum"), _money(before.won_sum)),
        (t("Average deal"), _money(now.average) if now.won else None),
        (t("Lost"), now.lost),
        (t("Left without an answer"), watch.alarms),
        (t("Free leads now"), watch.free),
        (t("Overdue tasks now"), watch.late),
        (t("Deals without a next step now"), watch.adrift),
        *_plan(shown, t),
    ]
    return BookSheet(t("Summary"), (t("Figure"), t("Value")), figures)


def _plan(shown: Digest, t: Tongue) -> list[tuple[str, Cell]]:
    if shown.plan is None:
        return []
    target, some = shown.plan.target, shown.plan.some
    of = [(t("People with a plan"), t("{n} of {all}", n=some.planned, all=some.people))] if some else []
    return [
        (t("Month of the plan"), t.month(shown.plan.month)),
        (t("Plan"), _money(target.plan)),
        *of,
        (t("Sold in the month"), _money(target.done)),
        (t("plan, %"), _percent(target.done, target.plan)),
        (t("Still to be sold"), _money(target.missing)),
        (t("By the straight line"), _money(target.due)),
    ]


def _people(shown: Digest, t: Tongue) -> BookSheet:
    planned = shown.plan.people if shown.plan else ()
    targets = {one.person.id: one.target for one in planned}
    people = [*(one.person for one in shown.people), *(one.person for one in planned)]
    names = {person.id: person.name for person in people}
    lines = {one.person.id: one for one in shown.people}
    rows = []
    for person, name in names.items():
        line = lines.get(person)
        answers = line.answers if line else Answers()
        sold = (line.sales.won, _money(line.sales.won_sum), line.sales.lost) if line else (0, _money(0), 0)
        rows.append((name, *_answers(answers), *sold, *_target(targets.get(person))))
    head = (
        *(
            t("Manager"),
            t("Leads"),
            t("Answered"),
            t("Answered in time, %"),
            t("First answer, minutes (median)"),
        ),
        *(t("Won"), t("Won, sum"), t("Lost"), t("Plan"), t("Sold in the month"), t("plan, %")),
    )
    return BookSheet(t("Managers"), head, rows)


def _sources(shown: Digest, t: Tongue) -> BookSheet:
    rows = [(source_name(one.source, t), one.came, one.qualified) for one in shown.sources]
    return BookSheet(t("Sources"), (t("Source"), t("Leads"), t("Deals")), rows)


def _losses(shown: Digest, t: Tongue) -> BookSheet:
    rows = [(reason or t("no reason given"), count) for reason, count in shown.losses]
    return BookSheet(t("Reasons"), (t("Reason"), t("Deals")), rows)


def _funnel(shown: Digest, t: Tongue) -> BookSheet:
    """What stands in each stage now or was closed in it, beside what came to it and went on."""
    came = {line.stage.id: line for line in shown.conversion}
    rows: list[tuple[Cell, ...]] = []
    for funnel in shown.funnels:
        for line in funnel.lines:
            stage = came.get(line.stage.id)
            moved = (
                (stage.came, stage.on, _percent(stage.on, stage.came), stage.lost) if stage else (None,) * 4
            )
            rows.append((funnel.pipeline, line.stage.name, line.count, _money(line.total), *moved))
    head = (
        *(t("Pipeline"), t("Stage"), t("Deals"), t("Sum")),
        *(t("Came to the stage"), t("Of them went on"), t("Went on, %"), t("Of them lost")),
    )
    return BookSheet(t("Funnel"), head, rows)


def _won(book: DigestBook, t: Tongue) -> BookSheet:
    rows: list[tuple[Cell, ...]] = [
        (
            deal.id,
            deal.title,
            deal.client,
            _money(deal.amount) if deal.amount is not None else None,
            deal.closed_on,
            deal.owner,
            deal.department,
            source_name(deal.source, t),
            deal.tags,
        )
        for deal in book.won or ()
    ]
    if book.more:
        rows.append((None, t("There are more: the file lists the first ones.")))
    head = (
        *(t("Number"), t("Deal"), t("Client"), t("Sum"), t("Won on")),
        *(t("Manager"), t("Department"), t("Source"), t("Tags")),
    )
    return BookSheet(t("Deals won"), head, rows)


def _answers(answers: Answers) -> tuple[Cell, ...]:
    return answers.came, answers.answered, _percent(answers.in_time, answers.came), answers.median


def _target(target: Target | None) -> tuple[Cell, ...]:
    if target is None:
        return None, None, None
    return _money(target.plan), _money(target.done), _percent(target.done, target.plan)


def _money(minor: int) -> Decimal:
    return Decimal(minor) / MINOR


def _percent(part: int, whole: int) -> Decimal | None:
    """With one decimal; none of nothing."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None
