"""How the tasks of a deal look."""

from handlers.screen import Screen
from keyboards import deal_tasks as keys
from keyboards.common import cut, titled
from keyboards.task_labels import marks
from keyboards.tongue import Html, Tongue, join
from services.dto.task_lists import DealTask, DealTasks

SAID = 120


def tasks(shown: DealTasks, t: Tongue) -> Screen:
    """What is to be done for it, by whom and when, and what was done last."""
    lines = [t.html("📌 <b>Tasks · {title}</b>", title=titled(shown.title, t))]
    lines += [_to_do(row, t) for row in shown.tasks] or [t.html("👍 Nothing to do.")]
    if shown.done:
        lines += [Html(""), t.html("<b>Done</b>"), *(_done(row, t) for row in shown.done)]
    return Screen(join(lines), keys.tasks(shown, t))


def _to_do(row: DealTask, t: Tongue) -> Html:
    return t.html(
        "{mark} {when} · {name}: {text}",
        mark=f"{'🔴' if row.task.overdue else '📌'}{marks(row.task)}".strip(),
        when=t.when(row.task.due_at),
        name=row.assignee,
        text=cut(row.task.text, SAID),
    )


def _done(row: DealTask, t: Tongue) -> Html:
    when = t.when(row.done_at) if row.done_at is not None else ""
    return t.html("✅ {when} · {name}: {text}", when=when, name=row.assignee, text=cut(row.task.text, SAID))
