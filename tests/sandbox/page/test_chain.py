"""The whole chain on the page: a form comes in, is offered, forgotten, passed on, and the head acts."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.cast import actor_of
from tests.engine.rig import until
from tests.inflow.serving import served
from tests.leads.making import department_id, lead_row
from tests.leads.test_distribution import to_one
from tests.leads.test_unanswered import wait
from tests.stories.staging import staged
from tests.stories.wire import check_wire
from tests.tasks.ticking import tick
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@dataclass(frozen=True, slots=True)
class Said:
    """What is read and pressed."""

    offered: str
    take: str
    waits: str
    alarm: str
    passed: str
    head_knows: str
    mine: str
    owner: str


SAID = {
    "en": Said(
        offered="For you · take it by",
        take="✋ Take",
        waits="The client waits for your answer",
        alarm="Not answered for 30 min",
        passed="#1 · taken by Anna",
        head_knows="Not answered; the head knows",
        mine="✋ Take myself",
        owner="👔 Helen",
    ),
    "ru": Said(
        offered="Вам · взять до",
        take="✋ Взять",
        waits="Клиент ждёт вашего ответа",
        alarm="Без ответа 30 мин",
        passed="#1 · ведёт Anna",
        head_knows="Без ответа; руководитель знает",
        mine="✋ Беру себе",
        owner="👔 Helen",
    ),
}


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
        updates = self.world.telegram.bot.updates
        known = len(updates.history)
        await message.get_by_role("button", name=label).click()
        await until(lambda: len(updates.history) > known)
        await self.world.settle()


@pytest.mark.parametrize("language", SAID)
async def test_no_request_is_forgotten(chromium: Browser, tmp_path: Path, language: str) -> None:
    said = SAID[language]
    async with staged("sqlite", tmp_path, language) as world, served(world.services) as client:
        await to_one(world, "offer")
        olga, sales = await actor_of(world.services, "olga"), await department_id(world.db)
        source = await world.services.sources.open(olga, "Landing", sales)
        page = await chromium.new_page(locale="en-US")
        people = f"left={world.boris.person.id}&right={world.helen.person.id}"
        await page.goto(f"{world.url}/?lang={language}&{people}&leftChat=42&rightChat=42")
        boris, helen = (Phone(page.get_by_test_id(f"phone-{side}"), world) for side in ("left", "right"))

        form = {"name": "Ivan", "phone": "+7 916 123-45-67", "comment": "Windows"}
        answer = await client.post(f"/in/form/{source.token}", data=form)
        assert answer.status_code == 201, answer.text
        await tick(world)
        await wait(world, minutes=6)  # Anna, whose turn it was, lets the offer run out
        offer = await boris.reads(said.offered)
        await boris.press(offer, said.take)

        await wait(world, minutes=11)
        await boris.reads(said.waits)
        await wait(world, minutes=13)
        await helen.reads(said.alarm)
        await wait(world, minutes=7)
        await boris.reads(said.passed)
        alarm = await helen.reads(said.head_knows)
        await helen.press(alarm, said.mine)
        await helen.reads(said.owner)
        chief = await actor_of(world.services, "helen")
        assert (await lead_row(world, 1)).owner_id == chief.person_id
        await check_wire(world)
        await page.screenshot(path=tmp_path / "chain.png")
        await page.close()
