"""Two phones in a real Chromium, over a local Telegram whose bot is a plain HTTP script."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from sandbox import Group, Person, Telegram
from sandbox.server import serve

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000

expect.set_options(timeout=PATIENCE_MS)


class Robot:
    """A bot of a few lines: says what the test tells it, and answers presses with what the test chose."""

    def __init__(self, url: str) -> None:
        self.http = httpx.AsyncClient(base_url=f"{url}/bot42:TEST/", timeout=30)
        self.offset = 0

    async def call(self, method: str, **params: Any) -> Any:
        reply = (await self.http.post(method, json=params)).json()
        assert reply["ok"], reply
        return reply["result"]

    async def say(self, chat: int, text: str, *rows: list[dict[str, Any]], **params: Any) -> dict[str, Any]:
        """Sends HTML with an inline keyboard."""
        markup = {"reply_markup": {"inline_keyboard": list(rows)}} if rows else {}
        sent: dict[str, Any] = await self.call(
            "sendMessage", chat_id=chat, text=text, parse_mode="HTML", **markup, **params
        )
        return sent

    async def next(self, kind: str) -> dict[str, Any]:
        """The next update of this kind; others are confirmed and forgotten."""
        while True:
            for update in await self.call("getUpdates", offset=self.offset, timeout=10, limit=1):
                self.offset = update["update_id"] + 1
                if kind in update:
                    found: dict[str, Any] = update[kind]
                    return found


@dataclass
class Stage:
    """The world of a test and the page that shows it."""

    tg: Telegram
    robot: Robot
    url: str
    anna: Person
    boris: Person
    team: Group
    new_page: Callable[..., Awaitable[Page]]
    faults: list[str] = field(default_factory=list)

    async def open(self, address: str = "", **options: Any) -> Page:
        """The page at an address like `left=1001&leftChat=42`; what goes wrong in it fails the test."""
        page = await self.new_page(**options)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        await page.goto(f"{self.url}/?lang=en&{address}")
        await expect(page.get_by_test_id("phone-left")).to_be_attached()
        return page

    async def both(self, left_chat: int, right_chat: int, **options: Any) -> tuple[Page, Locator, Locator]:
        """The page with Anna on the left and Boris on the right, both with a chat open."""
        people = f"left={self.anna.id}&right={self.boris.id}"
        page = await self.open(f"{people}&leftChat={left_chat}&rightChat={right_chat}", **options)
        return page, page.get_by_test_id("phone-left"), page.get_by_test_id("phone-right")


async def type_in(phone: Locator, text: str) -> None:
    """Writes into the composer and presses Enter."""
    await phone.get_by_test_id("composer").fill(text)
    await phone.get_by_test_id("composer").press("Enter")


@pytest.fixture
def write() -> Callable[[Locator, str], Awaitable[None]]:
    return type_in


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no browser: install chromium or point the CHROMIUM variable to one")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(chromium: Browser) -> AsyncIterator[Stage]:
    tg = Telegram(limits=None, title="Two phones")
    tg.add_bot(name="Helper", username="helper_bot")
    anna = tg.add_person(1001, "Anna", "Orlova", username="anna", phone="+79160000001", subtitle="Head")
    boris = tg.add_person(1002, "Boris", "Levin", phone="+79160000002", subtitle="Manager")
    team = tg.add_group("Team", [anna, boris], {})
    contexts: list[BrowserContext] = []

    async def new_page(**options: Any) -> Page:
        context = await chromium.new_context(locale="en-US", **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return await context.new_page()

    async with serve(tg) as server:
        made = Stage(tg, Robot(server.url), server.url, anna, boris, team, new_page)
        yield made
        for context in contexts:
            await context.close()
        await made.robot.http.aclose()
    assert not made.faults
