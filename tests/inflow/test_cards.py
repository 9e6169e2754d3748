"""Clients, and the fields of leads, clients and deals, by the open API: read, changed, and refused."""

from typing import Any
from zoneinfo import ZoneInfo

import httpx

from bot.i18n import Speech
from db.models import Event
from handlers.views.histories import history
from services.dto.clients import ClientKind, ContactCard
from services.dto.fields import FieldKind, FieldSubject, Invoice
from services.dto.inquiries import KeyScope
from services.dto.talk import FileKind, SentFile
from tests.cast import actor_of
from tests.fields.making import make_field, some_contact, some_deal, some_lead
from tests.inflow.conftest import Inflow

PATHS = {
    FieldSubject.CONTACT: "/api/v1/contacts/{}",
    FieldSubject.FIRM: "/api/v1/companies/{}",
    FieldSubject.LEAD: "/api/v1/leads/{}/fields",
    FieldSubject.DEAL: "/api/v1/deals/{}/fields",
}


async def get(inflow: Inflow, path: str, key: str | None = None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key or inflow.key.secret}"}
    return await inflow.client.get(path, headers=headers)


async def patch(inflow: Inflow, path: str, body: Any, key: str | None = None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key or inflow.key.secret}"}
    return await inflow.client.patch(path, json=body, headers=headers)


async def told(inflow: Inflow) -> Event:
    """The newest event."""
    events: list[Event] = await inflow.all(Event)
    return events[-1]


async def test_a_contact_is_changed_at_once_and_reads_as_it_was_given(inflow: Inflow) -> None:
    anna, contact = await actor_of(inflow.services, "anna"), FieldSubject.CONTACT
    for kind, name, options in (
        (FieldKind.TEXT, "Colour", ""), (FieldKind.NUMBER, "Floor", ""), (FieldKind.MONEY, "Budget", ""),
        (FieldKind.DATE, "Since", ""), (FieldKind.CHOICE, "Size", "S\nL"),
        (FieldKind.CHOICES, "Material", "Wood, oak\nSteel"), (FieldKind.FLAG, "VIP", ""),
        (FieldKind.PHONE, "Guard", ""), (FieldKind.LINK, "Page", ""), (FieldKind.INVOICE, "Bill", ""),
        (FieldKind.FILE, "Plan", ""),
    ):  # fmt: skip
        await make_field(inflow.services, inflow.olga, kind, name, options, contact)
    path = PATHS[contact].format(await some_contact(inflow.db, inflow.clock, anna))
    fields = {
        "colour": "Red", "floor": 2.5, "budget": "1500.50 USD", "since": "2026-11-22", "size": "L",
        "material": ["Wood, oak", "Steel"], "vip": True, "guard": "+79161234567", "page": "https://example.com",
        "bill": "17; 150.00 RUB; 2026-11-22",
    }  # fmt: skip
    answer = await patch(inflow, path, {"position": "Director", "birthday": "1980-05-12", "fields": fields})
    assert answer.status_code == 200, answer.text
    whole = answer.json()
    assert whole["fields"] == {**fields, "plan": None}
    assert (whole["name"], whole["position"], whole["birthday"]) == ("Ivan", "Director", "1980-05-12")
    assert (whole["version"], whole["phones"], whole["company_id"]) == (2, [], None)
    assert (await get(inflow, path)).json() == whole
    event = await told(inflow)
    assert (event.action, event.door, event.changes["by"]) == ("client.edit", "http", [None, "Shop"])
    assert len(event.changes["fields"][1]) == len(fields)
    assert (await patch(inflow, path, whole | {"fields": fields})).status_code == 422  # numbers are not taken
    same = await patch(inflow, path, {"position": "Director", "fields": fields})
    assert same.json()["version"] == 2
    emptied = await patch(inflow, path, {"birthday": None, "fields": dict.fromkeys(fields)})
    assert set(emptied.json()["fields"].values()) == {None}
    assert emptied.json()["birthday"] is None
    card = await inflow.services.clients.card(anna, ClientKind.CONTACT, whole["id"])
    assert card.version == 3


async def test_all_that_is_wrong_is_told_and_nothing_is_changed(inflow: Inflow) -> None:
    anna, firm = await actor_of(inflow.services, "anna"), FieldSubject.FIRM
    given = await inflow.services.client_making.understand(anna, ClientKind.FIRM, "Horns and Hooves")
    path = PATHS[firm].format((await inflow.services.client_making.create(anna, given)).id)
    await make_field(inflow.services, inflow.olga, FieldKind.NUMBER, "Floor", subject=firm)
    before = await inflow.rows()
    body = {
        "name": None,
        "inn": "123",
        "source": "moon",
        "address": "A",
        "fields": {"floor": "two", "roof": 1},
    }
    answer = await patch(inflow, path, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "body.wrong")
    assert [one["field"] for one in answer.json()["errors"]] == [
        "name", "inn", "source", "fields.floor", "fields.roof",
    ]  # fmt: skip
    wrong = await patch(inflow, path, {"inn": "500100732259", "kpp": "770101001"})
    assert [one["field"] for one in wrong.json()["errors"]] == ["kpp"]
    for nothing in ({"position": "Director"}, {"fields": {"floor": {}}}, [], {"version": "x"}):
        assert (await patch(inflow, path, nothing)).json()["code"] == "body.wrong"
    assert (await patch(inflow, path, {"version": 9, "name": "Horns"})).json()["code"] == "stale"
    assert await inflow.rows() == before
    assert (await patch(inflow, path, {"version": 1, "name": "Horns"})).json()["name"] == "Horns"
    found = await inflow.services.search.find(anna, "horns")
    assert "Horns" in str(found)


async def test_leads_and_deals_are_filled_while_they_are_open(inflow: Inflow) -> None:
    anna = await actor_of(inflow.services, "anna")
    lead = await some_lead(inflow.db, inflow.clock, anna)
    deal = await some_deal(inflow.db, inflow.clock, anna)
    lost = await some_deal(inflow.db, inflow.clock, anna, "Lost", "Doors")
    for subject, number in ((FieldSubject.LEAD, lead), (FieldSubject.DEAL, deal)):
        await make_field(inflow.services, inflow.olga, FieldKind.NUMBER, "Floor", subject=subject)
        path = PATHS[subject].format(number)
        filled = await patch(inflow, path, {"fields": {"Floor": 3}})
        assert (filled.status_code, filled.json()["fields"]) == (200, {"floor": 3}), filled.text
        event = await told(inflow)
        assert event.changes["value"] == [None, "3"]
    async with inflow.db.write() as uow:
        row = await uow.deals.get(lost)
        assert row is not None
        row[0].closed_on = inflow.clock.now().date()
    closed = await patch(inflow, PATHS[FieldSubject.DEAL].format(lost), {"fields": {"floor": 1}})
    assert (closed.status_code, closed.json()["code"]) == (409, "card.closed")


async def test_only_a_key_for_cards_reads_them_and_only_one_for_changes_changes_them(inflow: Inflow) -> None:
    keys = {
        scope: (await inflow.services.api_keys.make(inflow.olga, "BI", [scope], inflow.sales)).secret
        for scope in KeyScope
    }
    for subject, address in PATHS.items():
        for number in (987_654, 0, 10**30):
            path = address.format(number)
            for answer in (
                await get(inflow, path, keys[KeyScope.CARDS_READ]),
                await patch(inflow, path, {"fields": {}}, keys[KeyScope.CARDS_WRITE]),
            ):
                assert (answer.status_code, answer.json()["code"]) == (404, f"{subject}.not_found")
        for scope in (KeyScope.LEADS_READ, KeyScope.LEADS_WRITE):
            assert (await get(inflow, address.format(987_654), keys[scope])).status_code == 403
        assert (await get(inflow, address.format(1), "sdk_wrong")).status_code == 401


async def test_what_a_program_fills_again_and_again_stays_readable(inflow: Inflow) -> None:
    contact = await some_contact(inflow.db, inflow.clock, await actor_of(inflow.services, "anna"))
    path, names = PATHS[FieldSubject.CONTACT].format(contact), [f"Field number {n:02}" for n in range(14)]
    for name in names:
        await make_field(inflow.services, inflow.olga, FieldKind.TEXT, name, subject=FieldSubject.CONTACT)
    for time in range(9):
        fields = dict.fromkeys(names, f"{time} " + "word " * 12)
        assert (await patch(inflow, path, {"fields": fields})).status_code == 200
    shown = await inflow.services.histories.of_client(inflow.olga, ClientKind.CONTACT, contact)
    text = history(shown, Speech("en", ZoneInfo("UTC"), inflow.clock)).text
    assert len(text) < 4096
    assert "and 2 more" in text
    assert shown.page.next_after is not None


async def test_no_number_fills_the_memory_and_no_field_is_given_twice(inflow: Inflow) -> None:
    contact = await some_contact(inflow.db, inflow.clock, await actor_of(inflow.services, "anna"))
    await make_field(
        inflow.services, inflow.olga, FieldKind.NUMBER, "Floor area", subject=FieldSubject.CONTACT
    )
    path = PATHS[FieldSubject.CONTACT].format(contact)
    for vast in ("1e99999999", '"' + " " * 1001 + '1e99999999"'):
        headers = {"Authorization": f"Bearer {inflow.key.secret}"}
        body = '{"fields": {"floor_area": ' + vast + "}}"
        answer = await inflow.client.patch(path, content=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "body.wrong")
    twice = await patch(inflow, path, {"fields": {"floor_area": 1, "Floor area": 2}})
    assert [one["field"] for one in twice.json()["errors"]] == ["fields.Floor area"]


async def test_a_bill_keeps_its_file_when_it_is_given_as_it_was_read(inflow: Inflow) -> None:
    anna, contact = await actor_of(inflow.services, "anna"), FieldSubject.CONTACT
    bill = await make_field(inflow.services, inflow.olga, FieldKind.INVOICE, "Bill", subject=contact)
    number = await some_contact(inflow.db, inflow.clock, anna)
    scan = SentFile(FileKind.DOCUMENT, "file", "unique", "bill.pdf")
    await inflow.services.filling.write(anna, contact, number, bill.id, "17; 2000", scan)
    path = PATHS[contact].format(number)
    read = (await get(inflow, path)).json()
    same = (await patch(inflow, path, {"fields": read["fields"]})).json()
    assert same["version"] == read["version"]
    await patch(inflow, path, {"fields": {"bill": "18; 2000"}})
    card = await inflow.services.clients.card(anna, ClientKind.CONTACT, number)
    assert isinstance(card, ContactCard)
    value = card.fields[0].value
    assert isinstance(value, Invoice)
    assert (value.number, value.file) == ("18", scan)


async def test_phones_and_addresses_are_what_the_list_says(inflow: Inflow) -> None:
    anna = await actor_of(inflow.services, "anna")
    contact = await some_contact(inflow.db, inflow.clock, anna)
    path = PATHS[FieldSubject.CONTACT].format(contact)
    both = ["8 916 123-45-67", "+7 (916) 765-43-21", "+79161234567"]
    given = await patch(
        inflow, path, {"phones": both, "emails": ["Ivan@Example.com"], "position": "Director"}
    )
    assert given.status_code == 200, given.text
    assert (given.json()["phones"], given.json()["version"]) == (["+79161234567", "+79167654321"], 2)
    [address] = given.json()["emails"]
    assert (await told(inflow)).changes["phone"] == [None, "+79161234567, +79167654321"]
    left = await patch(inflow, path, {"phones": ["+79167654321", "+79160000001"]})
    assert (left.json()["phones"], left.json()["emails"]) == (["+79167654321", "+79160000001"], [address])
    assert (await told(inflow)).changes["phone"] == ["+79161234567", "+79160000001"]
    same = await patch(inflow, path, {"phones": ["+79160000001", "89167654321"], "emails": [address]})
    assert same.json()["version"] == left.json()["version"]
    for digits, found in (("9160000001", [contact]), ("9161234567", [])):
        assert [one.id for one in (await inflow.services.search.find(anna, digits)).contacts.items] == found
    wrong = await patch(inflow, path, {"phones": ["12"], "emails": ["x"], "inn": None})
    assert wrong.json()["code"] == "body.wrong"
    wrong = await patch(inflow, path, {"phones": ["12"], "emails": ["x"], "birthday": "never"})
    assert [one["field"] for one in wrong.json()["errors"]] == ["birthday", "phones", "emails"]
    many = await patch(inflow, path, {"phones": [f"+791600001{n:02}" for n in range(20)]})
    assert [one["field"] for one in many.json()["errors"]] == ["phones"]
    assert (await get(inflow, path)).json() == same.json()
    none = await patch(inflow, path, {"phones": None, "emails": []})
    assert (none.json()["phones"], none.json()["emails"]) == ([], [])
    shown = await inflow.services.histories.of_client(inflow.olga, ClientKind.CONTACT, contact)
    text = history(shown, Speech("en", ZoneInfo("UTC"), inflow.clock)).text
    assert "+7 916 765-43-21, +7 916 000-00-01 → —" in text
    firm = await inflow.services.client_making.understand(anna, ClientKind.FIRM, "Horns and Hooves")
    path = PATHS[FieldSubject.FIRM].format((await inflow.services.client_making.create(anna, firm)).id)
    assert (await patch(inflow, path, {"phones": both[:1]})).json()["phones"] == ["+79161234567"]
    deal = PATHS[FieldSubject.DEAL].format(await some_deal(inflow.db, inflow.clock, anna))
    assert (await patch(inflow, deal, {"phones": []})).json()["code"] == "body.wrong"
