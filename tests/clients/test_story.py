"""Clients told by hands on phones: made, looked at, changed, linked, handed over."""

from sqlalchemy import select

from db.models import Company, Contact
from tests.clients.making import (
    INN,
    OTHER_PHONE,
    PERSONS_INN,
    PHONE,
    changes_of,
    firm_row,
    make_client,
    make_firm,
    points_of,
)
from tests.world import World


async def contact_row(world: World, contact_id: int) -> Contact:
    return (await world.rows(select(Contact).where(Contact.id == contact_id)))[0][0]


async def test_a_client_is_made_from_the_menu_in_one_line(world: World) -> None:
    await world.anna.say("/menu")
    await world.anna.press("🗂 Clients")
    assert "Nobody here yet." in world.anna.text
    await world.anna.press("➕ New client")
    await world.anna.say("Ivan Petrov +7 916 123-45-67, 8 903 111-22-33 Ivan@Example.com @ivan_petrov")
    assert world.anna.text.splitlines()[:5] == [
        "👤 Ivan Petrov",
        "📞 +7 916 123-45-67",
        "📞 +7 903 111-22-33",
        "✉️ ivan@example.com",
        "💬 @ivan_petrov",
    ]
    assert "👔 Anna · Sales" in world.anna.text
    assert [value for value, _ in await points_of(world, 1)] == [PHONE, OTHER_PHONE, "ivan@example.com"]
    await world.anna.press("◀️ Clients")
    await world.anna.press("👤 Ivan Petrov · +7 916 123-45-67")
    assert "👤 Ivan Petrov" in world.anna.text


async def test_a_sent_contact_becomes_a_client_with_a_way_to_write_to_them(world: World) -> None:
    await world.anna.press(data="kn:contact:0")
    await world.anna.do("send_contact", None, "79161234567", "Eve", last_name="Adams", user_id=1666)
    assert world.anna.text.startswith("👤 Eve Adams\n📞 +7 916 123-45-67\n💬 Telegram")
    assert (await contact_row(world, 1)).telegram_id == 1666


async def test_each_field_is_changed_by_a_button_and_a_word(world: World) -> None:
    client = await make_client(world, phones=(PHONE,))
    await world.anna.press(data=f"c:{client}")
    await world.anna.press("✏️ Edit")
    for button, typed, shown in (
        ("👤 Name", "Ivan Sidorov", "👤 Ivan Sidorov"),
        ("💼 Position", "Head of purchases", "🏢 Head of purchases"),
        ("💬 Telegram name", "https://t.me/ivan_s", "💬 @ivan_s"),
        ("🎂 Birthday", "12.05.1980", "🎂 12 May 1980"),
        ("🗒 About", "Pays on time\nHates calls", "🗒 Pays on time\nHates calls"),
    ):
        await world.anna.press(button)
        await world.anna.say(typed)
        assert shown in world.anna.text, world.anna.text
        await world.anna.press("✏️ Edit")
    await world.anna.press("🏷 Client type")
    await world.anna.press("Key client")
    assert "🏷 Key client" in world.anna.text
    await world.anna.press("✏️ Edit")
    await world.anna.press("📣 Source")
    await world.anna.press("referral")
    assert "📣 referral" in world.anna.text
    await world.anna.say("/find sidorov")
    assert world.anna.text.startswith("👤 Ivan Sidorov")
    told = {name: pair for changes in await changes_of(world, client) for name, pair in changes.items()}
    assert told["birthday"] == [None, "05-12"]
    assert told["client_type"] == [None, "key"]
    assert told["position"] == [None, "Head of purchases"]


async def test_a_dash_clears_a_field_but_never_the_name(world: World) -> None:
    client = await make_client(world, username="ivan_p")
    await world.anna.press(data=f"kef:contact:{client}:username")
    await world.anna.say("-")
    assert "@ivan_p" not in world.anna.text
    await world.anna.press(data=f"kef:contact:{client}:name")
    await world.anna.say("-")
    assert "I see no name here" in world.anna.text
    await world.anna.press(data=f"kt:contact:{client}:key")
    await world.anna.press(data=f"kt:contact:{client}:-")
    assert "🏷" not in world.anna.text


async def test_a_phone_is_added_labelled_and_removed(world: World) -> None:
    client = await make_client(world, phones=(PHONE,))
    await world.anna.press(data=f"c:{client}")
    await world.anna.press("📞 Phones, e-mails")
    await world.anna.press("➕ Phone")
    await world.anna.say("8 (903) 111-22-33")
    await world.anna.press("📞 +7 903 111-22-33")
    await world.anna.press("work")
    assert await points_of(world, client) == [(PHONE, None), (OTHER_PHONE, "work")]
    await world.anna.press("➕ E-mail")
    await world.anna.say("Boss@Example.com")
    await world.anna.press("📞 +7 916 123-45-67")
    await world.anna.press("🗑 Remove")
    assert await points_of(world, client) == [(OTHER_PHONE, "work"), ("boss@example.com", None)]
    await world.anna.press("◀️ Back")
    assert "📞 +7 903 111-22-33 · work" in world.anna.text
    told = await changes_of(world, client)
    assert told[1:] == [
        {"phone": [None, OTHER_PHONE]},
        {"label": [None, "work"], "phone": [OTHER_PHONE, OTHER_PHONE]},
        {"email": [None, "boss@example.com"]},
        {"phone": [PHONE, None]},
    ]


async def test_a_client_is_found_by_any_of_their_phones_and_addresses(world: World) -> None:
    client = await make_client(world, phones=(PHONE, OTHER_PHONE), emails=("ivan@example.com",))
    for looked_for in ("8 903 111 22 33", "2233", "ivan@example", "916 123-45-67"):
        await world.anna.say(f"/find {looked_for}")
        assert world.anna.text.startswith("👤 Ivan Petrov"), looked_for
    await world.anna.press(data=f"koa:contact:{client}:email")
    await world.anna.say("new@example.org")
    await world.anna.say("/find new@example")
    assert world.anna.text.startswith("👤 Ivan Petrov")


async def test_a_lead_with_the_second_phone_or_the_address_is_a_known_client(world: World) -> None:
    await make_client(world, phones=(PHONE, OTHER_PHONE), emails=("ivan@example.com",))
    await world.anna.say("Doors, Ivan 8 903 111-22-33, 90k")
    assert "This phone is Ivan Petrov's, owner Anna." in world.anna.text
    await world.anna.say("/lead Doors, Ivan ivan@example.com, 90k")
    assert "This e-mail is Ivan Petrov's, owner Anna." in world.anna.text
    await world.boris.say("/lead Doors, Ivan ivan@example.com, 90k")
    assert "This e-mail belongs to Anna's clients." in world.boris.text
    assert "Petrov" not in world.telegram.wire(to=world.boris.person)


async def test_a_company_is_made_with_its_numbers_and_its_people(world: World) -> None:
    await world.anna.say("/clients")
    await world.anna.press("🏢 Companies")
    await world.anna.press("➕ New company")
    await world.anna.say(f"Romashka LLC INN {INN} +7 495 111-22-33 info@romashka.example")
    assert world.anna.text.splitlines()[:4] == [
        "🏢 Romashka LLC",
        f"INN {INN}",
        "📞 +7 495 111-22-33",
        "✉️ info@romashka.example",
    ]
    await world.anna.press("✏️ Edit")
    for button, typed, shown in (
        ("🔢 KPP", "773601001", f"INN {INN} · KPP 773601001"),
        ("📍 Address", "Moscow, Tverskaya 1", "📍 Moscow, Tverskaya 1"),
        ("🏭 Industry", "Flowers", "🏭 Flowers"),
    ):
        await world.anna.press(button)
        await world.anna.say(typed)
        assert shown in world.anna.text
        await world.anna.press("✏️ Edit")
    await world.anna.press("◀️ Back")
    await world.anna.press("➕ Person")
    await world.anna.say("Petr 8 903 111-22-33")
    assert "🏢 Romashka LLC" in world.anna.text
    await world.anna.press("🏢 Romashka LLC")
    assert "👤 Petr" in world.anna.labels


async def test_a_contact_is_linked_with_a_company_and_unlinked(world: World) -> None:
    client, firm = await make_client(world), await make_firm(world, inn=INN)
    await make_firm(world, name="Hoofs")
    await world.anna.press(data=f"c:{client}")
    await world.anna.press("🔗 Link a company")
    assert {"🏢 Romashka", "🏢 Hoofs"} <= set(world.anna.labels)
    await world.anna.say("nothing like this")
    assert "I know no company like" in world.anna.text
    await world.anna.say(INN)
    assert "🏢 Hoofs" not in world.anna.labels
    await world.anna.press("🏢 Romashka")
    assert "🏢 Romashka" in world.anna.text
    assert (await contact_row(world, client)).company_id == firm
    await world.anna.press("✏️ Edit")
    await world.anna.press("🏢 Employer")
    await world.anna.press("✖️ No company any more")
    assert "🏢" not in world.anna.text
    assert (await changes_of(world, client))[1:] == [
        {"company_id": [None, firm]},
        {"company_id": [firm, None]},
    ]


async def test_a_company_that_is_not_known_yet_is_made_on_the_way(world: World) -> None:
    client = await make_client(world)
    await world.anna.press(data=f"kfs:{client}")
    await world.anna.say("Hoofs & Horns")
    old = world.anna.screen
    await world.anna.press("➕ New: Hoofs & Horns")
    assert world.anna.text.startswith("👤 Ivan Petrov\n🏢 Hoofs & Horns")
    assert "not there any more" in (await world.anna.press(data=f"kfn:{client}:2", on=old) or "")
    await world.anna.press(data="kf:1")
    assert "👔 Anna · Sales" in world.anna.text
    assert (await changes_of(world, client))[1]["company"] == [None, "Hoofs & Horns"]


async def test_a_head_hands_a_client_over_and_the_heir_is_told(world: World) -> None:
    client = await make_client(world, phones=(PHONE,))
    await world.helen.press(data=f"c:{client}")
    await world.helen.press("🤝 Hand over")
    assert "Anna" not in world.helen.labels
    await world.helen.press("Boris")
    assert "👔 Boris · Sales" in world.helen.text
    assert "Helen gave you a client" in world.boris.text
    assert "+7 916 123-45-67" in world.boris.text
    assert "no such client" in (await world.anna.press(data=f"c:{client}") or "")


async def test_a_client_of_nobodys_department_goes_to_the_heirs_one(world: World) -> None:
    client = await make_client(world, owner="olga")
    assert (await contact_row(world, client)).department_id is None
    await world.olga.press(data=f"kw:contact:{client}")
    await world.olga.press("Victor")
    row = await contact_row(world, client)
    assert row.department_id is not None
    await world.hugo.press(data=f"c:{client}")
    assert "👔 Victor · Service" in world.hugo.text


async def test_a_card_that_stands_elsewhere_follows(world: World) -> None:
    client = await make_client(world)
    await world.helen.press(data=f"c:{client}")
    card = world.helen.screen
    await world.anna.press(data=f"kef:contact:{client}:name")
    await world.anna.say("Peter Pan")
    assert world.helen.screen.id == card.id
    assert "👤 Peter Pan" in world.helen.text


async def test_lists_go_on_page_by_page(world: World) -> None:
    for number in range(10):
        await make_client(world, name=f"Client {number}")
        await make_firm(world, name=f"Firm {number}")
    await world.anna.say("/clients")
    await world.anna.press("More ▶️")
    assert "👤 Client 0" in world.anna.labels
    await world.anna.press("🏢 Companies")
    await world.anna.press("More ▶️")
    await world.anna.press("🏢 Firm 0")
    assert "🏢 Firm 0" in world.anna.text


async def test_a_company_with_many_people_shows_them_page_by_page(world: World) -> None:
    firm = await make_firm(world)
    for number in range(10):
        await make_client(world, name=f"Client {number}", firm_id=firm)
    await world.anna.press(data=f"kf:{firm}")
    await world.anna.press("👥 All people")
    assert "People of Romashka" in world.anna.text
    await world.anna.press("More ▶️")
    await world.anna.press("👤 Client 0")
    assert "🏢 Romashka" in world.anna.text


async def test_a_sole_trader_has_no_kpp(world: World) -> None:
    firm = await make_firm(world, inn=INN)
    await world.anna.press(data=f"kef:firm:{firm}:kpp")
    await world.anna.say("773601001")
    await world.anna.press(data=f"kef:firm:{firm}:inn")
    await world.anna.say(PERSONS_INN)
    row = await firm_row(world, firm)
    assert (row.inn, row.kpp) == (PERSONS_INN, None)
    await world.anna.press(data=f"kef:firm:{firm}:kpp")
    await world.anna.say("773601001")
    assert "those have no KPP" in world.anna.text


async def test_a_qualified_lead_gives_its_company_an_owner(world: World) -> None:
    await world.anna.say("Doors, Ivan 8 903 111-22-33, 90k")
    await world.anna.press(data="lq:1:1")
    await world.anna.say("Romashka")
    [(company,)] = await world.rows(select(Company))
    await world.anna.press(data=f"kf:{company.id}")
    assert "👔 Anna · Sales" in world.anna.text
    assert "💼 #1 Doors" in world.anna.labels


async def test_in_russian_each_screen_speaks_russian(world: World) -> None:
    client, firm = await make_client(world, phones=(PHONE,)), await make_firm(world, inn=INN)
    await world.anna.press(data="mel:ru")
    for data, word in (
        (f"c:{client}", "Сделок и лидов пока нет"),
        (f"kf:{firm}", f"ИНН {INN}"),
        ("kl:contact:0", "Клиенты"),
        ("kl:firm:0", "Компании"),
        (f"ke:contact:{client}", "что изменить"),
        (f"kef:contact:{client}:birthday", "Когда день рождения"),
        (f"kef:firm:{firm}:client_type", "Какой это клиент"),
        (f"kef:firm:{firm}:source", "Откуда пришёл клиент"),
        (f"ko:contact:{client}", "телефоны и почта"),
        (f"koe:contact:{client}:1", "Как подписать"),
        (f"koa:contact:{client}:phone", "Пришлите телефон"),
        (f"kh:contact:{client}:0", "Пока ничего."),
        (f"kfs:{client}", "Где работает"),
        ("kn:contact:0", "Пришлите контакт или имя"),
        ("kn:firm:0", "Напишите название"),
    ):
        assert not await world.anna.press(data=data), (data, world.anna.toast)
        assert word in world.anna.text, (data, world.anna.text)
