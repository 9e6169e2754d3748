"""Tilda's webhook: a form with `tranid` and `formid`, UTM marks within its cookies, and perhaps a cart.

Source: help-ru.tilda.cc, page forms/webhook. Tilda checks an address with `test=test`, waits five seconds,
and tries twice more, a minute apart.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, unquote

from integrations.intake import forms
from integrations.intake.encodings import MOST_FIELDS
from integrations.intake.submission import UTM, Submission

OK = "ok"
SERVICE = frozenset({"tranid", "formid", "formname", "cookies", "test", "payment", "checkbox"})
_MARKS = "TILDAUTM"


def is_test(fields: Mapping[str, str]) -> bool:
    """Whether Tilda only asks if anybody is there."""
    return fields.get("test") == "test"


def read(fields: Mapping[str, str]) -> Submission:
    """What a form of Tilda says; its name is the title, its cart the sum and a part of the text."""
    plain = {name: value for name, value in fields.items() if not name.startswith(("payment[", "tildaspec"))}
    given = forms.read(plain, without=SERVICE)
    cart = _cart(fields)
    text = "\n".join(part for part in (given.text, _cart_words(cart)) if part)
    return replace(
        given,
        title=given.title or fields.get("formname", "").strip() or None,
        text=text or None,
        budget=given.budget or cart.get("amount"),
        external_id=given.external_id or cart.get("orderid"),
        utm=given.utm or utm_of(fields.get("COOKIES") or fields.get("cookies") or ""),
        mark=fields.get("tranid", "").strip() or None,
    )


def utm_of(cookies: str) -> dict[str, str]:
    """The marks in the cookie `TILDAUTM`: pairs joined by `|||`, encoded."""
    for cookie in cookies.split(";"):
        name, _, value = cookie.strip().partition("=")
        if name == _MARKS:
            pairs = (pair.partition("=") for pair in unquote(value).split("|||"))
            marks = {key.strip().removeprefix("utm_"): unquote(mark).strip() for key, _, mark in pairs}
            return {key: marks[key] for key in UTM if marks.get(key)}
    return {}


def _cart(fields: Mapping[str, str]) -> dict[str, str]:
    """The cart by `payment[orderid]` and the like, however it was sent."""
    inner = {
        name.removeprefix("payment[").replace("][", "[").removesuffix("]"): value
        for name, value in fields.items()
        if name.startswith("payment[")
    }
    if inner or not fields.get("payment"):
        return inner
    try:
        found = json.loads(fields["payment"])
    except (ValueError, RecursionError):
        try:
            return dict(parse_qsl(fields["payment"], max_num_fields=MOST_FIELDS))
        except ValueError:
            return {}
    if not isinstance(found, dict):
        return {}
    goods = found.pop("products", None)
    items = goods if isinstance(goods, list) else []
    named = {f"products[{n}": _product(item) for n, item in enumerate(items)}
    return {str(key): str(value) for key, value in found.items()} | named


def _product(item: object) -> str:
    if not isinstance(item, dict):
        return str(item)
    name, count, price = (str(item.get(key, "")) for key in ("name", "quantity", "amount"))
    return " ".join(part for part in (name, f"x{count}" if count else "", price and f"= {price}") if part)


def _cart_words(cart: Mapping[str, str]) -> str:
    goods: dict[str, str] = {}
    for name, value in cart.items():
        if name.startswith("products"):
            number = name.removeprefix("products[").partition("[")[0]
            goods[number] = f"{goods[number]} {value}" if number in goods else value
    return "\n".join(f"• {words}" for words in goods.values())
