"""Words that say that this is a task leave its words; where they belong to the deed they stay."""

import pytest

from services.understanding.due_missing import unreal_day
from services.understanding.task_label import without_label


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("задача сверить остатки", "сверить остатки"),
        ("Задача: сверить остатки", "Сверить остатки"),
        ("задача Сверить остатки", "Сверить остатки"),
        ("новая задача - КП Ивану", "КП Ивану"),
        ("поставь мне задачу отчёт", "отчёт"),
        ("task: call Ivan", "call Ivan"),
        ("Add a task to call Ivan", "Call Ivan"),
    ],
)
def test_what_says_that_it_is_a_task_leaves_the_words(said: str, left: str) -> None:
    assert without_label(said) == left


@pytest.mark.parametrize(
    "said",
    [
        *("задача", "задача:", "задача отдела", "задача по складу", "задачать", "сверить задачу"),
        *("task force meeting", "task", "call Ivan"),
    ],
)
def test_other_words_stay(said: str) -> None:
    assert without_label(said) == said


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("сверить остатки 31.02", ("31.02", "сверить остатки")),
        ("31.04 сверить остатки", ("31.04", "сверить остатки")),
        ("31.02.", ("31.02", "")),
        *[
            (said, None)
            for said in ("окна по 31.02 м", "45.02", "версия 31.02.1", "5.31", "к 28.02", "31.13")
        ],
    ],
)
def test_a_day_in_figures_that_no_calendar_holds_stands_at_either_end(
    said: str, day: tuple[str, str] | None
) -> None:
    assert unreal_day(said) == day
