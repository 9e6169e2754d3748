"""Contacts as they go out to address books."""

from typing import Any

from handlers.views.vcards import vcard
from services.dto.clients import ClientKind, ContactCard, Point, PointKind, PointLabel
from services.dto.common import Ref
from services.understanding.birthdays import Birthday
from tests.cast import START
from tests.clients.making import OTHER_PHONE, PHONE, make_client
from tests.world import World


def card_of(**given: Any) -> ContactCard:
    usual: dict[str, Any] = {
        "id": 1, "version": 1, "kind": ClientKind.CONTACT, "name": "Ivan Petrov", "points": (),
        "client_type": None, "source": None, "note": None, "owner": None, "department": None,
        "created_at": START, "deals": (), "can": frozenset(),
        "protect": False, "username": None, "telegram_id": None,
        "position": None, "birthday": None, "company": None, "consent": None, "leads": (),
    }  # fmt: skip
    return ContactCard(**{**usual, **given})


def test_everything_that_an_address_book_knows_goes_out() -> None:
    points = (
        Point(1, PointKind.PHONE, PHONE, PointLabel.MOBILE),
        Point(2, PointKind.PHONE, OTHER_PHONE, PointLabel.OTHER),
        Point(3, PointKind.EMAIL, "ivan@example.com", PointLabel.WORK),
    )
    contact = card_of(
        points=points, company=Ref(7, "Romashka"), position="Buyer", birthday=Birthday(5, 12, 1980),
        username="ivan_p", note="Haggles",
    )  # fmt: skip
    assert vcard(contact).split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:Ivan Petrov",
        "N:;Ivan Petrov;;;",
        "TEL;TYPE=cell:+79161234567",
        "TEL:+79031112233",
        "EMAIL;TYPE=work:ivan@example.com",
        "ORG:Romashka",
        "TITLE:Buyer",
        "BDAY:19800512",
        "URL:https://t.me/ivan_p",
        "END:VCARD",
        "",
    ]


def test_signs_of_the_standard_are_escaped() -> None:
    text = vcard(card_of(name="Petrov, Ivan; \\ Sons\nEND:VCARD\r\nTEL:+1"))
    assert "FN:Petrov\\, Ivan\\; \\\\ Sons\\nEND:VCARD\\nTEL:+1\r\n" in text
    assert text.count("\r\n") == text.count("\n")
    assert text.count("END:VCARD\r\n") == 1


def test_a_birthday_without_its_year_is_truncated() -> None:
    assert "BDAY:--0229\r\n" in vcard(card_of(birthday=Birthday(2, 29)))


def test_long_lines_are_folded_between_characters() -> None:
    name = "Ж😀" * 60
    text = vcard(card_of(name=name))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"FN:{name}" in text.replace("\r\n ", "")


async def test_a_contact_is_sent_to_the_one_who_asks(world: World) -> None:
    client = await make_client(world, phones=(PHONE, OTHER_PHONE), emails=("ivan@example.com",))
    await world.anna.press(data=f"c:{client}")
    await world.anna.press("📇 Send contact")
    sent = world.anna.screen.as_json()["contact"]
    assert (sent["phone_number"], sent["first_name"]) == (PHONE, "Ivan Petrov")
    assert "TEL:+79031112233\r\n" in sent["vcard"]


async def test_without_a_phone_it_is_sent_as_a_file(world: World) -> None:
    client = await make_client(world, emails=("ivan@example.com",))
    await world.anna.press(data=f"kv:{client}")
    assert world.anna.screen.as_json()["document"]["file_name"] == f"contact-{client}.vcf"


async def test_in_a_team_chat_it_goes_to_the_pressers_own(world: World) -> None:
    client = await make_client(world, phones=(PHONE,))
    group = world.telegram.add_group("Team", members=[world.anna.person, world.boris.person])
    card = await world.bot.send_message(group.id, "A card")
    await world.anna.press(data=f"kv:{client}", on=group.messages[card.message_id])
    assert "contact" in world.anna.screen.as_json()
    assert "916" not in world.telegram.wire(to=world.boris.person)
