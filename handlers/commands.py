"""The list of commands that Telegram shows to each person: those of their role, in their language."""

from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import DeleteMyCommands, SetMyCommands, TelegramMethod
from aiogram.types import BotCommand, BotCommandScopeChat

from handlers.registry import registry
from keyboards.tongue import Tongue
from services.access import Action, Actor

_OFFERED_TO = {"board": Action.TASK_ASSIGN}
"""What some may do only in a team chat is offered in private to those who may do it there."""


def commands_for(actor: Actor, t: Tongue) -> list[BotCommand]:
    """The commands that this person may use; /start is pressed, not typed."""
    return [
        BotCommand(command=name, description=text)
        for name, text in described(t).items()
        if name in registry.commands
        and actor.may(registry.commands[name].action)
        and (name not in _OFFERED_TO or actor.may(_OFFERED_TO[name]))
    ]


def described(t: Tongue) -> dict[str, str]:
    """All commands with what they do, the most used first."""
    return {
        "menu": t("Main menu"),
        "day": t("What to do today"),
        "now": t("The department now: what waits, who is at what"),
        "task": t("Set a task with a reminder"),
        "board": t("The board of tasks: overdue, to do, to be accepted"),
        "lead": t("Write down a new lead"),
        "leads": t("Leads, yours and free ones"),
        "deals": t("Deals, stage by stage"),
        "views": t("Lists of deals that you keep"),
        "clients": t("Clients and companies"),
        "shift": t("On shift, at lunch, off: whether leads come to you"),
        "find": t("Find a client, a deal, a lead"),
        "digest": t("The week in short"),
        "plan": t("The month against the plan"),
        "report": t("Funnel, sales and managers in figures"),
        "team": t("Team and invitations"),
        "news": t("News of the company"),
        "import": t("Import clients and deals"),
        "profile": t("Language, time zone, name"),
        "help": t("What I understand"),
    }


async def publish(bot: Bot, actor: Actor, t: Tongue) -> None:
    """Show a person the commands that they may use."""
    if actor.telegram_id is not None:
        scope = BotCommandScopeChat(chat_id=actor.telegram_id)
        await _quietly(bot, SetMyCommands(commands=commands_for(actor, t), scope=scope))


async def publish_in_team(bot: Bot, chat_id: int, t: Tongue, *, client: bool = False) -> None:
    """Show a team chat what may be said where a deal, or a `client`, is spoken of."""
    told = {
        "who": t("Who works on this deal"),
        "stage": t("Move this deal to another stage"),
        "task": t("A task for this deal"),
        "note": t("A note on this deal"),
    }
    if client:
        told = {
            "who": t("Who keeps this client"),
            "task": t("A task for this client"),
            "note": t("A note on this client"),
        }
    commands = [BotCommand(command=name, description=text) for name, text in told.items()]
    await _quietly(bot, SetMyCommands(commands=commands, scope=BotCommandScopeChat(chat_id=chat_id)))


async def withdraw(bot: Bot, telegram_id: int) -> None:
    """Take the list away from somebody who has left."""
    await _quietly(bot, DeleteMyCommands(scope=BotCommandScopeChat(chat_id=telegram_id)))


async def _quietly(bot: Bot, call: TelegramMethod[bool]) -> None:
    """The list is a comfort: whoever misses it gets it with the next /start."""
    with suppress(TelegramAPIError):
        await bot(call)
