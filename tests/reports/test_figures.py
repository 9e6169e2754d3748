"""What reports count: closed deals by their day of closing, open ones as they are now, within reach only."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from services.access import Actor
from services.bundle import Services
from services.errors import ForbiddenError, NotFoundError
from services.report_periods import Named, Period
from tests.reports.conftest import Sell

ALL = Period(None, None, Named.ALL)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
Find = Callable[[str], Awaitable[Actor]]


async def some_sales(sell: Sell) -> None:
    await sell("anna", "Paid", 100, opened=date(2026, 2, 19), closed=date(2026, 3, 1))
    await sell("anna", "Paid", 201, opened=date(2026, 3, 1), closed=date(2026, 3, 31))
    await sell("boris", "Paid", None, closed=date(2026, 3, 15))
    await sell("boris", "Lost", 5, closed=date(2026, 3, 15))
    await sell("anna", "Paid", 1000, closed=date(2026, 4, 1))
    await sell("victor", "Lost", 7, closed=date(2026, 2, 28), department="Service")
    await sell("victor", "Paid", 50, closed=date(2026, 3, 2), department="Service")
    await sell("anna", "New", 11)
    await sell("anna", "New")
    await sell(None, "Awaiting payment", 13)


async def test_the_owner_sees_everything(services: Services, actor: Find, sell: Sell) -> None:
    await some_sales(sell)
    report = await services.reports.overview(await actor("olga"), ALL)
    figures = report.figures
    assert (figures.won, figures.won_sum, figures.lost) == (5, 1351_00, 2)
    assert {line.stage.name: (line.count, line.total) for line in report.funnels[0].lines} == {
        "New": (2, 11_00),
        "In work": (0, 0),
        "Proposal": (0, 0),
        "Awaiting payment": (1, 13_00),
        "Paid": (5, 1351_00),
        "Lost": (2, 12_00),
    }


async def test_the_first_and_the_last_day_belong_to_a_period(
    services: Services, actor: Find, sell: Sell
) -> None:
    await some_sales(sell)
    figures = (await services.reports.overview(await actor("olga"), MARCH)).figures
    assert (figures.won, figures.won_sum, figures.lost) == (4, 351_00, 1)
    assert (figures.days, figures.timed) == (40, 2)
    assert figures.average == 87_75


async def test_a_head_sees_the_departments_that_they_head(
    services: Services, actor: Find, sell: Sell
) -> None:
    await some_sales(sell)
    sales = (await services.reports.overview(await actor("helen"), ALL)).figures
    service = (await services.reports.overview(await actor("hugo"), ALL)).figures
    assert (sales.won, sales.won_sum, sales.lost) == (4, 1301_00, 1)
    assert (service.won, service.won_sum, service.lost) == (1, 50_00, 1)
    people = await services.reports.by_person(await actor("hugo"), ALL)
    assert [line.person.name for line in people.lines if line.person] == ["Victor"]
    months = await services.reports.by_time(await actor("hugo"), ALL)
    assert [str(span.first) for span, _ in months.lines] == ["2026-02-01", "2026-03-01"]


@pytest.mark.parametrize("name", ["anna", "fiona", "max"])
async def test_nobody_else_sees_any(services: Services, actor: Find, name: str) -> None:
    reader = await actor(name)
    for ask in (services.reports.overview, services.reports.by_person, services.reports.by_time):
        with pytest.raises(ForbiddenError):
            await ask(reader, ALL)


async def test_one_person_alone(services: Services, actor: Find, sell: Sell) -> None:
    await some_sales(sell)
    olga, anna = await actor("olga"), await actor("anna")
    report = await services.reports.overview(olga, ALL, anna.person_id)
    assert report.person is not None
    assert report.person.name == "Anna"
    assert (report.figures.won, report.figures.lost) == (3, 0)
    assert sum(line.count for line in report.funnels[0].lines) == 5


async def test_somebody_out_of_reach_has_no_name_in_a_report(
    services: Services, actor: Find, sell: Sell
) -> None:
    await some_sales(sell)
    helen, victor = await actor("helen"), await actor("victor")
    for person_id in (victor.person_id, 9999):
        with pytest.raises(NotFoundError):
            await services.reports.overview(helen, ALL, person_id)
        with pytest.raises(NotFoundError):
            await services.reports.by_time(helen, ALL, person_id)


async def test_sellers_stand_by_what_they_have_won(services: Services, actor: Find, sell: Sell) -> None:
    await some_sales(sell)
    lines = (await services.reports.by_person(await actor("olga"), MARCH)).lines
    told = [(line.person.name if line.person else None, line.figures.won_sum, line.open) for line in lines]
    assert told == [("Anna", 301_00, 2), ("Victor", 50_00, 0), ("Boris", 0, 0), (None, 0, 1)]


async def test_sellers_come_page_by_page(
    services: Services, actor: Find, sell: Sell, people: list[str]
) -> None:
    for place, name in enumerate(people):
        await sell(name, "Paid", 1000 - place, closed=date(2026, 3, 2))
    olga = await actor("olga")
    first = await services.reports.by_person(olga, MARCH)
    second = await services.reports.by_person(olga, MARCH, 1)
    beyond = await services.reports.by_person(olga, MARCH, 99)
    assert (len(first.lines), first.more, len(second.lines), second.more) == (10, True, 3, False)
    assert beyond == second
    assert [line.figures.won_sum for line in (*first.lines, *second.lines)] == [
        (1000 - place) * 100 for place in range(13)
    ]


async def test_many_months_become_quarters_and_years(services: Services, actor: Find, sell: Sell) -> None:
    olga = await actor("olga")
    for year, months in ((2024, 1), (2022, 3), (2010, 12)):
        await sell("anna", "Paid", 1, closed=date(year, 12, 31))
        await sell("anna", "Paid", 1, closed=date(2024, 2, 1))
        times = await services.reports.by_time(olga, ALL)
        assert {span.months for span, _ in times.lines} == {months}


async def test_sums_beyond_all_bounds_stay_exact(services: Services, actor: Find, sell: Sell) -> None:
    for _ in range(3):
        await sell("anna", "Paid", 999_999_999_999_999, closed=date(2026, 3, 2))
    report = await services.reports.overview(await actor("olga"), ALL)
    assert report.figures.won_sum == 2_999_999_999_999_997_00
    assert isinstance(report.figures.won_sum, int)


async def test_an_empty_company_has_an_empty_report(services: Services, actor: Find) -> None:
    olga = await actor("olga")
    report = await services.reports.overview(olga, MARCH)
    assert (report.figures.closed, report.figures.average) == (0, 0)
    assert (await services.reports.by_person(olga, MARCH)).lines == ()
    assert (await services.reports.by_time(olga, MARCH)).lines == ()
