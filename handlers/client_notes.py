"""Notes of contacts and companies: asked for by a button, and read again as a whole."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import registry
from handlers.sent import read_said
from handlers.turn import Turn
from handlers.views import clients as views
from handlers.views import touches as touch_views
from keyboards.clients import ClientNoteCb, ClientSaidCb
from services.access import Action
from services.choices import choice
from services.dto.clients import ClientKind

NOTE = "client.note"

describe({"note.not_found": "There is no such note, or it is not yours to see."})


@registry.press(ClientNoteCb, Action.CLIENT_EDIT)
async def on_client_note(turn: Turn, data: ClientNoteCb) -> None:
    """Which note?"""
    kind = choice(ClientKind, data.kind)
    client = await turn.services.clients.card(turn.actor, kind, data.client_id, Action.CLIENT_EDIT)
    await turn.form.close()
    await turn.form.wait(NOTE, back=[kind.value, client.id])
    await turn.show(views.ask_note(client, turn.t))


@registry.step(NOTE, Action.CLIENT_EDIT)
async def got_client_note(turn: Turn, message: Message) -> None:
    """This one."""
    name, client_id = (await turn.form.data())["back"]
    kind = choice(ClientKind, str(name))
    await turn.services.talk.keep(turn.actor, kind, client_id, [read_said(message)])
    await turn.form.close()
    await turn.show(views.noted(await turn.services.clients.card(turn.actor, kind, client_id), turn.t))


@registry.press(ClientSaidCb, Action.CLIENT_VIEW)
async def on_client_said(turn: Turn, data: ClientSaidCb) -> None:
    """The whole of a note among the touches."""
    kind = choice(ClientKind, data.kind)
    note = await turn.services.said_notes.open(turn.actor, data.note_id)
    await turn.show(touch_views.said(note, kind, data.client_id, data.page, turn.t))
