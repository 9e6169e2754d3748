"""A whole aiogram bot against the local Telegram, and what the package leans on."""

import asyncio
import subprocess
import sys

import pytest
from aiogram import Dispatcher, F
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message


def dispatcher() -> Dispatcher:
    dp = Dispatcher()
    rows = [[InlineKeyboardButton(text="Count", callback_data="count")]]

    async def started(message: Message) -> None:
        await message.answer("0", reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))

    async def counted(query: CallbackQuery, state: FSMContext) -> None:
        number = (await state.get_data()).get("n", 0) + 1
        await state.update_data(n=number)
        await query.message.edit_text(str(number), reply_markup=query.message.reply_markup)
        await query.answer(f"That makes {number}")

    dp.message.register(started, CommandStart())
    dp.callback_query.register(counted, F.data == "count")
    return dp


async def test_a_bot_runs_by_long_polling_from_start_to_stop(world, client):
    dp = dispatcher()
    running = asyncio.create_task(dp.start_polling(client, handle_signals=False))
    await world.bot.updates.polled()
    world.anna.start()
    card = await world.anna.sees("0")
    answers = [await world.anna.press(card, "Count") for _ in range(3)]
    assert [answer.text for answer in answers] == ["That makes 1", "That makes 2", "That makes 3"]
    assert world.anna.screen().text == "3"
    await dp.stop_polling()
    await running


async def test_waiting_for_a_screen_ends_with_what_is_there_instead(world, client):
    world.anna.start()
    await client.send_message(world.anna.id, "Menu")
    assert (await world.anna.sees(lambda screen: screen.text == "Menu")).text == "Menu"
    with pytest.raises(TimeoutError, match=r"Anna Orlova waits for 'Card' and sees 'Menu' \[\]"):
        await world.anna.sees("Card", patience=0.01)


def test_the_server_starts_without_aiogram_and_without_the_product():
    ours = "{'aiogram', 'pydantic', 'bot', 'services', 'db', 'handlers', 'keyboards', 'api', 'integrations'}"
    code = f"import sys, sandbox.server; print(sorted({ours} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
