"""Days and sums from where to where: as they are typed, listed, kept with a view, and refused."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.models import View
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.fields import FieldSubject
from services.errors import AppError, NotFoundError, StaleError
from services.lists.choosing import read_amounts
from services.lists.days import Dated, OwnDays, kept_days, read_days
from services.lists.filters import What
from tests.cast import START
from tests.lists.making import asked, planned, sold
from tests.world import World

Find = Callable[[str], Awaitable[Actor]]
TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("of", "typed", "first", "last"),
    [
        ("created", "12.05.2026 - 31.05.2026", "2026-05-12", "2026-05-31"),
        ("created", "12.05-31.05", "2026-05-12", "2026-05-31"),
        ("created", "с 12.05 по 31.05", "2026-05-12", "2026-05-31"),
        ("closed", "01.11 - 30.11", "2026-11-01", "2026-11-30"),
        ("closed", "20.12 - 10.01", "2025-12-20", "2026-01-10"),
        ("closed", "31.05.2026 - 12.05.2026", "2026-05-12", "2026-05-31"),
        ("created", "from yesterday", "2026-11-16", None),
        ("created", "с 25 ноября", "2025-11-25", None),
        ("created", "to 2026-05-31", None, "2026-05-31"),
        ("created", "по вчера", None, "2026-11-16"),
        ("created", "12 мая", "2026-05-12", "2026-05-12"),
        ("task", "20.11 - 05.01", "2026-11-20", "2027-01-05"),
        ("task", "12.05", "2027-05-12", "2027-05-12"),
        ("task", "с 01.10 по 31.12", "2026-10-01", "2026-12-31"),
        ("task", "01.02 - 05.02", "2027-02-01", "2027-02-05"),
        ("task", "20.11.2027 - 05.01", "2027-11-20", "2028-01-05"),
        ("created", "May 2026", "2026-05-01", "2026-05-31"),
        ("created", "сентябрь", "2026-09-01", "2026-09-30"),
        ("created", "декабрь", "2025-12-01", "2025-12-31"),
        ("closed", "Q2 2026", "2026-04-01", "2026-06-30"),
        ("closed", "2025", "2025-01-01", "2025-12-31"),
        ("closed", "2024 - 2025", "2024-01-01", "2025-12-31"),
        ("created", "from September", "2026-09-01", None),
        ("created", "с мая по июль", "2026-05-01", "2026-07-31"),
        ("created", "с октября по январь", "2026-10-01", "2027-01-31"),
        ("created", "today", "2026-11-17", "2026-11-17"),
    ],
)
def test_days_are_read_as_they_are_meant(of: str, typed: str, first: str | None, last: str | None) -> None:
    read = read_days(of, typed, TODAY)
    assert read == kept_days(f"{of}:{first or ''}:{last or ''}")
    assert kept_days(str(read)) == read


@pytest.mark.parametrize("typed", ["-", "soon", "32.05 - 33.05", "from somewhen", "12.05 - later", "10 - 20"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(AppError, match=r"list\.bad_days"):
        read_days("created", typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("150k", 150_000_00),
        ("от 150к", [150_000_00, None]),
        ("to 50k", [None, 50_000_00]),
        ("до 50 тыс", [None, 50_000_00]),
        ("100k - 300k", [100_000_00, 300_000_00]),
        ("300k-100k", [100_000_00, 300_000_00]),
        ("от 100 000 до 300 000", [100_000_00, 300_000_00]),
        ("0", None),
    ],
)
def test_sums_are_read_as_they_are_meant(typed: str, meant: object) -> None:
    assert read_amounts(typed) == meant


@pytest.mark.parametrize("typed", ["", "much", "100k - much", "to nowhere", "9" * 30])
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(AppError, match=r"list\.bad_amount"):
        read_amounts(typed)


async def test_they_list_what_lies_between(db: Database, services: Services, actor: Find) -> None:
    helen, lists = await actor("helen"), services.lists
    (cheap,) = await sold(db, amount=50_000_00)
    (dear,) = await sold(db, amount=150_000_00)
    (won,) = await sold(db, stage="Paid", amount=100_000_00, closed_on=date(2026, 10, 5))
    (old,) = await sold(db, amount=None, created_at=START - timedelta(days=40), opened_on=date(2026, 10, 7))
    await planned(db, cheap, START + timedelta(days=20))

    async def sums(typed: str) -> set[int]:
        return set((await lists.ids(helen, (await lists.ask_amount(helen, 0, typed)).id, 50))[0])

    async def days(of: str, typed: str) -> set[int]:
        return set((await lists.ids(helen, (await lists.ask_days(helen, 0, of, typed)).id, 50))[0])

    assert await sums("100k") == {dear, won}
    assert await sums("100k - 120k") == {won}
    assert await sums("to 100k") == {cheap, won}
    assert await days("closed", "October 2026") == {won}
    assert await days("closed", "from 06.10.2026") == set()
    assert await days("created", "to 31.10.2026") == {old}
    assert await days("task", "08.12.2026 - 08.12.2026") == {cheap}
    assert await days("task", "09.12.2026 - 10.12.2026") == set()
    leads = await asked(db, None, amount=5_000_00)
    await asked(db, None, amount=9_000_00)
    number = (await lists.of(await actor("anna"), FieldSubject.LEAD)).id
    card = await lists.ask_amount(await actor("anna"), number, "to 5k")
    assert (await lists.ids(await actor("anna"), card.id, 50))[0] == leads


async def test_nobody_asks_for_days_that_are_not_told(services: Services, actor: Find) -> None:
    fiona, anna = await actor("fiona"), await actor("anna")
    with pytest.raises(NotFoundError):
        await services.lists.ask_days(fiona, 0, "task", "2026")
    leads = (await services.lists.of(anna, FieldSubject.LEAD)).id
    with pytest.raises(NotFoundError):
        await services.lists.ask_days(anna, leads, "closed", "2026")
    with pytest.raises(NotFoundError):
        await services.lists.ask_amount(anna, (await services.lists.of(anna, FieldSubject.FIRM)).id, "5k")
    choices = (await services.lists.choices(anna, 0, What.DATE)).choices
    typed = [one for one in choices if isinstance(one.label, OwnDays)]
    assert [one.label.of for one in typed if isinstance(one.label, OwnDays)] == ["created", "closed", "task"]
    with pytest.raises(StaleError):  # They are typed, not pressed.
        await services.lists.ask(anna, 0, What.DATE, typed[0].number)


async def test_a_head_asks_for_a_quarter_and_keeps_it(world: World) -> None:
    await sold(world.db, stage="Paid", closed_on=date(2026, 5, 12), amount=150_000_00)
    await sold(world.db, stage="Paid", closed_on=date(2026, 8, 12), amount=150_000_00)
    helen = world.helen
    await helen.press(data="bf:0")
    await helen.press("📅 Date")
    await helen.press("✍️ closed: other days")
    assert "Closed when?" in helen.text
    await helen.say("some day")
    assert "could not read these days" in helen.text
    await helen.say("Q2 2026")
    assert "Deals by filter: 1" in helen.text
    assert "closed: 2nd quarter 2026" in helen.text
    await helen.press("💰 Sum")
    await helen.say("100k - 200k")
    assert "₽100,000 – ₽200,000" in helen.text
    await helen.press("📅 Date")
    assert "✓ ✍️ closed: other days" in helen.labels
    await helen.press("◀️ Back")
    await helen.press("💾 Save as a view")
    await helen.say("Spring")
    async with world.db.read() as uow:
        kept = (await uow.session.scalars(select(View.filter))).one()
    assert kept == {"date": "closed:2026-04-01:2026-06-30", "amount": [100_000_00, 200_000_00]}
    await helen.press(data="bfd:999:closed")
    assert "put together long ago" in (await helen.press(data="bfd:999:closed") or "")
    assert Dated.CREATED_TODAY.value not in helen.text


async def test_in_russian(world: World) -> None:
    await sold(world.db, amount=150_000_00)
    helen = world.helen
    await helen.say("/profile")
    await helen.press("🌐 In Russian")
    await helen.press(data="bf:0")
    await helen.press("📅 Дата")
    await helen.press("✍️ создано: другие дни")
    await helen.say("с 12.05.2026")
    assert "создано: с 12 мая 2026" in helen.text
    await helen.press("💰 Сумма")
    await helen.say("до 200 тыс")
    assert "до 200" in helen.text
    assert "Сделки по фильтру: 1" in helen.text
