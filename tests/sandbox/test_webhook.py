"""Updates by webhook: the secret, the order, the retries, the connections."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiohttp import web

from sandbox.webhook import Webhook


class Receiver:
    """A bot's web server that answers as told."""

    def __init__(self) -> None:
        self.bodies: list[dict] = []
        self.headers: list[dict] = []
        self.statuses: list[int] = []
        self.reply: dict | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.crowded = asyncio.Event()  # three requests are open at once
        self.now = 0
        self.most = 0

    async def handle(self, request: web.Request) -> web.Response:
        self.now += 1
        self.most = max(self.most, self.now)
        if self.now == 3:
            self.crowded.set()
        self.bodies.append(await request.json())
        self.headers.append(dict(request.headers))
        await self.gate.wait()
        self.now -= 1
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.reply, status=status) if self.reply else web.Response(status=status)


@asynccontextmanager
async def receiving() -> AsyncIterator[tuple[Receiver, str]]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield receiver, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(Webhook, "retry_unit", 0.01)


def ids(receiver):
    return [body["update_id"] for body in receiver.bodies]


async def test_updates_are_posted_with_the_secret(world, client):
    world.anna.start()
    async with receiving() as (receiver, url):
        assert await client.set_webhook(url, secret_token="s3cret")
        world.anna.send(None, "hi")
        await world.tg.idle()
        assert [b["message"]["text"] for b in receiver.bodies] == ["/start", "hi"]
        assert receiver.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
        info = await client.get_webhook_info()
        assert (info.url, info.pending_update_count, info.max_connections) == (url, 0, 40)
        assert await client.delete_webhook()
        assert (await client.get_webhook_info()).url == ""


async def test_a_failed_update_comes_again_before_the_next_of_its_chat(world, client):
    async with receiving() as (receiver, url):
        receiver.statuses = [500, 503, 500, 200]
        await client.set_webhook(url)
        world.anna.send(None, "1")
        world.anna.send(None, "2")
        await world.tg.idle()
        assert [b["message"]["text"] for b in receiver.bodies] == ["1", "1", "1", "1", "2"]
        assert (
            await client.get_webhook_info()
        ).last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
        await client.delete_webhook()


async def test_chats_are_served_in_parallel_but_not_beyond_the_limit(world, client):
    people = [world.tg.add_person(3000 + n, f"P{n}") for n in range(6)]
    async with receiving() as (receiver, url):
        await client.set_webhook(url, max_connections=3)
        receiver.gate.clear()
        for person in people:
            person.send(None, "1")
            person.send(None, "2")
        await receiver.crowded.wait()
        receiver.gate.set()
        await world.tg.idle()
        assert receiver.most == 3
        for person in people:
            assert [
                b["message"]["text"] for b in receiver.bodies if b["message"]["chat"]["id"] == person.id
            ] == ["1", "2"]
        await client.delete_webhook()


async def test_the_answer_may_be_a_call(world, client):
    async with receiving() as (receiver, url):
        receiver.reply = {"method": "sendMessage", "chat_id": world.anna.id, "text": "hello"}
        await client.set_webhook(url)
        world.anna.start()
        await world.tg.idle()
        assert world.anna.screen().text == "hello"
        await client.delete_webhook()


async def test_polling_and_webhook_exclude_each_other(world, client):
    world.tg.conflict_pause = 0
    async with receiving() as (_, url):
        waiting = asyncio.create_task(client.get_updates(timeout=30))
        await world.bot.updates.polled()
        await client.set_webhook(url)
        with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
            await waiting
        with pytest.raises(
            TelegramConflictError, match="can't use getUpdates method while webhook is active"
        ):
            await client.get_updates()
        await client.delete_webhook()
        assert await client.get_updates() == []


async def test_an_unreachable_webhook_keeps_the_updates(world, client):
    await client.set_webhook("http://127.0.0.1:9/hook")
    world.anna.start()
    await world.bot.webhook.failed.wait()
    assert (await client.get_webhook_info()).last_error_date
    assert (await client.get_webhook_info()).pending_update_count == 1
    await client.delete_webhook()
    assert len(await client.get_updates()) == 1
    await client.set_webhook("http://127.0.0.1:9/hook")
    assert await client.delete_webhook(drop_pending_updates=True)
    assert await client.get_updates() == []


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "ftp://x"}, "invalid webhook URL specified"),
        ({"url": "https://x.org/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://x.org/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(client, params, words):
    with pytest.raises(TelegramBadRequest, match=words):
        await client.set_webhook(**params)


async def test_an_update_is_delivered_again(world, client):
    async with receiving() as (receiver, url):
        await client.set_webhook(url)
        world.anna.start()
        await world.tg.idle()
        world.tg.deliver_again()
        await world.tg.idle()
        assert len(set(ids(receiver))) == 1
        assert json.dumps(receiver.bodies[0]) == json.dumps(receiver.bodies[1])
        await client.delete_webhook()
