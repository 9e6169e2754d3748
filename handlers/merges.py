"""Uniting clients: the other one is found, both are compared, two become one; and one becomes two again."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import merges as views
from keyboards.clients import MergeAskCb, MergeShowCb, MergeSureCb, MergeUndoCb
from services.access import Action
from services.choices import choice
from services.dto.clients import ClientKind
from services.errors import AppError

WITH = "client.merge"

describe(
    {
        "client.merged": "This client was united with another one. Here it is.",
        "merge.same": "This is one and the same client already.",
        "merge.too_late": "They were united more than a day ago: this can be undone no more.",
        "merge.later": "The client has been united with yet another one since. Undo that first.",
    }
)


@registry.press(MergeAskCb, Action.CLIENT_MERGE)
async def on_merge_ask(turn: Turn, data: MergeAskCb) -> None:
    """With whom?"""
    kind = choice(ClientKind, data.kind)
    offer = await turn.services.merge_choices.offer(turn.actor, kind, data.client_id)
    await turn.form.close()
    await turn.form.wait(WITH, back=[kind.value, data.client_id])
    await turn.show(views.choice(offer, turn.t))


@registry.step(WITH, Action.CLIENT_MERGE, numbers=True)
async def got_merge_with(turn: Turn, message: Message) -> None:
    """With somebody who is named so."""
    text = message.contact.phone_number if message.contact else message.text
    if not text:
        raise AppError("client.empty")
    kind, client_id = (await turn.form.data())["back"]
    offered = turn.services.merge_choices.offer(
        turn.actor, choice(ClientKind, str(kind)), int(client_id), text
    )
    await turn.show(views.choice(await offered, turn.t))


@registry.press(MergeShowCb, Action.CLIENT_MERGE)
async def on_merge_show(turn: Turn, data: MergeShowCb) -> None:
    """Both side by side."""
    kind = choice(ClientKind, data.kind)
    shown = await turn.services.merge_choices.preview(
        turn.actor, kind, data.client_id, data.other_id, data.picks
    )
    await turn.form.close()
    await turn.show(views.preview(shown, turn.t))


@registry.press(MergeSureCb, Action.CLIENT_MERGE)
async def on_merge_sure(turn: Turn, data: MergeSureCb) -> None:
    """Yes, these two."""
    kind = choice(ClientKind, data.kind)
    done = await turn.services.merging.merge(turn.actor, kind, data.client_id, data.other_id, data.seen)
    await turn.show(views.merged(done, turn.t))


@registry.press(MergeUndoCb, Action.CLIENT_MERGE)
async def on_merge_undo(turn: Turn, data: MergeUndoCb) -> None:
    """They are two after all."""
    kind = choice(ClientKind, data.kind)
    parted = await turn.services.merging.undo(turn.actor, kind, data.client_id, data.merge_id)
    await turn.form.close()
    await turn.show(views.apart(parted, turn.t))
