"""What is typed about clients, read strictly: tax numbers, birthdays, addresses, names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.client_fields import read_field, read_point
from services.dto.clients import ClientField, ClientKind, PointKind
from services.errors import AppError
from services.understanding import birthdays, emails
from services.understanding.birthdays import Birthday
from services.understanding.tax_numbers import check_digit, is_inn, is_kpp

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize("number", ["7707083893", "7736207543", "7728168971", "500100732259"])
def test_real_tax_numbers_fit_their_check_digits(number: str) -> None:
    assert is_inn(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "7707083894",
        "770708389",
        "77070838930",
        "0000000000",
        "000000000000",
        "500100732258",
        "50010073225x",
    ],
)
def test_other_numbers_are_no_tax_numbers(number: str) -> None:
    assert not is_inn(number)


@given(st.integers(10**8, 10**9 - 1), st.integers(1, 9))
def test_a_wrong_last_digit_never_fits(stem: int, off: int) -> None:
    digits = [int(char) for char in str(stem)]
    right = check_digit(digits)
    assert is_inn(f"{stem}{right}")
    assert not is_inn(f"{stem}{(right + off) % 10}")


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("773601001", True),
        ("7736AZ001", True),
        ("7736az001", False),
        ("77360100", False),
        ("7736010011", False),
        ("77360100Z", False),
    ],
)
def test_a_kpp_has_its_form(number: str, good: bool) -> None:
    assert is_kpp(number) is good


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12.05.1980", Birthday(5, 12, 1980)),
        ("12.05", Birthday(5, 12)),
        ("1/2/80", Birthday(2, 1, 1980)),
        ("1.2.26", Birthday(2, 1, 2026)),
        ("1980-05-12", Birthday(5, 12, 1980)),
        ("5 мая 1980 г.", Birthday(5, 5, 1980)),
        ("12 Мая", Birthday(5, 12)),
        ("May 12, 1980", Birthday(5, 12, 1980)),
        ("12th of May", None),
        ("29.02", Birthday(2, 29)),
        ("29.02.1981", None),
        ("31.04", None),
        ("19.11.2026", None),
        ("01.01.1899", None),
        ("soon", None),
        ("9" * 30, None),
        ("", None),
    ],
)
def test_birthdays_are_understood_with_and_without_their_year(text: str, day: Birthday | None) -> None:
    assert birthdays.parse(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Ivan@Example.COM", "ivan@example.com"),
        (" mailto:ivan@example.com ", "ivan@example.com"),
        ("почта@пример.рф", "почта@пример.рф"),
        ("ivan@example", None),
        ("ivan example.com", None),
        ("a@b.ru, c@d.ru", None),
        ("<ivan@example.com>", None),
        (f"{'a' * 300}@example.com", None),
    ],
)
def test_addresses_are_kept_in_lower_case(text: str, address: str | None) -> None:
    assert emails.normalise(text) == address


@pytest.mark.parametrize(
    ("kind", "field", "text", "code"),
    [
        (ClientKind.CONTACT, ClientField.NAME, "", "client.empty"),
        (ClientKind.CONTACT, ClientField.NAME, "\u202e\u200b", "client.empty"),
        (ClientKind.CONTACT, ClientField.NAME, "---", "client.nameless"),
        (ClientKind.CONTACT, ClientField.NAME, "я" * 201, "client.too_long"),
        (ClientKind.CONTACT, ClientField.NOTE, "я" * 1001, "client.too_long"),
        (ClientKind.CONTACT, ClientField.USERNAME, "@иван", "client.bad_username"),
        (ClientKind.CONTACT, ClientField.USERNAME, "https://evil.example/ivan", "client.bad_username"),
        (ClientKind.CONTACT, ClientField.BIRTHDAY, "yesterday", "client.bad_birthday"),
        (ClientKind.CONTACT, ClientField.INN, "7707083893", "choice.not_found"),
        (ClientKind.CONTACT, ClientField.TYPE, "friend", "choice.not_found"),
        (ClientKind.CONTACT, ClientField.SOURCE, "moon", "choice.not_found"),
        (ClientKind.FIRM, ClientField.BIRTHDAY, "12.05", "choice.not_found"),
        (ClientKind.FIRM, ClientField.INN, "7707083894", "client.bad_inn"),
        (ClientKind.FIRM, ClientField.KPP, "77360100", "client.bad_kpp"),
        (ClientKind.FIRM, ClientField.ADDRESS, "я" * 301, "client.too_long"),
    ],
)
def test_what_will_not_do_is_refused_by_name(
    kind: ClientKind, field: ClientField, text: str, code: str
) -> None:
    with pytest.raises(AppError) as refused:
        read_field(kind, field, text, TODAY)
    assert refused.value.code == code


def test_numbers_are_read_with_their_spaces() -> None:
    assert read_field(ClientKind.FIRM, ClientField.INN, "77 07 08 38 93", TODAY) == {"inn": "7707083893"}
    assert read_field(ClientKind.FIRM, ClientField.KPP, "7736 ab 001", TODAY) == {"kpp": "7736AB001"}


@pytest.mark.parametrize("text", ["9" * 30, "12", "", "phone", "+7 916 123-45-67, +7 916 123-45-68"])
def test_no_phone_is_no_phone(text: str) -> None:
    with pytest.raises(AppError, match=r"client\.bad_phone"):
        read_point(PointKind.PHONE, text, "RU")
