"""How sums are written in both languages."""

from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Speech
from services.dto.common import Sum
from tests.cast import TurnedClock

SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("minor", "currency", "english", "russian"),
    [
        (150_000_00, "RUB", "₽150,000", "150 000 ₽"),
        (55_25, "RUB", "₽55.25", "55,25 ₽"),
        (-55_05, "RUB", "-₽55.05", "-55,05 ₽"),
        (1_500_00, "USD", "$1,500", "1 500 $"),
        (1_500_00, "KZT", "₸1,500", "1 500 ₸"),
        (1_500_00, "AED", "AED1,500", "1 500 AED"),
        (1_500, "JPY", "¥1,500", "1 500 ¥"),
        (10**14 + 1, "EUR", "€1,000,000,000,000.01", "1 000 000 000 000,01 €"),
    ],
)
def test_a_sum_has_its_currency_s_own_sign(minor: int, currency: str, english: str, russian: str) -> None:
    for language, wanted in (("en", english), ("ru", russian.replace(" ", SPACE))):
        assert Speech(language, ZoneInfo("UTC"), TurnedClock()).money(Sum(minor, currency)) == wanted


@pytest.mark.parametrize(
    ("minor", "currency", "wanted"),
    [
        (48_812_49, "RUB", "₽48,812"),
        (48_812_50, "RUB", "₽48,813"),
        (-48_812_50, "RUB", "-₽48,813"),
        (99_99, "RUB", "₽99.99"),
        (1_501, "JPY", "¥1,501"),
    ],
)
def test_a_counted_sum_is_shown_in_whole_units(minor: int, currency: str, wanted: str) -> None:
    assert Speech("en", ZoneInfo("UTC"), TurnedClock()).about(Sum(minor, currency)) == wanted
