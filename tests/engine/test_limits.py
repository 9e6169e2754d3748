"""The pace at which Telegram is written to."""

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import SendMessage

from bot.limits import Limits, Rates
from tests.engine.rig import Rig, message, until


class Time:
    """A monotonic clock to be turned by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def drain(limits: Limits, time: Time, chats: list[int], seconds: float) -> list[tuple[float, int]]:
    """Send as fast as allowed, to the first chat that may be written to; returns when what left."""
    sent = []
    end = time.now + seconds
    while time.now < end:
        chat = next((chat for chat in chats if limits.chat_wait(chat) <= 0), None)
        if chat is None or limits.queue_wait() > 0:
            time.now += 0.001
            continue
        limits.took(chat)
        sent.append((time.now, chat))
    return sent


def busiest(moments: list[float], window: float) -> int:
    return max(sum(start <= other < start + window for other in moments) for start in moments)


def test_a_broadcast_leaves_at_the_queues_rate() -> None:
    time = Time()
    sent = [at for at, _ in drain(Limits(monotonic=time), time, list(range(1, 400)), 10)]
    assert 250 <= len(sent) <= 256
    assert busiest(sent, 1.0) <= 30


def test_one_chat_gets_a_few_at_once_and_then_one_a_second() -> None:
    time = Time()
    sent = [at for at, _ in drain(Limits(monotonic=time), time, [7], 10)]
    assert len([at for at in sent if at < 1000.5]) == 3
    assert len(sent) <= 13


def test_a_group_gets_eighteen_a_minute() -> None:
    time = Time()
    sent = [at for at, _ in drain(Limits(monotonic=time), time, [-7], 130)]
    assert busiest(sent, 60) == 18


def test_answers_do_not_wait_for_the_queue_but_the_queue_for_them() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    for chat in range(1, 6):
        limits.took(chat)
    assert limits.queue_wait() > 0
    assert limits.answer_wait() == 0
    for chat in range(100, 120):
        limits.answered(chat)
    assert limits.answer_wait() == 0
    assert limits.queue_wait() > 0.5


def test_answers_alone_keep_to_thirty_a_second() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    for chat in range(30):
        assert limits.answer_wait() == 0
        limits.answered(chat)
    assert limits.answer_wait() > 0


def test_a_pause_is_for_its_chat() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    limits.pause(1, 10)
    assert (limits.chat_wait(1), limits.chat_wait(2)) == (10, 0)
    limits.pause(1, 3)
    assert limits.chat_wait(1) == 10
    time.now += 10
    assert limits.chat_wait(1) == 0


def test_three_chats_within_five_seconds_pause_everything() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    limits.pause(1, 20)
    limits.pause(1, 20)
    time.now += 3
    limits.pause(2, 30)
    assert limits.queue_wait() == 0
    time.now += 1
    limits.pause(3, 8)
    assert limits.queue_wait() == 8
    assert limits.paused(99) == 8
    time.now += 8
    assert limits.queue_wait() == 0


def test_slow_refusals_are_no_storm() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    for chat in range(5):
        limits.pause(chat, 60)
        time.now += 3
    assert limits.queue_wait() == 0


def test_replicas_share_the_rate() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    limits.share(5)
    assert 50 <= len(drain(limits, time, list(range(1, 400)), 10)) <= 60


def test_memory_does_not_grow_with_the_chats() -> None:
    time = Time()
    limits = Limits(Rates(queue=1e6, overall=1e6), monotonic=time)
    for chat in range(-500, 500):
        limits.took(chat)
        limits.pause(chat, 1)
    time.now += 100
    limits.forget()
    assert not limits._chats
    assert not limits._groups
    assert not limits._paused


async def test_a_short_429_on_an_answer_is_waited_for(rig: Rig) -> None:
    rig.telegram.people[1001].start()
    rig.telegram.faults.script("sendMessage", kind="429", retry_after=1, times=1)
    rig.build()
    await rig.bot.send_message(1001, "answer")
    first, second = [call.at for call in rig.telegram.calls.of("sendMessage")]
    assert second - first >= 1


async def test_a_long_429_on_an_answer_is_an_error_and_the_next_one_does_not_even_ask(rig: Rig) -> None:
    rig.telegram.people[1001].start()
    rig.telegram.faults.script("sendMessage", kind="429", retry_after=60, times=None)
    rig.build()
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter):
            await rig.bot(SendMessage(chat_id=1001, text="answer"))
    assert len(rig.telegram.calls.of("sendMessage")) == 1


async def test_telegrams_real_limits_are_never_hit(rig: Rig) -> None:
    from sandbox.limits import Limits as TelegramLimits

    rig.telegram.limits = TelegramLimits()
    rig.options["rates"] = Rates()
    rig.product.quiet = True
    people = [rig.telegram.add_person(3000 + n, f"P{n}", "X") for n in range(40)]
    for person in people:
        person.start()
    group = rig.telegram.add_group("Sales", people[:2], supergroup=True)
    await rig.queue(
        *(message(person.id, f"queued {person.id}", f"k{person.id}") for person in people),
        *(message(3000, f"queued {n}", f"m{n}") for n in range(4)),
        *(message(group.id, f"queued {n}", f"g{n}") for n in range(4)),
    )
    await rig.start()
    await until(lambda: len(rig.sent()) == 48)
    assert {call.status for call in rig.telegram.calls.of("sendMessage")} == {200}
