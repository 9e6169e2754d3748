"""Filters: each asks for what it says, within what its reader sees, at the cost of a window."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import event, update

from db.models import Deal, DealHelper, Listing, Membership, Stage
from db.repositories import deal_lists
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.bulk import Bar, Deed
from services.dto.fields import FieldKind, FieldSubject
from services.dto.lists import Count, Lost
from services.errors import NotFoundError, StaleError
from services.lists.days import Dated, OwnDays
from services.lists.filters import Filter, What
from tests.cast import START, stages_by_name
from tests.fields.making import make_field
from tests.lists.making import planned, sold

Find = Callable[[str], Awaitable[Actor]]
DAYS = list(Dated)


async def shown(services: Services, actor: Actor, *asked: tuple[What, int]) -> set[int]:
    """The deals of a filter, page by page; the count has to say the same."""
    card = await services.lists.filter(actor)
    for what, number in asked:
        card = await services.lists.ask(actor, card.id, what, number)
    found: list[int] = []
    after = None
    for _ in range(50):
        page = (await services.lists.page(actor, card.id, after)).page
        found += [line.id for line in page.items]
        after = page.next_after
        if after is None:
            break
    assert len(found) == len(set(found))
    assert card.count == Count(len(found))
    return set(found)


async def test_each_condition_asks_for_what_it_says(db: Database, services: Services, actor: Find) -> None:
    anna, helen = await actor("anna"), await actor("helen")
    stages = await stages_by_name(db)
    plain, bare = await sold(db, count=2)
    (boris,) = await sold(db, "boris", source="ads", amount=5_000_00)
    (old,) = await sold(db, stage="Proposal", stage_since=START - timedelta(days=40))
    (won,) = await sold(db, stage="Paid", closed_on=date(2026, 11, 16))
    (lost,) = await sold(db, "boris", stage="Lost", closed_on=date(2026, 10, 5))
    (early,) = await sold(db, "boris", created_at=START - timedelta(days=30), opened_on=date(2026, 10, 19))
    await sold(db, "boris", stage="Lost", archived_at=START)
    await sold(db, "victor")
    for one, due in ((plain, 2), (boris, -3), (old, 70), (early, 24 * 60)):
        await planned(db, one, START + timedelta(hours=due))

    async def of(*asked: tuple[What, int]) -> set[int]:
        return await shown(services, helen, *asked)

    def day(wanted: Dated) -> tuple[What, int]:
        return What.DATE, DAYS.index(wanted)

    assert await of() == {plain, bare, boris, old, won, lost, early}
    assert await of((What.STAGE, stages["New"].id)) == {plain, bare, boris, early}
    assert await of((What.PERSON, anna.person_id)) == {plain, bare, old, won}
    assert await of((What.PERSON, 0)) == set()
    ads = next(
        one.number
        for one in (await services.lists.choices(helen, 0, What.SOURCE)).choices
        if one.label == "ads"
    )
    assert await of((What.SOURCE, ads)) == {boris}
    assert await of((What.AMOUNT, 5_000_00)) == {boris}
    assert await of((What.NO_TASK, 0)) == {bare}
    assert await of((What.ROTTING, 0)) == {old}
    assert await of(day(Dated.TASK_OVERDUE)) == {boris}
    assert await of(day(Dated.TASK_TODAY)) == {plain, boris}
    assert await of(day(Dated.TASK_WEEK)) == {plain, boris, old}
    assert await of(day(Dated.CLOSED_WEEK)) == {won}
    assert await of(day(Dated.CLOSED_TODAY)) == set()
    assert await of(day(Dated.CLOSED_LAST_MONTH)) == {lost}
    assert await of(day(Dated.CREATED_LAST_MONTH)) == {early}
    assert await of(day(Dated.CREATED_TODAY)) == {plain, bare, boris, old, won, lost}
    assert await of((What.ROTTING, 0), (What.NO_TASK, 0)) == set()
    assert await of((What.STAGE, stages["Paid"].id), day(Dated.CLOSED_WEEK)) == {won}
    olga = await actor("olga")
    assert len(await shown(services, olga)) == 8
    assert await shown(services, olga, day(Dated.CREATED_LAST_MONTH)) == {early}
    assert await shown(services, olga, (What.SOURCE, ads)) == {boris}
    assert await shown(services, await actor("fiona")) == {won, lost}
    assert await shown(services, anna, (What.PERSON, 0)) == {plain, bare, old, won}


async def test_finance_asks_for_nothing_that_it_is_not_told(
    db: Database, services: Services, actor: Find
) -> None:
    fiona, olga = await actor("fiona"), await actor("olga")
    (won,) = await sold(db, stage="Paid", source="ads")
    card = await services.lists.filter(fiona)
    assert card.offered == (What.STAGE, What.PERSON, What.DATE, What.AMOUNT)
    ads = (await services.lists.choices(olga, 0, What.SOURCE)).choices[0].number
    for what, number in ((What.SOURCE, ads), (What.TAG, 1), (What.NO_TASK, 0), (What.ROTTING, 0)):
        with pytest.raises(NotFoundError):
            await services.lists.ask(fiona, card.id, what, number)
        if what in (What.SOURCE, What.TAG):
            with pytest.raises(NotFoundError):
                await services.lists.choices(fiona, card.id, what)
    days = [one.label for one in (await services.lists.choices(fiona, 0, What.DATE)).choices]
    assert days == [*(day for day in DAYS if day.of != "task"), OwnDays("created"), OwnDays("closed")]
    with pytest.raises(StaleError):
        await services.lists.ask(fiona, 0, What.DATE, DAYS.index(Dated.TASK_TODAY))
    kept = [Filter(source="ads"), Filter(no_task=True), Filter(date=Dated.TASK_OVERDUE), Filter(stage=None)]
    for one, inner in zip(kept, (True, True, True, False), strict=True):
        async with db.write() as uow:
            listing = await uow.views.listing(fiona.person_id, one.data, one.digest, START)
        shown_now = await services.lists.page(fiona, listing)
        assert (Lost.INNER in shown_now.asked.lost) is inner
        assert [line.id for line in shown_now.page.items] == ([] if inner else [won])
        assert (await services.lists.filter(fiona, listing)).count == Count(0 if inner else 1)
        assert await services.lists.ids(fiona, listing, 9) == ([] if inner else [won], False)


async def test_a_reader_sees_no_more_by_a_filter_than_without(
    db: Database, services: Services, actor: Find
) -> None:
    anna, boris = await actor("anna"), await actor("boris")
    (shared,) = await sold(db, "boris")
    await sold(db, "boris")
    async with db.write() as uow:
        (await uow.session.get_one(Deal, shared)).crew = [anna.person_id]
        uow.session.add(DealHelper(deal_id=shared, person_id=anna.person_id))
    assert await shown(services, anna) == {shared}
    with pytest.raises(StaleError):
        await services.lists.ask(anna, 0, What.PERSON, boris.person_id)
    mine = await services.lists.filter(anna)
    with pytest.raises(StaleError, match=r"list\.gone"):
        await services.lists.page(boris, mine.id)


async def test_pages_lead_through_all_parts_and_skip_nothing_that_moves(
    db: Database, services: Services, actor: Find
) -> None:
    helen = await actor("helen")
    work = await sold(db, count=12)
    closed = await sold(db, stage="Lost", count=11)
    listing = (await services.lists.filter(helen)).id
    first = await services.lists.page(helen, listing)
    assert [line.id for line in first.page.items] == work[:3:-1]
    async with db.write() as uow:  # The last one that was shown is closed meanwhile.
        lost = (await uow.session.get_one(Deal, closed[0])).stage_id
        gone = {"stage_id": lost, "closed_on": date(2026, 11, 18)}
        await uow.session.execute(update(Deal).where(Deal.id == work[4]).values(**gone))
    second = await services.lists.page(helen, listing, first.page.next_after)
    assert [line.id for line in second.page.items] == [*work[3::-1], *closed[:6:-1]]
    third = await services.lists.page(helen, listing, second.page.next_after)
    assert [line.id for line in third.page.items] == [*closed[6::-1], work[4]]
    assert third.page.next_after is None


async def test_a_window_bounds_what_is_looked_through(
    db: Database, services: Services, actor: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deal_lists, "WINDOW", 7)
    helen, olga = await actor("helen"), await actor("olga")
    wanted = [*(await sold(db, amount=9_000_00)), *(await sold(db, "helen", amount=9_000_00))]
    await sold(db, count=20)
    wanted += await sold(db, "boris", stage="Lost", amount=9_000_00)
    await sold(db, stage="Lost", count=9)
    for reader in (helen, olga):
        card = await services.lists.filter(reader)
        card = await services.lists.ask(reader, card.id, What.AMOUNT, 9_000_00)
        assert card.count == Count(0, more=True)
        found, after, pages = [], None, 0
        while after is not None or not pages:
            page = (await services.lists.page(reader, card.id, after)).page
            found, after, pages = [*found, *(line.id for line in page.items)], page.next_after, pages + 1
        assert sorted(found) == wanted
        assert pages > 3


async def test_the_count_ends_where_nobody_reads_on(
    db: Database, services: Services, actor: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.lists.finding.COUNTED", 5)
    await sold(db, count=5)
    helen = await actor("helen")
    assert (await services.lists.filter(helen)).count == Count(5)
    await sold(db)
    assert (await services.lists.filter(helen)).count == Count(5, more=True)


async def test_a_page_takes_as_many_queries_with_many_deals_as_with_few(
    db: Database, services: Services, actor: Find
) -> None:
    helen = await actor("helen")
    listing = (await services.lists.filter(helen)).id
    counts, asked = [], [0]
    event.listen(
        db.engine.sync_engine, "before_cursor_execute", lambda *_: asked.__setitem__(0, asked[0] + 1)
    )
    for count in (10, 60):
        await sold(db, count=count)
        asked[0] = 0
        await services.lists.page(helen, listing)
        counts.append(asked[0])
    assert counts[0] == counts[1]
    assert counts[0] < 16


async def test_what_a_list_asks_for_may_be_gone(db: Database, services: Services, actor: Find) -> None:
    helen, anna = await actor("helen"), await actor("anna")
    await sold(db)
    card = await services.lists.ask(helen, 0, What.PERSON, anna.person_id)
    assert card.count == Count(1)
    async with db.write() as uow:
        leaves = update(Membership).where(Membership.person_id == anna.person_id)
        service = (await actor("victor")).departments
        await uow.session.execute(leaves.values(department_id=min(service)))
    page = await services.lists.page(helen, card.id)
    assert (page.page.items, page.asked.lost) == ((), {Lost.PERSON})
    assert (await services.lists.filter(helen, card.id)).count == Count(0)


async def test_long_ago_is_forgotten(
    db: Database, services: Services, actor: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.repositories.views.KEPT", 3)
    anna = await actor("anna")
    first = await services.lists.ask(anna, 0, What.AMOUNT, 1)
    assert (await services.lists.ask(anna, 0, What.AMOUNT, 1)).id == first.id
    for amount in range(2, 6):
        await services.lists.ask(anna, 0, What.AMOUNT, amount)
    async with db.read() as uow:
        assert len((await uow.session.scalars(Listing.__table__.select())).all()) == 3
    with pytest.raises(StaleError, match=r"list\.gone"):
        await services.lists.page(anna, first.id)


async def test_a_stage_asks_many_deals_for_fields_of_the_company_s_own(
    db: Database, services: Services, actor: Find
) -> None:
    olga, anna, stages = await actor("olga"), await actor("anna"), await stages_by_name(db)
    wood = await make_field(services, olga, FieldKind.CHOICE, "Wood", "Oak\nPine")
    oak, bare = await sold(db, count=2)
    await services.filling.choose(anna, FieldSubject.DEAL, oak, wood.id, wood.options[0].id, 1)
    async with db.write() as uow:
        asks = update(Stage).where(Stage.name == "Proposal").values(required=[f"f{wood.id}"])
        await uow.session.execute(asks)
    plan = await services.bulk.plan(anna, 0, [oak, bare], Deed.MOVE, stages["Proposal"].id)
    assert (plan.n, dict(plan.barred)) == (1, {Bar.FIELDS: 1})
