"""How deleted tasks look."""

from handlers.screen import Screen
from handlers.views.bin import about
from keyboards import task_bin as keys
from keyboards.common import cut
from keyboards.tongue import Tongue, join
from services.dto.bin import BinLine, TaskShelf

SHORT = 300


def binned(line: BinLine, t: Tongue) -> Screen:
    """One that was deleted, also in place of its card."""
    head = t.html("🗑 {mark} <b>{title}</b>", mark=keys.MARK, title=cut(line.title, SHORT))
    return Screen(join([head, *about(line, t)]), keys.binned(line, t), subject=("task", line.id))


def shelf(shown: TaskShelf, t: Tongue) -> Screen:
    """A page of them."""
    lines = [t.html("🗑 <b>Deleted tasks</b>")]
    lines += [
        t.html(
            "{mark} <b>{title}</b> · {when} · {name} · {left}",
            mark=keys.MARK,
            title=cut(one.title, SHORT),
            when=t.when(one.deleted_at),
            name=one.deleted_by or t("Sdelka"),
            left=t.many("{n} day left", "{n} days left", one.days_left),
        )
        for one in shown.items
    ]
    if not shown.items:
        lines.append(t.html("Nothing is here. A deleted task can be brought back for 30 days."))
    return Screen(join(lines), keys.shelf(shown, t))
