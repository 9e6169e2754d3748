"""A field of the company's own on the page: made by the owner, filled on a card, and a list asks for it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.deals.making import make_deal
from tests.sandbox.page.phones import phones
from tests.stories.staging import Words, staged

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TYPED = {"en": ("Material", "Oak", "Steel"), "ru": ("Материал", "Дуб", "Сталь")}


@pytest.mark.parametrize("language", TYPED)
async def test_a_field_is_made_filled_and_asked_for(chromium: Browser, tmp_path: Path, language: str) -> None:
    t, (name, oak, steel) = Words(language), TYPED[language]
    async with staged("sqlite", tmp_path, language) as world:
        for title in ("Doors", "Windows"):
            await make_deal(world, stage=t.stage("In work"), title=title, contact=False)
        async with phones(chromium, world, language, "olga", "anna") as (olga, anna):
            await olga.tap(t("👤 Profile"), t("🗂 Fields"), t("💼 Deals"), t("➕ New field"))
            await olga.say(name)
            await olga.tap("☑️ " + t("Several choices"))
            await olga.say(f"{oak}\n{steel}")
            await olga.reads(f"📝 {oak}, {steel}")

            await anna.say("/deals")
            await anna.tap("#1 Doors", t("📋 Fields · {filled} of {all}", filled=0, all=1), f"☑️ {name}")
            await anna.tap(oak, t("✅ Save"))
            await anna.reads(f"▪️ {name}: {oak}")

            await anna.say("/deals")
            await anna.tap(t("🔎 Filter"), t("🗂 Fields"), name, oak, t("▶️ Show · {n}", n=1))
            found = await anna.reads(f"🗂 {name}: {oak}")
            assert "Doors ·" not in await found.inner_text(), "no sum, no client, no dot"
            await expect(found.get_by_role("button", name="#1 Doors")).to_be_visible()
            await expect(found.get_by_role("button", name="#2 Windows")).to_have_count(0)
