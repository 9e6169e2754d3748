"""How a client looks in the group that is theirs, and words on what is said there."""

from handlers.screen import Screen
from keyboards import team_chats as keys
from keyboards.tongue import Tongue, join
from services.dto.clients import ClientKind
from services.dto.team_chats import ClientFace


def face(client: ClientFace, t: Tongue) -> Screen:
    """Their card for everybody in the group: nothing by which they are reached, nothing that was said."""
    if client.kind is ClientKind.CONTACT:
        named = t.html("👤 <b>{name}</b>", name=client.name or t("Client #{id}", id=client.id))
    else:
        named = t.html("🏢 <b>{name}</b>", name=client.name or t("Company #{id}", id=client.id))
    whose = " · ".join(part for part in (client.owner or t("nobody"), client.department) if part)
    text = join([named, t.html("👔 {owner}", owner=whose)])
    keyboard, subject = keys.client_face(client, t), (client.kind.value, client.id)
    return Screen(text, keyboard, subject=subject, public=True, protect=client.protect)


def who(client: ClientFace, t: Tongue) -> Screen:
    """Who keeps a client, for everybody who reads along."""
    whose = " · ".join(part for part in (client.owner or t("nobody"), client.department) if part)
    return Screen(t.html("👔 {owner}", owner=whose), public=True)


def parted(t: Tongue) -> Screen:
    """What stands in a group in place of the card of a client whose it is no more."""
    text = t.html("✖️ This is the group of no client any more: what is said here is not kept.")
    return Screen(text, public=True)


def united_elsewhere(t: Tongue) -> Screen:
    """Told to a group whose client was united with another one."""
    text = t.html(
        "🔗 The client of this group was united with another one, who has a group already. What is said here "
        "is not kept any more. The group is given to something else by 💬 Chat on a card, as ever."
    )
    return Screen(text, public=True)


def unkept(t: Tongue, *, sees: bool) -> Screen:
    """Told to whoever speaks of a client whom they do not see, or whose card they may not change."""
    if sees:
        seen = t.html(
            "🤐 What you say here is not kept in the history of the client: you may see their card, "
            "not change it."
        )
        return Screen(seen)
    return Screen(
        t.html("🤐 What you say here is not kept in the history of the client: they are not yours to see.")
    )
