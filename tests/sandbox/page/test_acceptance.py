"""Acceptance on the page in Russian: a head asks for it, returns what is not enough, and accepts it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.engine.rig import until
from tests.sandbox.page.test_chain import Phone
from tests.stories.staging import staged
from tests.stories.wire import check_wire

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def say(phone: Phone, text: str) -> None:
    """Write into the composer, and wait until it is handled."""
    updates = phone.world.telegram.bot.updates
    known = len(updates.history)
    await phone.screen.get_by_test_id("composer").fill(text)
    await phone.screen.get_by_test_id("composer").press("Enter")
    await until(lambda: len(updates.history) > known)
    await phone.world.settle()


async def test_a_task_is_returned_with_a_reason_and_accepted(chromium: Browser, tmp_path: Path) -> None:
    async with staged("sqlite", tmp_path, "ru") as world:
        page = await chromium.new_page(locale="ru-RU")
        people = f"left={world.helen.person.id}&right={world.anna.person.id}"
        await page.goto(f"{world.url}/?lang=ru&{people}&leftChat=42&rightChat=42")
        helen, anna = (Phone(page.get_by_test_id(f"phone-{side}"), world) for side in ("left", "right"))

        await say(helen, "/task посчитать остатки завтра в девять тридцать")
        await helen.press(await helen.reads("четверг, 19 ноября, 09:30"), "👤 Поручить")
        await helen.press(await helen.reads("Кому поручить?"), "Anna")
        await helen.press(await helen.reads("посчитать остатки"), "🔎 С приёмкой")
        await anna.press(await anna.reads("🔎 С приёмкой автором"), "✅ Сделано")
        await anna.reads("🔎 Ждёт приёмки")

        await helen.press(await helen.reads("🔎 Anna: сделано. Принимаете?"), "↩️ Вернуть")
        await say(helen, "Забыт второй стеллаж, <b>пересчитайте</b>")

        returned = await anna.reads("↩️ Helen: возвращено")
        assert "Забыт второй стеллаж, <b>пересчитайте</b>" in await returned.inner_text()
        await anna.press(returned, "✅ Сделано")
        await helen.press(await helen.reads("🔎 Anna: сделано. Принимаете?"), "✅ Принять")
        await anna.reads("✅ Helen: принято")
        await check_wire(world)
        await page.close()
