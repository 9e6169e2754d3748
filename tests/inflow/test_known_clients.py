"""A client who is known: their request goes to their own manager, and is no second lead."""

from typing import Any

from sqlalchemy import select

from db.models import Contact, Deal, Lead, Note, Person, Stage
from tests.cast import actor_of
from tests.inflow.conftest import Inflow

PHONE = "+79161234567"


async def person(inflow: Inflow, name: str) -> int:
    return (await actor_of(inflow.services, name)).person_id


async def contact(inflow: Inflow, owner: str | None, **given: Any) -> int:
    owner_id = await person(inflow, owner) if owner else None
    row = Contact(
        name="Ivan", search="ivan", phone=PHONE, owner_id=owner_id, department_id=inflow.sales,
        created_at=inflow.clock.now(), **given,
    )  # fmt: skip
    async with inflow.db.write() as uow:
        uow.session.add(row)
        await uow.session.flush()
        return row.id


async def deal(inflow: Inflow, contact_id: int, owner: str | None, kind: str = "open") -> int:
    async with inflow.db.write() as uow:
        stage = (await uow.session.scalars(select(Stage).where(Stage.kind == kind).limit(1))).one()
        now = inflow.clock.now()
        row = Deal(
            title="Windows", search="windows", pipeline_id=stage.pipeline_id, stage_id=stage.id,
            stage_since=now, currency="RUB", source="site",
            owner_id=await person(inflow, owner) if owner else None,
            department_id=inflow.sales, contact_id=contact_id, created_at=now, opened_on=now.date(),
        )  # fmt: skip
        uow.session.add(row)
        await uow.session.flush()
        return row.id


async def test_of_an_open_deal_it_is_a_touch_and_its_manager_is_told(inflow: Inflow) -> None:
    number = await deal(inflow, await contact(inflow, "boris"), "boris")
    answer = await inflow.lead({"phone": PHONE, "text": "And a door", "utm": {"source": "vk"}})
    assert answer.json() | {"id": 0} == {"id": 0, "lead_id": None, "deal_id": number, "created": False}
    (note,) = await inflow.all(Note)
    assert (note.deal_id, note.text) == (number, "Shop, And a door, +79161234567, source: vk")
    assert await inflow.told("client_touched") == {await person(inflow, "boris")}
    assert await inflow.all(Lead) == []
    again = await inflow.bitrix(data={"fields[PHONE][0][VALUE]": PHONE})
    assert again.json()["result"] == number


async def test_of_a_deal_that_nobody_owns_the_head_is_told(inflow: Inflow) -> None:
    await deal(inflow, await contact(inflow, None), None)
    await inflow.lead({"phone": PHONE})
    assert await inflow.told("client_touched") == {await person(inflow, "helen")}


async def test_of_an_open_lead_it_is_a_touch(inflow: Inflow) -> None:
    first = (await inflow.lead({"phone": PHONE})).json()["lead_id"]
    anna = await actor_of(inflow.services, "anna")
    free = await inflow.lead({"phone": PHONE, "text": "Still waiting"})
    assert (free.json()["lead_id"], free.json()["created"]) == (first, False)
    assert await inflow.told("client_touched") == set()
    await inflow.services.leads.take(anna, first)
    assert (await inflow.form({"phone": PHONE, "comment": "Hello?"})).status_code == 201
    assert await inflow.told("client_touched") == {anna.person_id}
    card = await inflow.services.leads.card(anna, first)
    assert [note.text for line in card.talk for note in line.notes] == [
        "Landing, Hello?, +79161234567",
        "Shop, Still waiting, +79161234567",
    ]
    assert {line.actor for line in card.talk} == {"Shop", "Landing"}


async def test_with_nothing_open_it_is_a_lead_of_their_own_manager_at_once(inflow: Inflow) -> None:
    boris = await person(inflow, "boris")
    client = await contact(inflow, "boris")
    await deal(inflow, client, "boris", "won")
    answer = await inflow.lead({"phone": PHONE, "text": "Once more"})
    assert answer.json()["created"]
    (lead,) = await inflow.all(Lead)
    assert (lead.owner_id, lead.status, lead.contact_id) == (boris, "in_work", client)
    assert await inflow.told("lead_given") == {boris}
    assert await inflow.told("card") == set()


async def test_the_client_of_one_who_left_is_free_again(inflow: Inflow) -> None:
    client = await contact(inflow, "boris")
    async with inflow.db.write() as uow:
        (await uow.session.get_one(Person, await person(inflow, "boris"))).status = "left"
    await inflow.lead({"phone": PHONE})
    (lead,) = await inflow.all(Lead)
    assert (lead.owner_id, lead.status, lead.contact_id) == (None, "new", client)
    assert await inflow.told("card")
