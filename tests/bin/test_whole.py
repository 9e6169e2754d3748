"""Deleted and brought back, a subject is exactly what it was, in every table."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.base import Base
from db.models import Company, Contact, Deal, Lead, Stage
from db.ties import ALONG, BY_NAME, FOLLOWING
from db.uow import Database, UnitOfWork
from services.bin.days import empty
from services.bundle import Services
from tests.bin.furnishing import BOOKS, Furnisher, everything
from tests.cast import START, TurnedClock, actor_of

VERSION = 3
COMMON = {"owner_id": 3, "department_id": 1, "created_at": START - timedelta(days=9), "version": VERSION}


async def subject(uow: UnitOfWork, kind: str) -> int:
    """Something of Anna's, closed where it can be."""
    lost = await uow.session.scalar(select(func.min(Stage.id)).where(Stage.kind == "lost"))
    rows = {
        "deal": Deal(
            title="Zdeal", search="zdeal", pipeline_id=1, stage_id=lost, stage_since=START, currency="RUB",
            source="site", closed_on=START.date(), loss_reason_id=1, crew=[1], **COMMON,
        ),
        "lead": Lead(
            title="Zlead", search="zlead", currency="RUB", source="site", status="rejected", **COMMON
        ),
        "contact": Contact(name="Zcontact", search="zcontact", phone="+79161112233", **COMMON),
        "firm": Company(name="Zfirm", name_folded="zfirm", **COMMON),
    }  # fmt: skip
    uow.session.add(rows[kind])
    await uow.session.flush()
    return rows[kind].id


async def furnished(db: Database, kind: str, seed: int) -> tuple[int, set[str]]:
    async with db.write() as uow:
        subject_id = await subject(uow, kind)
        tables = await Furnisher(uow, seed).furnish(kind, subject_id)
        # What came for the deal was taken back, and a client's deals and leads are closed.
        lost = await uow.session.scalar(select(func.min(Stage.id)).where(Stage.kind == "lost"))
        for statement in (
            Base.metadata.tables["payment"].update().values(taken_back_at=START),
            Base.metadata.tables["deal"].update().values(stage_id=lost),
        ):
            await uow.session.execute(statement)
    return subject_id, tables


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", ["deal", "lead", "contact", "firm"])
async def test_what_comes_back_is_what_went(
    db: Database, services: Services, kind: str, seed: int, clock: TurnedClock
) -> None:
    subject_id, tables = await furnished(db, kind, seed)
    if kind == "lead":  # one whose deal is there is not deleted
        async with db.write() as uow:
            await uow.session.execute(Base.metadata.tables["deal"].update().values(lead_id=None))
    before = await everything(db)
    olga = await actor_of(services, "olga")
    plan = await services.deleting.plan(olga, kind, subject_id)
    assert plan.version == VERSION
    bin_id = await services.deleting.delete(olga, kind, subject_id, plan.version)
    gone = await everything(db)
    went = {table for table in before if gone[table] != before[table]}
    assert went >= {name for name in tables if name not in BOOKS and name in {*ALONG, *BY_NAME, *FOLLOWING}}
    clock.turn(days=30)
    await empty(db, clock.now())
    assert await services.bin.restore(olga, bin_id) == (kind, subject_id)
    assert await everything(db) == before
    assert (await services.bin.page(olga)).items == ()


async def test_after_thirty_days_nothing_is_kept(
    db: Database, services: Services, clock: TurnedClock
) -> None:
    olga = await actor_of(services, "olga")
    for kind in ("contact", "firm"):
        subject_id, _ = await furnished(db, kind, 3)
        await services.deleting.delete(olga, kind, subject_id, VERSION)
    lines = (await services.bin.page(olga)).items
    assert [line.days_left for line in lines] == [30, 30]
    clock.turn(days=30, hours=11)  # the last evening in Moscow
    await empty(db, clock.now())
    assert [line.days_left for line in (await services.bin.page(olga)).items] == [0, 0]
    clock.turn(hours=1)
    await empty(db, clock.now())
    assert (await services.bin.page(olga)).items == ()
