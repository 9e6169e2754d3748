"""Tables for a phone: every line fits, whatever stands in it."""

import unicodedata
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Speech
from handlers.views.tables import PHONE, table, width
from keyboards.figures import number, share, units
from tests.cast import TurnedClock

EN, RU = (Speech(language, ZoneInfo("Europe/Moscow"), TurnedClock()) for language in ("en", "ru"))


def lines(html: str) -> list[str]:
    assert html.startswith("<pre>")
    assert html.endswith("</pre>")
    return unescape(html[5:-6]).split("\n")


def test_figures_stand_under_each_other() -> None:
    shown = lines(table(["Stage", "Deals", "₽"], [["New", "500", "0"], ["Paid", "4,238", "10,005,534"]]))
    assert shown == [
        "Stage  Deals           ₽",
        "New      500           0",
        "Paid   4,238  10,005,534",
    ]


def test_where_names_need_the_room_columns_stand_closer() -> None:
    wide = [["Константинопольский", "1 153 214", "12 500 000"]]
    assert lines(table(["Кто", "План", "Факт"], wide))[1] == "Константин…  1 153 214  12 500 000"
    wide[0].append("95")
    assert lines(table(["Кто", "План", "Факт", "%"], wide))[1] == "Константи… 1 153 214 12 500 000 95"


def test_long_names_are_cut_and_figures_never() -> None:
    shown = lines(table(["Manager", "₽"], [["Константин Константинопольский-Задунайский", "1 153 214"]]))
    assert all(width(line) <= PHONE for line in shown)
    assert shown[1].endswith("…  1 153 214")


names = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300)


@given(st.lists(st.tuples(names, st.integers(0, 10**12)), min_size=1, max_size=10))
def test_no_line_is_wider_than_a_phone(rows: list[tuple[str, int]]) -> None:
    body = [[name, str(count % 1000), number(count, EN)] for name, count in rows]
    shown = lines(table(["", "#", "$"], body))
    assert len(shown) == len(rows) + 1
    assert len({width(line) for line in shown}) == 1
    assert width(shown[0]) <= PHONE


def test_a_wide_letter_takes_two_places() -> None:
    assert [width(text) for text in ("ab", "日本", "🦄", "e\u0301", "\u200d")] == [2, 4, 2, 1, 0]
    assert unicodedata.east_asian_width("日") == "W"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (number(10_005_534, EN), "10,005,534"),
        (number(10_005_534, RU), "10\u00a0005\u00a0534"),
        (share(4238, 6711, EN), "63.2%"),
        (share(4238, 6711, RU), "63,2\u00a0%"),
        (share(4238, 6711, EN, short=True), "63"),
        (share(0, 0, EN), "0%"),
        (units(150, 2, EN), "2"),
        (units(149, 2, EN), "1"),
        (units(-150, 2, EN), "-2"),
        (units(5, 0, EN), "5"),
        (units(123_456 * 10**12, 2, EN), "1234.56T"),
    ],
)
def test_figures_are_written_as_the_reader_writes_them(shown: str, expected: str) -> None:
    assert shown == expected
