"""Tags by the open API: given with a lead, told of it, and only those that the company has."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.i18n import Speech
from db.models import Event, Inquiry, Lead, LeadTag, Note, Tag
from handlers.views.events import event_line
from services.dto.fields import FieldSubject
from services.dto.inquiries import KeyScope
from tests.cast import actor_of
from tests.inflow.conftest import Inflow

PHONE = "8 916 123-45-67"


async def with_tags(inflow: Inflow, *names: str) -> int:
    """A lead by which the company has these tags."""
    lead = (await inflow.lead({"phone": "+79160000001"})).json()["lead_id"]
    for name in names:
        await inflow.services.tags.write(inflow.olga, FieldSubject.LEAD, lead, name)
    return int(lead)


async def test_a_lead_comes_with_tags_and_tells_them(inflow: Inflow) -> None:
    await with_tags(inflow, "VIP", "Кухни")
    answer = await inflow.lead({"phone": PHONE, "tags": ["#кухни", "vip", "VIP"]})
    assert answer.status_code == 201, answer.text
    number = answer.json()["lead_id"]
    anna = await actor_of(inflow.services, "anna")
    assert (await inflow.services.leads.card(anna, number)).tags == ("VIP", "Кухни")
    async with inflow.db.read() as uow:
        assert (
            len((await uow.session.scalars(select(LeadTag.tag_id).where(LeadTag.lead_id == number))).all())
            == 2
        )
    made = next(
        one for one in await inflow.all(Event) if one.subject_id == number and one.action == "lead.create"
    )
    assert made.changes["tags"] == [None, ["VIP", "Кухни"]]
    speech = Speech("en", ZoneInfo("UTC"), inflow.clock)
    (line,) = (await inflow.services.histories.of_lead(anna, number)).page.items
    assert "tags: VIP, Кухни" in event_line(line, "RUB", speech)
    headers = {"Authorization": f"Bearer {inflow.key.secret}"}
    told = await inflow.client.get(f"/api/v1/leads/{number}", headers=headers)
    assert told.json()["tags"] == ["VIP", "Кухни"]
    plain = (await inflow.lead({"phone": "+79160000003"})).json()["lead_id"]
    assert (await inflow.client.get(f"/api/v1/leads/{plain}", headers=headers)).json()["tags"] == []


@pytest.mark.parametrize(
    ("tags", "message"),
    [
        (["VIP", "Moon"], "There is no tag “Moon”; tags are made in the chat."),
        (["VIP, Moon"], "A tag has no commas and no semicolons: give several as a list."),
        (["x" * 25], "A tag may have 24 characters at most."),
        ([" # "], "A tag says nothing."),
        ([f"T{n}" for n in range(11)], "A lead may have 10 tags at most."),
    ],
)
async def test_what_cannot_be_a_tag_is_refused_and_nothing_is_kept(
    inflow: Inflow, tags: list[str], message: str
) -> None:
    await with_tags(inflow, "VIP")
    before = await inflow.rows()
    answer = await inflow.lead({"phone": PHONE, "tags": tags})
    assert (answer.status_code, answer.json()["code"]) == (422, "tags.wrong")
    assert answer.json()["errors"] == [{"field": "tags", "message": message}]
    assert await inflow.rows() == before
    assert [tag.name for tag in await inflow.all(Tag)] == ["VIP"]


async def test_a_known_client_keeps_their_tags_and_the_note_tells_of_new_ones(inflow: Inflow) -> None:
    await with_tags(inflow, "VIP")
    first = (await inflow.lead({"phone": PHONE})).json()["lead_id"]
    again = await inflow.lead({"phone": PHONE, "text": "Me again", "tags": ["VIP"]})
    assert again.json() == {
        "id": (await inflow.all(Inquiry))[-1].id,
        "lead_id": first,
        "deal_id": None,
        "created": False,
    }
    (lead,) = [one for one in await inflow.all(Lead) if one.id == first]
    assert lead.tags == []
    assert "tags: VIP" in (await inflow.all(Note))[-1].text


async def test_tags_are_set_and_told_by_the_scopes_of_leads(inflow: Inflow) -> None:
    lead = await with_tags(inflow, "VIP")
    reader = await inflow.services.api_keys.make(inflow.olga, "BI", [KeyScope.LEADS_READ], inflow.sales)
    writer = await inflow.services.api_keys.make(inflow.olga, "Site", [KeyScope.LEADS_WRITE], inflow.sales)
    assert (await inflow.lead({"phone": PHONE, "tags": ["VIP"]}, reader.secret)).status_code == 403
    headers = {"Authorization": f"Bearer {writer.secret}"}
    assert (await inflow.client.get(f"/api/v1/leads/{lead}", headers=headers)).status_code == 403


async def test_the_documentation_tells_of_tags(inflow: Inflow) -> None:
    told = (await inflow.client.get("/openapi.json")).json()
    body = told["paths"]["/api/v1/leads"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["tags"]["anyOf"][0]["items"]["type"] == "string"
    answer = told["components"]["schemas"]["LeadStatusAnswer"]["properties"]
    assert answer["tags"]["items"] == {"type": "string"}
