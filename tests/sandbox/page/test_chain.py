"""The whole chain on the page: a form comes in, is offered, forgotten, passed on, and the head acts."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.cast import actor_of
from tests.inflow.serving import served
from tests.leads.making import department_id, lead_row
from tests.leads.test_distribution import to_one
from tests.leads.test_unanswered import wait
from tests.sandbox.page.phones import phones
from tests.stories.staging import staged
from tests.tasks.ticking import tick

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


@pytest.mark.parametrize("language", SAID)
async def test_no_request_is_forgotten(chromium: Browser, tmp_path: Path, language: str) -> None:
    said = SAID[language]
    async with staged("sqlite", tmp_path, language) as world, served(world.services) as client:
        await to_one(world, "offer")
        olga, sales = await actor_of(world.services, "olga"), await department_id(world.db)
        source = await world.services.sources.open(olga, "Landing", sales)
        async with phones(chromium, world, language, "boris", "helen") as (boris, helen):
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
