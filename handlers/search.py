"""Search: by command, by button, and whatever is written that is nothing else."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.lead_intake import begin
from handlers.paging import show_page
from handlers.registry import Content, registry
from handlers.turn import Turn
from handlers.views import search as views
from keyboards.search import FindCb, FindLeadCb, FindMoreCb, FindTalkCb
from services.access import Action
from services.choices import choice
from services.errors import StaleError
from services.search import Kind
from services.understanding.lead_signs import looks_like_search, may_tell_lead

FOUND = "found"
"""No step waits for this state: it only keeps what was looked for, for the buttons under the hits."""

describe({"search.gone": "This search is over. Please type it again."})


@registry.command("find", Action.SEARCH)
async def cmd_find(turn: Turn, args: str) -> None:
    """Look for something."""
    if args:
        await _find(turn, args)
    else:
        await _ask(turn)


@registry.press(FindCb, Action.SEARCH)
async def on_find(turn: Turn, _data: FindCb) -> None:
    """What for?"""
    await _ask(turn)


@registry.step("find", Action.SEARCH, numbers=True)
async def got_find(turn: Turn, message: Message) -> None:
    """For this; a contact is looked for by its phone."""
    text = message.contact.phone_number if message.contact else message.text
    if text:
        await _find(turn, text)
    else:
        await _ask(turn)


@registry.content(Content.TEXT, Action.SEARCH, last=True)
async def on_text(turn: Turn, message: Message) -> bool:
    """A few words are looked for; of anything longer a lead can be made."""
    text = message.text or ""
    if looks_like_search(text):
        await _find(turn, text)
        return True
    if not _may_create(turn, text):
        return False
    await turn.show(views.not_understood(await _remember(turn, text), turn.t))
    return True


@registry.press(FindMoreCb, Action.SEARCH)
async def on_find_more(turn: Turn, data: FindMoreCb) -> None:
    """Further hits of one kind."""
    kind, query = choice(Kind, data.kind), await _recall(turn, data.found)
    near = bool((await turn.form.data()).get("near"))
    page = await turn.services.search.more(turn.actor, query, kind, data.after, near=near)
    await turn.show(views.more(kind, page, query, data.found, turn.t))


@registry.press(FindTalkCb, Action.DEAL_TALK_VIEW)
async def on_find_talk(turn: Turn, data: FindTalkCb) -> None:
    """The same in what was said, page by page; asked for only here, since it is not what most look for."""
    query = await _recall(turn, data.found)
    page = await turn.services.talk_search.page(turn.actor, query, data.after or None)
    await show_page(turn, views.talk(page, query, data.found, turn.t), data)


@registry.press(FindLeadCb, Action.LEAD_CREATE)
async def on_find_lead(turn: Turn, data: FindLeadCb) -> None:
    """Make a lead of what was looked for."""
    query = await _recall(turn, data.found)
    await begin(turn, await turn.services.intake.understand(turn.actor, query))


async def _ask(turn: Turn) -> None:
    await turn.form.close()
    await turn.form.wait("find")
    await turn.show(views.ask(turn.t))


async def _find(turn: Turn, text: str) -> None:
    """One hit opens its card, several are listed, none offers a lead; what is only near is listed, too."""
    found = await turn.services.search.find(turn.actor, text)
    if found.only is not None:
        subject, subject_id = found.only
        screen = await registry.cards[subject](turn.viewer, subject_id)
        if screen is not None:
            await turn.form.close()
            await turn.show(screen)
            return
    key = await _remember(turn, text, near=found.near)
    may_create = _may_create(turn, text)
    if found.nothing:
        await turn.show(views.nothing(found, key, turn.t, may_create=may_create))
    else:
        await turn.show(views.found(found, key, turn.t, may_create=may_create))


def _may_create(turn: Turn, text: str) -> bool:
    return turn.actor.may(Action.LEAD_CREATE) and may_tell_lead(text)


async def _remember(turn: Turn, text: str, *, near: bool = False) -> int:
    key = turn.key
    await turn.form.close()
    await turn.form.wait(FOUND, query=text, found=key, near=near)
    return key


async def _recall(turn: Turn, key: int) -> str:
    kept = await turn.form.data()
    if kept.get("found") != key:
        raise StaleError("search.gone")
    return str(kept["query"])
