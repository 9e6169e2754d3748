"""Phones as people write them, and digits that are no phones."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.phones import FoundPhone, find, normalise, show

MOBILE = "+79161234567"


@pytest.mark.parametrize(
    "text",
    [
        "+7 916 123-45-67",
        "+7 (916) 123-45-67",
        "+7(916)1234567",
        "+79161234567",
        "+ 7 916 123 45 67",
        "79161234567",
        "7 916 123 45 67",
        "8 (916) 123-45-67",
        "8(916)123-45-67",
        "8-916-123-45-67",
        "8 916 1234567",
        "8.916.123.45.67",
        "89161234567",
        "9161234567",
        "916 123 45 67",
        "(916) 123-45-67",
        "916-123-4567",
        "+7 916 123–45–67",
        "+7\u00a0916\u00a0123\u201145\u201167",
        "\u202a+7 916 123-45-67\u202c",
        "+７９１６１２３４５６７",
        "+٧٩١٦١٢٣٤٥٦٧",
        "8 9 1 6 1 2 3 4 5 6 7",
        "тел. 8 916 123-45-67",
        "Телефон: +7 916 123 45 67",
        "tel: +7-916-123-45-67",
        "моб 89161234567",
        "8 916 123-45-67 доб. 12",
        "8 916 123-45-67 ext 12",
        "+8 916 123-45-67",
        "007 916 123 45 67",
        "wa.me/79161234567",
        "https://wa.me/79161234567",
        "Иван, 89161234567 (звонить вечером)",
    ],
)
def test_every_spelling_is_the_same_number(text):
    assert normalise(text) == MOBILE


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("8 (495) 123-45-67", "RU", "+74951234567"),
        ("495 123-45-67", "RU", "+74951234567"),
        ("8 4852 12-34-56", "RU", "+74852123456"),
        ("8 800 555-35-35", "RU", "+78005553535"),
        ("8 701 123 45 67", "RU", "+77011234567"),
        ("8 701 123 45 67", "KZ", "+77011234567"),
        ("+375 29 123-45-67", "RU", "+375291234567"),
        ("375291234567", "RU", "+375291234567"),
        ("8 10 375 29 123-45-67", "RU", "+375291234567"),
        ("8 029 123-45-67", "BY", "+375291234567"),
        ("80291234567", "BY", "+375291234567"),
        ("998901234567", "RU", "+998901234567"),
        ("+380 50 123 45 67", "RU", "+380501234567"),
        ("+1 202 555 0143", "RU", "+12025550143"),
        ("(202) 555-0143", "US", "+12025550143"),
        ("+44 20 7946 0958", "RU", "+442079460958"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("+49 30 901820", "RU", "+4930901820"),
        ("+86 138 0013 8000", "RU", "+8613800138000"),
        ("01 42 68 53 00", "FR", "+33142685300"),
    ],
)
def test_other_countries_and_cities_are_known(text, region, e164):
    assert normalise(text, region) == e164
    assert [phone.e164 for phone in find(f"звонить {text} вечером", region)] == [e164]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "123",
        "112",
        "123-45-67",
        "+",
        "phone",
        "9" * 30,
        "9" * 5000,
        "+7 916 123-45",
        "🙂" * 5000,
        "7707083893",
        "+79161234567 +79031234567",
        "8 916 123-45-67 / 8 495 123-45-67",
        "+0000000000",
        "1e10",
        "+7 000 000 00 00",
    ],
)
def test_what_is_no_phone_or_two_is_refused(text):
    assert normalise(text) is None


def test_an_unknown_region_still_takes_full_numbers():
    assert normalise("+7 916 123-45-67", "ZZ") == MOBILE
    assert normalise("916 123-45-67", "ZZ") is None


@pytest.mark.parametrize(
    "text",
    [
        "р/с 40817810099910004312",
        "40702810500000012345",
        "счёт № 40702 810 5 0000 0012345",
        "ИНН 7707083893",
        "ИНН: 500100732259",
        "7707083893",
        "500100732259",
        "ИНН 9161234567",
        "ОГРН 1027700132195",
        "ОГРНИП 304500116000157",
        "карта 2202 2036 1234 5678",
        "2202 2036 1234 5678",
        "СНИЛС 123-456-789 00",
        "112-233-445 95",
        "договор № 9161234567",
        "заказ 9161234567",
        "№9161234567",
        "сумма 9 161 234 567 руб",
        "9161234567 руб",
        "9161234567₽",
        "$9161234567",
        "150 000 000",
        "1 200 000 000 ₽",
        "25.12.2026 10:30",
        "2026-12-25",
        "95.167.123.45",
        "192.168.100.200",
        "ABC9161234567",
        "a1b9161234567",
        "https://site.ru/item/9161234567",
        "id=9161234567",
        "10 000 - 15 000",
        "123456789012345678901234567890",
        "4607034172345",
        "1500x1200x2000",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert find(text) == []


def test_all_phones_of_a_text_are_found_where_they_stand():
    text = "Иван +7 916 123-45-67 доб. 12, Ольга 8(903)1112233; офис (495) 123-45-67, ИНН 7707083893"
    found = find(text)
    assert [text[phone.start : phone.end] for phone in found] == [
        "+7 916 123-45-67 доб. 12",
        "8(903)1112233",
        "(495) 123-45-67",
    ]
    assert found[0] == FoundPhone(5, 29, MOBILE, "12")
    assert [phone.e164 for phone in found[1:]] == ["+79031112233", "+74951234567"]


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("Иван 89161234567 150000 руб", "89161234567"),
        ("Иван 89161234567 150к", "89161234567"),
        ("150 000 8 916 123 45 67", "8 916 123 45 67"),
        ("Пётр-89161234567", "89161234567"),
        ("(+7 916 123-45-67)", "+7 916 123-45-67"),
        ("тел:89161234567.", "89161234567"),
        ("david 89161234567", "89161234567"),
    ],
)
def test_a_phone_is_found_among_other_digits(text, phone):
    assert [text[found.start : found.end] for found in find(text)] == [phone]


def test_two_phones_in_a_row_are_two():
    assert [phone.e164 for phone in find("8 916 123 45 67 8 903 123 45 67")] == [MOBILE, "+79031234567"]
    assert [phone.e164 for phone in find("+7 916 123-45-67 +7 903 123-45-67")] == [MOBILE, "+79031234567"]


@pytest.mark.parametrize(
    ("e164", "shown"),
    [
        (MOBILE, "+7 916 123-45-67"),
        ("+74951234567", "+7 495 123-45-67"),
        ("+77011234567", "+7 701 123 4567"),
        ("+375291234567", "+375 29 123-45-67"),
        ("+12025550143", "+1 202-555-0143"),
        ("nonsense", "nonsense"),
        ("", ""),
        ("+7９161234567", "+7 916 123-45-67"),
    ],
)
def test_a_number_is_shown_as_people_write_it(e164, shown):
    assert show(e164) == shown


@given(
    st.from_regex(r"\A\+79[0-9]{9}\Z")
    | st.from_regex(r"\A\+7(49[59]|812|843)[2-9][0-9]{6}\Z")
    | st.from_regex(r"\A\+(37529|38050|99890)[1-9][0-9]{6}\Z")
    | st.from_regex(r"\A\+1(202|415)[2-9][0-9]{6}\Z")
)
def test_what_is_shown_reads_back_as_the_same_number(number):
    e164 = normalise(number)
    if e164 is not None:
        assert e164 == number
        assert normalise(show(e164)) == e164
        found = find(f"Иван, {show(e164)}, окна")
        assert [phone.e164 for phone in found] == [e164]


@given(st.text() | st.text("+78 9().-/0123456789доб"), st.sampled_from(["RU", "US", "BY", "ZZ", ""]))
def test_no_text_breaks_it_and_all_bounds_are_true(text, region):
    normalise(text, region)
    show(text)
    end = 0
    for phone in find(text, region):
        assert end <= phone.start < phone.end <= len(text)
        end = phone.end


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "part", ["1 ", "8 800 ", "9", "+ ", "8 ((", "89161234567 ", "тел. ", "+7 ", "-", "0.0/"]
)
def test_a_long_text_is_read_to_its_end(part):
    find(part * (50_000 // len(part)))


def test_the_tables_of_countries_are_loaded_when_first_needed():
    code = (
        "import sys; from services.understanding.phones import show; show('+79161234567');"
        "sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
