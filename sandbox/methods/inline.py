"""Answers to inline queries, as strict as Telegram's."""

import re
from typing import Any

from sandbox.errors import bad_request
from sandbox.inline import PATIENCE, InlineAnswer
from sandbox.keyboards import parse_inline_markup
from sandbox.methods.callbacks import TOO_OLD
from sandbox.methods.formatting import text_content
from sandbox.methods.registry import Context, Json, Params, method

MOST_RESULTS = 50
LONGEST_ID = 64
LONGEST_OFFSET = 64
LONGEST_QUERY = 256
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


@method("answerInlineQuery")
def answer_inline_query(ctx: Context) -> Any:
    results = ctx.params.json("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("Expected an Array of inline query results")
    if len(results) > MOST_RESULTS:
        raise bad_request("Too many inline query results specified")
    parsed = tuple(_result(one) for one in results)
    if len({one["id"] for one in parsed}) < len(parsed):
        raise bad_request("RESULT_ID_DUPLICATE")
    offset = ctx.params.text("next_offset")
    if len(offset.encode()) > LONGEST_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = _button(ctx.params)
    query = ctx.world.inline_queries.get(ctx.params.text("inline_query_id"))
    if query is None or query.bot is not ctx.bot or query.answer is not None:
        raise bad_request(TOO_OLD)
    if ctx.world.clock() - query.at > PATIENCE:
        raise bad_request(TOO_OLD)
    personal, cached = ctx.params.flag("is_personal"), ctx.params.integer("cache_time", 300)
    query.settle(InlineAnswer(parsed, button, offset, personal, cached))
    return True


def _result(raw: Any) -> Json:
    """An article; other kinds of results are none that this Telegram can show."""
    if not isinstance(raw, dict):
        raise bad_request("Can't parse inline query result: Object expected")
    for name in ("type", "id"):
        if not isinstance(raw.get(name), str) or not raw[name]:
            raise bad_request(f"Can't parse inline query result: Can't find field \"{name}\"")
    if not 0 < len(raw["id"].encode()) <= LONGEST_ID:
        raise bad_request("RESULT_ID_INVALID")
    if raw["type"] != "article":
        raise bad_request("Can't parse inline query result: Unsupported inline query result type")
    if not isinstance(raw.get("title"), str) or not raw["title"]:
        raise bad_request("Can't parse inline query result: Can't find field \"title\"")
    content = raw.get("input_message_content")
    if not isinstance(content, dict) or not content.get("message_text"):
        raise bad_request("Message text is empty")
    text = text_content(
        Params({("text" if name == "message_text" else name): value for name, value in content.items()}, {})
    )
    markup = parse_inline_markup(raw.get("reply_markup"), private=False)
    return {
        "id": raw["id"],
        "title": raw["title"],
        "description": str(raw.get("description") or ""),
        "content": text,
        "markup": markup,
    }


def _button(params: Params) -> Json | None:
    raw = params.json("button", "inline query results button")
    if raw is None:
        return None
    if not isinstance(raw, dict) or not raw.get("text"):
        raise bad_request("Can't parse InlineQueryResultsButton: Can't find field \"text\"")
    start = raw.get("start_parameter")
    if not isinstance(start, str) or not _START.fullmatch(start):
        raise bad_request("START_PARAM_INVALID")
    return {"text": str(raw["text"]), "start": start}
