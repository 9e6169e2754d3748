"""The program behind the page: two people go from nothing to their first paid deal, on the real clock."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect
from pydantic import SecretStr
from sqlalchemy import select

from bot.app import build_app
from bot.serve import prepare
from bot.settings import Settings
from db.models import Deal, Stage
from sandbox import Person, Telegram
from sandbox.server import serve
from services.setup import FOUNDINGS
from tests.stories.first_deal import Counted, lines, to_the_first_paid_deal

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TOKEN = "42:TEST"


class OnThePage:
    """One of the two phones that the page shows."""

    def __init__(self, screen: Locator, person: Person) -> None:
        self._screen = screen
        self._person = person

    async def open(self, token: str) -> None:
        self._person.start(payload=token)

    async def press(self, label: str) -> None:
        await self._screen.get_by_role("button", name=label, exact=False).last.click()

    async def say(self, text: str) -> None:
        await self._screen.get_by_test_id("composer").fill(text)
        await self._screen.get_by_test_id("composer").press("Enter")

    async def reads(self, text: str) -> str:
        newest = self._screen.locator(".row.in").last
        await expect(newest).to_contain_text(text)
        return await newest.inner_text()


async def test_the_first_paid_deal_in_two_phones(chromium: Browser, tmp_path: Path) -> None:
    telegram = Telegram(limits=None)
    telegram.add_bot(token=TOKEN, username="sdelka_bot", name="Sdelka")
    olga = telegram.add_person(1001, "Olga", username="olga", language_code="en")
    boris = telegram.add_person(1002, "Boris", username="boris", language_code="en")
    async with serve(telegram, port=0) as server:
        settings = Settings(
            bot_token=SecretStr(TOKEN),
            bot_api_url=server.url,
            database_url=None,
            data_dir=tmp_path,
            http_port=0,
            language="en",
            backup_daily=False,
        )
        await prepare(settings)
        app = build_app(settings)
        await app.services.setup.ensure(FOUNDINGS["en"])
        link = await app.services.setup.owner_link()
        assert link is not None
        running = asyncio.create_task(app.engine.run())
        page = await chromium.new_page(locale="en-US")
        try:
            chats = f"left={olga.id}&right={boris.id}&leftChat=42&rightChat=42"
            await page.goto(f"{server.url}/?lang=en&{chats}")
            phones = [page.get_by_test_id(f"phone-{side}") for side in ("left", "right")]
            owner = Counted(OnThePage(phones[0], olga))
            manager = Counted(OnThePage(phones[1], boris))

            async def money() -> None:
                async with app.db.look() as uow:
                    kinds = select(Stage.kind).join(Deal, Deal.stage_id == Stage.id)
                    assert list(await uow.session.scalars(kinds)) == ["won"]

            await to_the_first_paid_deal(owner, manager, link, money)
            lines(owner, manager)
        finally:
            await page.close()
            app.engine.stop()
            await running
            await app.close()
