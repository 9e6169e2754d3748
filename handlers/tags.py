"""Tags of leads, clients and deals: by a tap, or written."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import tags as views
from keyboards.tag_data import ClientTagCb, ClientTagsCb, DealTagCb, DealTagsCb, LeadTagCb, LeadTagsCb
from services.access import Action
from services.choices import choice
from services.dto.fields import FieldSubject
from services.dto.tags import TagSheet

STATES = {
    FieldSubject.DEAL: "deal.tag",
    FieldSubject.LEAD: "lead.tag",
    FieldSubject.CONTACT: "client.tag",
    FieldSubject.FIRM: "client.tag",
}

describe(
    {
        "tag.not_found": "There is no such tag any more.",
        "tag.unnamed": "Write a word for the tag.",
        "tag.comma": "One tag at a time, please: a tag has no commas and no semicolons.",
        "tag.unknown": "There is no tag “{name}”.",
        "tag.too_long": "A tag may have {most} characters at most.",
        "tag.full": "There are {most} tags on it, which is the most. Take one off first.",
        "tag.many": "There are {most} tags already. Please take one of them.",
    }
)


@registry.press(DealTagsCb, Action.DEAL_TAG)
@registry.press(LeadTagsCb, Action.LEAD_TAG)
@registry.press(ClientTagsCb, Action.CLIENT_TAG)
async def on_tags(turn: Turn, data: DealTagsCb | LeadTagsCb | ClientTagsCb) -> None:
    """Which tags?"""
    kind, one = data.subject()
    sheet = await turn.services.tags.of(turn.actor, choice(FieldSubject, kind), one, data.page)
    await turn.form.close()
    await _show(turn, sheet)


@registry.press(DealTagCb, Action.DEAL_TAG)
@registry.press(LeadTagCb, Action.LEAD_TAG)
@registry.press(ClientTagCb, Action.CLIENT_TAG)
async def on_tag(turn: Turn, data: DealTagCb | LeadTagCb | ClientTagCb) -> None:
    """This one, or this one no more."""
    kind, one = data.subject()
    subject = choice(FieldSubject, kind)
    await _show(turn, await turn.services.tags.set(turn.actor, subject, one, data.tag_id, on=bool(data.on)))


@registry.step(STATES[FieldSubject.DEAL], Action.DEAL_TAG)
@registry.step(STATES[FieldSubject.LEAD], Action.LEAD_TAG)
@registry.step(STATES[FieldSubject.FIRM], Action.CLIENT_TAG)
async def got_tag(turn: Turn, message: Message) -> None:
    """One by its name."""
    kind, one = (await turn.form.data())["back"]
    subject = choice(FieldSubject, kind)
    await _show(turn, await turn.services.tags.write(turn.actor, subject, int(one), message.text or ""))


async def _show(turn: Turn, sheet: TagSheet) -> None:
    await turn.form.wait(STATES[sheet.subject], back=[sheet.subject.value, sheet.id])
    await turn.show(views.tags(sheet, turn.t))
