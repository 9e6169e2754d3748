"""How contacts and companies are changed: fields, phones and addresses, employers."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import client_forms as views
from handlers.views import clients as card_views
from keyboards.clients import (
    ClientEditCb,
    ClientFieldCb,
    ClientPress,
    ClientSourceCb,
    ClientTypeCb,
    FirmLinkCb,
    FirmNewCb,
    FirmsCb,
    FirmUnlinkCb,
    PointAddCb,
    PointCb,
    PointDropCb,
    PointLabelCb,
    PointsCb,
)
from services.access import Action
from services.choices import choice
from services.client_fields import CHOSEN
from services.dto.clients import ClientCard, ClientField, ClientKind, PointKind, PointLabel
from services.errors import AppError, StaleError

FIELD = "client.field"
POINT = "client.point"
FIRM = "client.firm"

describe(
    {
        "client.empty": "Please send it as a text.",
        "client.too_long": "This is too long: {limit} characters at most. Please shorten it.",
        "client.bad_phone": "I see no phone here. Like this: +7 916 123-45-67.",
        "client.bad_email": "I see no e-mail here. Like this: ivan@example.com.",
        "client.bad_username": "This is no Telegram name. Like this: @ivan_petrov.",
        "client.bad_birthday": "I could not read a day in this. Like this: 12.05.1980, or 12.05.",
        "client.bad_inn": "This is no INN: it has 10 digits, or 12, and the last ones must fit the others.",
        "client.bad_kpp": "This is no KPP: it has 9 characters, like 773601001.",
        "client.kpp_of_person": "The INN has 12 digits: it is a sole trader, and those have no KPP.",
        "client.point_known": "This client has it already.",
        "client.too_many_points": "A client may have {limit} phones and e-mails at most. Remove one first.",
        "client.nameless": "I see no name here. Like this: Ivan Petrov +7 916 123-45-67.",
        "client.known": "There is such a client already.",
        "client.unknown": "There is no such client any more. Just make it anew.",
        "client.draft_gone": "This draft is not there any more. Please begin anew.",
    }
)


@registry.press(ClientEditCb, Action.CLIENT_EDIT)
async def on_client_edit(turn: Turn, data: ClientEditCb) -> None:
    """What shall be changed?"""
    await turn.form.close()
    await turn.show(views.fields(await _client(turn, data), turn.t))


@registry.press(ClientFieldCb, Action.CLIENT_EDIT)
async def on_client_field(turn: Turn, data: ClientFieldCb) -> None:
    """What instead?"""
    field, client = choice(ClientField, data.field), await _client(turn, data)
    await turn.form.close()
    if field not in CHOSEN:
        await turn.form.wait(FIELD, back=[client.kind.value, client.id], field=field.value)
    await turn.show(views.ask(client, field, turn.t))


@registry.press(ClientTypeCb, Action.CLIENT_EDIT)
async def on_client_type(turn: Turn, data: ClientTypeCb) -> None:
    """This type."""
    await _set(turn, data, ClientField.TYPE, data.code)


@registry.press(ClientSourceCb, Action.CLIENT_EDIT)
async def on_client_source(turn: Turn, data: ClientSourceCb) -> None:
    """From there."""
    await _set(turn, data, ClientField.SOURCE, data.code)


@registry.step(FIELD, Action.CLIENT_EDIT)
async def got_client_field(turn: Turn, message: Message) -> None:
    """A new value."""
    field = choice(ClientField, str((await turn.form.data()).get("field")))
    kind, client_id = await _target(turn)
    client = await turn.services.client_changes.set_field(
        turn.actor, kind, client_id, field, message.text or ""
    )
    await show_done(turn, client)


@registry.press(PointsCb, Action.CLIENT_EDIT)
async def on_points(turn: Turn, data: PointsCb) -> None:
    """The phones and addresses."""
    await turn.form.close()
    await turn.show(views.points(await _client(turn, data), turn.t))


@registry.press(PointCb, Action.CLIENT_EDIT)
async def on_point(turn: Turn, data: PointCb) -> None:
    """One of them."""
    client = await _client(turn, data)
    point = next((one for one in client.points if one.id == data.point_id), None)
    if point is None:
        raise StaleError
    await turn.show(views.point(client, point, turn.t))


@registry.press(PointAddCb, Action.CLIENT_EDIT)
async def on_point_add(turn: Turn, data: PointAddCb) -> None:
    """One more: which?"""
    kind, client = choice(PointKind, data.point), await _client(turn, data)
    await turn.form.close()
    await turn.form.wait(POINT, back=[client.kind.value, client.id], point=kind.value)
    await turn.show(views.ask_point(client, kind, turn.t))


@registry.step(POINT, Action.CLIENT_EDIT)
async def got_point(turn: Turn, message: Message) -> None:
    """A phone or an address."""
    point = choice(PointKind, str((await turn.form.data()).get("point")))
    text = message.contact.phone_number if message.contact else message.text or ""
    kind, client_id = await _target(turn)
    client = await turn.services.client_changes.add_point(turn.actor, kind, client_id, point, text)
    await turn.form.close()
    await turn.show(views.points(client, turn.t))


@registry.press(PointDropCb, Action.CLIENT_EDIT)
async def on_point_drop(turn: Turn, data: PointDropCb) -> None:
    """Not this one any more."""
    kind = choice(ClientKind, data.kind)
    client = await turn.services.client_changes.drop_point(turn.actor, kind, data.client_id, data.point_id)
    await turn.show(views.points(client, turn.t))


@registry.press(PointLabelCb, Action.CLIENT_EDIT)
async def on_point_label(turn: Turn, data: PointLabelCb) -> None:
    """It is for this."""
    kind, label = choice(ClientKind, data.kind), choice(PointLabel, data.label)
    client = await turn.services.client_changes.label_point(
        turn.actor, kind, data.client_id, data.point_id, label
    )
    await turn.show(views.points(client, turn.t))


@registry.press(FirmsCb, Action.CLIENT_EDIT)
async def on_firms(turn: Turn, data: FirmsCb) -> None:
    """For which company do they work?"""
    firms = await turn.services.clients.firms(turn.actor, data.contact_id)
    await turn.form.close()
    await turn.form.wait(FIRM, back=["contact", data.contact_id])
    await turn.show(views.firms(firms, turn.t))


@registry.step(FIRM, Action.CLIENT_EDIT)
async def got_firm(turn: Turn, message: Message) -> None:
    """A part of its name."""
    _, contact_id = await _target(turn)
    if not message.text:
        raise AppError("client.empty")
    firms = await turn.services.clients.firms(turn.actor, contact_id, message.text)
    await turn.form.wait(FIRM, words=firms.words)
    await turn.show(views.firms(firms, turn.t))


@registry.press(FirmLinkCb, Action.CLIENT_EDIT)
async def on_firm_link(turn: Turn, data: FirmLinkCb) -> None:
    """For this one."""
    await show_done(
        turn,
        await turn.services.client_changes.link(turn.actor, data.contact_id, data.firm_id, data.version),
    )


@registry.press(FirmNewCb, Action.CLIENT_CREATE)
async def on_firm_new(turn: Turn, data: FirmNewCb) -> None:
    """For a new one, called as was typed."""
    form = await turn.form.data()
    if form.get("back") != ["contact", data.contact_id] or not form.get("words"):
        raise StaleError("client.draft_gone")
    making = turn.services.client_making
    await show_done(turn, await making.employ(turn.actor, data.contact_id, data.version, str(form["words"])))


@registry.press(FirmUnlinkCb, Action.CLIENT_EDIT)
async def on_firm_unlink(turn: Turn, data: FirmUnlinkCb) -> None:
    """For none any more."""
    await show_done(
        turn, await turn.services.client_changes.unlink(turn.actor, data.contact_id, data.version)
    )


async def _client(turn: Turn, data: ClientPress) -> ClientCard:
    """The client of a button, for whoever may change it."""
    kind = choice(ClientKind, data.kind)
    return await turn.services.clients.card(turn.actor, kind, data.client_id, Action.CLIENT_EDIT)


async def _target(turn: Turn) -> tuple[ClientKind, int]:
    """The client of the open form."""
    kind, client_id = (await turn.form.data())["back"]
    return choice(ClientKind, str(kind)), int(client_id)


async def _set(turn: Turn, data: ClientPress, field: ClientField, code: str) -> None:
    kind = choice(ClientKind, data.kind)
    await show_done(
        turn, await turn.services.client_changes.set_field(turn.actor, kind, data.client_id, field, code)
    )


async def show_done(turn: Turn, client: ClientCard) -> None:
    """It is done: the form is over, and this is the card."""
    await turn.form.close()
    await turn.show(card_views.card(client, turn.t))
