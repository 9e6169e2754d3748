"""The words of a task after a further sentence."""

import pytest

from services.understanding.deeds import merged


@pytest.mark.parametrize(
    ("before", "said", "deed"),
    [
        ("позвонить Ивану", "", "позвонить Ивану"),
        ("позвонить Ивану", "Позвонить Ивану", "позвонить Ивану"),
        ("позвонить Ивану", "Ивану", "позвонить Ивану"),
        ("позвонить Ивану", "позвонить Ивану и Петру", "позвонить Ивану и Петру"),
        ("позвонить Ивану", "отправить КП", "отправить КП"),
        ("позвонить Ивану", "лучше отправить КП", "лучше отправить КП"),
        ("позвонить Ивану", "встреча в офисе", "встреча в офисе"),
        ("позвонить Ивану", "в офисе", "позвонить Ивану, в офисе"),
        ("call Petr", "Call Petr", "call Petr"),
        ("call Petr", "send the offer", "send the offer"),
        ("call Petr", "his boss", "call Petr, his boss"),
    ],
)
def test_a_further_sentence_repeats_replaces_or_completes_the_deed(before, said, deed):
    assert merged(before, said) == deed
