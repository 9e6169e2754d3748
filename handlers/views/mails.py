"""How one's own address looks in the chat, and how mails look."""

import html
import re

from handlers.screen import Screen
from handlers.views import digest_parts as parts
from handlers.views.digests import summary, when
from handlers.views.tables import table
from keyboards import mails as keys
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.digests import Digest
from services.dto.mails import Letter, MailboxCard

WIDE = 72
"""So many characters stand in a line of a plain mail."""
_TAG = re.compile(r"<[^>]*>")
_PAGE = (
    '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"></head>'
    '<body style="font-family:sans-serif;font-size:16px;line-height:1.5;max-width:640px">{body}</body></html>'
)
_TABLE = '<table cellspacing="0" style="border-collapse:collapse;font-size:15px">'
_CELL = (
    '<{tag} style="text-align:{side};padding:4px 12px 4px 0;border-bottom:1px solid #e3e8ee">{words}</{tag}>'
)
_QUIET = '<p style="color:#6b7785;font-size:14px">{words}</p>'
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
    subject = t("{code} is your code for Sdelka", code=code)
    return Letter(address, subject, _page(_words(lines), t), _plain(lines))


def week_letter(address: str, shown: Digest, image: bytes, t: Tongue) -> Letter:
    """The week: what the chat tells, and each part of it."""
    tables = [
        parts.people(shown, t),
        parts.sources(shown, t),
        parts.losses(shown, t),
        parts.conversion(shown, t),
    ]
    tables = [part for part in tables if part.lines]
    lines = summary(shown, t)
    why = t("You get this since you gave this address in Telegram: Profile → Digests → By e-mail.")
    place = shown.place.name if shown.place else t("all departments")
    subject = t("The week {when} · {place}", when=when(shown, t), place=place)
    picture = _PICTURE.format(alt=html.escape(subject))
    body = [picture, _words(lines), *map(_table, tables), _QUIET.format(words=html.escape(why))]
    text = [*lines, *(line for part in tables for line in _text_part(part)), Html(""), esc(why)]
    return Letter(address, " ".join(subject.split()), _page("".join(body), t), _plain(text), image)


def _page(body: str, t: Tongue) -> str:
    return _PAGE.format(language=t.language, body=body)


def _words(lines: list[Html]) -> str:
    """Telegram's HTML is good HTML but for its line ends."""
    return f"<p>{'<br>'.join(lines)}</p>\n"


def _plain(lines: list[Html]) -> str:
    return html.unescape(_TAG.sub("", join(lines))) + "\n"


def _text_part(part: parts.Part) -> list[Html]:
    return [Html(""), part.title, table(part.head, part.lines, WIDE), *([part.note] if part.note else [])]


def _table(part: parts.Part) -> str:
    rows = "".join(_row(line, "td") for line in part.lines)
    note = _QUIET.format(words=part.note) if part.note else ""
    return f"<p>{part.title}</p>\n{_TABLE}{_row(part.head, 'th')}{rows}</table>{note}\n"


def _row(cells: list[str], tag: str) -> str:
    """Names to the left, figures to the right."""
    sides = ["left", *("right" for _ in cells[1:])]
    shown = (
        _CELL.format(tag=tag, side=side, words=esc(cell)) for cell, side in zip(cells, sides, strict=True)
    )
    return f"<tr>{''.join(shown)}</tr>\n"
