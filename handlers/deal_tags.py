"""Tags of a deal: by a tap, or written."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import deal_tags as views
from keyboards.deal_data import DealTagCb, DealTagsCb
from services.access import Action

TAG = "deal.tag"

describe(
    {
        "tag.not_found": "There is no such tag any more.",
        "tag.unnamed": "Write a word for the tag.",
        "tag.too_long": "A tag may have {most} characters at most.",
        "tag.full": "A deal may have {most} tags at most. Take one off first.",
        "tag.many": "There are {most} tags already. Please take one of them.",
    }
)


@registry.press(DealTagsCb, Action.DEAL_TAG)
async def on_deal_tags(turn: Turn, data: DealTagsCb) -> None:
    """Which tags?"""
    shown = await turn.services.tags.of_deal(turn.actor, data.deal_id, data.page)
    await turn.form.close()
    await turn.form.wait(TAG, back=["deal", data.deal_id])
    await turn.show(views.tags(shown, turn.t))


@registry.press(DealTagCb, Action.DEAL_TAG)
async def on_deal_tag(turn: Turn, data: DealTagCb) -> None:
    """This one, or this one no more."""
    shown = await turn.services.tags.set(turn.actor, data.deal_id, data.tag_id, on=bool(data.on))
    await turn.form.wait(TAG, back=["deal", data.deal_id])
    await turn.show(views.tags(shown, turn.t))


@registry.step(TAG, Action.DEAL_TAG)
async def got_deal_tag(turn: Turn, message: Message) -> None:
    """One by its name."""
    deal_id = int((await turn.form.data())["back"][1])
    shown = await turn.services.tags.write(turn.actor, deal_id, message.text or "")
    await turn.form.wait(TAG, back=["deal", deal_id])
    await turn.show(views.tags(shown, turn.t))
