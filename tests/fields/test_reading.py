"""What people type into fields, as it is kept, searched and shown."""

from datetime import date
from decimal import Decimal

import pytest

from db.models import FieldValue
from services.dto.common import Sum
from services.dto.fields import Field, FieldKind, FieldSubject, Invoice, Option, Value
from services.dto.talk import FileKind, SentFile
from services.errors import AppError
from services.fields.reading import Where, read_value
from services.fields.shape import MOST_OPTIONS, key_of, read_options
from services.fields.values import plain, rows_of, value_of, words_of

WHERE = Where(date(2026, 11, 22), "RU", "RUB")
LISTED = (Option(1, "Wood"), Option(2, "Plastic"), Option(3, "Steel", gone=True))
BILL = Invoice("17/А", Sum(1500_50, "RUB"), date(2026, 5, 12))
SCAN = SentFile(FileKind.DOCUMENT, "file", "unique", "bill.pdf", None, 7)


def field(kind: FieldKind) -> Field:
    return Field(1, FieldSubject.DEAL, "key", "Name", kind, 0, LISTED, finance=False, archived=False)


@pytest.mark.parametrize(
    ("kind", "typed", "value", "words"),
    [
        (FieldKind.TEXT, " Ёлка у\nокна ", "Ёлка у\nокна", ["елка", "у", "окна"]),
        (FieldKind.NUMBER, "1 234,5000", Decimal("1234.5"), ["1234.5"]),
        (FieldKind.NUMBER, "−3", Decimal(-3), ["-3"]),
        (FieldKind.NUMBER, "-0", Decimal(0), ["0"]),
        (FieldKind.NUMBER, "1200", Decimal(1200), ["1200"]),
        (FieldKind.MONEY, "99,50", Sum(99_50, "RUB"), []),
        (FieldKind.MONEY, "150k", Sum(150_000_00, "RUB"), []),
        (FieldKind.DATE, "завтра", date(2026, 11, 23), []),
        (FieldKind.DATE, "12.05", date(2027, 5, 12), []),
        (FieldKind.DATE, "12.05.2020", date(2020, 5, 12), []),
        (FieldKind.FLAG, "Да", True, []),
        (FieldKind.FLAG, "no", False, []),
        (FieldKind.PHONE, "8 916 123-45-67", "+79161234567", ["79161234567", "~76543216197"]),
        (FieldKind.LINK, "www.site.ru/a", "https://www.site.ru/a", ["site.ru/a", "site", "ru", "a"]),
        (FieldKind.CHOICE, "wood", (LISTED[0],), []),
        (FieldKind.CHOICES, "plastic, WOOD", (LISTED[0], LISTED[1]), []),
        (FieldKind.INVOICE, "Счёт №17/А от 12.05, 1500,50", BILL, ["17", "а"]),
        (FieldKind.INVOICE, "17; 2000", Invoice("17", Sum(2000_00, "RUB")), ["17"]),
        (FieldKind.TEXT, "-", None, []),
    ],
)  # fmt: skip
def test_what_was_typed_is_read_kept_and_searched(
    kind: FieldKind, typed: str, value: Value | None, words: list[str]
) -> None:
    read = read_value(field(kind), typed, WHERE)
    assert read == value
    kept = [FieldValue(**row) for row in rows_of(field(kind), read)]
    assert value_of(field(kind), kept) == value
    assert words_of(field(kind), read) == words


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (FieldKind.TEXT, "  ", "field.empty"),
        (FieldKind.TEXT, "x" * 1001, "field.too_long"),
        (FieldKind.NUMBER, "1e5", "field.bad_number"),
        (FieldKind.NUMBER, "0.00001", "field.bad_number"),
        (FieldKind.NUMBER, "9" * 20, "field.bad_number"),
        (FieldKind.MONEY, "many", "field.bad_money"),
        (FieldKind.DATE, "31.02", "field.bad_date"),
        (FieldKind.FLAG, "perhaps", "field.bad_flag"),
        (FieldKind.PHONE, "12", "field.bad_phone"),
        (FieldKind.LINK, "javascript:alert(1)", "field.bad_link"),
        (FieldKind.LINK, "https://example.com@evil.test/", "field.bad_link"),
        (FieldKind.CHOICE, "Steel", "field.bad_choice"),
        (FieldKind.CHOICES, "Wood, Glass", "field.bad_choice"),
        (FieldKind.FILE, "bill.pdf", "field.wants_file"),
        (FieldKind.INVOICE, "17", "field.bad_invoice"),
        (FieldKind.INVOICE, "17, 100, 200", "field.bad_invoice"),
    ],
)
def test_what_cannot_be_meant_is_refused(kind: FieldKind, typed: str, code: str) -> None:
    with pytest.raises(AppError) as refused:
        read_value(field(kind), typed, WHERE)
    assert refused.value.code == code


@pytest.mark.parametrize("kind", [FieldKind.FILE, FieldKind.INVOICE])
def test_a_file_is_kept_with_what_stands_beneath_it(kind: FieldKind) -> None:
    read = read_value(field(kind), "17, 100", WHERE, SCAN)
    assert read == (SCAN if kind is FieldKind.FILE else Invoice("17", Sum(100_00, "RUB"), None, SCAN))
    assert value_of(field(kind), [FieldValue(**row) for row in rows_of(field(kind), read)]) == read


def test_a_choice_that_is_left_out_keeps_its_id_and_comes_back_with_it() -> None:
    assert [one.name for one in read_options("Wood, Steel; Oak and ash")] == ["Wood", "Steel", "Oak and ash"]
    first = read_options("Wood\nSteel\nwood")
    assert [(one.id, one.name) for one in first] == [(1, "Wood"), (2, "Steel")]
    second = read_options("Glass\nWOOD", first)
    assert [(one.id, one.name, one.gone) for one in second] == [
        (3, "Glass", False), (1, "WOOD", False), (2, "Steel", True),
    ]  # fmt: skip
    assert read_options("Steel", second)[0] == Option(2, "Steel")
    for typed, code in (
        (" \n", "field.no_options"),
        (f"Wood\n{'x' * 41}", "line.long"),
        ("\n".join(map(str, range(MOST_OPTIONS + 1))), "field.many_options"),
    ):
        with pytest.raises(AppError, match=code):
            read_options(typed)


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Тип клиента", (), "tip_klienta"),
        ("Budget, $", (), "budget"),
        ("Budget", ("budget", "budget_2"), "budget_3"),
        ("!!! 字", (), "field"),
    ],
)
def test_a_key_is_made_of_the_name(name: str, taken: tuple[str, ...], key: str) -> None:
    assert key_of(name, taken) == key


def test_a_number_has_no_exponent() -> None:
    assert plain(Decimal("1E+3")) == "1000"
