"""From an update to a queued message, through everything."""

from sqlalchemy import select

from db.models import Inbox, Outbox
from tests.engine.rig import Rig, until


async def test_a_text_has_one_effect_and_brings_one_message(rig: Rig) -> None:
    anna = rig.telegram.people[1001]
    anna.start()
    await rig.start()
    await until(lambda: len(rig.sent()) == 1)
    await rig.settled()
    assert rig.sent() == ["queued /start"]
    assert rig.sent("answer") == ["answer /start"]
    assert await rig.states(Inbox) == {"done": 1}
    assert await rig.states(Outbox) == {"sent": 1}
    assert len(await rig.events()) == 1


async def test_what_was_said_is_not_kept_when_it_is_done(rig: Rig) -> None:
    rig.telegram.people[1001].start(payload="secret")
    await rig.start()
    await until(lambda: len(rig.sent()) == 1)
    await rig.settled()
    async with rig.db.read() as uow:
        assert (await uow.session.scalars(select(Inbox.raw))).all() == [""]


async def test_updates_of_one_lane_are_handled_in_order(rig: Rig) -> None:
    anna, boris = rig.telegram.people[1001], rig.telegram.people[1002]
    anna.start()
    boris.start()
    for number in range(30):
        anna.send(None, f"a{number}")
        boris.send(None, f"b{number}")
    await rig.start()
    await until(lambda: len(rig.product.seen) == 62)
    for letter in "ab":
        said = [text for text in rig.product.seen if text.startswith(letter)]
        assert said == [f"{letter}{number}" for number in range(30)]


async def test_the_same_update_five_times_has_one_effect(rig: Rig) -> None:
    anna = rig.telegram.people[1001]
    anna.start()
    await rig.start()
    await rig.telegram.idle()
    bot = rig.telegram.bots[rig.bot.token]
    for _ in range(4):
        rig.telegram.deliver_again(bot.updates.history[0])
        await rig.telegram.idle()
    await rig.settled()
    assert len(await rig.events()) == 1
    assert rig.sent() == ["queued /start"]
