"""How the files of a task look."""

from handlers.screen import Screen
from handlers.views.notes import file_lines
from keyboards import task_files as keys
from keyboards.tongue import Tongue, join
from services.dto.talk import FileList
from services.dto.tasks import TaskCard


def files(task: TaskCard, found: FileList, t: Tongue) -> Screen:
    """The files of a task."""
    return Screen(file_lines(found, t), keys.files(found, task.can, t), subject=("task", task.id))


def ask_file(task: TaskCard, t: Tongue) -> Screen:
    """Which file?"""
    asked = t.html("<b>Send the file now.</b> Next time, just answer the task's card with it.")
    return Screen(join([t.html("📌 {text}", text=task.text), asked]), keys.form(task.id, t))
