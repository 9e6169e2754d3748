"""How contacts and companies are made: from a line or a sent contact, and never twice unawares."""

from dataclasses import asdict
from typing import Any

from aiogram.types import Message

from handlers.client_forms import show_done
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import client_forms as views
from keyboards.clients import ClientAnywayCb, ClientAskCb, ClientNewCb
from services.access import Action
from services.choices import choice
from services.client_making import ClientKnownError
from services.dto.clients import ClientInput, ClientKind
from services.dto.common import Ref
from services.errors import AppError, StaleError

NEW = "client.new"


@registry.press(ClientNewCb, Action.CLIENT_CREATE)
async def on_client_new(turn: Turn, data: ClientNewCb) -> None:
    """Who is it?"""
    kind, firm = choice(ClientKind, data.kind), None
    await turn.form.close()
    form: dict[str, Any] = {"kind": kind.value, "firm_id": None}
    if data.firm_id and kind is ClientKind.CONTACT:
        client = await turn.services.clients.card(turn.actor, ClientKind.FIRM, data.firm_id)
        firm = Ref(client.id, client.name)
        form |= {"firm_id": firm.id, "back": ["firm", firm.id]}
    await turn.form.wait(NEW, **form)
    await turn.show(views.new(kind, firm, turn.t))


@registry.step(NEW, Action.CLIENT_CREATE)
async def got_client_new(turn: Turn, message: Message) -> None:
    """Somebody, in a line or as a contact; who is known already is shown first."""
    data = await turn.form.data()
    kind = choice(ClientKind, str(data.get("kind")))
    given = await _understood(turn, kind, message)
    given = ClientInput(**{**asdict(given), "firm_id": data.get("firm_id")})
    try:
        await show_done(turn, await turn.services.client_making.create(turn.actor, given))
    except ClientKnownError as error:
        draft = message.message_id
        await turn.form.wait(NEW, given=asdict(given), draft=draft)
        await turn.show(views.known(error.known, draft, turn.t))


@registry.press(ClientAnywayCb, Action.CLIENT_CREATE)
async def on_client_anyway(turn: Turn, data: ClientAnywayCb) -> None:
    """Make it although there is such a client."""
    given = await _draft(turn, data.draft)
    try:
        await show_done(turn, await turn.services.client_making.create(turn.actor, given, again=True))
    except ClientKnownError as error:
        await turn.show(views.known(error.known, data.draft, turn.t))


@registry.press(ClientAskCb, Action.CLIENT_CREATE)
async def on_client_ask(turn: Turn, data: ClientAskCb) -> None:
    """Ask the heads whose it is to be."""
    await turn.services.client_making.ask_heads(turn.actor, await _draft(turn, data.draft))
    await turn.form.close()
    await turn.show(views.asked(turn.t))


async def _understood(turn: Turn, kind: ClientKind, message: Message) -> ClientInput:
    contact, making = message.contact, turn.services.client_making
    if contact is not None and kind is ClientKind.CONTACT:
        name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
        return await making.understand_contact(turn.actor, name, contact.phone_number, contact.user_id)
    if not message.text:
        raise AppError("client.empty")
    return await making.understand(turn.actor, kind, message.text)


async def _draft(turn: Turn, key: int) -> ClientInput:
    """The new client that is not saved yet. Raises `client.draft_gone` if the button is another's."""
    data = await turn.form.data()
    if "given" not in data or data.get("draft") != key:
        raise StaleError("client.draft_gone")
    given: dict[str, Any] = data["given"]
    return ClientInput(
        **{
            **given,
            "kind": choice(ClientKind, str(given["kind"])),
            "phones": tuple(given["phones"]),
            "emails": tuple(given["emails"]),
        }
    )
