"""The forms of sites, Tilda and Bitrix24 over a real server: understood, kept once, and never half."""

import asyncio
import json

import pytest

from db.models import Inquiry, Lead
from tests.inflow.conftest import Inflow
from tests.inflow.test_api import is_problem

IVAN = {"name": "Ivan", "phone": "8 916 123-45-67", "comment": "Two windows", "utm_source": "vk"}
TILDA = {
    "Name": "Иван Петров",
    "Phone": "+7 (916) 123-45-67",
    "Email": "ivan@example.com",
    "Textarea": "Хочу окна",
    "Checkbox": "yes",
    "Rooms": "3",
    "tranid": "467251:8442970",
    "formid": "form789",
    "formname": "Обратный звонок",
    "COOKIES": "_ga=GA1; TILDAUTM=utm_source%3Dvk%7C%7C%7Cutm_medium%3Dsocial%7C%7C%7Cutm_campaign%3Dautumn",
    "payment[orderid]": "1234",
    "payment[amount]": "49990",
    "payment[products][0][name]": "Окно",
    "payment[products][0][quantity]": "2",
}


async def test_a_form_in_any_encoding_is_a_lead(inflow: Inflow) -> None:
    url = f"/in/form/{inflow.source.token}"
    old_site = b"%C8%EC%FF=%C8%E2%E0%ED&%D2%E5%EB%E5%F4%EE%ED=89161230004"
    answers = [
        await inflow.form(
            {"name": "One", "phone": "89161230001", "utm_source": "vk"},
            headers={"Referer": "https://okna.example/"},
        ),
        await inflow.client.post(
            url, data={"Ваше имя": "Two", "Телефон": "89161230002"}, files={"plan": ("plan.pdf", b"%PDF")}
        ),
        await inflow.client.post(url, json={"fio": "Three", "contact": {"tel": 1}, "phone": 79161230003}),
        await inflow.client.post(
            url, content=old_site, headers={"Content-Type": "application/x-www-form-urlencoded"}
        ),
        await inflow.client.post(url, content=json.dumps({"email": "Five@Example.com"})),
    ]
    assert [answer.status_code for answer in answers] == [201] * 5, [answer.text for answer in answers]
    assert {answer.text for answer in answers} == {'{"ok":true}'}
    found = [(lead.name, lead.phone or lead.email, lead.source) for lead in await inflow.all(Lead)]
    assert found == [
        ("One", "+79161230001", "Landing"),
        ("Two", "+79161230002", "Landing"),
        ("Three", "+79161230003", "Landing"),
        ("Иван", "+79161230004", "Landing"),
        (None, "five@example.com", "Landing"),
    ]
    first = (await inflow.all(Inquiry))[0]
    assert (first.utm, first.page_url) == ({"source": "vk"}, "https://okna.example/")


async def test_nothing_that_was_said_is_lost_but_secrets(inflow: Inflow) -> None:
    await inflow.form({**IVAN, "Colour": "white", "password": "hunter2", "budget": "около ста"})
    (lead,) = await inflow.all(Lead)
    (inquiry,) = await inflow.all(Inquiry)
    assert lead.comment == "Two windows\nColour: white\nоколо ста"
    assert "hunter2" not in str(inquiry.received)
    assert inquiry.received["Colour"] == "white"
    assert (await inflow.form({"name": "Olga", "phone": "доб. 123, 44-55-66"})).status_code == 201


async def test_an_impatient_finger_sends_one_request(inflow: Inflow) -> None:
    answers = await asyncio.gather(*(inflow.form(IVAN) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert (await inflow.rows())[:3] == (1, 1, 0)


async def test_a_robot_is_thanked_and_forgotten(inflow: Inflow) -> None:
    before = await inflow.rows()
    answer = await inflow.form({**IVAN, "_gotcha": "https://spam.example"})
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert await inflow.rows() == before


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"name=Ivan&comment=hello", 422, "inquiry.unreachable"),
        (b"", 422, "inquiry.unreachable"),
        (b"name=%FF%98", 400, "body.unreadable"),
        (b"{", 400, "body.unreadable"),
        (b'{"a":' * 50 + b"1" + b"}" * 50, 400, "body.unreadable"),
        (b"&".join(b"a%d=1" % n for n in range(500)), 400, "body.unreadable"),
        (b"phone=89161234567&text=" + b"x" * 300_000, 413, "body.too_large"),
    ],
)
async def test_bad_forms_get_a_clear_status_and_leave_nothing(
    inflow: Inflow, body: bytes, status: int, code: str
) -> None:
    before = await inflow.rows()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await inflow.client.post(f"/in/form/{inflow.source.token}", content=body, headers=headers)
    assert is_problem(answer, status, code)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert await inflow.rows() == before


async def test_a_broken_multipart_is_refused(inflow: Inflow) -> None:
    before = await inflow.rows()
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", 'multipart/form-data; boundary="'):
        url = f"/in/form/{inflow.source.token}"
        answer = await inflow.client.post(url, content=b"--x\r\nnothing", headers={"Content-Type": kind})
        assert is_problem(answer, 400, "body.unreadable")
    assert await inflow.rows() == before


async def test_an_unknown_and_a_closed_source_are_the_same(inflow: Inflow) -> None:
    paths = ("/in/form/{}", "/in/tilda/{}")
    unknown = [await inflow.client.post(one.format("x" * 22), data=IVAN) for one in paths]
    strange = await inflow.client.post("/in/form/%00%FF", data=IVAN)
    await inflow.services.sources.close(inflow.olga, inflow.source.id)
    closed = [await inflow.client.post(one.format(inflow.source.token), data=IVAN) for one in paths]
    assert {answer.text for answer in (*unknown, strange, *closed)} == {unknown[0].text}
    assert is_problem(closed[0], 404, "source.not_found")
    assert (await inflow.client.options(f"/in/form/{inflow.source.token}")).status_code == 404
    assert (await inflow.rows())[:2] == (0, 0)


async def test_only_allowed_sites_may_send_and_be_sent_back_to(inflow: Inflow) -> None:
    asked = await inflow.client.options(f"/in/form/{inflow.source.token}")
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, "*")
    anywhere = {**IVAN, "_redirect": "https://evil.example/"}
    assert (await inflow.form(anywhere, headers={"Origin": "https://evil.example"})).status_code == 201

    await inflow.services.sources.let_send(
        inflow.olga, inflow.source.id, "okna.example, http://a.example:81/x"
    )
    allowed = {"Origin": "https://okna.example"}
    answer = await inflow.form({**IVAN, "_redirect": "https://okna.example/thanks?a=1"}, headers=allowed)
    assert (answer.status_code, answer.headers["location"]) == (303, "https://okna.example/thanks?a=1")
    assert answer.headers["access-control-allow-origin"] == "https://okna.example"
    assert "access-control-allow-credentials" not in answer.headers
    before = await inflow.rows()
    for number, address in enumerate(
        ("https://evil.example/", "//evil.example", "https://okna.example@evil.example/", "https://okna.example\\@x",
         "javascript:alert(1)", "https://okna.example.evil.example/", "https://[", "/thanks")
    ):  # fmt: skip
        kept = await inflow.form({"phone": f"8916123000{number}", "_redirect": address}, headers=allowed)
        assert kept.status_code == 201, address
    refused = await inflow.form(IVAN, headers={"Origin": "https://evil.example"})
    assert is_problem(refused, 403, "origin.not_allowed")
    assert "access-control-allow-origin" not in refused.headers
    assert (await inflow.rows())[1] == before[1] + 8


async def test_one_address_is_slowed_down_and_others_are_not(inflow: Inflow) -> None:
    answers = await asyncio.gather(*(inflow.form({"name": "Ivan"}) for _ in range(80)))
    told = [answer for answer in answers if answer.status_code == 422]
    turned_away = [answer for answer in answers if answer.status_code != 422]
    assert len(told) >= 30
    assert turned_away
    for answer in turned_away:
        assert is_problem(answer, 429, "too_many")
        assert int(answer.headers["retry-after"]) > 0
    # A proxy on this machine is trusted to say who calls.
    other = await inflow.form(IVAN, headers={"X-Forwarded-For": "203.0.113.7"})
    assert other.status_code == 201


async def test_tilda_is_understood_exactly_as_it_sends(inflow: Inflow) -> None:
    ping = await inflow.tilda({"test": "test"})
    assert (ping.status_code, ping.text) == (200, "ok")
    assert (await inflow.rows())[:2] == (0, 0)
    # Whoever did not hear the answer sends it twice more.
    answers = [await inflow.tilda(TILDA) for _ in range(3)]
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, "ok")}
    (lead,) = await inflow.all(Lead)
    (inquiry,) = await inflow.all(Inquiry)
    assert (lead.name, lead.phone, lead.email) == ("Иван Петров", "+79161234567", "ivan@example.com")
    assert (lead.title, lead.amount) == ("Обратный звонок", 49_990_00)
    assert lead.comment == "Хочу окна\nRooms: 3\n• Окно 2"
    assert inquiry.utm == {"source": "vk", "medium": "social", "campaign": "autumn"}
    assert inquiry.external_id == "1234"
    assert not [name for name in inquiry.received if "cookie" in name.lower()]
    before = await inflow.rows()
    assert is_problem(await inflow.tilda({**TILDA, "Phone": "+79169999999"}), 409, "inquiry.mark_used")
    assert is_problem(await inflow.tilda({"Name": "Ivan", "tranid": "1:2"}), 422, "inquiry.unreachable")
    assert await inflow.rows() == before


async def test_bitrix24_is_answered_in_its_own_words(inflow: Inflow) -> None:
    fields = {
        "fields[TITLE]": "Окна",
        "fields[NAME]": "Иван",
        "fields[LAST_NAME]": "Петров",
        "fields[PHONE][0][VALUE]": "+79161234567",
        "fields[PHONE][0][VALUE_TYPE]": "WORK",
        "fields[OPPORTUNITY]": "150000.00",
        "fields[CURRENCY_ID]": "RUB",
        "fields[UTM_SOURCE]": "yandex",
        "fields[UF_CRM_1]": "white",
        "params[REGISTER_SONET_EVENT]": "Y",
    }
    answer = await inflow.bitrix(data=fields)
    assert answer.status_code == 200, answer.text
    (lead,) = await inflow.all(Lead)
    assert answer.json()["result"] == lead.id
    assert set(answer.json()["time"]) >= {"start", "finish", "duration", "date_start"}
    assert (lead.title, lead.name, lead.phone) == ("Окна", "Иван Петров", "+79161234567")
    assert (lead.amount, lead.currency, lead.comment) == (150_000_00, "RUB", "UF_CRM_1: white")

    phones = [{"VALUE": "+79161230002", "VALUE_TYPE": "WORK"}]
    second = await inflow.bitrix("crm.lead.add", json={"fields": {"TITLE": "Doors", "PHONE": phones}})
    assert second.json()["result"] == lead.id + 1
    before = await inflow.rows()
    refused = [
        (await inflow.bitrix("crm.deal.add", data=fields), 404, "ERROR_METHOD_NOT_FOUND"),
        (await inflow.client.post("/rest/1/none/crm.lead.add.json", data=fields), 404, "NO_AUTH_FOUND"),
        (await inflow.bitrix(json={"fields": {"TITLE": "Nobody"}}), 422, "ERROR_CORE"),
        (await inflow.bitrix(content=b"{"), 400, "ERROR_ARGUMENT"),
        (await inflow.bitrix(content=b"x" * 300_000), 413, "ERROR_ARGUMENT"),
    ]
    for told, status, code in refused:
        assert (told.status_code, told.json()["error"]) == (status, code)
        assert told.json()["error_description"]
    assert await inflow.rows() == before
