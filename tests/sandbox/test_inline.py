"""Inline queries in the local Telegram: as strict as Telegram's own."""

from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent

from sandbox.errors import ImpossibleError
from sandbox.inline import PATIENCE


def article(number: object = 1, text: str = "Hello") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=str(number),
        title="Title",
        input_message_content=InputTextMessageContent(message_text=text, parse_mode="HTML"),
    )


async def test_a_result_is_chosen_and_sent_via_the_bot(world: Any, client: Any) -> None:
    world.tg.bot.inline = world.tg.bot.inline_feedback = True
    group = world.tg.add_group("Friends", [world.anna])
    query = world.anna.ask_inline("hi", where=group)
    body = world.tg.bot.updates.history[-1].body["inline_query"]
    assert (body["query"], body["chat_type"], body["from"]["id"]) == ("hi", "group", world.anna.id)
    assert await client.answer_inline_query(query.id, results=[article("a", "<b>Hello</b>")], cache_time=0)
    answer = await query.answered(1)
    assert [one["id"] for one in answer.results] == ["a"]
    message = world.anna.choose_inline(query, "a", group)
    assert (message.text, message.entities[0]["type"], message.via_bot) == ("Hello", "bold", world.tg.bot)
    assert message.as_json()["via_bot"]["id"] == world.tg.bot.id
    chosen = world.tg.bot.updates.history[-1].body["chosen_inline_result"]
    assert (chosen["result_id"], chosen["query"]) == ("a", "hi")
    with pytest.raises(ImpossibleError, match="not offered"):
        world.anna.choose_inline(query, "b", group)


@pytest.mark.parametrize(
    ("results", "options", "told"),
    [
        ([article(n) for n in range(51)], {}, "too many inline query results"),
        ([article("я" * 33)], {}, "RESULT_ID_INVALID"),
        ([article(1), article(1)], {}, "RESULT_ID_DUPLICATE"),
        ([article(1, "<b>")], {}, "can't parse entities"),
        ([article(1)], {"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ([], {"button": InlineQueryResultsButton(text="Go", start_parameter="a b")}, "START_PARAM_INVALID"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    world: Any, client: Any, results: list[Any], options: dict[str, Any], told: str
) -> None:
    world.tg.bot.inline = True
    query = world.anna.ask_inline("hi")
    with pytest.raises(TelegramBadRequest, match=f"(?i){told}"):
        await client.answer_inline_query(query.id, results=results, **options)
    assert query.answer is None
    assert await client.answer_inline_query(query.id, results=[])
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await client.answer_inline_query(query.id, results=[])


async def test_a_late_answer_and_a_bot_without_inline_mode(world: Any, client: Any) -> None:
    with pytest.raises(ImpossibleError, match="BotFather"):
        world.anna.ask_inline("hi")
    world.tg.bot.inline = True
    with pytest.raises(ImpossibleError, match="256"):
        world.anna.ask_inline("x" * 257)
    query = world.anna.ask_inline("hi")
    query.at -= PATIENCE + 1
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await client.answer_inline_query(query.id, results=[])
    assert await query.answered(0.01) is None
