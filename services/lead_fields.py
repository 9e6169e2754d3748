"""From what people type to the columns of a lead, each checked and cut to its size."""

import re
from dataclasses import replace

from services.dto.lead_intake import LeadInput
from services.dto.leads import LeadField
from services.errors import AppError
from services.haystack import haystack
from services.lines import as_title, is_dash
from services.understanding import emails, money, phones
from services.understanding.fold import clean, clean_line

NAME_LIMIT = 200
COMMENT_LIMIT = 2000
OTHER_SOURCE = "other"
SOURCE_LIMIT = 32

_USERNAME = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{3,31})")
_SOURCE = re.compile(r"[a-z0-9_.-]{1,32}")
_CURRENCY = re.compile(r"[A-Z]{3}")


def read_field(field: LeadField, text: str, region: str) -> dict[str, object]:
    """The columns that a typed field changes, with their new values.

    `region` is the country of phones without a country code. A dash takes a value away.
    Raises `lead.bad_<field>`.
    """
    text = clean_line(text, COMMENT_LIMIT) if field is not LeadField.COMMENT else clean(text, COMMENT_LIMIT)
    if is_dash(text) and field not in (LeadField.TITLE, LeadField.SOURCE):
        return {field.value: None}
    if not text or (field is LeadField.TITLE and not as_title(text)):
        raise AppError("lead.bad_text")
    if field is LeadField.PHONE:
        return _read_reach(text, region)
    if field is LeadField.AMOUNT:
        return _read_amount(text)
    if field is LeadField.SOURCE:
        return {"source": _source(text)}
    return {field.value: text if field is LeadField.COMMENT else clean_line(text, NAME_LIMIT)}


def amend(given: LeadInput, field: LeadField, text: str, region: str) -> LeadInput:
    """A request with a typed field. Raises as `read_field`."""
    changed = read_field(field, text, region)
    return replace(given, **changed)  # type: ignore[arg-type]  # the names of columns are the fields' own


def settle(given: LeadInput, region: str) -> LeadInput:
    """A request from any door in the form in which it is kept: cut, cleaned, the phone in E.164.

    What cannot be a phone is not lost but moves to the comment. Raises `lead.bad_amount`.
    """
    e164 = phones.normalise(given.phone, region) if given.phone else None
    stray = given.phone if given.phone and e164 is None else None
    if given.amount is not None and not 0 <= given.amount <= money.LARGEST_UNITS * 100:
        raise AppError("lead.bad_amount")
    comment = "\n".join(part for part in (given.comment, stray) if part)
    return replace(
        given,
        title=as_title(_line(given.title, NAME_LIMIT)) or None,
        name=_line(given.name, NAME_LIMIT),
        phone=e164,
        email=_line((given.email or "").lower(), 254),
        username=_line((given.username or "").removeprefix("@"), 64),
        currency=given.currency if given.currency and _CURRENCY.fullmatch(given.currency) else None,
        source=_line(given.source, SOURCE_LIMIT) or OTHER_SOURCE,
        comment=clean(comment, COMMENT_LIMIT) or None,
    )


def lead_haystack(title: str, name: str | None, email: str | None, username: str | None) -> str:
    """The folded text in which a lead is searched."""
    return haystack(title, name, email, username)


def _read_reach(text: str, region: str) -> dict[str, object]:
    if e164 := phones.normalise(text, region):
        return {"phone": e164}
    if email := emails.normalise(text):
        return {"email": email}
    if username := _USERNAME.fullmatch(text.removeprefix("https://t.me/")):
        return {"username": username[1]}
    raise AppError("lead.bad_phone")


def _read_amount(text: str) -> dict[str, object]:
    amount = money.parse(text)
    if amount is None:
        raise AppError("lead.bad_amount")
    changed: dict[str, object] = {"amount": amount.minor}
    return changed | ({"currency": amount.currency} if amount.currency else {})


def _source(text: str) -> str:
    return text if _SOURCE.fullmatch(text) else OTHER_SOURCE


def _line(text: str | None, limit: int) -> str | None:
    return clean_line(text, limit) or None if text else None
