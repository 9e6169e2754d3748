"""How each deed with a checklist and with a task that repeats is done by hand."""

from typing import Any
from zlib import crc32

from keyboards.board_data import BoardCb, BoardColumnCb
from keyboards.task_acceptance import TaskAcceptCb, TaskChecksCb, TaskReturnCb
from keyboards.task_data import (
    ItemCb,
    ItemDropCb,
    ItemGiveCb,
    ItemHeirsCb,
    ItemTextCb,
    ItemTickCb,
    TaskDoneSureCb,
    TaskItemsAddCb,
    TaskItemsCb,
    TaskRepeatCb,
    TaskSeriesCb,
    TaskShiftCb,
    TaskSkipCb,
    TaskStopCb,
)
from keyboards.task_files import TaskFileAddCb, TaskFilesCb
from keyboards.task_handover import (
    TaskChooseCb,
    TasksChooseAllCb,
    TasksChooseCb,
    TasksGiveCb,
    TasksHeirCb,
    TasksHeirsCb,
    TasksPlanCb,
)
from keyboards.task_watchers import TaskWatchCb, TaskWatchersCb, TaskWatchersMoreCb
from tests.matrix.deeds import Deed, Facts, Sent, Typed, deed, task_heir
from tests.matrix.expectations import Thing


def more_of_task(f: Facts) -> dict[str, Deed]:
    """Those of a task; each has one item, which is ticked."""
    one, many = {"task_id": f.id}, f.thing.state == "client"
    item = {**one, "item_id": f.company.items.get(f.thing, 1)}
    listed: dict[str, Any] = {"changes": "task_item", "also": "task"}
    rule = "every monday at 9"
    again: dict[str, Any] = {"changes": "task timer task_series"}
    return {
        "sure": deed(TaskDoneSureCb(**one), changes="task", also="timer task_item", many=many),
        "items": deed(TaskItemsCb(**one)),
        "items_add": deed(
            TaskItemsAddCb(**one), "Zmore", **listed,
            form=Typed("task.items", {"back": ["checklist", f.id]}, "Zmore"),
        ),
        "item": deed(ItemCb(**item)),
        "item_tick": deed(ItemTickCb(**item, done=0), **listed),
        "item_text": deed(
            ItemTextCb(**item), "Zmore", **listed,
            form=Typed("task.item_text", {"back": ["checklist", f.id], "item": item["item_id"]}, "Zmore"),
        ),
        "item_heirs": deed(ItemHeirsCb(**item), shows=False),
        "item_give": deed(ItemGiveCb(**item, person_id=f.company.people[task_heir(f)]), **listed),
        "item_drop": deed(ItemDropCb(**item), **listed),
        "series": deed(TaskSeriesCb(**one)),
        "rule": deed(
            TaskSeriesCb(**one), rule, **again,
            form=Typed("task.rule", {"back": ["task", f.id]}, rule),
        ),
        "repeat": deed(TaskRepeatCb(**one, often="day"), **again),
        "shift": deed(TaskShiftCb(**one, shift=1), changes="task_series", also="task timer"),
        "skip": deed(TaskSkipCb(**one), changes="task timer", also="task_item", many=True),
        "checks": deed(TaskChecksCb(**one, checks=1 - int(f.thing.state == "waiting")), changes="task"),
        "accept": deed(TaskAcceptCb(**one), changes="task", also="timer"),
        "give_back": deed(
            TaskReturnCb(**one), "Zreason", changes="task note", also="timer",
            form=Typed("task.return", {"back": ["task", f.id]}, "Zreason"),
        ),
        "watchers": deed(TaskWatchersCb(**one)),
        "watch": deed(TaskWatchCb(**one, person_id=0, on=1), changes="task_watcher"),
        "more_watchers": deed(TaskWatchersMoreCb(**one)),
        "files": deed(TaskFilesCb(**one)),
        "file_add": deed(
            TaskFileAddCb(**one), Sent("send_file", ("a.pdf", b"%PDF")), changes="note note_file note_source",
            form=Typed("task.file", {"back": ["task", f.id]}, "Zfile"),
        ),
        "stop": deed(TaskStopCb(**one), changes="task_series", also="task timer"),
    }  # fmt: skip


def boards(f: Facts) -> dict[str, Deed]:
    """Those with the board of a department."""
    one = {"department_id": f.id}
    return {"board_of": deed(BoardCb(**one)), "board_column": deed(BoardColumnCb(**one, column="overdue"))}


def handing_over(f: Facts) -> dict[str, Deed]:
    """Those with the tasks of a person that are given away together."""
    one = {"person_id": f.id}
    task = f.company.ids.get(Thing("task", f.thing.whose, "open"), 1)
    heir = f.company.people["hugo" if f.thing.whose == "victor" else "boris"]
    chosen = ("tasks.give", {"person": f.id, "tasks": [task], "heirs": [heir]})
    mark = crc32(f"{task}.1.{heir}".encode())
    return {
        "choose": deed(TasksChooseCb(**one)),
        "choose_one": deed(TaskChooseCb(**one, task_id=task, page=0)),
        "choose_all": deed(TasksChooseAllCb(**one, which="all")),
        "choose_heirs": deed(TasksHeirsCb(**one)),
        "choose_heir": deed(TasksHeirCb(**one, heir_id=heir, page=0)),
        "give_plan": deed(TasksPlanCb(**one), draft=chosen),
        "give_tasks": deed(TasksGiveCb(**one, mark=mark), changes="task", many=True, draft=chosen),
    }
