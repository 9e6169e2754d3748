"""Clients who were there before an import: what is empty on their cards is filled in if it is wanted."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.importing import ImportRunner
from bot.outside import TableFiles
from db.models import Company, Contact, Event, ImportFill
from keyboards.imports import ImportCardCb, ImportFillsCb
from services.dto.clients import ClientField, ClientKind, ContactCard, FirmCard
from services.dto.fields import FieldKind, FieldSubject
from services.imports.work import ImportWork
from services.understanding.birthdays import Birthday
from tests.cast import actor_of
from tests.fields.making import make_field
from tests.imports.conftest import Desk
from tests.world import World

Rows = Callable[[Any], Awaitable[list[Any]]]

FILE = (
    "title;company;contact;phone;Contact: birthday;Children;INN;VIP\n"
    "A;Old Firm;Ivan;+79161234567;12.05.1980;2;7707083893;yes\n"
    "B;Old Firm;Ivan;+79161234567;13.06.1981;3;7736207543;no\n"
    "C;Other Firm;Petr;+79161234568;14.07.1982;;;yes\n"
    "D;New Firm;Ivan;+79161234567;;4;500100732259;\n"
)


async def known(desk: Desk) -> tuple[int, int, int]:
    """A contact with a birthday, a company with an INN, and one that lacks it."""
    for whose, kind, name in (
        (FieldSubject.CONTACT, FieldKind.NUMBER, "Children"), (FieldSubject.FIRM, FieldKind.FLAG, "VIP"),
    ):  # fmt: skip
        await make_field(desk.services, desk.owner, kind, name, subject=whose)
    made = []
    for kind, typed in (
        (ClientKind.CONTACT, "Ivan +79161234567"), (ClientKind.FIRM, "Old Firm"),
        (ClientKind.FIRM, "Other Firm"),
    ):  # fmt: skip
        given = await desk.services.client_making.understand(desk.owner, kind, typed)
        made.append((await desk.services.client_making.create(desk.owner, given)).id)
    person, firm, other = made
    changes, contact = desk.services.client_changes, ClientKind.CONTACT
    await changes.set_field(desk.owner, contact, person, ClientField.BIRTHDAY, "01.02.1970")
    return person, firm, other


async def test_what_is_empty_is_filled_in_once_told_and_emptied_again(desk: Desk, rows: Rows) -> None:
    person, firm, other = await known(desk)
    work = ImportWork(desk.db, desk.services.clock, TableFiles(), portion=1)
    desk.runner = ImportRunner(None, work, desk.imports.bell, "test", desk.folder)
    card = await desk.hand_in(FILE)
    card = await desk.imports.choose_fills(desk.owner, card.id, on=True)
    assert card.preview is not None
    assert card.preview.fills
    await desk.imports.start(desk.owner, card.id)
    done = await desk.settle(card)
    assert (done.made, done.failed, done.filled) == (4, 0, 3)
    ivan = await desk.services.clients.card(desk.owner, ClientKind.CONTACT, person)
    horns = await desk.services.clients.card(desk.owner, ClientKind.FIRM, firm)
    assert isinstance(ivan, ContactCard)
    assert isinstance(horns, FirmCard)
    assert (ivan.birthday, [line.value for line in ivan.fields]) == (Birthday(2, 1, 1970), [Decimal(2)])
    assert (horns.inn, [line.value for line in horns.fields], horns.version) == ("7707083893", [True], 2)
    told = select(Event.door, Event.changes, Event.actor_id).where(
        Event.subject == "firm", Event.subject_id == firm, Event.action == "client.edit"
    )
    filled = {"inn": [None, "7707083893"], "fields": [None, [["VIP", "flag", None, True]]]}
    assert await rows(told) == [("import", filled, desk.owner.person_id)]
    assert (await desk.services.search.find(desk.owner, "7707083893")).firms.items[0].id == firm
    changes = desk.services.client_changes
    await changes.set_field(desk.owner, ClientKind.FIRM, other, ClientField.NOTE, "Mine")
    back = await desk.take_back(done)
    assert (back.removed, back.filled) == (4, 1)
    ivan = await desk.services.clients.card(desk.owner, ClientKind.CONTACT, person)
    horns = await desk.services.clients.card(desk.owner, ClientKind.FIRM, firm)
    changed = await desk.services.clients.card(desk.owner, ClientKind.FIRM, other)
    assert isinstance(ivan, ContactCard)
    assert isinstance(horns, FirmCard)
    assert (ivan.birthday, ivan.fields[0].value) == (Birthday(2, 1, 1970), None)
    assert (horns.inn, horns.fields[0].value, changed.fields[0].value) == (None, None, True)
    assert [tuple(one[1].items()) for one in await rows(told)][1:] == [
        (("inn", ["7707083893", None]), ("fields", [None, [["VIP", "flag", True, None]]]))
    ]
    assert (await desk.services.search.find(desk.owner, "7707083893")).firms.items == ()
    assert sorted(await rows(select(Company.name))) == [("Old Firm",), ("Other Firm",)]
    assert await rows(select(Contact.name)) == [("Ivan",)]
    assert await rows(select(ImportFill.subject_id)) == [(other,)]


async def test_the_owner_taps_whether_known_clients_are_filled_in(world: World, tmp_path: Path) -> None:
    olga = await actor_of(world.services, "olga")
    work = ImportWork(world.db, world.clock, TableFiles())
    runner = ImportRunner(None, work, world.services.imports.bell, "test", tmp_path)
    desk, hand = Desk(world.services, world.db, olga, runner, tmp_path), world.olga
    await known(desk)
    plain = await desk.hand_in("title;company\nA;Old Firm\n")
    await hand.press(data=ImportFillsCb(import_id=plain.id, on=1).pack())
    assert "✍️ Fill in known clients, too" not in hand.labels
    card = await desk.hand_in(FILE)
    await hand.press(data=ImportCardCb(import_id=card.id).pack())
    assert "keep what their cards say" in hand.text
    await hand.press("✍️ Fill in known clients, too")
    assert "get what is empty on their cards" in hand.text
    await hand.press("✓ ✍️ Fill in known clients, too")
    await hand.press("✍️ Fill in known clients, too")
    await hand.press("📥 Import 4 rows")
    await hand.press(data=ImportFillsCb(import_id=card.id, on=0).pack())
    assert hand.toast
    await desk.settle(card)
    await hand.press(data=ImportCardCb(import_id=card.id).pack())
    assert "✍️ 3 clients who were here before are filled in" in hand.text
    await hand.press("↩️ Take it back")
    assert "is emptied again" in hand.text
    await hand.press("Yes, remove 4 deals")
    await desk.settle(card)
    await hand.press(data=ImportCardCb(import_id=card.id).pack())
    assert "stays there" not in hand.text
    assert await world.helen.press(data=ImportFillsCb(import_id=card.id, on=1).pack())
    await hand.press(data=ImportFillsCb(import_id=987_654, on=1).pack())
    assert hand.toast
