"""Personal data of clients: what they have agreed to, handing out what is kept of them, and erasing it."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import dossiers
from handlers.views import privacy as views
from keyboards.privacy import (
    ConsentAskCb,
    ConsentDropCb,
    ConsentGiveCb,
    ConsentTextCb,
    ConsentWriteCb,
    DossierCb,
    DossierFilesCb,
    DossierKind,
    EraseAskCb,
    EraseCb,
    PrivacyCb,
)
from services.access import Action
from services.choices import choice
from services.dto.privacy import ConsentWay, DossierFiles

TEXT = "consent.text"

describe(
    {
        "consent.no_text": "There is no text to agree to yet. The owner writes it: Profile → Company.",
        "consent.empty": "Please send the text itself.",
        "consent.too_long": "This is too long: {limit} characters at most. Please shorten it.",
        "consent.same": "This is the text that holds already.",
        "erase.open_work": "Some work with this client is still open. Close it first, then erase.",
    }
)


@registry.card("consent")
async def consent_card(viewer: Viewer, _id: int) -> Screen | None:
    """The text that clients agree to."""
    if viewer.actor is None:
        return None
    return views.text(await viewer.services.consents.text(viewer.actor), viewer.t)


@registry.card("privacy")
async def privacy_card(viewer: Viewer, contact_id: int) -> Screen | None:
    """What one client has agreed to."""
    if viewer.actor is None:
        return None
    return views.card(await viewer.services.consents.card(viewer.actor, contact_id), viewer.t)


@registry.press(PrivacyCb, Action.CLIENT_EDIT)
async def on_privacy(turn: Turn, data: PrivacyCb) -> None:
    """What has this client agreed to?"""
    await turn.form.close()
    await turn.show(views.card(await turn.services.consents.card(turn.actor, data.contact_id), turn.t))


@registry.press(ConsentAskCb, Action.CLIENT_EDIT)
async def on_consent_ask(turn: Turn, data: ConsentAskCb) -> None:
    """How did they agree?"""
    await turn.show(views.ways(await turn.services.consents.card(turn.actor, data.contact_id), turn.t))


@registry.press(ConsentGiveCb, Action.CLIENT_EDIT)
async def on_consent_give(turn: Turn, data: ConsentGiveCb) -> None:
    """They agreed like this."""
    way = choice(ConsentWay, data.way)
    shown = await turn.services.consents.give(turn.actor, data.contact_id, way, data.number)
    await turn.show(views.card(shown, turn.t))


@registry.press(ConsentDropCb, Action.CLIENT_EDIT)
async def on_consent_drop(turn: Turn, data: ConsentDropCb) -> None:
    """They have taken it back."""
    await turn.show(views.card(await turn.services.consents.withdraw(turn.actor, data.contact_id), turn.t))


@registry.press(DossierCb, Action.CLIENT_DATA)
async def on_dossier(turn: Turn, data: DossierCb) -> None:
    """All that is kept of them, as a file."""
    form = choice(DossierKind, data.form)
    dossier = await turn.services.dossiers.hand_out(turn.actor, data.contact_id)
    await turn.show(dossiers.file(dossier, turn.t, readable=form is DossierKind.READ))
    found = await turn.services.dossiers.files(turn.actor, data.contact_id)
    if found.total:
        await _send_files(turn, found)


@registry.press(DossierFilesCb, Action.CLIENT_DATA)
async def on_dossier_files(turn: Turn, data: DossierFilesCb) -> None:
    """The next of their files."""
    await _send_files(turn, await turn.services.dossiers.files(turn.actor, data.contact_id, data.before))


async def _send_files(turn: Turn, found: DossierFiles) -> None:
    """To whoever pressed, in private; then how many these were, and the way to more."""
    came = [await turn.send_file(one.kind, one.file_id, protect=one.protect) for one in found.files]
    await turn.say(dossiers.files(found, came.count(False), turn.t))


@registry.press(EraseAskCb, Action.CLIENT_DATA)
async def on_erase_ask(turn: Turn, data: EraseAskCb) -> None:
    """Erase all of it?"""
    await turn.show(views.erase(await turn.services.erasing.preview(turn.actor, data.contact_id), turn.t))


@registry.press(EraseCb, Action.CLIENT_DATA)
async def on_erase(turn: Turn, data: EraseCb) -> None:
    """Yes."""
    done = await turn.services.erasing.erase(turn.actor, data.contact_id, data.version)
    await turn.show(views.erased(done, turn.t))


@registry.press(ConsentTextCb, Action.CLIENT_EDIT)
async def on_consent_text(turn: Turn, _data: ConsentTextCb) -> None:
    """The text."""
    await turn.form.close()
    await turn.show(views.text(await turn.services.consents.text(turn.actor), turn.t))


@registry.press(ConsentWriteCb, Action.COMPANY_EDIT)
async def on_consent_write(turn: Turn, data: ConsentWriteCb) -> None:
    """How shall it read from now on?"""
    await turn.form.wait(TEXT, back=["privacy", data.contact_id] if data.contact_id else ["consent", 1])
    await turn.show(views.write(data.contact_id, turn.t))


@registry.step(TEXT, Action.COMPANY_EDIT)
async def got_consent_text(turn: Turn, message: Message) -> None:
    """Like this."""
    kind, contact_id = (await turn.form.data())["back"]
    shown = await turn.services.consents.write(turn.actor, message.text or "")
    await turn.form.close()
    if kind == "privacy":
        await turn.show(views.card(await turn.services.consents.card(turn.actor, contact_id), turn.t))
        return
    await turn.show(views.text(shown, turn.t))
