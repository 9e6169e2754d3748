"""What is told about tasks when nobody asked."""

from dataclasses import replace
from typing import Any

from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.tasks import task_card
from handlers.views import reminders
from handlers.views import task_acceptance as acceptance
from handlers.views import task_deleting as deleting
from handlers.views import task_given as given
from handlers.views import task_handover as handover
from handlers.views import tasks as views
from services.dto.tasks import FORMER_CARD, OLDER_CARD
from services.notices import NoticeKind


@registry.notice(NoticeKind.TASK_AHEAD)
async def task_ahead(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """It will be time; nothing is said once it is, for that is told by itself."""
    if viewer.actor is None:
        return None
    task = await viewer.services.tasks.card(viewer.actor, int(params["id"]))
    if task.done_at is not None or task.is_due or not task.mine:
        return None
    return reminders.ahead(task, viewer.services.times.snoozes(viewer.actor, task.due_at), viewer.t)


@registry.notice(NoticeKind.TASK_DUE)
async def task_due(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """It is time; nothing is said of a task that was done, moved or given away meanwhile."""
    if viewer.actor is None:
        return None
    task = await viewer.services.tasks.card(viewer.actor, int(params["id"]))
    if task.done_at is not None or not task.is_due or not task.mine:
        return None
    return reminders.due(task, viewer.services.times.snoozes(viewer.actor, task.due_at), viewer.t)


@registry.notice(NoticeKind.TASKS_MISSED)
async def tasks_missed(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Several tasks came due while nobody could be reminded of them."""
    if viewer.actor is None:
        return None
    tasks = await viewer.services.tasks.open_of(viewer.actor, list(params["ids"]))
    return reminders.missed(tasks, viewer.t) if tasks else None


@registry.notice(NoticeKind.TASK_GIVEN)
async def task_given(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """You got a task; nothing is said when it has gone on to somebody else meanwhile."""
    if viewer.actor is None:
        return None
    task = await viewer.services.tasks.card(viewer.actor, int(params["id"]))
    if not task.mine or task.done_at:
        return None
    if "stage" in params:
        return given.set_by_stage(task, str(params["stage"]), viewer.t)
    return given.given(task, str(params["by"]), viewer.t)


@registry.notice(NoticeKind.TASK_NEWS)
async def task_news(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Something has changed about a task that you watch, have set, or do."""
    if viewer.actor is None:
        return None
    task = await viewer.services.tasks.card(viewer.actor, int(params["id"]))
    was_now = (params.get("was"), params["now"])
    return acceptance.news(task, str(params["by"]), str(params["news"]), was_now, viewer.t)


@registry.notice(NoticeKind.TASK_GONE)
async def task_gone(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """A task of yours is somebody else's now, or deleted, or back; nothing is said if that is over."""
    if viewer.actor is None:
        return None
    found, task_id = viewer.services.task_deleting, int(params["id"])
    text = await found.words(viewer.actor, task_id, int(params["event"]))
    if text is None:
        return None
    return deleting.gone(task_id, text, str(params["by"]), params["news"], viewer.t)


@registry.notice(NoticeKind.TASKS_GONE)
async def tasks_gone(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Tasks of yours are others' now; nothing is said of those that are done, deleted or yours again."""
    if viewer.actor is None:
        return None
    shown = await viewer.services.task_handover.gone(viewer.actor, int(params["event"]))
    return handover.gone(shown, str(params["by"]), viewer.t) if shown is not None else None


@registry.card(FORMER_CARD)
async def former_card(viewer: Viewer, task_id: int) -> Screen | None:
    """What an older card of a task becomes once news of it have come."""
    if viewer.actor is None:
        return None
    return acceptance.former(await viewer.services.tasks.card(viewer.actor, task_id), viewer.t)


@registry.card(OLDER_CARD)
async def older_card(viewer: Viewer, task_id: int) -> Screen | None:
    """A task in a message that is not its newest card in that chat, and still shows it."""
    screen = await task_card(viewer, task_id)
    return replace(screen, subject=(OLDER_CARD, task_id)) if screen is not None else None


@registry.notice(NoticeKind.TASK_ITEM_GIVEN)
async def task_item_given(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """An item is yours; nothing is said when it is done, gone or somebody else's meanwhile."""
    if viewer.actor is None:
        return None
    shown = await viewer.services.items.of(viewer.actor, int(params["id"]))
    item = next((one for one in shown.items if one.id == int(params["item"])), None)
    if item is None or not item.mine or item.done_at is not None:
        return None
    return given.item_given(shown.task, item.text, str(params["by"]), viewer.t)


@registry.notice(NoticeKind.TASK_LATE)
async def task_late(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """What you have set for a colleague is late by a day; nothing is said once it is not."""
    if viewer.actor is None:
        return None
    task = await viewer.services.tasks.card(viewer.actor, int(params["id"]))
    if task.done_at is not None or not task.is_due or task.mine:
        return None
    return given.late(task, viewer.t)


@registry.notice(NoticeKind.TASK_ITEM_DONE)
async def task_item_done(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """A colleague has done an item of your task; nothing is said when it is open again or gone."""
    if viewer.actor is None:
        return None
    shown = await viewer.services.items.of(viewer.actor, int(params["id"]))
    item = next((one for one in shown.items if one.id == int(params["item"])), None)
    if item is None or item.done_at is None or not shown.task.mine:
        return None
    return given.item_done(shown.task, item.text, str(params["by"]), viewer.t)


@registry.notice(NoticeKind.TASK_COMMENTED)
async def task_commented(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Somebody wrote about a task of yours."""
    if viewer.actor is None:
        return None
    task = await viewer.services.tasks.card(viewer.actor, int(params["id"]))
    return views.commented(task, str(params["by"]), viewer.t)
