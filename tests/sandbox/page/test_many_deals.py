"""Several deals of a list on the page: handed over at once as a preview tells, and back as they were."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.lists.making import planned, sold
from tests.sandbox.page.phones import phones
from tests.stories.staging import Words, staged

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

READ = {
    "en": (
        "Hand over 2 deals to Boris?",
        "2 tasks",
        "• you get 2 deals",
        "As before: 2 deals",
        "• 2 deals go back",
    ),
    "ru": (
        "Передать: 2 сделки? Получит Boris",
        "2 задачи",
        "• вам переданы 2 сделки",
        "Как было: 2 сделки",
        "• 2 сделки возвращаются",
    ),
}


@pytest.mark.parametrize("language", READ)
async def test_many_are_handed_over_and_back(chromium: Browser, tmp_path: Path, language: str) -> None:
    t, (asked, along, given, back, returned) = Words(language), READ[language]
    async with staged("sqlite", tmp_path, language) as world:
        for one in await sold(world.db, count=3, stage=t.stage("In work")):
            await planned(world.db, one)
        async with phones(chromium, world, language, "helen", "boris") as (helen, boris):
            await helen.say("/deals")
            await helen.tap(t("🔎 Filter"), t("▶️ Show · {n}", n=3), t("☑️ Select"))
            await helen.tap("#3 Deal of Anna", "#1 Deal of Anna", t("🤝 Hand over"), "Boris")
            preview = await helen.reads(asked)
            assert along in await preview.inner_text()
            await helen.press(preview, t("✅ Yes, {n}", n=2))
            assert "#2" not in await (await boris.reads(given)).inner_text()
            await helen.tap(t("↩️ Undo all"))
            await helen.reads(back)
            await boris.reads(returned)
