"""Whatever is posted is either read or refused: no body, name or value makes the readers fail."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.rates import Rates
from integrations.intake import BadBodyError, bitrix24, forms, read_fields, tilda

TYPES = (
    "",
    "text/plain",
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    'multipart/form-data; boundary="\r\n',
    "x; charset=нет",
)
NAMES = st.sampled_from(
    [
        "payment",
        "payment[products][0][name]",
        "COOKIES",
        "fields[PHONE]",
        "fields[PHONE][0][VALUE]",
        "fields[]",
        "fields[UTM_SOURCE]",
        "utm_",
        "Телефон",
        "_redirect",
        "1",
    ]
)
LEAVES = st.none() | st.booleans() | st.floats() | st.text()
JSON = st.recursive(LEAVES, lambda one: st.lists(one) | st.dictionaries(st.text(), one))


@given(st.sampled_from(TYPES), st.binary() | st.binary().map(lambda raw: b"--x\r\n" + raw + b"\r\n--x--"))
def test_any_bytes_are_read_or_refused(kind: str, body: bytes) -> None:
    try:
        found = read_fields(kind, body)
    except BadBodyError:
        return
    assert all(isinstance(name, str) and isinstance(value, str) for name, value in found.items())


@given(JSON)
def test_any_json_is_read_or_refused(value: object) -> None:
    try:
        found = read_fields("application/json", json.dumps({"a": value}).encode())
    except BadBodyError:
        return
    assert all(name.startswith("a") for name in found)


@given(st.dictionaries(st.text() | NAMES, st.text()))
def test_any_fields_are_understood_somehow(fields: dict[str, str]) -> None:
    for read in (forms.read, tilda.read, bitrix24.read):
        found = read(fields)
        assert len(found.received) <= 40
    assert not tilda.utm_of(fields.get("COOKIES", "")) or "TILDAUTM" in fields["COOKIES"]


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1), max_size=20))
def test_a_form_comes_back_as_it_was_sent(fields: dict[str, str]) -> None:
    body = urlencode(fields).encode()
    if not body.startswith(b"{"):
        assert read_fields("application/x-www-form-urlencoded", body) == fields


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Name", "name"),
        ("your-name", "name"),
        ("ФИО", "name"),
        ("phone_2", "phone"),
        ("Ваш телефон *", "phone"),
        ("E-mail", "email"),
        ("your_email", "email"),
        ("Комментарий:", "text"),
        ("бюджет", "budget"),
        ("colour", None),
        ("", None),
        ("2", None),
    ],
)
def test_fields_are_known_by_what_people_call_them(name: str, field: str | None) -> None:
    assert forms.field_of(name) == field


def test_a_rate_fills_again_and_remembers_few() -> None:
    now = 0.0
    rates = Rates(burst=2, per_minute=60, most_keys=3, clock=lambda: now)
    assert [rates.allow("a") for _ in range(3)] == [True, True, False]
    now = 1.0
    assert [rates.allow("a") for _ in range(2)] == [True, False]
    for key in ("b", "c", "d"):
        assert rates.allow(key)
    assert rates.allow("a"), "it was the oldest of four and is forgotten"
