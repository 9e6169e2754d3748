"""The record of what a bot said."""

from aiogram.types import BufferedInputFile

from sandbox import Telegram


async def test_every_call_is_remembered_with_its_outcome(world, client):
    world.anna.start()
    await client.send_message(world.anna.id, "hello")
    await client.get_me()
    first = world.tg.calls[0]
    assert (first.method, first.status, first.chat_id, first.result["text"]) == (
        "sendMessage",
        200,
        1001,
        "hello",
    )
    assert [c.method for c in world.tg.calls] == ["sendMessage", "getMe"]
    assert world.tg.calls.to(1001) == [first]
    assert first.at == world.clock.now


async def test_the_wire_holds_texts_files_and_answers_by_receiver(world, client):
    world.anna.start()
    world.boris.start()
    await client.send_message(world.boris.id, "for Boris")
    seen = len(world.tg.calls)
    await client.send_document(world.anna.id, BufferedInputFile("секрет".encode(), "x.txt"))
    press = world.anna.press(world.anna.screen(), data="x")
    await client.answer_callback_query(press.id, "toast")
    assert "for Boris" in world.tg.wire()
    assert "for Boris" not in world.tg.wire(since=seen)
    assert "for Boris" not in world.tg.wire(to=world.anna)
    assert "секрет" in world.tg.wire(to=world.anna)
    assert "toast" in world.tg.wire(to=world.anna)
    assert "toast" not in world.tg.wire(to=world.boris)


def test_a_benchmark_may_keep_nothing():
    assert not Telegram(keep_calls=0).calls.keeps
