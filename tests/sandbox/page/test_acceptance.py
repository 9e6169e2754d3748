"""Acceptance on the page in Russian: a head asks for it, returns what is not enough, and accepts it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.sandbox.page.phones import phones
from tests.stories.staging import staged

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_task_is_returned_with_a_reason_and_accepted(chromium: Browser, tmp_path: Path) -> None:
    async with (
        staged("sqlite", tmp_path, "ru") as world,
        phones(chromium, world, "ru", "helen", "anna") as (helen, anna),
    ):
        await helen.say("/task посчитать остатки завтра в девять тридцать")
        await helen.press(await helen.reads("четверг, 19 ноября, 09:30"), "👤 Поручить")
        await helen.press(await helen.reads("Кому поручить?"), "Anna")
        await helen.press(await helen.reads("посчитать остатки"), "🔎 С приёмкой")
        await anna.press(await anna.reads("🔎 С приёмкой автором"), "✅ Сделано")
        await anna.reads("🔎 Ждёт приёмки")

        await helen.press(await helen.reads("🔎 Anna: сделано. Принимаете?"), "↩️ Вернуть")
        await helen.say("Забыт второй стеллаж, <b>пересчитайте</b>")

        returned = await anna.reads("↩️ Helen: возвращено")
        assert "Забыт второй стеллаж, <b>пересчитайте</b>" in await returned.inner_text()
        await anna.press(returned, "✅ Сделано")
        await helen.press(await helen.reads("🔎 Anna: сделано. Принимаете?"), "✅ Принять")
        await anna.reads("✅ Helen: принято")
