"""A deal's topic on the page: it appears, its card stands in it, and what is said there is the deal's."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.deals.making import make_deal
from tests.deals.test_topics import only_topic, team_group
from tests.sandbox.page.phones import phones
from tests.stories.staging import Words, staged

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SAID = {"en": ("Doors", "They want brown ones"), "ru": ("Двери", "Хотят коричневые")}


@pytest.mark.parametrize("language", SAID)
async def test_a_deal_is_spoken_of_in_its_topic(chromium: Browser, tmp_path: Path, language: str) -> None:
    t, (title, said) = Words(language), SAID[language]
    new, in_work = t.stage("New"), t.stage("In work")
    async with staged("sqlite", tmp_path, language) as world:
        group = await team_group(world)
        await make_deal(world, stage=new, title=title, contact=False)
        async with phones(chromium, world, language, "boris", "anna", group.id) as (boris, anna):
            await anna.say("/deals")
            await anna.tap(f"#1 {title}", t("👥 Co-workers"), "Boris")

            tab = boris.screen.get_by_test_id(f"topic-{only_topic(group).id}")
            await expect(tab).to_contain_text(f"{title} · {new} · #1")
            await tab.click()
            card = await boris.reads(f"{title} · #1")
            await expect(card).to_contain_text(new)
            await boris.say(said)
            await anna.tap(t("🕓 History"))
            await anna.press(await anna.reads(f"Boris: {said}"), t("◀️ Back"))

            await anna.tap(f"▶️ {in_work}")
            await expect(tab).to_contain_text(f"{title} · {in_work} · #1")
            await expect(card).to_contain_text(in_work)
