"""The words of a task after a further sentence."""

import pytest

from services.understanding.deeds import completed


@pytest.mark.parametrize(
    ("before", "said", "deed"),
    [
        ("позвонить Ивану", "", "позвонить Ивану"),
        ("позвонить Ивану", "Позвонить Ивану", "позвонить Ивану"),
        ("позвонить Ивану", "Ивану", "позвонить Ивану"),
        ("позвонить Ивану", "позвонить Ивану и Петру", "позвонить Ивану и Петру"),
        ("позвонить Ивану", "отправить КП", None),
        ("позвонить Ивану", "лучше", "позвонить Ивану"),
        ("позвонить Ивану", "лучше отправить КП", None),
        ("позвонить Ивану", "встреча в офисе", None),
        ("позвонить Ивану", "в офисе", "позвонить Ивану, в офисе"),
        ("call Petr", "Call Petr", "call Petr"),
        ("call Petr", "send the offer", None),
        ("x", "gym", None),
        ("call Petr", "his boss", "call Petr, his boss"),
    ],
)
def test_a_further_sentence_repeats_or_completes_the_deed_or_is_another(before, said, deed):
    assert completed(before, said) == deed
