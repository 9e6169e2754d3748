"""How a task looks to whoever got it."""

from handlers.screen import Screen
from handlers.views.tasks import headed
from keyboards.tongue import Tongue
from services.dto.tasks import TaskCard


def given(task: TaskCard, by: str, t: Tongue) -> Screen:
    """A colleague gave it."""
    return headed(t.html("🤝 {by} gave you a task", by=by), task, t)


def set_by_stage(task: TaskCard, stage: str, t: Tongue) -> Screen:
    """The stage to which a deal came has set it."""
    return headed(t.html("⚙️ The stage “{stage}” set you a task", stage=stage), task, t)


def item_given(task: TaskCard, item: str, by: str, t: Tongue) -> Screen:
    """A colleague gave an item of its checklist."""
    return headed(t.html("🤝 {by} gave you an item of a task: <b>{item}</b>", by=by, item=item), task, t)


def late(task: TaskCard, t: Tongue) -> Screen:
    """A colleague has not done in time what the reader has set."""
    return headed(
        t.html("🔴 More than a day late: {name} has not done it yet", name=task.assignee.name), task, t
    )


def item_done(task: TaskCard, item: str, by: str, t: Tongue) -> Screen:
    """A colleague has done an item of the reader's task."""
    return headed(t.html("☑️ {by} has done an item of your task: <b>{item}</b>", by=by, item=item), task, t)
