"""Answers to presses."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.registry import Context, method
from sandbox.presses import CallbackAnswer

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@method("answerCallbackQuery")
def answer_callback_query(ctx: Context) -> Any:
    press = ctx.world.presses.get(ctx.params.text("callback_query_id"))
    if press is None or press.bot is not ctx.bot or press.answer is not None:
        raise bad_request(TOO_OLD)
    if ctx.world.clock() - press.at > ctx.world.press_lifetime:
        raise bad_request(TOO_OLD)
    text = ctx.params.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    url = ctx.params.text("url")
    if url and not url.startswith(
        (f"https://t.me/{ctx.bot.username}?start=", f"t.me/{ctx.bot.username}?start=")
    ):
        raise bad_request("URL_INVALID")
    press.settle(CallbackAnswer(text, ctx.params.flag("show_alert"), url or None))
    return True
