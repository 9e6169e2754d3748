"""How one's own address looks in the chat, and how mails look."""

import html
import re

from handlers.screen import Screen
from handlers.views import digest_parts as parts
from handlers.views.digests import summary, when
from keyboards import mails as keys
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.digests import Digest
from services.dto.mails import Letter, MailboxCard

_TAG = re.compile(r"<[^>]*>")
_PAGE = (
    '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"></head>'
    '<body style="font-family:sans-serif;font-size:16px;line-height:1.5;max-width:640px">{body}</body></html>'
)
_PICTURE = '<p><img src="cid:picture" alt="{alt}" width="540" style="max-width:100%"></p>'


def mailbox(card: MailboxCard, t: Tongue) -> Screen:
    """One's own address."""
    lines = [t.html("✉️ <b>The week by e-mail</b>")]
    if not card.works:
        lines.append(t.html("No mail server is set up here. Whoever runs Sdelka can set SMTP_HOST."))
    elif card.address:
        lines.append(t.html("It goes to {address}.", address=card.address))
    else:
        lines.append(t.html("Give an address, and the week comes there on Mondays, with its picture."))
    if card.wanted:
        lines.append(t.html("Waits for its code: {address}", address=card.wanted))
    return Screen(join(lines), keys.mailbox(card, t), subject=("mail", card.person_id))


def ask(t: Tongue) -> Screen:
    """Which address?"""
    return Screen(t.html("✉️ Send your e-mail address. A code will come there."), keys.ask(t))


def ask_code(card: MailboxCard, t: Tongue) -> Screen:
    """Which code has come?"""
    told = t.html(
        "✉️ A code is on its way to <b>{address}</b>. Send it here; it is good for half an hour.",
        address=card.wanted or "",
    )
    return Screen(told, keys.code(t))


def failed(address: str, error: str, t: Tongue) -> Screen:
    """A mail was refused for good."""
    told = t.html(
        "✉️ The mail server did not take a mail to <b>{address}</b>: <i>{error}</i>",
        address=address,
        error=error,
    )
    return Screen(told, keys.ask(t))


def code_letter(address: str, code: str, t: Tongue) -> Letter:
    """The code that confirms an address."""
    lines = [
        t.html("Your code for Sdelka: <b>{code}</b>", code=code),
        t.html("Send it to the bot in Telegram. If you asked for none, somebody mistyped an address."),
    ]
    return _letter(address, t("{code} is your code for Sdelka", code=code), lines, t)


def week_letter(address: str, shown: Digest, image: bytes, t: Tongue) -> Letter:
    """The week: what the chat tells, and each part of it."""
    tables = [parts.people(shown, t), parts.sources(shown, t), parts.losses(shown, t)]
    if shown.conversion:
        tables.append(parts.conversion(shown, t))
    blocks = [*summary(shown, t), *(Html(f"\n{part.text}") for part in tables)]
    why = t("You get this since you gave this address in Telegram: Profile → Digests → By e-mail.")
    place = shown.place.name if shown.place else t("all departments")
    subject = t("The week {when} · {place}", when=when(shown, t), place=place)
    return _letter(address, subject, [*blocks, Html(""), esc(why)], t, image)


def _letter(address: str, subject: str, lines: list[Html], t: Tongue, image: bytes | None = None) -> Letter:
    """Telegram's HTML is good HTML but for its line ends."""
    told = str(join(lines))
    picture = _PICTURE.format(alt=html.escape(subject)) if image is not None else ""
    body = "".join(_broken(piece) for piece in re.split(r"(<pre>.*?</pre>)", told, flags=re.DOTALL))
    page = _PAGE.format(language=t.language, body=picture + body)
    subject = " ".join(subject.split())
    return Letter(address, subject, page, html.unescape(_TAG.sub("", told)), image)


def _broken(piece: str) -> str:
    """A table has its own space around it."""
    return piece if piece.startswith("<pre>") else piece.strip("\n").replace("\n", "<br>\n")
