"""Working hours: what people write, and what is refused with a word on what was not understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.work_hours import DAY, HoursError, WorkHours, parse

OFFICE = ((9 * 60, 18 * 60),)
SHORT = ((10 * 60, 15 * 60),)
LUNCH = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
OFF: tuple[tuple[int, int], ...] = ()
WEEK = ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("пн-пт 9-18", (OFFICE,) * 5 + (OFF, OFF)),
        ("9-18", (OFFICE,) * 5 + (OFF, OFF)),
        ("Пн–Пт с 9:00 до 18:00, сб 10-15", (OFFICE,) * 5 + (SHORT, OFF)),
        ("Mon-Fri 9am-6pm; Sat 10:00 to 15:00", (OFFICE,) * 5 + (SHORT, OFF)),
        ("weekdays from 9 to 18, weekend 10-15", (OFFICE,) * 5 + (SHORT, SHORT)),
        ("по будням 9.00-18.00, сб и вс выходной", (OFFICE,) * 5 + (OFF, OFF)),
        ("будни 9-18 выходные 10-15", (OFFICE,) * 5 + (SHORT, SHORT)),
        ("пн-пт 9-13, 14-18", (LUNCH,) * 5 + (OFF, OFF)),
        ("пн-пт 14-18, 9-13", (LUNCH,) * 5 + (OFF, OFF)),
        ("пн, ср, пт 9-18; вт 10-15", (OFFICE, SHORT, OFFICE, OFF, OFFICE, OFF, OFF)),
        ("сб-пн 10-15", (SHORT, OFF, OFF, OFF, OFF, SHORT, SHORT)),
        ("ежедневно 10-15", (SHORT,) * 7),
        ("daily 10-15", (SHORT,) * 7),
        ("24/7", (((0, DAY),),) * 7),
        ("круглосуточно", (((0, DAY),),) * 7),
        ("сб круглосуточно", (OFF,) * 5 + (((0, DAY),), OFF)),
        ("вс 20-24", (OFF,) * 6 + (((20 * 60, DAY),),)),
        ("СУББОТА 10-15", (OFF,) * 5 + (SHORT, OFF)),
    ],
)
def test_it_understands(typed: str, days: tuple[tuple[tuple[int, int], ...], ...]) -> None:
    assert parse(typed).days == days


@pytest.mark.parametrize(
    ("typed", "code", "piece"),
    [
        ("", "hours.unread", ""),
        ("как получится", "hours.unread", "как получится"),
        ("пн-пт 9-18, иногда", "hours.unread", "иногда"),
        ("пн-пт 9", "hours.unread", "9"),
        ("пн-пт 9-25", "hours.unread", "9-25"),
        ("пн-пт 9:70-18", "hours.unread", "9:70-18"),
        ("пн-пт 13am-6pm", "hours.unread", "13am-6pm"),
        ("пн-пт 18-9", "hours.backwards", "18-9"),
        ("пн 9-9", "hours.backwards", "9-9"),
        ("пн-пт", "hours.no_time", "пн-пт"),
        ("пн-пт 9-18, сб", "hours.no_time", "сб"),
        ("пн-пт 9-18, пт 9-16", "hours.overlap", "9-16"),
        ("24/7, пн 9-10", "hours.overlap", "9-10"),
        ("вс выходной", "hours.unread", "вс выходной"),
        ("<b>9</b>", "hours.unread", "<b>9</b>"),
        ("9-18 " * 900, "hours.unread", ("9-18 " * 6)),
        ("9" * 4_097, "hours.unread", "9" * 30),
    ],
)
def test_it_says_what_it_did_not_understand(typed: str, code: str, piece: str) -> None:
    with pytest.raises(HoursError) as refused:
        parse(typed)
    assert (refused.value.code, refused.value.piece) == (code, piece)


SPANS = st.lists(st.integers(0, DAY), max_size=6, unique=True).map(
    lambda times: tuple(zip(sorted(times)[::2], sorted(times)[1::2], strict=False))
)
WEEKS = st.tuples(*[SPANS] * 7).filter(any)


def clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


@given(WEEKS)
def test_it_reads_what_is_written_in_full(days: tuple[tuple[tuple[int, int], ...], ...]) -> None:
    written = "; ".join(
        f"{WEEK[day]} " + ", ".join(f"{clock(start)}-{clock(end)}" for start, end in spans)
        for day, spans in enumerate(days)
        if spans
    )
    if len(written) <= 300:
        assert parse(written).days == days
    assert WorkHours.of(WorkHours(days).data).days == days


@given(st.text(max_size=320))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        assert any(parse(typed).days)
    except HoursError as refused:
        assert refused.code.startswith("hours.")  # noqa: PT017 - either outcome is right
