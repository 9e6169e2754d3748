"""How the company's news look, to everybody and to whoever writes them."""

from handlers.screen import Screen
from keyboards import news as keys
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.news import NewsCard, NewsDraft, NewsFace, NewsShelf, NewsState, Trouble
from services.news import LONGEST
from services.understanding.units import within

SHOWN = 400
"""So much of each stands in the list."""


def shelf(shown: NewsShelf, t: Tongue) -> Screen:
    """A page of them, the newest first."""
    lines = [t.html("📣 <b>News</b>")]
    if shown.channel is not None:
        lines.append(t.html("They come into the channel <b>{title}</b>.", title=shown.channel))
    elif shown.may_write:
        lines.append(t.html("There is no channel for them: everybody gets them from me in private."))
    for one in shown.page.items:
        lines += [Html(""), _line(one, t)]
    if not shown.page.items:
        lines += [Html(""), t.html("There are none yet.")]
    return Screen(join(lines), keys.shelf(shown, t))


def _line(one: NewsCard, t: Tongue) -> Html:
    head = t.html(
        "<b>#{id}</b> · <i>{when}</i> · {author}", id=one.id, when=t.when(one.at), author=one.author
    )
    words = esc(within(one.text, SHOWN))
    if one.state is NewsState.WITHDRAWN:
        return join([head, Html(f"<s>{words}</s>")])
    return join([head, *([_stuck(t)] if one.state is NewsState.STUCK else []), words])


def _stuck(t: Tongue) -> Html:
    return t.html("⚠️ It did not go out.")


def card(shown: NewsCard, t: Tongue) -> Screen:
    """One of them, with what became of it."""
    words = Html(f"<s>{esc(shown.text)}</s>") if shown.state is NewsState.WITHDRAWN else esc(shown.text)
    lines = [
        t.html(
            "📣 <b>News #{id}</b> · {when} · {author}",
            id=shown.id,
            when=t.when(shown.at),
            author=shown.author,
        ),
        Html(""),
        words,
        Html(""),
        *_standing(shown, t),
    ]
    if shown.edited_at is not None:
        lines.append(t.html("✏️ Changed {when}", when=t.when(shown.edited_at)))
    return Screen(join(lines), keys.one(shown, t), subject=("news", shown.id))


def _standing(shown: NewsCard, t: Tongue) -> list[Html]:
    """Where it can be read; what is to be done where that failed."""
    match shown.state:
        case NewsState.STUCK:
            why = [trouble(shown.trouble, t)] if shown.trouble is not None else []
            return [_stuck(t), *why]
        case NewsState.WITHDRAWN:
            left = t.html("I could not take it out of the channel: somebody has to delete it there.")
            return [t.html("🚫 Withdrawn"), *([left] if shown.trouble is not None else [])]
    if shown.channel is None:
        return [t.html("✅ Everybody gets it from me in private.")]
    return [t.html("✅ In the channel <b>{title}</b>", title=shown.channel)]


def post(shown: NewsFace, t: Tongue) -> Screen:
    """What everybody reads, in the channel or in private."""
    subject = ("post", shown.id)
    if shown.withdrawn:
        return Screen(t.html("🚫 This news was withdrawn."), subject=subject, public=True, away=True)
    return Screen(_signed(shown.text, shown.author, t), subject=subject, public=True)


def ask(news_id: int, t: Tongue) -> Screen:
    """How shall it read?"""
    if news_id:
        asked = t.html("✏️ Send the news #{id} in its new words, in one message.", id=news_id)
    else:
        asked = t.html("📣 What is new? Send it in one message; I show first how it will read.")
    return Screen(asked, keys.asked(t))


def preview(draft: NewsDraft, news_id: int, t: Tongue) -> Screen:
    """How it will read, and who will read it."""
    where = t.html("Everybody gets it from me in private.")
    if draft.channel is not None:
        where = t.html("It goes into the channel <b>{title}</b>.", title=draft.channel)
    if news_id:
        where = t.html("It changes wherever it stands.")
    lines = [
        t.html("👀 <b>So it will read:</b>"),
        Html(""),
        _signed(draft.text, draft.author, t),
        Html(""),
        where,
        t.html("Other words? Just send them."),
    ]
    return Screen(join(lines), keys.preview(news_id, t))


def drop(shown: NewsCard, t: Tongue) -> Screen:
    """Shall it be withdrawn?"""
    asked = t.html("🚫 <b>Withdraw the news #{id}?</b>", id=shown.id)
    told = t.html("It disappears wherever it was told. In the list it stays, struck out.")
    return Screen(join([asked, told]), keys.drop(shown.id, t))


def trouble(why: Trouble, t: Tongue) -> Html:
    """What is wrong with the channel, and what helps."""
    return {
        Trouble.RIGHTS: t.html(
            "I may not post in the channel any more. An admin of it can let me again: Administrators → me → "
            "Post messages."
        ),
        Trouble.GONE: t.html("I am not in the channel any more, or it was deleted."),
    }[why]


def _signed(text: str, author: str, t: Tongue) -> Html:
    return join([esc(within(text, LONGEST)), Html(""), t.html("— {author}", author=author)])
