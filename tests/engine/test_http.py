"""The HTTP door: health, figures, and the webhook that acknowledges only what is stored."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from api.telegram import TelegramDoor
from bot.engine import Engine, Options
from db.models import Inbox
from tests.engine.rig import Rig, until
from tests.engine.test_intake import text_update

SECRET = "a-secret-of-the-webhook"


@pytest.fixture
async def http(rig: Rig) -> AsyncIterator[httpx.AsyncClient]:
    rig.options["http_port"] = 0
    engine = await rig.start()
    assert engine.http is not None
    await engine.http.up.wait()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{engine.http.port}") as client:
        yield client


@pytest.fixture
async def hook(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    for person in rig.telegram.people.values():
        person.start()
    rig.options |= {
        "http_port": 0,
        "webhook_url": "https://example.org/telegram/hook",
        "webhook_secret": SECRET,
    }
    engine = await rig.start()
    assert engine.http is not None
    await engine.http.up.wait()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{engine.http.port}") as client:
        yield client


def knock(client: httpx.AsyncClient, body: Any, secret: str | bytes = SECRET) -> Any:
    headers = [(b"X-Telegram-Bot-Api-Secret-Token", secret if isinstance(secret, bytes) else secret.encode())]
    content = {"content": body} if isinstance(body, bytes) else {"json": body}
    return client.post("/telegram/hook", headers=headers, **content)


async def test_it_is_alive_and_ready(rig: Rig, http: httpx.AsyncClient) -> None:
    assert (await http.get("/healthz")).json() == {"status": "alive"}
    answer = await http.get("/readyz")
    assert answer.status_code == 200, answer.text
    checks = answer.json()["checks"]
    assert set(checks) == {"running", "polling", "disk", "database", "schema", "outbox", "timers"}


async def test_it_says_in_plain_words_why_it_is_not_ready(rig: Rig, http: httpx.AsyncClient) -> None:
    assert rig.engine is not None
    rig.engine.health.poll_refused("Telegram does not know this token")
    answer = await http.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["polling"] == {"ok": False, "found": "Telegram does not know this token"}


async def test_an_unreachable_database_makes_it_red_and_not_crash(
    rig: Rig, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Any:
        raise OperationalError("SELECT 1", {}, Exception("no space left"))

    monkeypatch.setattr(rig.db, "write", broken)
    answer = await http.get("/readyz")
    monkeypatch.undo()
    assert answer.status_code == 503
    assert not answer.json()["checks"]["database"]["ok"]


async def test_figures_tell_nothing_about_people(rig: Rig, http: httpx.AsyncClient) -> None:
    rig.telegram.people[1001].start()
    await until(lambda: len(rig.sent()) == 1)
    await rig.settled()
    page = (await http.get("/metrics")).text
    assert 'sdelka_turns_total{result="done"} 1.0' in page
    assert 'sdelka_sends_total{result="sent"} 1.0' in page
    assert "sdelka_inbox_waiting 0.0" in page
    assert "Anna" not in page
    assert "1001" not in page


async def test_no_page_loads_scripts_from_elsewhere(http: httpx.AsyncClient) -> None:
    assert (await http.get("/docs")).status_code == 404


async def test_an_update_by_webhook_is_stored_and_handled(rig: Rig, hook: httpx.AsyncClient) -> None:
    assert (await knock(hook, text_update(1, "one"))).status_code == 200
    assert len(await rig.all(Inbox)) == 1
    await until(lambda: rig.product.seen == ["one"])
    assert (await knock(hook, text_update(1, "one"))).status_code == 200
    await rig.settled()
    assert len(await rig.events()) == 1


async def test_telegram_is_told_where_to_bring_updates(rig: Rig, hook: httpx.AsyncClient) -> None:
    await until(lambda: len(rig.telegram.calls.of("setWebhook")) == 1)
    (call,) = rig.telegram.calls.of("setWebhook")
    assert call.params["secret_token"] == SECRET
    assert rig.telegram.calls.of("getUpdates") == []
    assert (await hook.get("/readyz")).status_code == 200


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "секрет".encode(), b"\xff\xfe"])
async def test_a_stranger_is_turned_away(rig: Rig, hook: httpx.AsyncClient, secret: str | bytes) -> None:
    assert (await knock(hook, text_update(1, "one"), secret)).status_code == 403
    assert await rig.all(Inbox) == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"1", b"\xff", b'{"update_id": "x"}', b"[" * 100_000])
async def test_what_is_no_update_is_refused(rig: Rig, hook: httpx.AsyncClient, body: bytes) -> None:
    assert (await knock(hook, body)).status_code == 400
    assert await rig.all(Inbox) == []


async def test_a_body_without_end_is_cut_off(hook: httpx.AsyncClient) -> None:
    assert (await knock(hook, b" " * (5 * 1024 * 1024))).status_code == 413


async def test_what_could_not_be_stored_is_brought_again(
    rig: Rig, hook: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rig.engine is not None

    async def broken(*_args: object) -> None:
        raise OperationalError("INSERT", {}, Exception("no space left"))

    monkeypatch.setattr(rig.engine.intake, "store", broken)
    assert (await knock(hook, text_update(1, "one"))).status_code == 503
    monkeypatch.undo()
    assert (await knock(hook, text_update(1, "one"))).status_code == 200


def test_a_webhook_without_a_secret_does_not_start(rig: Rig) -> None:
    async def store(_updates: list[dict[str, Any]]) -> None:
        raise AssertionError

    with pytest.raises(ValueError, match="WEBHOOK_SECRET"):
        TelegramDoor("/hook", store, "")
    with pytest.raises(ValueError, match="WEBHOOK_SECRET"):
        Engine(
            bot=rig.bot,
            db=rig.db,
            clock=rig.clock,
            handle=rig.product.handle,
            render=rig.product.render,
            timers={},
            options=Options(data_dir=rig.folder, http_port=0, webhook_url="https://example.org/x"),
        )
