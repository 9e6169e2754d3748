"""How updates reach a bot by long polling: confirming, expiring, filtering, conflicts."""

import asyncio

import pytest
from aiogram.exceptions import TelegramConflictError

from sandbox import Limits
from sandbox.updates import DAY


async def texts(client, **params):
    return [u.message.text for u in await client.get_updates(**params)]


async def test_unconfirmed_updates_come_again_and_an_offset_confirms_all_below(world, client):
    for number in range(5):
        world.anna.send(None, str(number))
    updates = await client.get_updates(limit=2)
    assert [u.message.text for u in updates] == ["0", "1"]
    assert await texts(client, limit=2) == ["0", "1"]
    assert await texts(client, offset=updates[1].update_id + 1) == ["2", "3", "4"]
    assert await texts(client, offset=-1) == ["4"]
    assert await texts(client) == ["4"]
    assert await texts(client, offset=10**6 + updates[1].update_id) == ["4"]


async def test_at_most_a_hundred_at_once(world, client):
    for number in range(120):
        world.anna.send(None, str(number))
    assert len(await client.get_updates(limit=1000)) == 100


async def test_messages_live_a_day_and_presses_150_seconds(world, client):
    world.anna.start()
    await client.send_message(world.anna.id, "x")
    world.anna.press(world.anna.screen(), data="a")
    assert [u.event_type for u in await client.get_updates()] == ["message", "callback_query"]
    world.clock.tick(151)
    assert [u.event_type for u in await client.get_updates()] == ["message"]
    world.clock.tick(DAY)
    assert await client.get_updates() == []
    await world.tg.idle()


async def test_some_updates_come_only_on_demand(world, client):
    group = world.tg.add_group("Sales", [world.anna, world.boris], bot_admin={})
    group.leave(world.boris)
    assert [u.event_type for u in await client.get_updates()] == ["message"]
    await client.get_updates(allowed_updates=["message", "chat_member"])
    group.join(world.boris)
    world.anna.block()
    kinds = [u.event_type for u in await client.get_updates()]
    assert kinds == ["message", "chat_member", "message"]
    await client.get_updates(allowed_updates=[])
    world.anna.unblock()
    assert [u.event_type for u in await client.get_updates()][-1] == "my_chat_member"


async def test_the_older_of_two_pollers_gets_a_conflict(world, client):
    world.tg.conflict_pause = 0
    older = asyncio.create_task(client.get_updates(timeout=30))
    await world.bot.updates.polled()
    newer = asyncio.create_task(world.client().get_updates(timeout=30))
    with pytest.raises(
        TelegramConflictError, match="terminated by other getUpdates request; make sure that only one"
    ):
        await older
    world.anna.start()
    assert len(await newer) == 1


async def test_an_update_can_be_delivered_again(world, client):
    world.anna.start()
    [update] = await client.get_updates()
    assert await client.get_updates(offset=update.update_id + 1) == []
    world.tg.deliver_again(update.update_id)
    [again] = await client.get_updates(offset=update.update_id + 1)
    assert again == update
    assert await client.get_updates(offset=update.update_id + 1) == []


async def test_an_empty_long_poll_ends(world, client):
    assert await client.get_updates(timeout=1) == []


async def test_a_hasty_repeated_poll_gets_one_update(world, client):
    world.tg.limits = Limits()
    world.anna.send(None, "1")
    world.anna.send(None, "2")
    assert await texts(client) == ["1", "2"]
    assert await texts(client) == ["1"]


async def test_idle_waits_for_the_confirmation(world, client):
    world.anna.start()
    waiting = asyncio.create_task(world.tg.idle())
    [update] = await client.get_updates()
    assert not waiting.done()
    await client.get_updates(offset=update.update_id + 1)
    await waiting


async def test_idle_names_what_nobody_took(world):
    world.anna.start()
    with pytest.raises(TimeoutError, match=r"no bot took 1 updates.*/start"):
        await world.tg.idle(patience=0.01)


async def test_edits_and_forwards_arrive(world, client):
    sent = world.anna.send(None, "one")
    world.anna.edit(sent, "two")
    world.anna.forward(sent)
    world.boris.hides_forwards = True
    group = world.tg.add_group("Sales", [world.anna, world.boris])
    world.anna.forward(world.boris.send(group, "secret"))
    updates = await client.get_updates()
    assert updates[1].edited_message.text == "two"
    assert updates[1].edited_message.edit_date
    assert updates[2].message.forward_origin.sender_user.id == world.anna.id
    assert updates[3].message.forward_origin.sender_user_name == "Boris"


async def test_a_forgotten_message_is_inaccessible_in_a_press(world, client):
    world.anna.start()
    sent = await client.send_message(world.anna.id, "old")
    world.tg.forget(world.anna.screen())
    world.anna.press(world.anna.screen(), data="x")
    query = (await client.get_updates())[-1].callback_query
    assert (query.message.date, query.message.message_id) == (0, sent.message_id)
