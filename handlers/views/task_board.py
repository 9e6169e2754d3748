"""How the board of tasks looks."""

from handlers.screen import Screen
from keyboards import task_board as keys
from keyboards.common import cut
from keyboards.task_labels import marks
from keyboards.tongue import Html, Tongue, join
from services.dto.common import TaskLine
from services.dto.task_board import Board, BoardColumn, Column

SHORT = 80


def board(shown: Board, t: Tongue) -> Screen:
    """The columns and the people of a department."""
    return Screen(_text(shown, t), keys.board(shown, _labels(t), t))


def face(shown: Board, t: Tongue) -> Screen:
    """The same for everybody in its team chat: figures alone."""
    return Screen(_text(shown, t), public=True)


def column(shown: BoardColumn, t: Tongue) -> Screen:
    """The tasks of a column."""
    head = t.html("<b>{column}</b> · {name}", column=_labels(t)[shown.column], name=shown.department.name)
    lines = [
        t.html(
            "{when} · {name}: {text}",
            when=t.when(each.task.due_at),
            name=each.assignee,
            text=marks(each.task) + _named(each.task),
        )
        for each in shown.tasks
    ]
    return Screen(join([head, *(lines or [t.html("There are none.")])]), keys.column(shown, t))


def _named(line: TaskLine) -> str:
    text = cut(line.text, SHORT)
    return text if line.place is None else f"{text} · {cut(line.place)}"


def _text(shown: Board, t: Tongue) -> Html:
    lines = [t.html("🗂 <b>Tasks of {name}</b>", name=shown.department.name)]
    labels = _labels(t)
    total = " · ".join(f"{label} {shown.count(column)}" for column, label in labels.items())
    lines += [t.html("{total}", total=total), Html("")]
    for line in shown.lines:
        counts = "  ".join(
            f"{label.split()[0]} {line.counts[column]}"
            for column, label in labels.items()
            if line.counts[column]
        )
        lines.append(t.html("{name}: {counts}", name=line.person.name, counts=counts))
    if not shown.lines:
        lines.append(t.html("👍 Nobody has open tasks."))
    return join(lines)


def _labels(t: Tongue) -> dict[Column, str]:
    return {
        Column.OVERDUE: t("🔴 overdue"),
        Column.TODO: t("📌 to do"),
        Column.WAITING: t("🔎 to be accepted"),
        Column.DONE: t("✅ done today"),
    }
