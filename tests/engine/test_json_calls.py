"""What a call of the Bot API looks like on its way."""

import json
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.json_calls import JsonSession, lean


class Ear:
    """A server that takes down what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.heard.append((request.content_type, (await request.read()).decode(errors="replace")))
        method = request.path.rpartition("/")[2]
        message = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "x"}
        return web.json_response({"ok": True, "result": True if method.startswith("answer") else message})


@pytest.fixture
async def ear() -> Ear:
    return Ear()


@pytest.fixture
async def robot(ear: Ear) -> AsyncIterator[Bot]:
    app = web.Application()
    app.router.add_post("/{path:.*}", ear.answer)
    server = TestServer(app)
    await server.start_server()
    bot = Bot("42:secret", session=JsonSession(api=TelegramAPIServer.from_base(str(server.make_url("")))))
    yield bot
    await bot.session.close()
    await server.close()


async def test_a_call_goes_as_json_and_says_nothing_of_what_is_empty(robot: Bot, ear: Ear) -> None:
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Беру", callback_data="a:1")]]
    )
    await robot.send_message(7, "Окна, «двери»", reply_markup=keyboard, disable_notification=False)
    ((kind, body),) = ear.heard
    assert kind == "application/json"
    assert json.loads(body) == {
        "chat_id": 7,
        "text": "Окна, «двери»",
        "disable_notification": False,
        "reply_markup": {"inline_keyboard": [[{"text": "Беру", "callback_data": "a:1"}]]},
    }
    assert "Окна" in body


async def test_a_call_without_a_word_says_nothing_of_it(robot: Bot, ear: Ear) -> None:
    await robot.answer_callback_query("17", text="")
    assert json.loads(ear.heard[0][1]) == {"callback_query_id": "17"}


async def test_a_file_goes_in_a_form_with_all_that_is_said_of_it(robot: Bot, ear: Ear) -> None:
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Беру", callback_data="a:1")]]
    )
    file = BufferedInputFile(b"one;two", "Отчёт.csv")
    await robot.send_document(7, file, caption="Неделя", reply_markup=keyboard, protect_content=True)
    ((kind, body),) = ear.heard
    assert kind == "multipart/form-data"
    assert "one;two" in body
    assert "Неделя" in body
    assert "Отчёт.csv" in body
    assert '{"inline_keyboard":[[{"text":"Беру","callback_data":"a:1"}]]}' in body
    assert 'name="protect_content"\r\n\r\ntrue\r\n' in body
    assert body.count("attach://") == 1


def test_a_press_is_read_without_the_buttons_of_its_message() -> None:
    message = {"message_id": 4, "text": "x"}
    shown = {**message, "reply_markup": {"inline_keyboard": [[{"text": "Беру", "callback_data": "a:1"}]]}}
    press = {"id": "1", "data": "a:1"}
    update = {"update_id": 9, "callback_query": {**press, "message": shown}}
    assert lean(update) == {"update_id": 9, "callback_query": {**press, "message": message}}
    for other in ({"update_id": 9, "message": shown}, {"update_id": 9, "callback_query": press}):
        assert lean(other) is other
