"""One's own settings: name, language, time zone."""

from aiogram.types import Message

from handlers import commands
from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import profile as views
from keyboards.profile import (
    ProfileCb,
    ProfileLanguageCb,
    ProfileNameCb,
    ProfileZoneCb,
    ProfileZonesCb,
)
from services.access import Action
from services.dto.people import Profile
from services.errors import AppError
from services.zones import find_zone

describe(
    {
        "person.name_empty": "Please send a name with at least one letter.",
        "language.unknown": "There is no such language here.",
        "zone.unknown": "I do not know this place. Send a larger city nearby, or the hours: UTC+5.",
    }
)


@registry.card("profile")
async def profile_card(viewer: Viewer, person_id: int) -> Screen | None:
    """One's own settings; nobody else's."""
    if viewer.actor is None or viewer.actor.person_id != person_id:
        return None
    card = await viewer.services.people.profile(viewer.actor)
    return views.profile(card, viewer.actor, viewer.t)


@registry.command("settings", Action.PROFILE_EDIT)
@registry.command("profile", Action.PROFILE_EDIT)
async def cmd_profile(turn: Turn, _args: str) -> None:
    """One's own settings."""
    await _show(turn, await turn.services.people.profile(turn.actor))


@registry.press(ProfileCb, Action.PROFILE_EDIT)
async def on_profile(turn: Turn, _data: ProfileCb) -> None:
    """The same by button; an open question is given up."""
    await _show(turn, await turn.services.people.profile(turn.actor))


@registry.press(ProfileLanguageCb, Action.PROFILE_EDIT)
async def on_language(turn: Turn, data: ProfileLanguageCb) -> None:
    """Speak another language, from this very screen on."""
    card = await turn.services.people.speak(turn.actor, data.language)
    turn.speak(card.language)
    await commands.publish(turn.bot, turn.actor, turn.t)
    await _show(turn, card)


@registry.press(ProfileZonesCb, Action.PROFILE_EDIT)
async def on_zones(turn: Turn, _data: ProfileZonesCb) -> None:
    """Which time zone?"""
    await turn.form.wait("profile.zone", back=["profile", turn.actor.person_id])
    await turn.show(views.own_zones(turn.t))


@registry.press(ProfileZoneCb, Action.PROFILE_EDIT)
async def on_zone(turn: Turn, data: ProfileZoneCb) -> None:
    """This one."""
    await _show(turn, await turn.services.people.live_in(turn.actor, data.zone))


@registry.step("profile.zone", Action.PROFILE_EDIT)
async def got_zone(turn: Turn, message: Message) -> None:
    """A zone that was typed."""
    await _show(turn, await turn.services.people.live_in(turn.actor, _typed_zone(message)))


@registry.press(ProfileNameCb, Action.PROFILE_EDIT)
async def on_name(turn: Turn, _data: ProfileNameCb) -> None:
    """Which name?"""
    await turn.form.wait("profile.name", back=["profile", turn.actor.person_id])
    await turn.show(views.which_name(turn.t))


@registry.step("profile.name", Action.PROFILE_EDIT)
async def got_name(turn: Turn, message: Message) -> None:
    """A new name."""
    await _show(turn, await turn.services.people.rename(turn.actor, message.text or ""))


def _typed_zone(message: Message) -> str:
    zone = find_zone(message.text or "")
    if zone is None:
        raise AppError("zone.unknown")
    return zone


async def _show(turn: Turn, card: Profile) -> None:
    await turn.form.close()
    await turn.show(views.profile(card, turn.actor, turn.t))
