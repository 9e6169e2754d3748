"""By which door an event of a history came: a sign before its line, and what the signs mean below them."""

from collections.abc import Iterable

from keyboards.tongue import Html, Tongue
from services.access import Door
from services.dto.common import EventLine

_SIGNS = {
    Door.PRIVATE.value: "💬",
    Door.GROUP.value: "👥",
    Door.TELEGRAM.value: "📱",
    Door.HTTP.value: "🌐",
    Door.TIMER.value: "⚙️",
    Door.IMPORT.value: "📥",
    Door.COMMAND.value: "⌨️",
}


def sign(event: EventLine) -> str:
    """The sign of its door; nothing for one that is not known."""
    return _SIGNS.get(event.door, "")


def legend(events: Iterable[EventLine], t: Tongue) -> list[Html]:
    """What the signs on this page mean, in one line."""
    words = {
        Door.PRIVATE.value: t("in private"),
        Door.GROUP.value: t("in a group"),
        Door.TELEGRAM.value: t("in Telegram"),
        Door.HTTP.value: t("site or API"),
        Door.TIMER.value: t("by itself, by a rule"),
        Door.IMPORT.value: t("an import"),
        Door.COMMAND.value: t("the command line"),
    }
    shown = {event.door for event in events}
    told = " · ".join(f"{_SIGNS[door]} {word}" for door, word in words.items() if door in shown)
    return [Html(""), Html(f"<i>{told}</i>")] if told else []
