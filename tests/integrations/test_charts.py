"""Pictures hold everything inside their margins and tell by length and colour what the figures tell."""

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from integrations.charts import MAX_BARS, ChartBar, Gauge, Tone, ValueBar, bars_png, funnel_png

FILLS = {
    Tone.OPEN: (0x6E, 0xA8, 0xFE),
    Tone.PAYMENT: (0xF7, 0xB9, 0x55),
    Tone.WON: (0x52, 0xC4, 0x8A),
    Tone.LOST: (0xF0, 0x8A, 0x8A),
}
STAGES = [
    ChartBar("Новая", 1589, "12 345 678 ₽"),
    ChartBar("В работе", 940, "9 120 000 ₽"),
    ChartBar("Ожидает оплаты", 88, "1 250 000 ₽", Tone.PAYMENT),
    ChartBar("Оплачена", 44, "553 400 ₽", Tone.WON),
    ChartBar("Проиграна", 12, "0 ₽", Tone.LOST),
]


def picture(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    return image.convert("RGB")


def count_of(image: Image.Image, colour: tuple[int, int, int]) -> int:
    """How many pixels have exactly this colour."""
    return next((count for count, found in image.getcolors(maxcolors=2**24) if found == colour), 0)


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything that is not paper."""
    box = Image.eval(image, lambda level: 255 - level).getbbox()
    assert box is not None
    return box


def test_a_funnel_shows_every_stage_in_its_colour() -> None:
    image = picture(funnel_png("Воронка", STAGES, "Ноябрь"))
    assert image.width == 1080
    widths = {tone: count_of(image, colour) for tone, colour in FILLS.items()}
    assert widths[Tone.OPEN] > widths[Tone.PAYMENT] > widths[Tone.WON] > widths[Tone.LOST] > 0


def test_bars_are_as_long_as_their_values() -> None:
    bars = [
        ValueBar("a", 200, "200", tone=Tone.WON),
        ValueBar("b", 100, "100"),
        ValueBar("c", 0, "0", tone=Tone.LOST),
    ]
    image = picture(bars_png("Plan", bars))
    assert count_of(image, FILLS[Tone.WON]) == pytest.approx(2 * count_of(image, FILLS[Tone.OPEN]), rel=0.01)
    assert count_of(image, FILLS[Tone.LOST]) == 0


def test_gauges_are_filled_as_far_as_things_have_come_and_no_further() -> None:
    plans = [Gauge("Week", 0.25, "25 %", "1 of 4", 0.5), Gauge("Month", 3.0, "300 %")]
    image = picture(funnel_png("Plan", [], "", plans))
    half, whole = [
        count_of(picture(funnel_png("Plan", [], "", [Gauge("One", done, "")])), FILLS[Tone.WON])
        for done in (0.25, 1.0)
    ]
    assert whole == pytest.approx(4 * half, rel=0.02)
    assert count_of(image, FILLS[Tone.WON]) == half + whole
    below = picture(funnel_png("Plan", STAGES, "", plans)).height
    assert below > picture(funnel_png("Plan", STAGES, "")).height, "the funnel stands below"


def test_values_below_zero_have_no_bar() -> None:
    image = picture(bars_png("Plan", [ValueBar("a", -5, "-5"), ValueBar("b", -7, "-7")]))
    assert count_of(image, FILLS[Tone.OPEN]) == 0


def test_a_picture_of_nothing_is_a_heading() -> None:
    assert ink(picture(funnel_png("Воронка", [])))


def test_long_texts_stay_inside_the_margins() -> None:
    bars = [ValueBar("Щ" * 5000, 10**30, "9" * 300, "Ы" * 300)] * 3
    image = picture(bars_png("Ж" * 500, bars, "Ю" * 500))
    left, top, right, bottom = ink(image)
    assert min(left, top, image.width - right, image.height - bottom) >= 40


def test_more_bars_than_fit_are_counted() -> None:
    bars = [ValueBar(str(number), number, str(number)) for number in range(MAX_BARS + 5)]
    full, over = picture(bars_png("Top", bars[:MAX_BARS])), picture(bars_png("Top", bars))
    assert full.height < over.height < 4000
    assert ink(over)[3] <= over.height - 40


@settings(deadline=None, max_examples=30)
@given(text=st.text(max_size=60), value=st.integers(-(10**18), 10**18))
def test_any_text_is_drawn_inside_the_margins(text: str, value: int) -> None:
    image = picture(funnel_png(text, [ChartBar(text, value, text), ChartBar("b", 1, "c")], text))
    left, _, right, _ = ink(image)
    assert min(left, image.width - right) >= 40


def test_formulas_and_signs_without_a_glyph_are_only_text() -> None:
    with_signs = bars_png("$x^2$ \U0001f9ff\u202e\u0007", [ValueBar("$\\frac{1}{", 1, "$1,000$")])
    assert with_signs == bars_png("$x^2$", [ValueBar("$\\frac{1}{", 1, "$1,000$")])


def test_threads_draw_the_same_pictures_as_one() -> None:
    alone = [funnel_png(f"Воронка {number}", STAGES) for number in range(4)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda number: funnel_png(f"Воронка {number % 4}", STAGES), range(12)))
    assert together == alone * 3


def test_libraries_are_loaded_with_the_first_picture_and_pyplot_never() -> None:
    script = (
        "import sys, integrations.charts as charts, integrations.tables\n"
        "heavy = {'matplotlib', 'numpy', 'xlsxwriter', 'python_calamine'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "charts.funnel_png('a', [charts.ChartBar('b', 1, 'c')])\n"
        "assert 'matplotlib' in sys.modules and 'matplotlib.pyplot' not in sys.modules\n"
    )
    root = Path(__file__).parents[2]
    child = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
