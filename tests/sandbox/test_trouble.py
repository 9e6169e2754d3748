"""Scripted faults and flood limits."""

import asyncio
import contextlib

import aiohttp
import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument

from sandbox import Limits, Telegram
from sandbox.server import serve


async def test_the_nth_call_is_spoiled_and_no_other(world, client):
    world.anna.start()
    fault = world.tg.faults.script("sendMessage", nth=2, kind="429", retry_after=7)
    await client.send_message(world.anna.id, "1")
    with pytest.raises(TelegramRetryAfter) as wait:
        await client.send_message(world.anna.id, "2")
    await client.send_message(world.anna.id, "3")
    assert (wait.value.retry_after, fault.hits) == (7, 1)
    assert [m.text for m in world.tg.messages(world.anna)] == ["/start", "1", "3"]


async def test_a_fault_may_be_for_one_chat_and_last(world, client):
    world.anna.start()
    world.boris.start()
    fault = world.tg.faults.script(
        chat=world.anna.id, kind="403", times=None, description="Forbidden: user is deactivated"
    )
    for _ in range(3):
        with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
            await client.send_message(world.anna.id, "x")
    await client.send_message(world.boris.id, "x")
    fault.stop()
    await client.send_message(world.anna.id, "x")


@pytest.mark.parametrize(
    ("kind", "error", "done"),
    [
        ("500", TelegramServerError, False),
        ("502html", ClientDecodeError, False),
        ("reset_before", TelegramNetworkError, False),
        ("reset_after", TelegramNetworkError, True),
        ("truncated", ClientDecodeError, True),
    ],
)
async def test_trouble_before_and_after_the_deed(world, client, kind, error, done):
    world.anna.start()
    world.tg.faults.script("sendMessage", kind=kind)
    with pytest.raises(error):
        await client.send_message(world.anna.id, "x")
    assert (world.anna.screen() is not None) is done
    [call] = world.tg.calls.of("sendMessage")
    assert (call.fault, call.ok) == (kind, done)


@pytest.mark.parametrize(("kind", "done"), [("silence", False), ("silence_after", True)])
async def test_silence_lasts_until_the_bot_gives_up(world, client, kind, done):
    world.anna.start()
    world.tg.faults.script("sendMessage", kind=kind)
    with pytest.raises(TelegramNetworkError):
        await client.send_message(world.anna.id, "x", request_timeout=1)
    assert (world.anna.screen() is not None) is done


async def test_a_slow_answer_comes(world, client):
    world.anna.start()
    world.tg.faults.script("sendMessage", kind="slow", delay=0.01)
    assert (await client.send_message(world.anna.id, "x")).text == "x"


def test_an_unknown_kind_of_fault_is_a_mistake(world):
    with pytest.raises(ValueError, match="unknown kind"):
        world.tg.faults.script(kind="tea break")


async def refused(call):
    try:
        await call
    except TelegramRetryAfter as wait:
        return wait.retry_after
    return 0


async def test_one_chat_takes_four_at_once_and_then_one_a_second(world, client):
    world.tg.limits = Limits()
    world.anna.start()
    answers = [await refused(client.send_message(world.anna.id, str(n))) for n in range(5)]
    assert answers == [0, 0, 0, 0, 1]
    world.clock.tick(1)
    assert await refused(client.send_message(world.anna.id, "x")) == 0
    assert await refused(client.send_message(world.anna.id, "x")) == 1


async def test_an_album_pays_for_all_its_messages_at_once(world, client):
    world.tg.limits = Limits()
    world.anna.start()
    file = BufferedInputFile(b"x", "x.txt")
    album = [InputMediaDocument(media=file) for _ in range(4)]
    assert len(await client.send_media_group(world.anna.id, album)) == 4
    assert await refused(client.send_media_group(world.anna.id, album)) == 1
    assert len(world.tg.messages(world.anna)) == 5


async def test_thirty_a_second_go_out_in_all(world, client):
    world.tg.limits = Limits()
    people = [world.tg.add_person(2000 + n, f"P{n}") for n in range(31)]
    for person in people:
        person.start()
    answers = [await refused(client.send_message(p.id, "x")) for p in people]
    assert answers == [0] * 30 + [1]


async def test_a_group_takes_twenty_messages_and_twenty_edits_a_minute(world, client):
    world.tg.limits = Limits()
    group = world.tg.add_group("Sales", [world.anna])
    for number in range(20):
        sent = await client.send_message(group.id, str(number))
        world.clock.tick(1)
    assert await refused(client.send_message(group.id, "x")) == 40
    edit = {"chat_id": group.id, "message_id": sent.message_id}
    answers = [await refused(client.edit_message_text(f"e{n}", **edit)) for n in range(21)]
    assert answers == [0] * 20 + [60]


async def test_edits_and_answers_in_private_are_not_counted(world, client):
    world.tg.limits = Limits()
    world.anna.start()
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="a", callback_data="a")]])
    sent = await client.send_message(world.anna.id, "0", reply_markup=markup)
    for number in range(1, 40):
        press = world.anna.press(world.anna.screen(), "a")
        await client.edit_message_text(
            str(number), chat_id=world.anna.id, message_id=sent.message_id, reply_markup=markup
        )
        await client.answer_callback_query(press.id)


async def test_a_reset_long_poll_loses_nothing(world, client):
    world.anna.start()
    world.tg.faults.script("getUpdates", kind="reset_after")
    with pytest.raises(TelegramNetworkError):
        await client.get_updates()
    assert len(await client.get_updates()) == 1


async def test_a_bot_that_dies_in_its_long_poll_loses_nothing(world, client, http):
    dying = asyncio.create_task(http.get("/bot42:TEST/getUpdates?timeout=30"))
    await world.bot.updates.polled()
    dying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dying
    world.anna.start()
    assert len(await client.get_updates(timeout=5)) == 1


async def test_the_server_ends_while_bots_and_pages_wait():
    tg = Telegram()
    bot = tg.add_bot()
    anna = tg.add_person(1001, "Anna")
    async with aiohttp.ClientSession() as session, contextlib.AsyncExitStack() as stack:
        server = await stack.enter_async_context(serve(tg))
        polling = asyncio.create_task(session.get(f"{server.url}/bot42:TEST/getUpdates?timeout=30"))
        stream = await session.get(f"{server.url}/client/{anna.id}/events")
        await bot.updates.polled()
        await stack.aclose()
        with pytest.raises(aiohttp.ClientError):
            await polling
        stream.close()
