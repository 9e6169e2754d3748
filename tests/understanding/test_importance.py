"""Words that make a task important, and the same words where they belong to the deed."""

import pytest

from services.understanding.importance import important


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("важно: позвонить Ивану", "позвонить Ивану"),
        ("Срочно позвонить Ивану", "позвонить Ивану"),
        ("! позвонить Ивану", "позвонить Ивану"),
        ("❗️ позвонить Ивану", "позвонить Ивану"),
        ("позвонить Ивану, очень важно!", "позвонить Ивану"),
        ("позвонить Ивану срочно", "позвонить Ивану"),
        ("позвонить Ивану!!", "позвонить Ивану"),
        ("urgent: call Ivan", "call Ivan"),
        ("call Ivan (important)", "call Ivan"),
        ("call Ivan asap", "call Ivan"),
    ],
)
def test_what_says_that_it_is_important_leaves_the_words(said: str, left: str) -> None:
    assert important(said) == (left, True)


@pytest.mark.parametrize(
    "said",
    [
        *("позвонить Ивану", "позвонить Ивану!", "важно", "Срочно!", "!!!", "узнать, что важно", "неважно"),
        *("понять, что важно для клиента", "urgent call to Ivan", "important meeting", "важность задач"),
    ],
)
def test_other_words_stay(said: str) -> None:
    assert important(said) == (said, False)
