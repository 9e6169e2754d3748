"""How a task is called on buttons and in lists."""

from keyboards.common import LABEL, cut
from keyboards.tongue import Tongue
from services.dto.common import TaskLine
from services.dto.tasks import TaskCard

SHOWN = 12
"""So much of a button says when, what marks a task and how far its checklist is."""

APART = 16
"""So much of it is kept for what the task is for."""


def items_label(task: TaskCard, t: Tongue) -> str:
    """The checklist, with how much of it is done."""
    count = f" {task.items_done}/{task.items}" if task.items else ""
    return t("☑️ Checklist") + count


def marks(line: TaskLine) -> str:
    """What stands before a task in a list: it is important, it repeats, so much of its checklist is done."""
    shown = (("❗", line.high), ("🔎", line.waits), ("🔁", line.repeats))
    found = "".join(mark for mark, is_so in shown if is_so)
    return f"{found} " if found else ""


def named(line: TaskLine, limit: int = LABEL) -> str:
    """A task in a list, with how much of its checklist is done."""
    if not line.items:
        return cut(line.text, limit)
    return f"{cut(line.text, limit - SHOWN)} ☑️ {line.items_done}/{line.items}"


def placed(line: TaskLine, limit: int) -> str:
    """The same, and what it is for, as far as there is room: equal tasks are told apart by that."""
    if line.place is None or line.items:
        return named(line, limit)
    text = cut(line.text, limit - APART)
    return f"{text} · {cut(line.place, limit - len(text) - 3)}"
