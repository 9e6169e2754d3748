"""Erasing a client: nothing of them is left in any table, books and seals hold, and nobody else may."""

import asyncio
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from db.guards import unguarded
from db.models import (
    Contact,
    Deal,
    Event,
    Form,
    ImportBatch,
    ImportRow,
    Inbox,
    Lead,
    Merge,
    Note,
    Payment,
    Task,
)
from services import seals
from services.access import Actor
from services.dto.clients import ClientField, ClientKind
from services.dto.fields import FieldKind, FieldSubject
from services.dto.inquiries import KeyScope
from services.dto.tasks import Link
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.privacy.scrubbing import scrub
from tests.cast import actor_of, stages_by_name
from tests.clients.making import OTHER_PHONE, PHONE, make_client
from tests.clients.uniting import unite
from tests.inflow.serving import served
from tests.leads.making import contact_of, department_id
from tests.stories.digest import digest
from tests.world import World

NEEDLES = ("zivan", "zpetrov", "9161234567", "9031112233", "zlikes", "zoak", "zpage")
"""What tells of the client, however it is written."""
TRAFFIC = ("beat", "card")


async def left(world: World) -> list[str]:
    """Where anything of the client still stands, in the whole database."""
    found = []
    for table, rows in (await digest(world.db, TRAFFIC)).items():
        for row in rows:
            for name, value in row.items():
                text = json.dumps(value, default=str, ensure_ascii=False).lower()
                digits = re.sub(r"\D", "", text)
                found += [f"{table}.{name}: {one}" for one in NEEDLES if one in text or one in digits]
    return found


async def _request(world: World) -> int:
    """A lead that a site has brought."""
    olga = await actor_of(world.services, "olga")
    key = await world.services.api_keys.make(olga, "Shop", list(KeyScope), await department_id(world.db))
    body = {
        "name": "Zivan Zpetrov", "phone": PHONE, "text": "Zlikes it", "title": "Windows for Zivan",
        "page_url": "https://example.org/zpage", "utm": {"source": "zpage"}, "consent": True,
    }  # fmt: skip
    async with served(world.services) as client:
        headers = {"Authorization": f"Bearer {key.secret}"}
        answer = await client.post("/api/v1/leads", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["lead_id"])


async def a_whole_client(world: World) -> tuple[int, int, int]:
    """A client with everything that there may be of one; their deal is in work. Contact, lead and deal."""
    services = world.services
    anna, olga = await actor_of(services, "anna"), await actor_of(services, "olga")
    await services.consents.write(olga, "We keep your data.")
    lead = await _request(world)
    taken = await services.leads.take(anna, lead)
    await world.settle()
    card = await services.outcomes.qualify(anna, lead, taken.version)
    assert card.deal_id is not None
    (contact,) = (await world.rows(select(Deal.contact_id).where(Deal.id == card.deal_id)))[0]
    twin = await make_client(world, name="Zpetrov Z.", phones=(OTHER_PHONE,))
    await services.client_changes.set_field(anna, ClientKind.CONTACT, twin, ClientField.NOTE, "Zlikes oak")
    await unite(world, contact, twin)
    for field, said in ((ClientField.NOTE, "Zoak"), (ClientField.BIRTHDAY, "12.05.1980")):
        await services.client_changes.set_field(anna, ClientKind.CONTACT, contact, field, said)
    await services.calls.log(anna, ClientKind.CONTACT, contact, "reached")  # type: ignore[arg-type]
    later = world.clock.now() + timedelta(hours=1)
    await services.tasks.create(anna, "Call Zivan", later, Link("deal", card.deal_id))
    task = await services.tasks.create(anna, "Send Zoak to Zivan", later, Link("contact", contact))
    await services.items.add(anna, task.id, "Zoak")
    await services.tasks.rephrase(anna, task.id, "Send more Zoak to Zivan")
    # Of nothing, and only its former words have named the client.
    loose = await services.tasks.create(anna, "Ask 8 916 123-45-67 about Zoak", later)
    await services.tasks.rephrase(anna, loose.id, "Ask somebody else")
    deleted = await services.tasks.create(anna, "Zivan, once more", later, Link("contact", contact))
    await services.task_deleting.drop(anna, deleted.id)
    for subject, one in ((FieldSubject.CONTACT, contact), (FieldSubject.DEAL, card.deal_id)):
        field = (await services.fields.add(olga, subject, "Hobby", FieldKind.TEXT)).field
        await services.filling.write(anna, subject, one, field.id, "Zoak")
    await world.anna.press(data=f"d:{card.deal_id}", on=world.anna.screen)
    await world.anna.say("Zivan wants two", reply_to=world.anna.screen)
    card_ = world.anna.screen
    await world.anna.do("send_file", None, "zpetrov.pdf", b"%PDF", reply_to=card_, caption="Zoak")
    return contact, lead, card.deal_id


async def _elsewhere(world: World) -> None:
    """What nobody has read yet, or could."""
    now = world.clock.now()
    async with world.db.write() as uow:
        batch = ImportBatch(filename="deals.xlsx", state="done", created_at=now)
        uow.session.add(batch)
        await uow.session.flush()
        uow.session.add_all(
            [
                ImportRow(
                    import_id=batch.id, number=2, cells=["Z", "8 (916) 123-45-67"], reason="stage.unknown"
                ),
                ImportRow(import_id=batch.id, number=3, cells=["Else", "+7 900 1"], reason="stage.unknown"),
                Form(
                    bot_id=42, chat_id=7, user_id=7, state="lead.name", data={"phone": "+7 916 123-45-67"},
                    updated_at=now,
                ),
                Inbox(
                    bot_id=7, update_id=7, lane="7", raw='{"text": "Zpetrov 89161234567"}',
                    state="quarantined", received_at=now,
                ),
            ]
        )  # fmt: skip


async def _paid(world: World, deal: int) -> None:
    stages = await stages_by_name(world.db)
    async with world.db.write() as uow:
        now = world.clock.now()
        await uow.session.execute(
            insert(Payment).values(
                deal_id=deal, amount=500_00, currency="RUB", paid_on=now.date(), method="cash", created_at=now
            )
        )
        closed = {"stage_id": stages["Paid"].id, "closed_on": now.date(), "amount": 500_00}
        await uow.session.execute(update(Deal).where(Deal.id == deal).values(**closed))


async def _erase(world: World, who: Actor, contact: int) -> Any:
    shown = await world.services.erasing.preview(who, contact)
    return await world.services.erasing.erase(who, contact, shown.version)


async def test_nothing_of_a_client_is_left_anywhere_and_the_books_hold(world: World) -> None:
    contact, lead, deal = await a_whole_client(world)
    await _elsewhere(world)
    olga, helen = world.olga, await actor_of(world.services, "helen")
    assert len(await left(world)) > 20
    world.clock.turn(minutes=11)
    await seals.seal(world.db, world.clock.now())
    before = await seals.verify(world.db)

    with pytest.raises(ForbiddenError):
        await world.services.erasing.preview(helen, contact)
    await world.olga.press(data=f"c:{contact}", on=olga.screen)
    await olga.press("🔏 Personal data")
    await olga.press("🧹 Erase everything…")
    assert "Some work with this client is still open." in olga.text
    assert any(label.startswith(f"💼 #{deal}") for label in olga.labels)
    with pytest.raises(AppError, match="open_work"):
        await _erase(world, await actor_of(world.services, "olga"), contact)
    assert await world.count(Contact) == 1

    await _paid(world, deal)
    await olga.press(data=f"d:{deal}", on=olga.screen)
    deal_card = olga.screen
    await olga.say(f"/find {PHONE}")
    await olga.press(data=f"pve:{contact}", on=olga.screen)
    assert "⚠️ There is no way back." in olga.text
    assert "1 lead" in olga.text
    assert "1 file" in olga.text
    assert "those of your own" in olga.text
    assert "older cards and questions of the bot" in olga.text
    sure = olga.screen
    await world.anna.press(data=f"c:{contact}", on=world.anna.screen)
    before_anna = world.anna.screen
    await olga.press("🧹 Erase for good")
    assert f"client no. {contact} is erased" in olga.text
    assert "delete it there" in olga.text
    await world.settle()
    assert before_anna.text == "🔒 You have no access to this any more."

    assert await left(world) == []
    assert await world.count(Contact) == await world.count(Note) == 0
    sold = (await world.rows(select(Deal.amount, Deal.contact_id, Deal.title).where(Deal.id == deal)))[0]
    assert tuple(sold) == (500_00, None, "—")
    assert await world.count(Payment) == 1
    assert [row[0] for row in await world.rows(select(Lead.status).where(Lead.id == lead))] == ["qualified"]
    assert [row[0] for row in await world.rows(select(ImportRow.cells).order_by(ImportRow.number))] == [
        [],
        ["Else", "+7 900 1"],
    ]
    assert await world.rows(select(Merge.gone_id, Merge.gone)) != []
    after = await seals.verify(world.db)
    assert (after.broken, after.newest, after.erased > 5) == (None, before.newest, True)
    # Cards that stood are without the name; old buttons find nobody; what was done is still told.
    assert "Zivan" not in deal_card.text
    assert await olga.press(data=f"pvy:{contact}:1", on=sure) is not None
    await olga.press("🕓 History", on=deal_card)
    assert "Zivan" not in deal_card.text
    assert "made a deal of it" in deal_card.text
    assert "None" not in deal_card.text


async def test_an_erased_event_that_says_more_or_knows_no_erasure_is_found_out(world: World) -> None:
    contact = await contact_of(world, "anna", "Zivan")
    anna = await actor_of(world.services, "anna")
    await world.services.client_changes.set_field(anna, ClientKind.CONTACT, contact, ClientField.NOTE, "Zoak")
    world.clock.turn(minutes=11)
    await seals.seal(world.db, world.clock.now())
    await _erase(world, await actor_of(world.services, "olga"), contact)
    assert (await seals.verify(world.db)).broken is None
    for forged in ({"changes": {"note": [None, "Forged"]}}, {"erased_by": 1}):
        async with world.db.write() as uow, unguarded(await uow.session.connection()):
            row = (await uow.session.scalars(select(Event).where(Event.fingerprint.is_not(None)))).first()
            assert row is not None
            kept = {name: getattr(row, name) for name in forged}
            await uow.session.execute(update(Event).where(Event.id == row.id).values(**forged))
        assert (await seals.verify(world.db)).broken is not None, forged
        async with world.db.write() as uow, unguarded(await uow.session.connection()):
            await uow.session.execute(update(Event).where(Event.id == row.id).values(**kept))


async def test_who_was_one_with_a_client_for_a_while_keeps_nothing_of_them(
    world: World,
) -> None:
    anna, olga = await actor_of(world.services, "anna"), await actor_of(world.services, "olga")
    other = await make_client(world, name="Other", phones=("+79990001122",))
    mine = await make_client(world, name="Zivan Zpetrov", phones=(PHONE,))
    for one, note in ((other, "Pays late"), (mine, "Zlikes oak")):
        await world.services.client_changes.set_field(anna, ClientKind.CONTACT, one, ClientField.NOTE, note)
    done = await unite(world, other, mine, picks=2**8 - 1)
    shown = await world.services.merge_choices.offer(anna, ClientKind.CONTACT, other)
    assert shown.undo is not None
    assert (shown.client.name, shown.undo.name) == ("Zivan Zpetrov", "Other")
    await world.services.merging.undo(anna, ClientKind.CONTACT, other, done.merge_id)
    await _erase(world, olga, mine)
    assert await left(world) == []
    told = [row[0] for row in await world.rows(select(Event.changes).where(Event.subject_id == other))]
    assert {"note": [None, "Pays late"]} in told


async def test_others_keep_theirs_and_of_two_erasures_one_is_done(world: World) -> None:
    mine = await contact_of(world, "anna", "Zivan")
    other = await contact_of(world, "boris", "Other", "+79990001122")
    olga = await actor_of(world.services, "olga")
    changes = world.services.client_changes
    for one in (mine, other):
        await changes.set_field(olga, ClientKind.CONTACT, one, ClientField.NOTE, "Said")
    shown = await world.services.erasing.preview(olga, mine)
    erase = world.services.erasing.erase
    done = await asyncio.gather(*(erase(olga, mine, shown.version) for _ in range(3)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Erased", "NotFoundError", "NotFoundError"]
    assert [row[0] for row in await world.rows(select(Contact.name))] == ["Other"]
    told = await world.rows(
        select(Event.changes).where(Event.subject_id == other, Event.action == "client.edit")
    )
    assert told[-1][0] == {"note": [None, "Said"]}
    with pytest.raises(NotFoundError):
        await erase(olga, mine, shown.version)
    with pytest.raises(StaleError):
        await erase(olga, other, 1)


def test_numbers_and_codes_stay_and_words_go() -> None:
    said: Any = {
        "stage": ("New", "Paid"),
        "amount": (None, 500),
        "owner_id": (1, 2),
        "notes": ([], [1, 2]),
        "done": (False, True),
        "title": ("Windows for Ivan", None),
        "birth_year": (None, 1980),
        "utm": (None, {"source": "vk"}),
        "tags": ([], ["Ivan"]),
    }
    once = scrub(said)
    assert once == {
        "stage": ["New", "Paid"],
        "amount": [None, 500],
        "owner_id": [1, 2],
        "notes": [[], [1, 2]],
        "done": [False, True],
        "title": [None, None],
        "birth_year": [None, None],
        "utm": [None, None],
        "tags": [[], None],
    }
    assert scrub({name: (old, new) for name, (old, new) in once.items()}) == once


async def test_a_task_of_nobodys_card_that_names_the_phone_goes_too(world: World) -> None:
    contact = await make_client(world, phones=(PHONE,))
    other = await make_client(world, name="Petr")
    boris, olga = await actor_of(world.services, "boris"), await actor_of(world.services, "olga")
    later, tasks = world.clock.now() + timedelta(hours=1), world.services.tasks
    called = await tasks.create(boris, "Call 8 (916) 123-45-67 at 15", later)
    await world.services.comments.add(boris, called.id, "Zlikes it")
    done = await tasks.create(boris, "Sent to +7 916 123-45-67", later)
    await tasks.done(boris, done.id)
    anna = await actor_of(world.services, "anna")
    for text, link in (("Call 9161234567", Link("contact", other)), ("Call 9161234568", None)):
        await tasks.create(anna, text, later, link)
    shown = await world.services.erasing.preview(olga, contact)
    assert (shown.remains.tasks, shown.remains.notes) == (2, 1)
    await _erase(world, olga, contact)
    kept = await world.rows(select(Task.text, Task.done_at.is_(None)).order_by(Task.id))
    assert [tuple(row) for row in kept] == [
        ("—", False), ("—", False), ("Call 9161234567", True), ("Call 9161234568", True)
    ]  # fmt: skip
    await world.olga.press(data=f"pve:{other}")
    assert "Not found: a name in free words" in world.olga.text
