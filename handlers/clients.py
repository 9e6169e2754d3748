"""Clients: the cards of contacts and companies, their lists, what happened with them."""

from typing import Any

from handlers.errors import describe
from handlers.paging import show_page
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import client_chats as chat_views
from handlers.views import client_forms as form_views
from handlers.views import clients as views
from handlers.views import touches as touch_views
from handlers.views.vcards import vcard
from keyboards.clients import (
    ClientGiveCb,
    ClientHeirsCb,
    ClientListCb,
    ContactCb,
    FirmCb,
    FirmPeopleCb,
    TouchesCb,
    VcardCb,
)
from services.access import Action
from services.choices import choice
from services.dto.clients import ClientCard, ClientKind, ContactCard, PointKind
from services.notices import NoticeKind

describe(
    {
        "contact.not_found": "There is no such client, or they are not yours to see.",
        "firm.not_found": "There is no such company, or it is not yours to see.",
    }
)
VCARD_LIMIT = 2048
"""Bytes that Telegram takes along with a contact."""
NAME_LIMIT = 64


@registry.card("contact")
async def contact_card(viewer: Viewer, contact_id: int) -> Screen | None:
    """A contact as one reader sees it; a group sees the one whose it is, and little of them."""
    return await _card(viewer, ClientKind.CONTACT, contact_id)


@registry.card("firm")
async def firm_card(viewer: Viewer, firm_id: int) -> Screen | None:
    """A company as one reader sees it; a group sees the one whose it is, and little of it."""
    return await _card(viewer, ClientKind.FIRM, firm_id)


@registry.notice(NoticeKind.CLIENT_GIVEN)
async def client_given(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """You got a client; nothing is said when it has gone on to somebody else meanwhile."""
    client = await _noticed(viewer, params)
    return views.given(client, str(params["by"]), viewer.t) if client else None


@registry.notice(NoticeKind.CLIENT_ASKED)
async def client_asked(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """A colleague has come upon somebody else's client."""
    client = await _noticed(viewer, params)
    return views.asked(client, str(params["by"]), viewer.t) if client else None


@registry.command("clients", Action.CLIENT_VIEW)
async def cmd_clients(turn: Turn, _args: str) -> None:
    """The newest clients."""
    await turn.show(views.page(await turn.services.clients.page(turn.actor, ClientKind.CONTACT), turn.t))


@registry.press(ClientListCb, Action.CLIENT_VIEW)
async def on_client_list(turn: Turn, data: ClientListCb) -> None:
    """Contacts or companies, page by page."""
    await turn.form.close()
    kind = choice(ClientKind, data.kind)
    found = await turn.services.clients.page(turn.actor, kind, data.after or None)
    await show_page(turn, views.page(found, turn.t), data)


@registry.press(FirmPeopleCb, Action.CLIENT_VIEW)
async def on_firm_people(turn: Turn, data: FirmPeopleCb) -> None:
    """The people of a company, page by page."""
    people = await turn.services.clients.people(turn.actor, data.firm_id, data.after or None)
    await show_page(turn, views.page(people, turn.t), data)


@registry.press(ContactCb, Action.CLIENT_VIEW)
async def on_contact(turn: Turn, data: ContactCb) -> None:
    """Open a contact, or come back to it from a form."""
    await turn.form.close()
    await _open(turn, ClientKind.CONTACT, data.contact_id)


@registry.press(FirmCb, Action.CLIENT_VIEW)
async def on_firm(turn: Turn, data: FirmCb) -> None:
    """Open a company, or come back to it from a form."""
    await turn.form.close()
    await _open(turn, ClientKind.FIRM, data.firm_id)


@registry.press(TouchesCb, Action.CLIENT_VIEW)
async def on_touches(turn: Turn, data: TouchesCb) -> None:
    """What happened, page by page."""
    kind = choice(ClientKind, data.kind)
    touches = await turn.services.clients.touches(turn.actor, kind, data.client_id, data.page)
    await turn.show(touch_views.touches(touches, turn.t))


@registry.press(VcardCb, Action.CLIENT_VIEW)
async def on_vcard(turn: Turn, data: VcardCb) -> None:
    """Send it to the presser as a contact; without a phone, or if it is too much, as a file."""
    contact = await turn.services.clients.card(turn.actor, ClientKind.CONTACT, data.contact_id)
    if not isinstance(contact, ContactCard) or turn.actor.telegram_id is None:
        return
    card, numbers = vcard(contact), contact.reached_by(PointKind.PHONE)
    if numbers and len(card.encode()) <= VCARD_LIMIT:
        await turn.bot.send_contact(
            turn.actor.telegram_id,
            numbers[0].value,
            contact.name[:NAME_LIMIT],
            vcard=card,
            protect_content=contact.protect or None,
        )
        await turn.tell_where()
        return
    text = turn.t.html("👤 <b>{name}</b>", name=contact.name)
    await turn.show(
        Screen(text, document=(f"contact-{contact.id}.vcf", card.encode()), protect=contact.protect)
    )


@registry.press(ClientHeirsCb, Action.CLIENT_HAND_OVER)
async def on_client_heirs(turn: Turn, data: ClientHeirsCb) -> None:
    """To whom?"""
    kind = choice(ClientKind, data.kind)
    client, people = await turn.services.client_changes.heirs(turn.actor, kind, data.client_id)
    await turn.show(form_views.heirs(client, people, turn.t))


@registry.press(ClientGiveCb, Action.CLIENT_HAND_OVER)
async def on_client_give(turn: Turn, data: ClientGiveCb) -> None:
    """To this colleague."""
    kind = choice(ClientKind, data.kind)
    client = await turn.services.client_changes.hand_over(
        turn.actor, kind, data.client_id, data.person_id, data.version
    )
    await turn.show(views.card(client, turn.t))


async def _open(turn: Turn, kind: ClientKind, client_id: int) -> None:
    await turn.show(views.card(await turn.services.clients.card(turn.actor, kind, client_id), turn.t))


async def _card(viewer: Viewer, kind: ClientKind, client_id: int) -> Screen | None:
    if viewer.actor is None:
        return chat_views.face(await viewer.services.team_talk.client_face(kind, client_id), viewer.t)
    return views.card(await viewer.services.clients.card(viewer.actor, kind, client_id), viewer.t)


async def _noticed(viewer: Viewer, params: dict[str, Any]) -> ClientCard | None:
    if viewer.actor is None:
        return None
    kind = choice(ClientKind, str(params["subject"]))
    return await viewer.services.clients.card(viewer.actor, kind, int(params["id"]))
