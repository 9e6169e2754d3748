"""The open API over a real server: what is kept, who may, what is answered twice, and what is turned away."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ApiKey, Event, Inquiry, Lead, Outbox
from services.dto.inquiries import KeyScope
from tests.cast import actor_of
from tests.inflow.conftest import Inflow

IVAN = {
    "name": "Ivan Petrov",
    "phone": "8 916 123-45-67",
    "email": "Ivan@Example.com",
    "title": "Windows",
    "text": "Two of them",
    "utm": {"source": "yandex", "medium": "cpc", "campaign": "autumn"},
    "external_id": "A-17",
    "page_url": "https://example.org/windows",
    "budget": 150000.5,
    "currency": "RUB",
}


def is_problem(answer: httpx.Response, status: int, code: str) -> bool:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["code"]) == (status, code)
    assert told["title"].endswith(".")
    return True


async def test_a_lead_is_kept_whole_and_its_department_is_told(inflow: Inflow) -> None:
    answer = await inflow.lead(IVAN)
    assert answer.status_code == 201, answer.text
    (lead,) = await inflow.all(Lead)
    (inquiry,) = await inflow.all(Inquiry)
    assert answer.json() == {"id": inquiry.id, "lead_id": lead.id, "deal_id": None, "created": True}
    assert (lead.name, lead.phone, lead.email) == ("Ivan Petrov", "+79161234567", "ivan@example.com")
    assert (lead.title, lead.comment, lead.source) == ("Windows", "Two of them", "Shop")
    assert (lead.amount, lead.currency) == (150_000_50, "RUB")
    assert (lead.status, lead.owner_id, lead.department_id) == ("new", None, inflow.sales)
    assert inquiry.utm == {"source": "yandex", "medium": "cpc", "campaign": "autumn"}
    assert (inquiry.external_id, inquiry.page_url) == ("A-17", "https://example.org/windows")
    takers = {(await actor_of(inflow.services, name)).person_id for name in ("helen", "anna", "boris")}
    assert await inflow.told("card") == takers
    made = (await inflow.all(Event))[-1]
    assert (made.door, made.actor_id, made.action) == ("http", None, "lead.create")
    assert made.changes["by"] == [None, "Shop"]
    assert made.changes["utm"] == [None, inquiry.utm]
    card = await inflow.services.leads.card(await actor_of(inflow.services, "anna"), lead.id)
    assert card.trace is not None
    assert card.trace.utm == ("yandex", "cpc", "autumn")


async def test_a_department_is_named_by_its_name_or_number(inflow: Inflow) -> None:
    for department in ("service", "Service"):
        answer = await inflow.lead({"phone": "+79161230001", "department": department})
        assert answer.status_code == 201
    (lead,) = await inflow.all(Lead)
    assert lead.department_id != inflow.sales
    before = await inflow.rows()
    assert is_problem(
        await inflow.lead({"phone": "+79161230002", "department": "Moon"}), 422, "department.not_found"
    )
    assert await inflow.rows() == before


async def test_twenty_at_once_with_one_key_are_one_lead(inflow: Inflow) -> None:
    answers = await asyncio.gather(*(inflow.lead(IVAN, Idempotency_Key="order 17") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert (await inflow.rows())[:2] == (1, 1)


async def test_twenty_at_once_from_one_phone_are_one_lead(inflow: Inflow) -> None:
    answers = await asyncio.gather(
        *(inflow.lead({"phone": IVAN["phone"], "text": f"{n}"}) for n in range(20))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert sum(answer.json()["created"] for answer in answers) == 1
    inquiries, leads, notes, *_ = await inflow.rows()
    assert (inquiries, leads, notes) == (20, 1, 19)


async def test_another_body_with_a_used_key_is_refused(inflow: Inflow) -> None:
    assert (await inflow.lead(IVAN, Idempotency_Key="17")).status_code == 201
    before = await inflow.rows()
    assert is_problem(
        await inflow.lead({**IVAN, "text": "Three"}, Idempotency_Key="17"), 409, "inquiry.mark_used"
    )
    assert is_problem(await inflow.lead(IVAN, Idempotency_Key="x" * 201), 400, "key.mark_too_long")
    assert await inflow.rows() == before


async def test_a_refused_request_does_not_use_its_key_up(inflow: Inflow) -> None:
    assert is_problem(await inflow.lead({"name": "Ivan"}, Idempotency_Key="17"), 422, "inquiry.unreachable")
    assert (await inflow.lead(IVAN, Idempotency_Key="17")).status_code == 201


async def test_only_a_valid_key_with_the_scope_opens(inflow: Inflow) -> None:
    before = await inflow.rows()
    for headers in ({}, {"Authorization": "Basic x"}, {"Authorization": "Bearer"}):
        answer = await inflow.client.post("/api/v1/leads", json=IVAN, headers=headers)
        assert is_problem(answer, 401, "key.missing")
        assert answer.headers["www-authenticate"] == "Bearer"
    for key in ("sdk_wrong", inflow.key.secret + "x", inflow.key.card.hint, "x" * 500, inflow.source.token):
        assert is_problem(await inflow.lead(IVAN, key), 401, "key.wrong")
    reader = await inflow.services.api_keys.make(inflow.olga, "BI", [KeyScope.LEADS_READ], inflow.sales)
    assert is_problem(await inflow.lead(IVAN, reader.secret), 403, "not_allowed")
    await inflow.services.api_keys.revoke(inflow.olga, inflow.key.card.id)
    assert is_problem(await inflow.lead(IVAN), 401, "key.wrong")
    assert (await inflow.rows())[:3] == before[:3]
    assert not [row for row in await inflow.all(ApiKey) if inflow.key.secret in str(vars(row))]


async def test_what_became_of_a_lead_is_told_to_readers_alone(inflow: Inflow) -> None:
    number = (await inflow.lead(IVAN)).json()["lead_id"]
    headers = {"Authorization": f"Bearer {inflow.key.secret}"}
    told = await inflow.client.get(f"/api/v1/leads/{number}", headers=headers)
    assert (told.status_code, told.json()["status"], told.json()["deal_id"]) == (200, "new", None)
    assert "phone" not in told.json()
    for absent in (987_654, 0, 10**30):
        answer = await inflow.client.get(f"/api/v1/leads/{absent}", headers=headers)
        assert is_problem(answer, 404, "lead.not_found")
    writer = await inflow.services.api_keys.make(inflow.olga, "Site", [KeyScope.LEADS_WRITE], inflow.sales)
    answer = await inflow.client.get(
        f"/api/v1/leads/{number}", headers={"Authorization": f"Bearer {writer.secret}"}
    )
    assert is_problem(answer, 403, "not_allowed")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "body.unreadable"),
        (b"{", 400, "body.unreadable"),
        (b"\xff\xfe", 400, "body.unreadable"),
        (b"[" * 30_000, 400, "body.unreadable"),
        (b"[]", 422, "body.wrong"),
        (b'{"phone": 5}', 422, "body.wrong"),
        (b'{"phone": "+79161234567", "budget": -1}', 422, "body.wrong"),
        (b'{"phone": "+79161234567", "budget": "NaN"}', 422, "body.wrong"),
        (b'{"phone": "+79161234567", "currency": "roubles"}', 422, "body.wrong"),
        (b'{"telephone": "+79161234567"}', 422, "body.wrong"),
        (b"{}", 422, "inquiry.unreachable"),
        (b'{"name": "Ivan", "text": "call me"}', 422, "inquiry.unreachable"),
        (b'{"phone": "123", "email": "ivan"}', 422, "inquiry.unreachable"),
        (b'{"text": "' + b"x" * 300_000 + b'"}', 413, "body.too_large"),
    ],
)
async def test_bad_input_gets_a_clear_status_and_leaves_nothing(
    inflow: Inflow, body: bytes, status: int, code: str
) -> None:
    before = await inflow.rows()
    answer = await inflow.lead(body)
    assert is_problem(answer, status, code)
    unread = code == "inquiry.unreachable" and b"phone" in body
    assert (code == "body.wrong" or unread) == ("errors" in answer.json())
    assert not unread or answer.json()["errors"] == [
        {"field": "phone", "message": "This cannot be read as a phone number."},
        {"field": "email", "message": "This cannot be read as an e-mail address."},
    ]
    assert await inflow.rows() == before


async def test_a_body_of_unknown_length_is_measured_too(inflow: Inflow) -> None:
    async def endless() -> Any:
        for _ in range(300):
            yield b" " * 1024

    headers = {"Authorization": f"Bearer {inflow.key.secret}"}
    answer = await inflow.client.post("/api/v1/leads", content=endless(), headers=headers)
    assert is_problem(answer, 413, "body.too_large")


async def test_what_could_not_be_kept_is_said_to_be_lost(
    inflow: Inflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await inflow.lead(IVAN)).status_code == 201  # by now it is noted that the key is in use
    before = await inflow.rows()

    def broken(*_args: object) -> Any:
        raise OperationalError("COMMIT", {}, Exception("no space left"))

    for owner, name in ((inflow.db, "write"), (AsyncSession, "commit")):
        monkeypatch.setattr(owner, name, broken)
        assert is_problem(await inflow.lead({"phone": "+79161230009"}), 503, "not_kept")
        monkeypatch.undo()
    assert await inflow.rows() == before


async def test_nasty_words_are_kept_without_harm(inflow: Inflow) -> None:
    nasty = "\u0000<b>&'\";--\u202e😀" * 5
    words = dict.fromkeys(("name", "title", "text", "external_id", "page_url"), nasty)
    body = {"phone": "+79161234567", **words, "utm": {"source": nasty}, "source": nasty[:32]}
    assert (await inflow.lead(body, Idempotency_Key="'; --")).status_code == 201
    (lead,) = await inflow.all(Lead)
    assert "\u0000" not in lead.name + lead.comment + lead.source
    assert is_problem(await inflow.lead(b'{"phone": "\\ud800"}'), 400, "body.unreadable")


async def test_when_a_key_was_used_is_noted(inflow: Inflow) -> None:
    assert (await inflow.services.api_keys.card(inflow.olga, inflow.key.card.id)).used_at is None
    await inflow.lead(IVAN)
    card = await inflow.services.api_keys.card(inflow.olga, inflow.key.card.id)
    assert (card.used_at, card.count) == (inflow.clock.now(), 1)


async def test_the_documentation_is_served_without_the_internet(inflow: Inflow) -> None:
    page = await inflow.client.get("/docs")
    assert page.status_code == 200
    assert "http://" not in page.text
    assert "https://" not in page.text
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert f"/docs/assets/{asset}" in page.text
        assert (await inflow.client.get(f"/docs/assets/{asset}")).status_code == 200
    paths = (await inflow.client.get("/openapi.json")).json()["paths"]
    assert set(paths) == {
        "/api/v1/leads",
        "/api/v1/leads/{lead_id}",
        "/api/v1/contacts/{card_id}",
        "/api/v1/companies/{card_id}",
        "/api/v1/leads/{card_id}/fields",
        "/api/v1/deals/{card_id}/fields",
        "/in/form/{token}",
        "/in/tilda/{token}",
        "/rest/{user}/{token}/{method}",
    }
    assert "Outbox" not in str(paths)
    assert len(await inflow.all(Outbox)) == 0


async def test_a_wrong_method_or_address_is_answered_as_any_other_refusal(inflow: Inflow) -> None:
    wrong = await inflow.client.delete("/api/v1/leads")
    assert is_problem(wrong, 405, "method.not_allowed")
    assert wrong.headers["allow"] == "POST"
    for address in ("/api/v1/deals", "/api/v2/leads", "/nothing"):
        assert is_problem(await inflow.client.get(address), 404, "address.not_found")
