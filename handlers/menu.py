"""The menu, the help and the way out of forms."""

import re
from contextlib import suppress

from handlers import commands, draft_shelf
from handlers.registry import registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import company as company_views
from handlers.views import guests as guest_views
from handlers.views import menu as views
from keyboards.common import cut
from keyboards.data import CancelCb, HomeCb
from keyboards.links import card_of
from keyboards.menu import HelpCb, MenuAnewCb
from keyboards.tongue import Html
from services.access import Action
from services.errors import ForbiddenError, NotFoundError
from services.search import Kind

_KINDS = {**{kind.value: kind for kind in Kind}, "client": Kind.CONTACT, "company": Kind.FIRM}
_NUMBERED = re.compile(rf"({'|'.join(_KINDS)})[ _]?#?([0-9]{{1,13}})")
"""`deal 40` and the like."""


async def home(turn: Turn) -> Screen:
    """The main menu of whoever asks."""
    return views.menu(await turn.services.workspace.menu(turn.actor), turn.actor, turn.t)


@registry.command("start", Action.MENU)
async def cmd_start(turn: Turn, payload: str) -> None:
    """Somebody of the company opens the bot; an invitation is of no use to them and stays open."""
    if turn.actor.telegram_id is not None:
        await turn.services.people.mark_reachable(turn.actor.telegram_id, turn.actor.cause, reachable=True)
    await commands.publish(turn.bot, turn.actor, turn.t)
    if await _linked(turn, payload):
        return
    facts = await turn.services.workspace.menu(turn.actor)
    if not facts.set_up:
        await turn.show(company_views.hello(turn.actor, turn.t))
        return
    await turn.show(views.menu(facts, turn.actor, turn.t, await _about(turn, payload)))


async def _linked(turn: Turn, payload: str) -> bool:
    """Open what a link from another chat leads to: a command, or a card that the person may see."""
    command = registry.commands.get(payload) if payload != "start" else None
    if command is not None and turn.actor.may(command.action):
        await command.handler(turn, "")
        return True
    subject = card_of(payload)
    if subject is None:
        return False
    screen = await registry.cards[subject[0]](turn.viewer, subject[1])
    if screen is not None:
        await turn.show(screen)
    return True


async def _about(turn: Turn, payload: str) -> Html | None:
    """A word on the invitation that somebody of the company has opened."""
    if not payload:
        return None
    used = await turn.services.joining.is_used_by(turn.actor, payload)
    if used is None:
        return None
    if used:
        return guest_views.welcome(turn.actor, turn.t)
    return turn.t.html("You are in already, the invitation stays unused.")


@registry.command("menu", Action.MENU)
async def cmd_menu(turn: Turn, _args: str) -> None:
    """The main menu."""
    await turn.show(await home(turn))


async def unknown(turn: Turn, command: str, args: str) -> None:
    """A command that there is none of: what it names by a number is shown, else the menu says so."""
    if (named := _NUMBERED.fullmatch(f"{command} {args}".strip())) and turn.actor.may(Action.SEARCH):
        with suppress(NotFoundError, ForbiddenError):
            if screen := await registry.cards[_KINDS[named[1]]](turn.viewer, int(named[2])):
                await turn.form.close()
                await turn.show(screen)
                return
        await registry.commands["find"].handler(turn, f"#{named[2]}")
        return
    said = turn.t.html("I know no command /{command}. Here is what I can do.", command=cut(command))
    facts = await turn.services.workspace.menu(turn.actor)
    await turn.show(views.menu(facts, turn.actor, turn.t, said))


@registry.press(HomeCb, Action.MENU)
async def on_home(turn: Turn, _data: HomeCb) -> None:
    """The main menu; an open form is given up."""
    await turn.form.close()
    await turn.show(await home(turn))


@registry.press(MenuAnewCb, Action.MENU)
async def on_menu_anew(turn: Turn, _data: MenuAnewCb) -> None:
    """The menu with the commands of a new role."""
    await commands.publish(turn.bot, turn.actor, turn.t)
    await turn.show(await home(turn))


@registry.command("help", Action.MENU)
async def cmd_help(turn: Turn, _args: str) -> None:
    """What can be sent to the bot."""
    await turn.show(views.help_page(turn.actor, turn.t))


@registry.press(HelpCb, Action.MENU)
async def on_help(turn: Turn, _data: HelpCb) -> None:
    """The same by button."""
    await turn.show(views.help_page(turn.actor, turn.t))


@registry.press(CancelCb, Action.MENU)
async def on_cancel(turn: Turn, _data: CancelCb) -> None:
    """Give up the open form and go back to where it began."""
    await give_up(turn)


async def give_up(turn: Turn) -> None:
    """Close the form, with its draft, and show where it began."""
    kept = await turn.form.data()
    back = kept.get("back")
    if "draft" in kept:
        await draft_shelf.drop(turn.form, kept["draft"])
    await turn.form.close()
    screen = None
    if back is not None and back[0] in registry.cards:
        screen = await registry.cards[back[0]](turn.viewer, back[1])
    await turn.show(screen or await home(turn))
