"""How others' tasks look."""

from handlers.screen import Screen
from keyboards import team_tasks as keys
from keyboards.tongue import Tongue, join
from services.dto.task_lists import TasksOf, TeamTasksPage


def people(shown: TeamTasksPage, t: Tongue) -> Screen:
    """Who has how much to do."""
    lines = [t.html("👥 <b>Tasks of the team</b>")]
    if shown.loads:
        lines.append(t.html("🔴 overdue · 📌 today · 🗓 later"))
    else:
        lines.append(t.html("👍 Nobody has open tasks."))
    return Screen(join(lines), keys.people(shown, t))


def of_person(shown: TasksOf, t: Tongue) -> Screen:
    """What somebody has to do."""
    load = shown.load
    lines = [t.html("👤 <b>{name}</b>", name=load.name)]
    if load.overdue or load.today or load.later:
        lines.append(
            t.html(
                "🔴 overdue {overdue} · 📌 today {today} · 🗓 later {later}",
                overdue=load.overdue,
                today=load.today,
                later=load.later,
            )
        )
        lines.append(t.html("Open a task to write a word about it or to give it to somebody else."))
    else:
        lines.append(t.html("👍 Nothing to do."))
    return Screen(join(lines), keys.of_person(shown, t))
