"""One call of the Bot API from its parameters to its outcome, remembered in the transcript."""

from inspect import isawaitable

from sandbox.bots import Bot
from sandbox.errors import ApiError
from sandbox.methods.registry import METHODS, NAMES, Context, Params
from sandbox.transcript import Call
from sandbox.world import Telegram


async def execute(world: Telegram, bot: Bot, name: str, params: Params, *, fault: str | None = None) -> Call:
    """Runs the method `name` (lower case) and returns what became of it; `fault` is only noted down."""
    result, error = None, None
    try:
        result = METHODS[name](Context(world, bot, params))
        if isawaitable(result):
            result = await result
    except ApiError as refusal:
        error = refusal
    return note(world, bot, name, params, result=result, error=error, fault=fault)


def note(
    world: Telegram,
    bot: Bot,
    name: str,
    params: Params,
    *,
    result: object = None,
    error: ApiError | None = None,
    fault: str | None = None,
) -> Call:
    """The record of a call, also kept in the transcript."""
    call = Call(
        world.clock(),
        bot.username,
        NAMES.get(name, name),
        params.values,
        params.files,
        200 if error is None else error.code,
        result,
        error,
        fault,
    )
    if world.calls.keeps:
        world.calls.add(call)
    return call
