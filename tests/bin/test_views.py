"""The screens of deletion and of the bin, in both languages."""

from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Speech
from handlers.views import bin as views
from services.dto.bin import BinLine, BinPlan
from services.dto.common import Page
from tests.cast import START, TurnedClock

WORDS = {
    "en": {
        "deal": "Delete the deal “Oak & <b>”?",
        "lead": "Delete the lead “Oak & <b>”?",
        "contact": "Delete the client “Oak & <b>”?",
        "firm": "Delete the company “Oak & <b>”?",
        "goes": ", 1 note, 2 tasks, 5 calls",
        "stays": "Stays as it is: the client, 2 deals",
        "days": "For 30 days what is in the bin can be brought back whole.",
        "by": "Deleted today, 12:00 by Olga\nCan be brought back for 21 more days",
        "last": "Can be brought back today for the last time",
        "left": "today, 12:00 · Olga · 21 days left",
        "empty": "Nothing is here.",
        "really": "Nobody can bring it back then.",
        "done": "🔥 Deleted for good.",
        "public": "🗑 #7 · deleted",
    },
    "ru": {
        "deal": "Удалить сделку «Oak & <b>»?",
        "lead": "Удалить лид «Oak & <b>»?",
        "contact": "Удалить клиента «Oak & <b>»?",
        "firm": "Удалить компанию «Oak & <b>»?",
        "goes": ", 1 заметка, 2 задачи, 5 звонков",
        "stays": "Останется как есть: клиент, 2 сделки",
        "days": "30 дней всё, что ушло в корзину, можно вернуть целиком.",
        "by": "Удалено сегодня, 12:00 · Olga\nМожно вернуть: ещё 21 день",
        "last": "Сегодня последний день, когда можно вернуть",
        "left": "сегодня, 12:00 · Olga · остался 21 день",
        "empty": "Здесь пусто.",
        "really": "Вернуть уже никто не сможет.",
        "done": "🔥 Удалено навсегда.",
        "public": "🗑 #7 · удалено",
    },
}

ITSELF = {
    "en": {
        "deal": "Goes into the bin: the deal",
        "lead": "Goes into the bin: the lead",
        "contact": "Goes into the bin: the client",
        "firm": "Goes into the bin: the company",
    },
    "ru": {
        "deal": "Уйдёт в корзину: сделка",
        "lead": "Уйдёт в корзину: лид",
        "contact": "Уйдёт в корзину: клиент",
        "firm": "Уйдёт в корзину: компания",
    },
}


def line(kind: str, days: int = 21) -> BinLine:
    return BinLine(3, kind, 7, "Oak & <b>", START, "Olga", days, may_restore=True, may_destroy=True)


@pytest.mark.parametrize("kind", ["deal", "lead", "contact", "firm"])
@pytest.mark.parametrize("language", WORDS)
def test_each_screen_speaks_both_languages(language: str, kind: str) -> None:
    t, said = Speech(language, ZoneInfo("Europe/Moscow"), TurnedClock()), WORDS[language]
    goes = ((kind, 1), ("note", 1), ("task", 2), ("call", 5))
    plan = BinPlan(kind, 7, 1, "Oak & <b>", goes, (("its_client", 1), ("deal", 2)), 30)
    escaped = said[kind].replace("&", "&amp;").replace("<b>", "&lt;b&gt;")
    itself = ITSELF[language][kind]
    for word in (escaped, f"{itself}{said['goes']}", said["stays"], said["days"]):
        assert word in views.sure(plan, t).text
    for view in (views.deleted, views.binned):
        assert said["by"] in view(line(kind), t).text
        assert view(line(kind), t).subject == (kind, 7)
    assert said["last"] in views.binned(line(kind, 0), t).text
    assert said["left"] in views.shelf(Page((line(kind),), None), t).text
    assert said["empty"] in views.shelf(Page((), None), t).text
    assert said["really"] in views.really(line(kind), t).text
    assert views.destroyed(t).text == said["done"]
    public = views.public(7, kind, t)
    assert (public.text, public.public, public.keyboard) == (said["public"], True, None)
