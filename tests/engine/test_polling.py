"""Long polling: durable before it is confirmed, and never giving up."""

import pytest

from bot.health import Health
from bot.inbox import poller as poller_module
from db.models import Inbox
from tests.engine.rig import Rig, until


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait as long as one would for the real Telegram."""
    monkeypatch.setattr(poller_module, "LONGEST_BACKOFF", 0.05)
    monkeypatch.setattr(poller_module, "POLL_SECONDS", 2)
    monkeypatch.setattr(poller_module, "ANSWER_SECONDS", 1)


@pytest.mark.parametrize("kind", ["500", "502html", "reset_before", "reset_after", "truncated", "429"])
async def test_polling_survives(rig: Rig, kind: str) -> None:
    fault = rig.telegram.faults.script("getUpdates", kind=kind, times=2, retry_after=1)
    rig.telegram.people[1001].start()
    await rig.start()
    await until(lambda: rig.product.seen == ["/start"])
    assert fault.hits == 2


async def test_a_dead_line_is_given_up(rig: Rig) -> None:
    fault = rig.telegram.faults.script("getUpdates", kind="silence", times=1)
    rig.telegram.people[1001].start()
    await rig.start()
    await until(lambda: rig.product.seen == ["/start"])
    assert fault.hits == 1


async def test_what_cannot_be_stored_is_not_confirmed(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = await rig.start()
    await rig.telegram.idle()
    real, failures = engine.intake.store, []

    async def fail(bot_id: int, updates: list[dict[str, object]]) -> None:
        if len(failures) < 3:
            failures.append(updates)
            raise OSError("the disk is full")
        await real(bot_id, updates)

    monkeypatch.setattr(engine.intake, "store", fail)
    rig.telegram.people[1001].start()
    await until(lambda: rig.product.seen == ["/start"])
    assert len(failures) == 3
    assert len(await rig.all(Inbox)) == 1


async def test_a_revoked_token_is_told_in_plain_words(rig: Rig) -> None:
    rig.telegram.faults.script("getUpdates", kind="401", times=None)
    engine = await rig.start()
    await until(lambda: not engine.health.polling().ok)
    assert "check BOT_TOKEN" in engine.health.polling().found


async def test_a_second_poller_is_told_in_plain_words(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poller_module, "CONFLICT_SECONDS", 0.1)
    fault = rig.telegram.faults.script("getUpdates", kind="409", times=None)
    engine = await rig.start()
    await until(lambda: not engine.health.polling().ok)
    assert "Another program is polling" in engine.health.polling().found
    fault.stop()
    await until(lambda: engine.health.polling().ok)


async def test_a_forgotten_webhook_gives_way_and_its_updates_are_kept(rig: Rig) -> None:
    await rig.bot.set_webhook("https://example.org/hook")
    rig.telegram.people[1001].start()
    await rig.start()
    await until(lambda: rig.product.seen == ["/start"])
    (call,) = rig.telegram.calls.of("deleteWebhook")
    assert call.params.get("drop_pending_updates") in (None, "false", "False", False)


async def test_only_what_is_handled_is_asked_for(rig: Rig) -> None:
    await rig.start()
    bot = next(iter(rig.telegram.bots.values()))
    await bot.updates.polled()
    wanted = {"message", "edited_message", "callback_query", "my_chat_member", "inline_query"}
    assert bot.updates.allowed == wanted


def test_health_goes_red_when_no_poll_came_back_for_a_minute() -> None:
    now = [0.0]
    health = Health(lambda: now[0])
    health.polls = True
    now[0] = 59
    assert health.polling().ok
    now[0] = 61
    assert not health.polling().ok
    health.polled()
    assert health.polling().ok


def test_another_poller_is_borne_for_a_while_and_told_once() -> None:
    now = [0.0]
    health = Health(lambda: now[0])
    health.polls = True
    assert health.poll_refused("conflict", borne=20)
    assert health.polling().ok
    now[0] = 21
    assert not health.poll_refused("conflict", borne=20)
    assert not health.polling().ok
