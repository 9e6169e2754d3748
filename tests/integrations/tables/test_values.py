"""Amounts and dates are read as people write them, or not at all."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.tables import (
    Ambiguous,
    Cell,
    DateOrder,
    DecimalMark,
    guess_date_order,
    guess_decimal_mark,
    to_date,
    to_money,
    to_text,
)


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("1054", 1054_00),
        ("0", 0),
        ("1,5", 1_50),
        ("1.5", 1_50),
        (",5", 50),
        ("5.", 5_00),
        ("1,234.56", 1234_56),
        ("1.234,56", 1234_56),
        ("1,234,567", 1234567_00),
        ("1.234.567,8", 1234567_80),
        ("1,234", 1234_00),
        ("1.234", 1234_00),
        ("0.125", 13),
        ("1100.044", 1100_04),
        ("1 234 567,89", 1234567_89),
        ("1\u00a0234\u202f567,89 ₽", 1234567_89),
        ("1'234'567.89", 1234567_89),
        ("$1,234.50", 1234_50),
        ("€ 7", 7_00),
        ("150 000 руб.", 150000_00),
        ("150000р", 150000_00),
        ("150 рублей", 150_00),
        ("10 USD", 10_00),
        ("RUB 10", 10_00),
        ("-12,30", -12_30),
        ("−12,30 ₽", -12_30),
        ("-$5", -5_00),
        ("$ -5", -5_00),
        ("(1 000,00)", -1000_00),
        ("+5", 5_00),
        ("0.005", 1),
        ("2,675", 2675_00),
        ("0,675", 68),
        (Decimal("1100.04"), 1100_04),
        (Decimal("-0.005"), -1),
        (Decimal("999999999999999.99"), 99999999999999999),
    ],
)
def test_an_amount_is_read_to_the_last_cent(cell: Cell, minor: int) -> None:
    assert to_money(cell) == minor


@pytest.mark.parametrize(
    "cell",
    [
        "", " ", "abc", "5 apples", "1р5", "12 34", "1,23,456.00", "1.2.3", "1,,5", ".", "-", "--5",
        "(5", "5)", "1e5", "NaN", "∞", "150к", "9" * 30, "1" * 5000, "²", "٣", Decimal("1E+300"), True,
        date(2017, 3, 1), time(12),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_not_guessed(cell: Cell) -> None:
    assert to_money(cell) is None


def test_the_decimal_mark_of_the_column_decides_about_three_digits() -> None:
    assert to_money("1.234", DecimalMark.POINT) == 1_23
    assert to_money("1,234", DecimalMark.POINT) == 1234_00
    assert to_money("1,234", DecimalMark.COMMA) == 1_23
    assert to_money("1.234", DecimalMark.COMMA) == 1234_00
    assert to_money("1.234,56", DecimalMark.POINT) is None


def test_a_currency_without_cents_has_none() -> None:
    assert to_money("1234", digits=0) == 1234
    assert to_money("1.5", digits=3) == 1500


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1,234", "1,5"], DecimalMark.COMMA),
        (["1.234", "", "x", "1100.04"], DecimalMark.POINT),
        (["1,234.5"], DecimalMark.POINT),
        (["1 234,50 ₽"], DecimalMark.COMMA),
        (["1,234", "5", Decimal("1.5")], None),
        (["1,5", "1.5"], None),
        ([], None),
    ],
)
def test_the_decimal_mark_is_found_where_a_value_proves_it(
    cells: list[Cell], mark: DecimalMark | None
) -> None:
    assert guess_decimal_mark(cells) is mark


@given(st.integers(-(10**15), 10**15), st.sampled_from([",", "."]), st.sampled_from(["", " ", "\u00a0", "'"]))
def test_any_amount_is_read_back_from_its_writing(minor: int, mark: str, group: str) -> None:
    whole, cents = divmod(abs(minor), 100)
    text = f"{'-' if minor < 0 else ''}{whole:,}".replace(",", group) + f"{mark}{cents:02}"
    assert to_money(text) == minor


@given(st.text())
def test_no_text_breaks_the_reading_of_values(text: str) -> None:
    assert to_money(text) is None or any(char.isdigit() for char in text)
    for order in DateOrder:
        assert to_date(text, order) is None or any(char.isdigit() for char in text)
    assert isinstance(guess_date_order([text]), DateOrder | Ambiguous)
    assert guess_decimal_mark([text]) in {None, *DecimalMark}


DAY, MONTH, ISO = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.ISO


@pytest.mark.parametrize(
    ("cell", "order", "expected"),
    [
        ("2017-03-01", ISO, date(2017, 3, 1)),
        ("2017-03-01", MONTH, date(2017, 3, 1)),
        ("2017-3-1", DAY, date(2017, 3, 1)),
        ("2017/03/01", DAY, date(2017, 3, 1)),
        ("20170301", DAY, date(2017, 3, 1)),
        ("2017-03-01T12:30:00Z", ISO, date(2017, 3, 1)),
        ("2017-03-01 12:30:00.123+03:00", ISO, date(2017, 3, 1)),
        ("01.03.2017", DAY, date(2017, 3, 1)),
        ("1.3.17", DAY, date(2017, 3, 1)),
        ("1.3.69", DAY, date(1969, 3, 1)),
        (" 01/03/2017\u00a09:05 ", DAY, date(2017, 3, 1)),
        ("01-03-2017", DAY, date(2017, 3, 1)),
        ("03/01/2017", MONTH, date(2017, 3, 1)),
        ("3/1/2017 9:05 PM", MONTH, date(2017, 3, 1)),
        (date(2017, 3, 1), ISO, date(2017, 3, 1)),
        (datetime.fromisoformat("2017-03-01T23:59"), ISO, date(2017, 3, 1)),
        (Decimal(42795), DAY, date(2017, 3, 1)),
        (Decimal("42795.75"), DAY, date(2017, 3, 1)),
        ("29.02.2016", DAY, date(2016, 2, 29)),
        ("29.02.2017", DAY, None),
        ("25.03.2017", MONTH, None),
        ("01.03.2017", ISO, None),
        ("01.03/2017", DAY, None),
        ("01.03.0217", DAY, None),
        ("01.03.201", DAY, None),
        ("3017-03-01", DAY, None),
        ("42795", DAY, None),
        ("soon", DAY, None),
        ("", DAY, None),
        (Decimal(5), DAY, None),
        (Decimal("1E+300"), DAY, None),
        (True, DAY, None),
        (time(12), DAY, None),
    ],
)
def test_a_date_is_read_in_the_order_of_its_column(
    cell: Cell, order: DateOrder, expected: date | None
) -> None:
    assert to_date(cell, order) == expected


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["2017-03-01", "", "x"], ISO),
        ([date(2017, 3, 1)], ISO),
        ([], ISO),
        (["01/02/2017", "13/02/2017"], DAY),
        (["01/02/2017", "02/13/2017 10:00"], MONTH),
        (["01.02.2017"], DAY),
        (["01.02.2017", "03.25.2017"], MONTH),
        (["01.02.2017", "01/02/2017"], DAY),
        (["01.02.2017", "02/13/2017"], Ambiguous("02/13/2017")),
        (["01/02/2017", "03/04/2017"], Ambiguous("03/04/2017")),
        (["13/02/2017", "02/14/2017"], Ambiguous("02/14/2017")),
    ],
)
def test_the_order_of_dates_is_proved_or_asked(cells: list[Cell], order: DateOrder | Ambiguous) -> None:
    assert guess_date_order(cells) == order


@given(
    st.lists(st.dates(date(1970, 1, 1), date(2068, 12, 31)), min_size=1),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
)
def test_a_proved_order_reads_every_date_of_its_column(days: list[date], written: str) -> None:
    texts = [day.strftime(written) for day in days]
    order = guess_date_order(texts)
    if isinstance(order, Ambiguous):
        assert all(day.day <= 12 for day in days)
    else:
        assert [to_date(text, order) for text in texts] == days


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" a ", "a"),
        (True, "TRUE"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.10"), "0.10"),
        (date(2017, 3, 1), "2017-03-01"),
        (datetime.fromisoformat("2017-03-01T12:30"), "2017-03-01 12:30"),
        (datetime.fromisoformat("2017-03-01T12:30:05"), "2017-03-01 12:30:05"),
        (time(9, 5), "09:05"),
    ],
)
def test_cells_are_written_as_people_write(cell: Cell, text: str) -> None:
    assert to_text(cell) == text
