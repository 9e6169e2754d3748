"""Whom a task names where it begins."""

import pytest

from services.understanding.colleagues import is_called, named_first, without_name

CALLED = """
Борис, подготовь отчёт | Борис Кузнецов
Борис Кузнецов: отчёт | Борис Кузнецов
для Бориса подготовить отчёт | Борис Кузнецов
поставь Анне задачу | Анна Орлова
передать Сергею Белому ключи | Сергей Белый
give Boris a task to call | Boris Kuznetsov
Анне позвонить в банк | Анна Орлова
Борису Кузнецову отчёт | Борис Кузнецов
Марии подготовить отчёт | Мария Белая
Boris Kuznetsov: report | Boris Kuznetsov
"""
OTHERS = """
подготовить отчёт | Борис Кузнецов
позвонить Анне | Анна Орлова
Бориславу: отчёт | Борис Кузнецов
для борща купить свёклу | Борис Кузнецов
ask Victoria for the plan | Victor Lind
Борис Иванов: отчёт | Борис Кузнецов
"""


def lines(text: str) -> list[list[str]]:
    """The rows of a table."""
    return [[cell.strip() for cell in row.split("|")] for row in text.strip().splitlines()]


@pytest.mark.parametrize(("text", "name"), lines(CALLED))
def test_a_colleague_is_named_in_any_case(text: str, name: str) -> None:
    assert any(is_called(name, said) for said in named_first(text))


@pytest.mark.parametrize(("text", "name"), lines(OTHERS))
def test_others_are_not_meant(text: str, name: str) -> None:
    assert not any(is_called(name, said) for said in named_first(text))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Anna: prepare the offer", "Prepare the offer"),
        ("Анна, подготовь КП", "Анна, подготовь КП"),
        ("anna, call", "call"),
        ("@anna call", "call"),
        ("Anna:", "Anna:"),
        ("Boris: call", "Boris: call"),
        ("for Anna: call", "for Anna: call"),
    ],
)
def test_a_name_before_the_deed_goes_once_it_is_theirs(text: str, left: str) -> None:
    assert without_name(text, "Anna Petrova", "anna") == left
