"""A list's file has heads in the language of whoever asks for it, and an import knows them all again."""

from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bot.i18n import Speech
from bot.importing import ImportRunner
from bot.outside import TableFiles
from db.models import Person
from db.uow import Database
from handlers.views.list_heads import heads
from services.access import Actor
from services.bundle import Services
from services.dto.clients import ClientField
from services.dto.fields import FieldKind, FieldSubject
from services.dto.imports import Field, OwnTarget, Preview
from services.exports.columns import COLUMNS
from services.exports.service import Sheet
from services.imports.work import ImportWork
from tests.cast import START, TurnedClock, actor_of
from tests.deals.making import make_deal
from tests.fields.making import Find, make_field
from tests.imports.conftest import Desk
from tests.world import World

DEAL, CONTACT, FIRM = FieldSubject.DEAL, FieldSubject.CONTACT, FieldSubject.FIRM
MEANING = {
    "id": Field.EXTERNAL_ID, "title": Field.TITLE, "stage": Field.STAGE, "amount": Field.AMOUNT,
    "currency": Field.CURRENCY, "contact": Field.CONTACT, "name": Field.CONTACT, "phone": Field.PHONE,
    "email": Field.EMAIL, "company": Field.COMPANY, "owner": Field.OWNER, "department": Field.DEPARTMENT,
    "source": Field.SOURCE, "product": Field.PRODUCT, "created": Field.OPENED_ON,
    "opened": Field.OPENED_ON, "closed": Field.CLOSED_ON, "tags": Field.TAGS,
    "position": ClientField.POSITION, "birthday": ClientField.BIRTHDAY, "inn": ClientField.INN,
    "kpp": ClientField.KPP, "address": ClientField.ADDRESS, "industry": ClientField.INDUSTRY,
}  # fmt: skip
"""What a column fills; the others fill nothing."""
ONE_OF_A_KIND = {(DEAL, "created"): None, (FIRM, "name"): Field.COMPANY}
OWN = ("Material", "Paid so far", "Оплачено", "Канал", "Почта", "Contact: birthday")
"""Fields of deals, some named as what an import or the file itself calls something else."""

Meaning = Field | ClientField | tuple[FieldSubject, str] | None


def desk_of(services: Services, db: Database, olga: Actor, folder: Path) -> Desk:
    """Where she hands in files."""
    work = ImportWork(db, TurnedClock(START), TableFiles())
    return Desk(services, db, olga, ImportRunner(None, work, services.imports.bell, "test", folder), folder)


def meanings(preview: Preview | None) -> list[Meaning]:
    """What each column fills."""
    assert preview is not None
    return [one.field or (_own(one.own) if one.own else None) for one in preview.columns]


def _own(target: OwnTarget) -> Meaning:
    return target.of_client or (target.whose, target.own or "")


def expected(subject: FieldSubject) -> list[Meaning]:
    """What the usual columns fill."""
    return [ONE_OF_A_KIND.get((subject, one), MEANING.get(one)) for one in COLUMNS[subject]]


async def taken_away(world: World, filters: str) -> bytes:
    """A list as a file, from its filter on."""
    olga = world.olga
    await olga.press(data=filters)
    await olga.press(next(one for one in olga.labels if one.startswith("▶️")))
    await olga.press(next(one for one in olga.labels if one.startswith("📤")))
    stored = world.telegram.files.get(olga.screen.content["document"]["file_id"])
    assert stored is not None
    return stored.data


async def test_a_file_that_comes_back_is_understood_column_by_column(world: World) -> None:
    olga = await actor_of(world.services, "olga")
    for name in OWN:
        await make_field(world.services, olga, FieldKind.TEXT, name)
    await make_field(world.services, olga, FieldKind.FILE, "Size")
    for name in ("Material", "Size", "Birthday"):
        await make_field(world.services, olga, FieldKind.TEXT, name, subject=CONTACT)
    await make_deal(world, owner="anna", stage="Proposal", title="Windows", amount=150_000_00)
    desk = desk_of(world.services, world.db, olga, world.folder)
    contacts = (await desk.hand_in(await taken_away(world, "bfk"), "contacts.xlsx")).preview
    assert contacts is not None
    own = ["Material", "Size", "Birthday"]
    assert [one.name for one in contacts.columns[-3:]] == ["Contact: Material", "Size", "Contact: Birthday"]
    usual = [None if one is ClientField.BIRTHDAY else one for one in expected(CONTACT)]
    assert meanings(contacts) == [*usual, *((CONTACT, name) for name in own)]
    async with world.db.write() as uow:
        speaks = update(Person).where(Person.id == olga.person_id).values(language="ru")
        await uow.session.execute(speaks)
    deals = (await desk.hand_in(await taken_away(world, "bf:0"), "deals.xlsx")).preview
    assert deals is not None
    assert (deals.columns[0].name, deals.good) == ("Номер", 1)
    assert meanings(deals) == [*expected(DEAL), *((DEAL, name) for name in OWN), None]


async def test_each_kind_has_such_heads_in_both_languages(
    db: Database, services: Services, actor: Find, tmp_path: Path
) -> None:
    desk = desk_of(services, db, await actor("olga"), tmp_path)
    for subject, language in product(FieldSubject, ("en", "ru")):
        sheet = Sheet(subject, COLUMNS[subject], (), [], more=False, protect=False)
        row = heads(sheet, Speech(language, ZoneInfo("UTC"), TurnedClock(START)))
        assert len(set(row)) == len(row)
        card = await desk.hand_in(";".join(row) + "\n" + ";" * (len(row) - 1) + "\n")
        assert meanings(card.preview) == expected(subject)
