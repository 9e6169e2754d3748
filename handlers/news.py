"""News of the company: read by everybody, written by owners and heads."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.paging import show_page
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import news as views
from keyboards.news import (
    NewsAgainCb,
    NewsCb,
    NewsDropCb,
    NewsDropSureCb,
    NewsEditCb,
    NewsOneCb,
    NewsSureCb,
    NewsWriteCb,
)
from services.access import Action
from services.errors import AppError, ForbiddenError

WRITING, SHOWN = "news.text", "news.sure"
"""The words are asked for; they are shown and wait for a yes, or for other words."""
ALL = ["newsroom", 1]

describe(
    {
        "news.not_found": "There is no such news.",
        "news.empty": "Please send the news as text, in one message.",
        "news.long": "This is too long for one message: {n} characters, {most} at most.",
        "news.no_draft": "This waits no more: it was told, or given up.",
    }
)


@registry.card("newsroom")
async def newsroom(viewer: Viewer, _id: int) -> Screen | None:
    """The list."""
    if viewer.actor is None:
        return None
    return views.shelf(await viewer.services.news.shelf(viewer.actor), viewer.t)


@registry.card("news")
async def news_card(viewer: Viewer, news_id: int) -> Screen | None:
    """One of them, with what may be done about it."""
    if viewer.actor is None:
        return None
    return views.card(await viewer.services.news.card(viewer.actor, news_id), viewer.t)


@registry.card("post")
async def post(viewer: Viewer, news_id: int) -> Screen | None:
    """What everybody reads."""
    return views.post(await viewer.services.news.face(viewer.actor, news_id), viewer.t)


@registry.command("news", Action.NEWS_VIEW)
async def cmd_news(turn: Turn, args: str) -> None:
    """The list; or these words, shown as they will be."""
    if not args.strip():
        await turn.show(views.shelf(await turn.services.news.shelf(turn.actor), turn.t))
        return
    if not turn.actor.may(Action.NEWS_WRITE):
        raise ForbiddenError
    await _preview(turn, args, 0)


@registry.press(NewsCb, Action.NEWS_VIEW)
async def on_news(turn: Turn, data: NewsCb) -> None:
    """The list, page by page."""
    await turn.form.close()
    found = await turn.services.news.shelf(turn.actor, data.after or None)
    await show_page(turn, views.shelf(found, turn.t), data)


@registry.press(NewsOneCb, Action.NEWS_VIEW)
async def on_news_one(turn: Turn, data: NewsOneCb) -> None:
    """One of them."""
    await turn.form.close()
    await turn.show(views.card(await turn.services.news.card(turn.actor, data.news_id), turn.t))


@registry.press(NewsWriteCb, Action.NEWS_WRITE)
async def on_news_write(turn: Turn, _data: NewsWriteCb) -> None:
    """What is new?"""
    await turn.form.wait(WRITING, news_id=0, back=ALL)
    await turn.show(views.ask(0, turn.t))


@registry.press(NewsEditCb, Action.NEWS_WRITE)
async def on_news_edit(turn: Turn, data: NewsEditCb) -> None:
    """How shall it read?"""
    card = await turn.services.news.card(turn.actor, data.news_id)
    if not card.may_mend:
        raise ForbiddenError
    await turn.form.wait(WRITING, news_id=card.id, back=list(data.subject()))
    await turn.show(views.ask(card.id, turn.t))


@registry.step(WRITING, Action.NEWS_WRITE)
@registry.step(SHOWN, Action.NEWS_WRITE)
async def got_news(turn: Turn, message: Message) -> None:
    """So; it is shown first."""
    await _preview(turn, message.text or "", int((await turn.form.data())["news_id"]))


@registry.press(NewsSureCb, Action.NEWS_WRITE)
async def on_news_sure(turn: Turn, _data: NewsSureCb) -> None:
    """Tell it, or save the new words."""
    if await turn.form.state() != SHOWN:
        raise AppError("news.no_draft")
    data = await turn.form.data()
    text, news_id = str(data["text"]), int(data["news_id"])
    news = turn.services.news
    card = await (news.edit(turn.actor, news_id, text) if news_id else news.publish(turn.actor, text))
    await turn.form.close()
    await turn.show(views.card(card, turn.t))


@registry.press(NewsDropCb, Action.NEWS_WRITE)
async def on_news_drop(turn: Turn, data: NewsDropCb) -> None:
    """Shall it be withdrawn?"""
    card = await turn.services.news.card(turn.actor, data.news_id)
    if not card.may_mend:
        raise ForbiddenError
    await turn.show(views.drop(card, turn.t))


@registry.press(NewsDropSureCb, Action.NEWS_WRITE)
async def on_news_drop_sure(turn: Turn, data: NewsDropSureCb) -> None:
    """Withdraw it."""
    await turn.show(views.card(await turn.services.news.withdraw(turn.actor, data.news_id), turn.t))


@registry.press(NewsAgainCb, Action.NEWS_WRITE)
async def on_news_again(turn: Turn, data: NewsAgainCb) -> None:
    """Send it once more."""
    await turn.show(views.card(await turn.services.news.again(turn.actor, data.news_id), turn.t))


async def _preview(turn: Turn, text: str, news_id: int) -> None:
    draft = await turn.services.news.draft(turn.actor, text, news_id)
    back = ["news", news_id] if news_id else ALL
    await turn.form.wait(SHOWN, text=draft.text, news_id=news_id, back=back)
    await turn.say(views.preview(draft, news_id, turn.t))
