"""The whole program behind the page: two of the cast hold the phones that it shows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, expect

from tests.engine.rig import until
from tests.stories.wire import check_wire
from tests.world import World

BOT = 42


@dataclass
class Phone:
    """One of the two that the page shows."""

    screen: Locator
    world: World

    async def reads(self, text: str) -> Locator:
        """A message from the bot says this; the newest that does."""
        found = self.screen.locator(".row.in").filter(has_text=text).last
        await expect(found).to_be_visible()
        return found

    async def press(self, message: Locator, label: str) -> None:
        """Press a button under it, and wait until what it does is done."""
        known = self._heard()
        await message.get_by_role("button", name=label).click()
        await self._done(known)

    async def tap(self, *labels: str) -> None:
        """Press one button after the other, each where it is shown last."""
        for label in labels:
            known = self._heard()
            await self.screen.locator(".row.in").get_by_role("button", name=label).last.click()
            await self._done(known)

    async def say(self, text: str) -> None:
        """Write into the composer, and wait until it is handled."""
        known = self._heard()
        await self.screen.get_by_test_id("composer").fill(text)
        await self.screen.get_by_test_id("composer").press("Enter")
        await self._done(known)

    def _heard(self) -> int:
        return len(self.world.telegram.bot.updates.history)

    async def _done(self, known: int) -> None:
        await until(lambda: self._heard() > known)
        await self.world.settle()


@asynccontextmanager
async def phones(
    chromium: Browser, world: World, language: str, left: str, right: str, left_chat: int = BOT
) -> AsyncIterator[tuple[Phone, Phone]]:
    """The page with two of the cast, each in their chat with the bot unless another is named.

    Nothing on it moves, since a browser waits until a button stands still before it presses it.
    """
    page = await chromium.new_page(locale=language, reduced_motion="reduce")
    ids = f"left={world.hands[left].person.id}&right={world.hands[right].person.id}"
    await page.goto(f"{world.url}/?lang={language}&{ids}&leftChat={left_chat}&rightChat={BOT}")
    sides = (page.get_by_test_id(f"phone-{side}") for side in ("left", "right"))
    try:
        yield Phone(next(sides), world), Phone(next(sides), world)
        await check_wire(world)
    finally:
        await page.close()
