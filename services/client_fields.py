"""From what people type to the columns of a contact or a company, each checked and in the form kept."""

import re
from datetime import date

from services.dto.clients import FIELDS, ClientField, ClientKind, ClientType, PointKind
from services.errors import AppError, NotFoundError
from services.haystack import haystack
from services.lines import is_dash
from services.understanding import birthdays, emails, phones
from services.understanding.fold import clean, clean_line, fold
from services.understanding.lead_words import Source
from services.understanding.tax_numbers import is_inn, is_kpp

NAME_LIMIT = 200
ADDRESS_LIMIT = 300
NOTE_LIMIT = 1000
FOLDED_LIMIT = 600

_LONGEST = 4096
_LIMITS = {ClientField.ADDRESS: ADDRESS_LIMIT, ClientField.NOTE: NOTE_LIMIT}
_USERNAME = re.compile(r"(?:(?:https?://)?t\.me/|@)?([A-Za-z][A-Za-z0-9_]{3,31})/?")
_BETWEEN_DIGITS = re.compile(r"[ \-]")
CHOSEN = frozenset({ClientField.TYPE, ClientField.SOURCE})
"""Fields whose values are chosen, by their codes."""


def read_field(kind: ClientKind, field: ClientField, text: str, today: date) -> dict[str, object]:
    """The columns that a field changes, with their new values. A dash clears a field, but for a name.

    Raises `choice.not_found` for a field or a code that there is not, `client.empty`, `client.too_long`,
    `client.nameless`, and `client.bad_username`, `client.bad_birthday`, `client.bad_inn`, `client.bad_kpp`.
    """
    if field not in FIELDS[kind]:
        raise NotFoundError("choice")
    if is_dash(text) and field is not ClientField.NAME:
        return (
            {"birthday": None, "birth_year": None} if field is ClientField.BIRTHDAY else {field.value: None}
        )
    if field in CHOSEN:
        return {field.value: _code(field, text)}
    text = checked_text(text, _LIMITS.get(field, NAME_LIMIT), lines=field is ClientField.NOTE)
    match field:
        case ClientField.NAME if not any(char.isalnum() for char in text):
            raise AppError("client.nameless")
        case ClientField.USERNAME:
            return {"username": read_username(text)}
        case ClientField.BIRTHDAY:
            return _birthday(text, today)
        case ClientField.INN:
            return {"inn": read_inn(text)}
        case ClientField.KPP:
            return {"kpp": _kpp(text)}
    return {field.value: text}


def read_point(kind: PointKind, text: str, region: str) -> str:
    """A phone in E.164 or an address. Raises `client.bad_phone`, `client.bad_email`."""
    typed = clean_line(text[:_LONGEST], _LONGEST)
    value = phones.normalise(typed, region) if kind is PointKind.PHONE else emails.normalise(typed)
    if value is None:
        raise AppError(f"client.bad_{kind}")
    return value


def read_username(text: str) -> str:
    """A Telegram name without its at sign. Raises `client.bad_username`."""
    found = _USERNAME.fullmatch(text)
    if found is None:
        raise AppError("client.bad_username")
    return found[1]


def read_inn(text: str) -> str:
    """A tax number whose check digits are right. Raises `client.bad_inn`."""
    digits = _BETWEEN_DIGITS.sub("", text)
    if not is_inn(digits):
        raise AppError("client.bad_inn")
    return digits


def checked_text(text: str, limit: int, *, lines: bool = False) -> str:
    """Text as it is kept; `lines`: it may have several. Raises `client.empty`, `client.too_long`."""
    text = clean(text, _LONGEST) if lines else clean_line(text, _LONGEST)
    if not text:
        raise AppError("client.empty")
    if len(text) > limit:
        raise AppError("client.too_long", limit=limit)
    return text


def contact_haystack(name: str, username: str | None, addresses: list[str]) -> str:
    """The folded text in which a contact is searched."""
    return haystack(name, *addresses, username)


def folded_name(name: str) -> str:
    """The folded text in which a company is searched."""
    return fold(name)[:FOLDED_LIMIT]


def _code(field: ClientField, text: str) -> str:
    codes: set[str] = set(ClientType) if field is ClientField.TYPE else set(Source)
    if text not in codes:
        raise NotFoundError("choice")
    return text


def _birthday(text: str, today: date) -> dict[str, object]:
    day = birthdays.parse(text, today)
    if day is None:
        raise AppError("client.bad_birthday")
    return {"birthday": f"{day.month:02}-{day.day:02}", "birth_year": day.year}


def _kpp(text: str) -> str:
    typed = _BETWEEN_DIGITS.sub("", text).upper()
    if not is_kpp(typed):
        raise AppError("client.bad_kpp")
    return typed
