"""E-mail: one's own address, and what goes there."""

from typing import Any

from aiogram.types import Message

from handlers.digests import picture
from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import mails as views
from keyboards.mails import MailAskCb, MailCb, MailForgetCb
from services.access import Action
from services.digests.times import span_of
from services.dto.mails import Letter, MailboxCard
from services.mails import MailKind
from services.notices import NoticeKind

describe(
    {
        "mail.unread": "I could not read an e-mail address in this. Write it like ivan@example.com.",
        "mail.too_soon": "A code is on its way already. Another one can be sent in a minute.",
        "mail.code_wrong": "This is not the code that was sent. Try again, or choose another address.",
        "mail.code_void": "This code is no longer good. Send your address once more to get another one.",
        "mail.not_set_up": "No mail server is set up here.",
    }
)


@registry.card("mail")
async def mail_card(viewer: Viewer, person_id: int) -> Screen | None:
    """One's own address; nobody else's."""
    if viewer.actor is None or viewer.actor.person_id != person_id:
        return None
    return views.mailbox(await viewer.services.mailboxes.card(viewer.actor), viewer.t)


@registry.press(MailCb, Action.REPORT_VIEW)
async def on_mail(turn: Turn, _data: MailCb) -> None:
    """One's own address; an open question is given up."""
    await _show(turn, await turn.services.mailboxes.card(turn.actor))


@registry.press(MailAskCb, Action.REPORT_VIEW)
async def on_mail_ask(turn: Turn, _data: MailAskCb) -> None:
    """Which one?"""
    await turn.form.wait("mail.address", back=["mail", turn.actor.person_id])
    await turn.show(views.ask(turn.t))


@registry.step("mail.address", Action.REPORT_VIEW)
async def got_mail_address(turn: Turn, message: Message) -> None:
    """This one: its code is asked for next."""
    card = await turn.services.mailboxes.ask(turn.actor, message.text or "")
    await turn.form.wait("mail.code")
    await turn.show(views.ask_code(card, turn.t))


@registry.step("mail.code", Action.REPORT_VIEW)
async def got_mail_code(turn: Turn, message: Message) -> None:
    """The code that came there."""
    await _show(turn, await turn.services.mailboxes.confirm(turn.actor, message.text or ""))


@registry.press(MailForgetCb, Action.REPORT_VIEW)
async def on_mail_forget(turn: Turn, _data: MailForgetCb) -> None:
    """No mails any more."""
    await _show(turn, await turn.services.mailboxes.forget(turn.actor))


@registry.notice(NoticeKind.MAIL_FAILED)
async def mail_failed(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """A mail of one's own was refused for good."""
    if viewer.actor is None:
        return None
    return views.failed(str(params["address"]), str(params["error"]), viewer.t)


async def letter(viewer: Viewer, kind: MailKind, params: dict[str, Any]) -> Letter | None:
    """A mail, drawn with the reader's present rights; None where its reason is gone. Raises AppError."""
    if viewer.actor is None:
        return None
    if kind is MailKind.CODE:
        wanted = await viewer.services.mailboxes.awaited(viewer.actor, str(params["code"]))
        return views.code_letter(wanted, str(params["code"]), viewer.t) if wanted else None
    card = await viewer.services.mailboxes.card(viewer.actor)
    if card.address is None:
        return None
    shown = await viewer.services.digests.of_headed(viewer.actor, *span_of(params))
    return views.week_letter(card.address, shown, await picture(viewer, shown), viewer.t)


async def _show(turn: Turn, card: MailboxCard) -> None:
    await turn.form.close()
    await turn.show(views.mailbox(card, turn.t))
