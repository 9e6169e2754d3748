"""Deleting, asked twice; and the bin, from which everything comes back for thirty days."""

from dataclasses import replace

from handlers.errors import describe, words
from handlers.paging import show_page
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import bin as views
from handlers.views import task_bin as task_views
from keyboards.bin import BinCb, BinnedCb, DeleteCb, DeleteSureCb, DestroyCb, DestroySureCb, RestoreCb
from services.access import Action
from services.dto.tasks import FACES
from services.errors import AppError

describe(
    {
        "bin.paid": "Money came for this deal: take the payments back, or put the deal into the archive.",
        "bin.became_deal": "This lead has become deal #{id}: delete that first.",
        "bin.in_work": "This client is still in work: {which}. Close that first.",
        "bin.ask_head": "You can delete what you made by hand, within a day. For the rest ask your head.",
        "bin.hangs": "Notes, tasks, calls or other records hang on it already. Ask your head to delete it.",
        "bin.gone": "This is not in the bin any more.",
        "bin.taken": "Its number belongs to something else since a backup was restored: it cannot come back.",
    }
)
AGAINST = frozenset({"bin.paid", "bin.became_deal", "bin.in_work", "bin.ask_head", "bin.hangs"})
"""Why something is not deleted; told at leisure, with the way back."""


async def gone(viewer: Viewer, subject: str, subject_id: int) -> Screen | None:
    """What stands in place of the card of something deleted; None if it was not, or for strangers."""
    if viewer.actor is None:
        held = await viewer.services.bin.holds(subject, subject_id)
        return views.public(subject_id, subject, viewer.t) if held else None
    kind = "task" if subject in FACES else subject
    line = await viewer.services.bin.of(viewer.actor, kind, subject_id)
    if line is None and kind == "task":
        deleted = await viewer.services.task_bin.of(viewer.actor, subject_id)
        if deleted is None:
            return None
        return replace(task_views.binned(deleted, viewer.t), subject=(subject, subject_id))
    if line is None:
        return None
    # A task lies there with its deal; its card stays its own, to be drawn again when it is back.
    return replace(views.binned(line, viewer.t), subject=(subject, subject_id))


@registry.press(DeleteCb, Action.LEAD_DELETE)
async def on_delete(turn: Turn, data: DeleteCb) -> None:
    """Shall it be deleted? Or why it cannot be."""
    await turn.form.close()
    try:
        plan = await turn.services.deleting.plan(turn.actor, data.kind, data.id)
    except AppError as error:
        if error.code not in AGAINST:
            raise
        await turn.show(views.impossible(data.kind, data.id, words(error, turn.t), turn.t))
    else:
        await turn.show(views.sure(plan, turn.t))


@registry.press(DeleteSureCb, Action.LEAD_DELETE)
async def on_delete_sure(turn: Turn, data: DeleteSureCb) -> None:
    """Into the bin; one tap takes it back."""
    bin_id = await turn.services.deleting.delete(turn.actor, data.kind, data.id, data.version)
    await turn.show(views.deleted(await turn.services.bin.line(turn.actor, bin_id), turn.t))


@registry.press(BinCb, Action.LEAD_DELETE)
async def on_bin(turn: Turn, data: BinCb) -> None:
    """What lies in the bin, page by page."""
    found = await turn.services.bin.page(turn.actor, data.after or None)
    await show_page(turn, views.shelf(found, turn.t), data)


@registry.press(BinnedCb, Action.LEAD_DELETE)
async def on_binned(turn: Turn, data: BinnedCb) -> None:
    """Look at one of them."""
    await turn.show(views.binned(await turn.services.bin.line(turn.actor, data.bin_id), turn.t))


@registry.press(RestoreCb, Action.LEAD_DELETE)
async def on_restore(turn: Turn, data: RestoreCb) -> None:
    """Bring it back, and open its card."""
    kind, subject_id = await turn.services.bin.restore(turn.actor, data.bin_id)
    card = await registry.cards[kind](turn.viewer, subject_id)
    if card is not None:
        await turn.show(card)


@registry.press(DestroyCb, Action.BIN_DESTROY)
async def on_destroy(turn: Turn, data: DestroyCb) -> None:
    """Shall it be destroyed for good?"""
    await turn.show(views.really(await turn.services.bin.line(turn.actor, data.bin_id), turn.t))


@registry.press(DestroySureCb, Action.BIN_DESTROY)
async def on_destroy_sure(turn: Turn, data: DestroySureCb) -> None:
    """Destroy it for good."""
    await turn.services.bin.destroy(turn.actor, data.bin_id)
    await turn.show(views.destroyed(turn.t))
