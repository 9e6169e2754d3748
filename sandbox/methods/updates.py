"""How a bot receives: getUpdates, webhooks, logging out."""

import asyncio
import re
from typing import Any

from sandbox.errors import ApiError, bad_request, conflict, too_many_requests
from sandbox.methods.calling import execute
from sandbox.methods.registry import METHODS, Context, Json, Params, method
from sandbox.updates import BY_DEFAULT
from sandbox.webhook import Webhook

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
MAX_TIMEOUT = 50


@method("getMe")
def get_me(ctx: Context) -> Any:
    return ctx.bot.me()


@method("getUpdates")
async def get_updates(ctx: Context) -> Any:
    bot, params = ctx.bot, ctx.params
    if bot.webhook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    offset = params.integer("offset")
    limit = min(max(params.integer("limit", 100), 1), 100)
    timeout = min(max(params.integer("timeout"), 0), MAX_TIMEOUT)
    _allow(ctx)
    if ctx.world.limits is not None:
        limit, timeout = bot.pace.slowed(offset, limit, timeout, asyncio.get_running_loop().time())
    try:
        found = await bot.updates.poll(offset, limit, timeout)
    except ApiError:
        pause = bot.pace.conflict_pause(asyncio.get_running_loop().time(), ctx.world.conflict_pause)
        await asyncio.sleep(pause)
        raise
    return [update.body for update in found]


def _allow(ctx: Context) -> None:
    allowed = ctx.params.json("allowed_updates", "allowed updates")
    if isinstance(allowed, list):
        ctx.bot.updates.allow(str(kind).lower() for kind in allowed)


@method("setWebhook")
async def set_webhook(ctx: Context) -> Any:
    bot, params = ctx.bot, ctx.params
    url = params.text("url")
    secret = params.text("secret_token")
    if url and not re.fullmatch(r"https?://[^\s/]+(?:/\S*)?", url):
        raise bad_request("invalid webhook URL specified")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    if (
        url
        and ctx.world.limits is not None
        and not bot.pace.may_set_webhook(asyncio.get_running_loop().time())
    ):
        raise too_many_requests(1)
    if params.flag("drop_pending_updates"):
        bot.updates.clear()
    _allow(ctx)
    if bot.webhook is not None:
        await bot.webhook.close()
        bot.webhook = None
    if url:
        bot.updates.interrupt("terminated by setWebhook request")
        connections = min(max(params.integer("max_connections", 40), 1), 100)

        async def call(name: str, values: Json) -> None:
            if name in METHODS:
                await execute(ctx.world, bot, name, Params(values, {}))

        bot.webhook = Webhook(ctx.world, bot, url, secret=secret, max_connections=connections, call=call)
        bot.webhook.start()
    return True


@method("deleteWebhook")
async def delete_webhook(ctx: Context) -> Any:
    ctx.params.values.pop("url", None)
    return await set_webhook(ctx)


@method("getWebhookInfo")
def get_webhook_info(ctx: Context) -> Any:
    webhook = ctx.bot.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(ctx.bot.updates),
    }
    if webhook is not None:
        info |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
        if webhook.last_error is not None:
            at, words = webhook.last_error
            info |= {"last_error_date": int(at), "last_error_message": words}
    if ctx.bot.updates.allowed != BY_DEFAULT:
        info["allowed_updates"] = sorted(ctx.bot.updates.allowed)
    return info


@method("close")
def close(ctx: Context) -> Any:
    ctx.bot.updates.interrupt("terminated by other getUpdates request")
    return True


@method("logOut")
def log_out(ctx: Context) -> Any:
    ctx.bot.logged_out = True
    return True
