"""Payments told in one line."""

from datetime import date

import pytest

from services.understanding.money import Money
from services.understanding.payment_line import PaymentLine, Stray, beyond_any_sum, parse_payment

TODAY = date(2026, 11, 22)
YESTERDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "units", "currency", "day", "way"),
    [
        ("50 000 руб", 50_000, "RUB", None, None),
        ("1,5 тыс", 1_500, None, None, None),
        ("12500 вчера наличными", 12_500, None, YESTERDAY, "cash"),
        ("вчера, нал, 12 500", 12_500, None, YESTERDAY, "cash"),
        ("12500 12.11 картой", 12_500, None, date(2026, 11, 12), "card"),
        ("двести тысяч по счету", 200_000, None, None, "bank"),
        ("12500, 3 November, bank transfer", 12_500, None, date(2026, 11, 3), "bank"),
        ("$1500 the day before yesterday", 1_500, "USD", date(2026, 11, 20), None),
        ("12500 в пятницу наличными", 12_500, None, date(2026, 11, 20), "cash"),
        ("last sunday 12500", 12_500, None, date(2026, 11, 15), None),
        ("12500 завтра", 12_500, None, date(2026, 11, 23), None),
    ],
)
def test_a_sum_with_its_day_and_way_is_understood(text, units, currency, day, way):
    assert parse_payment(text, TODAY) == PaymentLine(Money(units * 100, currency), day, way)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("12500 от Ромашки", Stray("от ромашки")),
        ("12500 вчера от Ивана", Stray("вчера от ивана")),
        ("всё", None),
        ("вчера наличными", None),
        ("", None),
        ("-500", None),
        ("1 " * 200, None),
    ],
)
def test_what_is_no_payment_is_not_guessed(text, answer):
    assert parse_payment(text, TODAY) == answer


@pytest.mark.parametrize(
    ("text", "beyond"), [("-500", True), ("2 000 000 000 000", True), ("abc", False), ("1 50 000", False)]
)
def test_a_number_out_of_range_is_told_from_what_cannot_be_read(text, beyond):
    assert beyond_any_sum(text) is beyond
