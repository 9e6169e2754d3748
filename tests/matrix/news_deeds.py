"""How news are read, written and mended by hand, and their channel is chosen."""

from typing import Any

from keyboards.news import (
    ChannelCb,
    ChannelChooseCb,
    ChannelDropCb,
    ChannelDropSureCb,
    ChannelWonCb,
    NewsAgainCb,
    NewsCb,
    NewsDropCb,
    NewsDropSureCb,
    NewsEditCb,
    NewsOneCb,
    NewsSureCb,
    NewsWriteCb,
)
from tests.matrix.deeds import Deed, Facts, Typed, deed

SHOWN: tuple[str, dict[str, Any]] = ("news.sure", {"text": "Znews", "news_id": 0})


def own_news() -> dict[str, Deed]:
    """Reading all of them, and writing some."""
    return {
        "news_list": deed("/news"),
        "news_button": deed(NewsCb()),
        "news_typed": deed("/news Znews"),
        "news_write": deed(NewsWriteCb()),
        "typed_news": deed(NewsWriteCb(), "Znews", form=Typed("news.text", {"news_id": 0}, "Znews")),
        "typed_other_news": deed(NewsWriteCb(), "Znews", form=Typed(*SHOWN, "Zother")),
        "news_sure": deed(NewsSureCb(), changes="news_post", draft=SHOWN),
    }


def channel() -> dict[str, Deed]:
    """The channel that the company has already."""
    cancel = Typed("news.channel", {}, "✖️ Cancel")
    return {
        "channel": deed(ChannelCb()),
        "channel_choose": deed(ChannelChooseCb(), shows=False),
        "typed_channel": deed(ChannelChooseCb(), form=cancel),
        "channel_won": deed(ChannelWonCb(on=1), changes="news_channel"),
        "channel_drop": deed(ChannelDropCb()),
        "channel_drop_sure": deed(ChannelDropSureCb(), changes="news_channel"),
    }


def news(f: Facts) -> dict[str, Deed]:
    """Deeds with a piece of news."""
    one = {"news_id": f.id}
    return {
        "see": deed(NewsOneCb(**one)),
        "edit": deed(NewsEditCb(**one)),
        "drop": deed(NewsDropCb(**one)),
        "drop_sure": deed(NewsDropSureCb(**one), changes="news_post"),
        "again": deed(NewsAgainCb(**one)),
    }
