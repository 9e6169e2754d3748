"""Leads told in plain words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.fold import clean
from services.understanding.lead_line import TITLE_LIMIT, LeadDraft, parse_lead
from services.understanding.lead_signs import looks_like_lead, looks_like_search, may_tell_lead
from services.understanding.lead_words import Source

IVAN = "+79161234567"

LINES = [
    (
        "Окна, Иван +7 916 123-45-67, 150к, с сайта",
        {"title": "Окна", "name": "Иван", "phone": IVAN, "amount_minor": 15_000_000, "source": "site"},
    ),
    (
        "Иван Петров 89161234567 хочет кухню до 300 тыс, от Авито",
        {
            "title": "хочет кухню",
            "name": "Иван Петров",
            "phone": IVAN,
            "amount_minor": 30_000_000,
            "source": "avito",
        }
        | {"comment": "до 300 тыс"},
    ),
    (
        "Lead: John Smith, +1 202 555 0143, website, $1,200, kitchen",
        {"title": "kitchen", "name": "John Smith", "phone": "+12025550143", "source": "site"}
        | {"amount_minor": 120_000, "currency": "USD"},
    ),
    (
        "Окна, Иван +7 916 123-45-67, -150к, сайт",
        {"title": "Окна", "name": "Иван", "phone": IVAN, "source": "site", "comment": "-150к"},
    ),
    ("+7 916 123-45-67", {"phone": IVAN}),
    ("иван 89161234567", {"name": "иван", "phone": IVAN}),
    ("Кухня 8 916 123 45 67", {"title": "Кухня", "phone": IVAN}),
    ("Иван Окна 8916 123 45 67", {"title": "Окна", "name": "Иван", "phone": IVAN}),
    ("Окна Иван 8916 123 45 67", {"title": "Окна", "name": "Иван", "phone": IVAN}),
    (
        "Имя: Гиви\nТелефон: +7 916 123-45-67\nСумма: 150 000 р\nИсточник: Авито\nКомментарий: да\nСрочно",
        {"title": "Срочно", "name": "Гиви", "phone": IVAN, "amount_minor": 15_000_000, "currency": "RUB"}
        | {"source": "avito", "comment": "да"},
    ),
    (
        "Новый лид: Мария Иванова; окна; 8 903 111-22-33; по рекомендации Петрова",
        {"title": "окна", "name": "Мария Иванова", "phone": "+79031112233", "source": "referral"}
        | {"comment": "Петрова"},
    ),
    (
        "двери, Гиви, 89161234567, звонок",
        {"title": "двери", "name": "Гиви", "phone": IVAN, "source": "call"},
    ),
    (
        "Комментарий: кухня, белая\nИван 89161234567",
        {"name": "Иван", "phone": IVAN, "comment": "кухня, белая"},
    ),
    ("Гиви Гогия 89161234567 кухня", {"title": "кухня", "name": "Гиви Гогия", "phone": IVAN}),
    ("Окна, Москва, 89161234567", {"title": "Окна", "phone": IVAN, "comment": "Москва"}),
    (
        "ООО Ромашка, 89161234567, 1,5 млн, выставка",
        {"title": "ООО Ромашка", "phone": IVAN, "amount_minor": 150_000_000, "source": "exhibition"},
    ),
    (
        "Анна anna@mail.ru @anna_k балкон 80 тыс. из инстаграма",
        {
            "title": "балкон",
            "name": "Анна",
            "email": "anna@mail.ru",
            "username": "anna_k",
            "source": "instagram",
        }
        | {"amount_minor": 8_000_000},
    ),
    (
        "Позвонил Сергей, нужны двери, бюджет 200-300 тыс",
        {"title": "нужны двери", "name": "Сергей", "source": "call", "comment": "бюджет 200-300 тыс"},
    ),
    (
        "Окна 150к, предоплата 50к, Иван +79161234567",
        {"title": "Окна 150к", "name": "Иван", "phone": IVAN, "comment": "предоплата 50к"},
    ),
    (
        "Bathroom, Mary, mary@example.com, referral, €2k",
        {"title": "Bathroom", "name": "Mary", "email": "mary@example.com", "source": "referral"}
        | {"amount_minor": 200_000, "currency": "EUR"},
    ),
    (
        "Петров Иван Сергеевич 8-916-123-45-67 доб. 12, ремонт 2к квартиры, 500к, вк",
        {"title": "ремонт 2к квартиры", "name": "Петров Иван Сергеевич", "phone": IVAN, "source": "vk"}
        | {"amount_minor": 50_000_000},
    ),
    ("Олег +79161234567 +79031234567 шкаф", {"title": "+79031234567 шкаф", "name": "Олег", "phone": IVAN}),
    (
        "нужна кухня, 150000, зашла в офис",
        {"title": "нужна кухня", "amount_minor": 15_000_000, "source": "walk_in"},
    ),
    (
        "Ольга, тел. 89161234567. Нужны окна в дом. Перезвонить завтра",
        {"title": "Нужны окна в дом", "name": "Ольга", "phone": IVAN, "comment": "Перезвонить завтра"},
    ),
    (
        "Заявка с сайта: окна Rehau, Пётр, 9161234567",
        {"title": "окна Rehau", "name": "Пётр", "phone": IVAN, "source": "site"},
    ),
    (
        "Двери, 45000, Марина +375 29 123-45-67, ватсап",
        {"title": "Двери", "name": "Марина", "phone": "+375291234567", "amount_minor": 4_500_000}
        | {"source": "whatsapp"},
    ),
    (
        "кухня от 200 до 300 тыс, Ира 89161234567",
        {"title": "кухня от 200 до 300 тыс", "name": "Ира", "phone": IVAN},
    ),
    ("Sofa, Mr. Brown +1 202 555 0143", {"title": "Sofa", "name": "Mr. Brown", "phone": "+12025550143"}),
    (
        "источник: соседи, Иван 89161234567",
        {"name": "Иван", "phone": IVAN, "source": "other", "title": "соседи"},
    ),
    ("Нужен сайт, Иван 89161234567", {"title": "Нужен сайт", "name": "Иван", "phone": IVAN}),
    ("Смета: Иван, 89161234567", {"title": "Смета", "name": "Иван", "phone": IVAN}),
    ("\u202eИван\u202c ٨٩١٦١٢٣٤٥٦٧", {"name": "Иван", "phone": IVAN}),
    ("ИНН 7707083893 ООО Окна", {"title": "ИНН 7707083893 ООО Окна"}),
    ("роза, 150к", {"title": "роза", "amount_minor": 15_000_000}),
    ("", {}),
]


@pytest.mark.parametrize(("line", "fields"), LINES)
def test_a_line_becomes_fields(line, fields):
    draft = parse_lead(line)
    empty = {"title": "", "comment": ""}
    told = {name: getattr(draft, name) for name in LeadDraft.__slots__ if name != "understood"}
    assert {name: value for name, value in told.items() if value != empty.get(name)} == fields


@pytest.mark.parametrize(
    ("words", "source"),
    [
        *[("с сайта", "site"), ("через сайт", "site"), ("from website", "site"), ("from the site", "site")],
        *[("звонок", "call"), ("входящий звонок", "call"), ("по телефону", "call"), ("phone call", "call")],
        *[("по рекомендации", "referral"), ("посоветовали", "referral"), ("сарафан", "referral")],
        *[("from a referral", "referral"), ("Авито", "avito"), ("с авито", "avito"), ("Avito", "avito")],
        *[("инстаграм", "instagram"), ("из инсты", "instagram"), ("from Instagram", "instagram")],
        *[("ВК", "vk"), ("из вконтакте", "vk"), ("телеграм", "telegram"), ("из тг", "telegram")],
        *[("ватсап", "whatsapp"), ("из вотсапа", "whatsapp"), ("via WhatsApp", "whatsapp")],
        *[("по почте", "email"), ("by e-mail", "email"), ("реклама", "ads"), ("с Яндекс Директа", "ads")],
        *[
            ("Google Ads", "ads"),
            ("с выставки", "exhibition"),
            ("на выставке", "exhibition"),
            ("at the fair", "exhibition"),
        ],
        *[
            ("с улицы", "walk_in"),
            ("пришли в салон", "walk_in"),
            ("walk-in", "walk_in"),
            ("источник: ТВ", "other"),
        ],
    ],
)
def test_sources_are_known_by_their_names(words, source):
    assert parse_lead(f"окна, Иван, {words}").source == source
    assert source in list(Source)


def test_the_region_says_what_a_short_number_is():
    assert parse_lead("kitchen for Anna 202-555-0143 from website", "US").phone == "+12025550143"


def test_a_title_of_any_length_is_kept():
    draft = parse_lead("🙂" * 5000)
    assert draft.title == "🙂" * TITLE_LIMIT
    assert draft.comment == "🙂" * 5000


@pytest.mark.parametrize(
    "text",
    [line for line, fields in LINES if "phone" in fields or "email" in fields]
    + ["Лид: окна", "Окна, 150к, с сайта", "Иван, окна, авито", "@ivan_p 150к", "новая заявка - Ольга"],
)
def test_a_lead_is_told_by_a_contact_or_by_two_parts(text):
    assert looks_like_lead(text)


@pytest.mark.parametrize(
    "text", ["", "Иван", "Кухня", "150к", "привет", "спасибо, жду", "Лид:", "🙂" * 5000, "9" * 30]
)
def test_other_messages_are_no_leads(text):
    assert not looks_like_lead(text)


@pytest.mark.parametrize(
    "text",
    ["Иван", "иван петров", "Ромашка ООО", "+7 916 123-45-67", "4567", "ivan@mail.ru", "@ivan_p", "кухня"],
)
def test_a_few_words_may_be_a_search(text):
    assert looks_like_search(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "  ",
            "🙂",
            "/start",
            "Иван\nокна",
            "Окна, Иван +7 916 123-45-67, 150к",
            "а б в г д е",
            "x" * 65,
        ),
        "Иван, окна, авито",
    ],
)
def test_long_lines_leads_and_commands_are_no_search(text):
    assert not looks_like_search(text)


@pytest.mark.parametrize(
    ("text", "may"),
    [
        *(("#363", False), ("№ 12", False), ("0", False), ("+", False), ("4567", False), ("🙂", False)),
        *(("150 000", False), ("12.11", False), ("a", False), ("", False)),
        *(
            ("окна", True),
            ("#363 окна", True),
            ("8 916 123 45 67", True),
            ("Bo", True),
            ("a@b.example", True),
        ),
    ],
)
def test_of_numbers_and_signs_alone_no_lead_can_be_made(text, may):
    assert may_tell_lead(text) is may


WORDS = """
окна кухня Иван Петров Ольга John Smith Гиви иван хочет до от с по на сайта рекомендации авито
звонок +7 916 123-45-67 89161234567 +12025550143 150к 300 тыс 1,5 млн $1,200 45000 2026 15
anna@mail.ru @ivan_p t.me/olga , ; . : - — ( ) | Имя: Телефон: Сумма: Источник: Комментарий: Лид:
ООО Москва бюджет тел. доб. 12 website referral kitchen 🙂 «Ромашка» 50%
"""
lines = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=14).map(" ".join) | st.text()


@given(lines)
def test_no_word_is_lost(line):
    draft = parse_lead(line)
    parts = (draft.title, draft.name, draft.comment, draft.email, draft.username, *draft.understood)
    kept = re.findall(r"\w+", " ".join(part for part in parts if part))
    assert set(re.findall(r"\w+", clean(line, len(line)))) <= set(kept)


@given(lines)
def test_every_draft_is_within_bounds(line):
    draft = parse_lead(line)
    assert len(draft.title) <= TITLE_LIMIT
    assert draft.amount_minor is None or draft.amount_minor > 0
    assert draft.source is None or draft.source in list(Source)
    assert "\n" not in draft.title + (draft.name or "")
    looks_like_lead(line)
    looks_like_search(line)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "part",
    [
        "Иван ",
        "а@",
        "a.a@",
        ", ",
        "89161234567 ",
        "150к ",
        "с сайта ",
        "имя: ",
        "имя:\n",
        "А",
        "🙂",
        "t.me/a ",
        "- ",
        "8(",
    ],
)
def test_a_long_text_is_read_to_its_end(part):
    assert isinstance(parse_lead(part * (30_000 // len(part))), LeadDraft)


@pytest.mark.parametrize(
    ("written", "units", "currency"),
    [
        ("150 тыс", 150_000, None),
        ("150 к", 150_000, None),
        ("1,5 млн", 1_500_000, None),
        ("150 000 руб", 150_000, "RUB"),
        ("150000 руб.", 150_000, "RUB"),
        ("двести тысяч", 200_000, None),
        ("полтора миллиона", 1_500_000, None),
        ("1.5m", 1_500_000, None),
        ("150 k", 150_000, None),
        ("$1500", 1_500, "USD"),
    ],
)
@pytest.mark.parametrize(
    "line",
    [
        "Кухня, Ян +7 916 123-45-67, {}, с сайта",
        "Кухня, {}, с сайта, Ян 89161234567",
        "Кухня с сайта, Ян 89161234567 {}",
    ],
)
def test_a_sum_is_understood_however_it_is_written(line, written, units, currency):
    draft = parse_lead(line.format(written))
    assert (draft.amount_minor, draft.currency) == (units * 100, currency)
    assert (draft.name, draft.phone, draft.source) == ("Ян", IVAN, "site")
    assert (draft.title, draft.comment) == ("Кухня", "")
