"""Two clients that are the same, on the page: united with a choice per field, and two again."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.clients.uniting import two
from tests.sandbox.page.phones import phones
from tests.stories.staging import Words, staged

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

READ = {
    "en": (
        "Client type: Demanding / Key client",
        "Client type: Key client / Demanding",
        "“Ivan Petrov” and “Petrov I.” are one client now.",
        "“Ivan Petrov” and “Petrov I.” are two clients again.",
    ),
    "ru": (
        "Тип клиента: Требовательный / Ключевой",
        "Тип клиента: Ключевой / Требовательный",
        "«Ivan Petrov» и «Petrov I.» теперь один клиент.",
        "«Ivan Petrov» и «Petrov I.» снова два клиента.",
    ),
}


@pytest.mark.parametrize("language", READ)
async def test_two_are_united_as_chosen_and_parted(chromium: Browser, tmp_path: Path, language: str) -> None:
    t, (offered, chosen, united, parted) = Words(language), READ[language]
    async with staged("sqlite", tmp_path, language) as world:
        await two(world)
        async with phones(chromium, world, language, "anna", "helen") as (anna, helen):
            await anna.say("ivan@example.com")
            await anna.tap(t("🔗 Unite"), "Petrov I. · +7 903 111-22-33")
            await anna.press(await anna.reads(offered), "🏷")
            await anna.press(await anna.reads(chosen), t("✅ Yes, unite"))
            for told in (
                "👤 Ivan Petrov",
                "ivan@example.com",
                "+7 903 111-22-33",
                t("Key client"),
                "Likes oak",
            ):
                assert told in await (await anna.reads(united)).inner_text()
            await helen.say("+7 903 111-22-33")
            await helen.reads("👤 Ivan Petrov")

            await anna.tap(t("↩️ Undo"))
            assert "ivan@example.com" not in await (await anna.reads(parted)).inner_text()
            await helen.say("+7 903 111-22-33")
            await helen.reads("👤 Petrov I.")
