"""Words on what is said where a deal or a client is spoken of."""

from handlers.screen import Screen
from handlers.views import client_chats as client_views
from keyboards import team_chats as keys
from keyboards.tongue import Tongue, esc, join
from services.dto.mentions import Heard
from services.dto.team_chats import ClientFace
from services.dto.topics import DealFace


def who(face: DealFace | ClientFace, t: Tongue) -> Screen:
    """Who works on a deal, or keeps a client, for everybody who reads along."""
    if isinstance(face, ClientFace):
        return client_views.who(face, t)
    lines = [t.html("👔 {owner} · {department}", owner=face.owner or t("nobody"), department=face.department)]
    if face.crew:
        lines.append(t.html("👥 with {names}", names=", ".join(face.crew)))
    return Screen(join(lines), public=True)


def brought_in(names: tuple[str, ...], t: Tongue) -> Screen:
    """Colleagues were named where a deal is spoken of."""
    text = t.html("👥 They work on the deal now, too: {names}", names=", ".join(names))
    return Screen(text, public=True)


def not_come(heard: Heard, t: Tongue) -> Screen:
    """Told to whoever named somebody who could not be brought in, is not here, or works nowhere here."""
    lines = []
    if heard.blind:
        text = t.html(
            "👀 {names} cannot see this deal, and did not come in. Sellers and heads can be brought into a "
            "deal in work by its owner, a helper or a head: 👥 on its card.",
            names=", ".join(heard.blind),
        )
        lines.append(text)
    if heard.away:
        text = t.html(
            "🚪 Not in this group yet: {names}. Add them to it, so that they read what is said here.",
            names=", ".join(heard.away),
        )
        lines.append(text)
    if heard.unknown:
        names = ", ".join(f"@{name}" for name in heard.unknown)
        lines.append(t.html("🤔 Nobody in the company is {names}, so nobody was told.", names=names))
    return Screen(join(lines))


def unkept(t: Tongue, *, sees: bool, helps: bool) -> Screen:
    """Told to whoever speaks of a deal that they do not see, or may not write to.

    `helps`: they are somebody who could be brought in.
    """
    if sees:
        seen = t.html(
            "🤐 What you say here is not kept in the history of the deal: you may see it, not write to it."
        )
        return Screen(seen)
    if not helps:
        return Screen(
            t.html("🤐 What you say here is not kept in the history of the deal: it is not yours to see.")
        )
    text = t.html(
        "🤐 What you say here is not kept in the history of the deal: it is not yours to see. "
        "Whoever works on it can bring you in by your @name."
    )
    return Screen(text)


def no_deal(command: str, t: Tongue) -> Screen:
    """A command about a deal, where none is spoken of."""
    return Screen(t.html("/{command} works in the topic of a deal.", command=command))


def where(bot: str, said: str, t: Tongue) -> Screen:
    """That something waits in private, and the way there."""
    return Screen(esc(said), keys.our_chat(bot, t), public=True)


def in_private(command: str, bot: str, t: Tongue) -> Screen:
    """A command that is answered in private alone."""
    text = t.html("I answer /{command} in our private chat.", command=command)
    return Screen(text, keys.in_private(command, bot, t))
