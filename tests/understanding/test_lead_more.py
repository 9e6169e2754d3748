"""What is typed while a request is open."""

import pytest

from services.understanding.lead_line import parse_lead
from services.understanding.lead_more import More, more_about


@pytest.mark.parametrize(
    ("before", "typed", "answer"),
    [
        ("Двери, Ольга, с сайта", "Кухня, Олег +7 916 222-33-44, 300к, авито", More.ELSE),
        ("Двери, Ольга, с сайта", "+7 916 222-33-44", More.FITS),
        ("Двери, Ольга, с сайта", "Ольга +7 916 222-33-44", More.FITS),
        ("Двери, Ольга, с сайта", "300к", More.FITS),
        ("Двери, Ольга, с сайта", "150000", More.FITS),
        ("Двери, Ольга, с сайта", "4567", More.ELSE),
        ("Двери, Ольга, с сайта", "#361", More.ELSE),
        ("Двери, Ольга, с сайта", "+", More.ELSE),
        ("Двери, Ольга, с сайта", "с авито", More.ELSE),
        ("Двери, Ольга, с сайта", "Иван Петров", More.ELSE),
        ("Двери, Ольга, с сайта", "белые", More.WORDS),
        ("Двери, Ольга, с сайта", "просит белые матовые с доборами и порогом", More.FITS),
        ("Двери, Ольга, 300к, с сайта", "150000", More.ELSE),
        ("Двери, Ольга, 300к, с сайта", "150 тыс", More.ELSE),
        ("Двери, Ольга, 300к, с сайта", "300 000", More.FITS),
        ("Двери, +7 916 222-33-44", "+7 916 222-33-45", More.ELSE),
        ("Дубовые двери", "Гиви", More.FITS),
        ("Дубовые двери", "Иван +7 916 222-33-44, с сайта", More.FITS),
        ("Дубовые двери", "Кухня, Олег +7 916 222-33-44", More.ELSE),
        ("", "Дубовые двери", More.FITS),
        ("", "#361", More.ELSE),
    ],
)
def test_only_what_is_missing_or_a_remark_fits_an_open_request(before, typed, answer):
    assert more_about(parse_lead(before), typed) is answer
