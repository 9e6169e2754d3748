"""How the day looks."""

from handlers.screen import Screen
from handlers.views.shifts import away
from keyboards import my_day as keys
from keyboards.common import cut
from keyboards.task_labels import marks, named
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.common import Page, Ref, TaskLine
from services.dto.task_lists import DayCard, LateTasks, MyItem, MyTasks, Which
from services.dto.tasks import TaskCard

SHORT = 120


def day(card: DayCard, t: Tongue, done: TaskCard | None = None) -> Screen:
    """What is to be done now; `done` was done by the last tap."""
    lines = [t.html("☀️ <b>My day</b> · {day}", day=t.full_day(card.today))]
    if done is not None:
        lines.append(t.html("✅ Done: {text}", text=cut(done.text, SHORT)))
    if card.away is not None:
        lines.append(away(card.away, t))
    lines += [Html(""), *_tasks(card, t), *_items(card.items, t)]
    if card.tomorrow:
        lines.append(
            t.html(
                "🌙 {tasks} for tomorrow",
                tasks=t.many("{n} task", "{n} tasks", card.tomorrow),
            )
        )
    return Screen(join(lines), keys.day(card, t, done))


def mine(shown: MyTasks, t: Tongue) -> Screen:
    """All that one has to do."""
    titles = {
        Which.MINE: t.html("🗓 <b>All my tasks</b>"),
        Which.WATCHED: t.html("👁 <b>Tasks that I watch</b>"),
        Which.GIVEN: t.html("✍️ <b>Tasks that I have set for others</b>"),
        Which.WAITING: t.html("🔎 <b>Tasks that wait to be accepted by me</b>"),
    }
    lines = [titles[shown.which]]
    lines += _items(shown.items, t)
    if shown.items:
        return Screen(join(lines), keys.mine(shown, t))
    if not shown.tasks and shown.which is Which.MINE:
        lines.append(t.html("👍 Nothing to do."))
    elif not shown.tasks:
        lines.append(t.html("There are none."))
    return Screen(join(lines), keys.mine(shown, t))


def adrift(page: Page[Ref], t: Tongue) -> Screen:
    """Deals that nobody has planned anything for."""
    if not page.items:
        return Screen(t.html("👍 Each of your deals has its next step."), keys.adrift(page, t))
    said = t.html("⚠️ <b>No next step</b>\nOpen a deal and press “➕ Task”.")
    return Screen(said, keys.adrift(page, t))


def team_late(late: LateTasks, t: Tongue) -> Screen:
    """Overdue tasks of others."""
    lines = [t.html("👥 <b>Overdue in the team</b>")]
    lines += [
        t.html(
            "🔴 {when} · {name}: {text}",
            when=t.when(one.task.due_at),
            name=one.assignee,
            text=_row(one.task),
        )
        for one in late.tasks
    ]
    if not late.tasks:
        lines.append(t.html("👍 Nobody is late."))
    return Screen(join(lines), keys.team_late(late, t))


def _items(items: tuple[MyItem, ...], t: Tongue) -> list[Html]:
    """What one has to do for tasks of others."""
    return [
        t.html("☑️ {item} — of: {task}", item=cut(one.text, SHORT), task=cut(one.of, SHORT)) for one in items
    ]


def _tasks(card: DayCard, t: Tongue) -> list[Html]:
    if not card.tasks and card.items:
        return []
    if not card.tasks and card.waiting:
        return [
            t.html(
                "Nothing of your own is due today. Waiting for your word: {tasks}.",
                tasks=t.many("{n} task to accept", "{n} tasks to accept", card.waiting),
            )
        ]
    if not card.tasks:
        return [
            t.html(
                "Nothing is due today. Enjoy the calm, or plan something with a line like this:\n"
                "<i>tomorrow at 15 call Ivan</i>"
            )
        ]
    lines = []
    overdue = [task for task in card.tasks if task.overdue]
    today = [task for task in card.tasks if not task.overdue]
    if overdue:
        lines.append(t.html("🔴 <b>Overdue: {n}</b>", n=card.overdue))
        lines += [_numbered(n, t.when(one.due_at), one) for n, one in enumerate(overdue, 1)]
    if today:
        lines.append(t.html("📌 <b>Today: {n}</b>", n=card.due))
        lines += [_numbered(n, t.clock(one.due_at), one) for n, one in enumerate(today, len(overdue) + 1)]
    return lines


def _numbered(number: int, when: str, task: TaskLine) -> Html:
    """By the same number its button does it."""
    return esc(f"{number}. {when} · {_row(task)}")


def _short(task: TaskLine) -> str:
    return f"{marks(task)}{named(task, SHORT)}"


def _row(task: TaskLine) -> str:
    """With the deal or client that it is for."""
    return _short(task) if task.place is None else f"{_short(task)} · {cut(task.place)}"
