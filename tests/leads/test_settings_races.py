"""Two who set what a department does with its leads at the same instant: neither loses a change."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from db.models import Pipeline
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.distribution.settings import Setting
from services.response.rules import Step
from tests.cast import TurnedClock
from tests.leads.making import department_id

Find = Callable[[str], Coroutine[Any, Any, Actor]]


async def test_of_two_who_set_something_at_the_same_instant_none_loses_a_change(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    helen, olga, sales = await actor("helen"), await actor("olga"), await department_id(db)
    async with db.write() as uow:
        pipeline = Pipeline(name="Service", position=1, rules={}, created_at=clock.now())
        uow.session.add(pipeline)
        await uow.session.flush()
    for n in range(2, 6):
        for at in (0, pipeline.id):
            await asyncio.gather(
                services.distribution.set(helen, sales, Setting.LIMIT, str(n), at),
                services.distribution.set(olga, sales, Setting.MINUTES, str(n), at),
            )
            rules = (await services.distribution.card(helen, sales, at)).rules
            assert (rules.limit, rules.minutes) == (n, n)
        steps = [(helen, Step.REMIND), (olga, Step.TASK), (helen, Step.PASS_ON), (olga, Step.ALARM)]
        await asyncio.gather(*(services.response.set(who, sales, step, n) for who, step in steps))
        assert (await services.response.card(olga, sales)).rules.minutes == dict.fromkeys(Step, n)
