"""A bot's own face: commands per scope, menu button, name and descriptions."""

import re
from typing import Any

from sandbox.bots import names_a_chat
from sandbox.errors import bad_request
from sandbox.methods.access import get_chat
from sandbox.methods.registry import Context, Json, method

_SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)
_BUTTONS = frozenset({"default", "commands", "web_app"})
_TEXTS = {
    "Name": ("names", "name", 64),
    "Description": ("descriptions", "description", 512),
    "ShortDescription": ("short_descriptions", "short_description", 120),
}


def _scope(ctx: Context) -> tuple[Any, ...]:
    """The scope as the key of a bot's commands, the language last."""
    scope = ctx.params.json("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("Can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = str(scope.get("type"))
    if kind not in _SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    key: tuple[Any, ...] = (kind,)
    if names_a_chat(key):
        if not scope.get("chat_id"):
            raise bad_request("Can't parse BotCommandScope: Empty chat_id specified")
        lookup = Context(ctx.world, ctx.bot, type(ctx.params)({"chat_id": scope["chat_id"]}, {}))
        key = (kind, get_chat(lookup, "read").id)
        if kind == "chat_member":
            if not str(scope.get("user_id")).isdecimal():
                raise bad_request("Can't parse BotCommandScope: Invalid user_id specified")
            key = (*key, int(scope["user_id"]))
    return (*key, _language(ctx))


def _language(ctx: Context) -> str:
    code = ctx.params.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("BOT_COMMAND_LANGUAGE_CODE_INVALID")
    return code


@method("setMyCommands")
def set_my_commands(ctx: Context) -> Any:
    commands = ctx.params.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("Expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    parsed = [_command(command) for command in commands]
    scope = _scope(ctx)
    if parsed:
        ctx.bot.commands[scope] = parsed
    else:
        ctx.bot.commands.pop(scope, None)
    return True


def _command(raw: Any) -> Json:
    if not isinstance(raw, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(raw.get(name), str):
            raise bad_request(f"Can't parse BotCommand: Can't find field \"{name}\"")
    command = raw["command"].removeprefix("/")
    if not re.fullmatch(r"[a-z0-9_]{1,32}", command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(raw["description"]) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": raw["description"]}


@method("getMyCommands")
def get_my_commands(ctx: Context) -> Any:
    return ctx.bot.commands.get(_scope(ctx), [])


@method("deleteMyCommands")
def delete_my_commands(ctx: Context) -> Any:
    ctx.bot.commands.pop(_scope(ctx), None)
    return True


@method("setChatMenuButton")
def set_chat_menu_button(ctx: Context) -> Any:
    button = ctx.params.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or str(button.get("type")) not in _BUTTONS:
        raise bad_request("Can't parse menu button: MenuButton has unsupported type")
    chat_id = get_chat(ctx, "read").id if ctx.params.has("chat_id") else None
    ctx.bot.menu_buttons[chat_id] = button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(ctx: Context) -> Any:
    chat_id = ctx.params.integer("chat_id") or None
    default = ctx.bot.menu_buttons.get(None, {"type": "default"})
    return ctx.bot.menu_buttons.get(chat_id, default)


def _set_text(ctx: Context, what: str) -> Any:
    attribute, name, longest = _TEXTS[what]
    value = ctx.params.text(name)
    if len(value) > longest:
        raise bad_request(f"BOT_{what.upper()}_INVALID")
    getattr(ctx.bot, attribute)[_language(ctx)] = value
    return True


def _get_text(ctx: Context, what: str) -> Any:
    attribute, name, _ = _TEXTS[what]
    texts = getattr(ctx.bot, attribute)
    fallback = ctx.bot.name if what == "Name" else ""
    return {name: texts.get(_language(ctx)) or texts.get("") or fallback}


@method("setMyName")
def set_my_name(ctx: Context) -> Any:
    return _set_text(ctx, "Name")


@method("getMyName")
def get_my_name(ctx: Context) -> Any:
    return _get_text(ctx, "Name")


@method("setMyDescription")
def set_my_description(ctx: Context) -> Any:
    return _set_text(ctx, "Description")


@method("getMyDescription")
def get_my_description(ctx: Context) -> Any:
    return _get_text(ctx, "Description")


@method("setMyShortDescription")
def set_my_short_description(ctx: Context) -> Any:
    return _set_text(ctx, "ShortDescription")


@method("getMyShortDescription")
def get_my_short_description(ctx: Context) -> Any:
    return _get_text(ctx, "ShortDescription")
