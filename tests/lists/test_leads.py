"""Lists of leads: filtered, in the order of their score, kept as views, read by each with their own eyes."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from db.models import Call, Lead, Task
from db.repositories import lead_lists
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.fields import FieldKind, FieldSubject
from services.dto.lists import Count, Lost
from services.dto.scoring import When
from services.errors import ForbiddenError, NotFoundError, StaleError
from services.lists.days import Dated
from services.lists.filters import NOBODY, State, What
from tests.cast import START
from tests.fields.making import make_field
from tests.lists.making import asked

Find = Callable[[str], Awaitable[Actor]]
Asked = tuple[What, int]
DAYS, STATES = list(Dated), list(State)


async def read(services: Services, actor: Actor, listing: int) -> list[int]:
    """All leads of a list, page by page."""
    found: list[int] = []
    after, top = None, 0
    for _ in range(60):
        shown = await services.lists.page(actor, listing, after, top)
        found += [line.id for line in shown.page.items]
        after, top = shown.page.next_after, shown.next_top
        if after is None:
            break
    assert len(found) == len(set(found))
    return found


async def listing(services: Services, actor: Actor, *wanted: Asked) -> int:
    """A list of leads that asks for this."""
    card = await services.lists.of(actor, FieldSubject.LEAD)
    for what, number in wanted:
        card = await services.lists.ask(actor, card.id, what, number)
    return card.id


async def shown(services: Services, actor: Actor, *wanted: Asked) -> set[int]:
    """The leads of a filter; the count has to say the same."""
    number = await listing(services, actor, *wanted)
    found = await read(services, actor, number)
    assert (await services.lists.filter(actor, number)).count == Count(len(found))
    return set(found)


async def rule(
    services: Services, owner: Actor, when: When, points: int, value: Any = "", field: int = 0
) -> None:
    """Points for leads of which something holds."""
    await services.scoring.add(owner, FieldSubject.LEAD, when, field, value, str(points))


async def test_each_condition_asks_for_what_it_says(db: Database, services: Services, actor: Find) -> None:
    helen, anna, olga = await actor("helen"), await actor("anna"), await actor("olga")
    plain, planned = await asked(db, count=2)
    (free,) = await asked(db, None, source="ads", amount=5_000_00)
    (boris,) = await asked(db, "boris", created_at=START - timedelta(days=30))
    (closed,) = await asked(db, status="qualified", closed_at=START)
    (refused,) = await asked(db, None, status="rejected", closed_at=START)
    (elsewhere,) = await asked(db, "victor")
    (theirs,) = await asked(db, None, place="Service")
    async with db.write() as uow:
        due = START - timedelta(hours=1)
        who = {"assignee_id": anna.person_id, "author_id": anna.person_id, "created_at": START}
        uow.session.add(Task(text="Call", due_at=due, lead_id=planned, **who))
    wood = await make_field(services, olga, FieldKind.CHOICE, "Wood", "Oak\nPine", FieldSubject.LEAD)
    version = (await services.leads.card(anna, plain)).version
    await services.filling.choose(anna, FieldSubject.LEAD, plain, wood.id, wood.options[0].id, version)
    tags = await services.tags.write(anna, FieldSubject.LEAD, planned, "Hot")

    async def of(*wanted: Asked) -> set[int]:
        return await shown(services, helen, *wanted)

    assert await of() == {plain, planned, free, boris}
    for state, leads in (
        (State.FREE, {free}),
        (State.IN_WORK, {plain, planned, boris}),
        (State.QUALIFIED, {closed}),
        (State.REJECTED, {refused}),
    ):
        assert await of((What.STATE, STATES.index(state))) == leads
    whichever = await services.lists.ask(helen, await listing(services, helen), What.STATE, None)
    everything = {plain, planned, free, boris, closed, refused}
    assert set(await read(services, helen, whichever.id)) == everything
    assert await of((What.PERSON, NOBODY)) == {free}
    assert await of((What.PERSON, anna.person_id)) == {plain, planned}
    assert await shown(services, anna, (What.PERSON, 0)) == {plain, planned}
    codes = {
        one.label: one.number
        for one in (await services.lists.choices(helen, whichever.id, What.SOURCE)).choices
    }
    assert await of((What.SOURCE, codes["ads"])) == {free}
    assert await of((What.DATE, DAYS.index(Dated.CREATED_LAST_MONTH))) == {boris}
    assert await of((What.DATE, DAYS.index(Dated.TASK_OVERDUE))) == {planned}
    assert await of((What.AMOUNT, 5_000_00)) == {free}
    assert await of((What.NO_TASK, 0)) == {plain, boris}
    assert await of((What.TAG, tags.tags[0].id)) == {planned}
    oak = await services.lists.pick_field(helen, await listing(services, helen), wood.id, wood.options[0].id)
    assert await read(services, helen, oak.listing_id) == [plain]
    assert await shown(services, anna) == {plain, planned, free}
    assert await shown(services, await actor("victor")) == {elsewhere, theirs}
    assert await shown(services, olga) == {plain, planned, free, boris, elsewhere, theirs}
    for wrong in (What.STAGE, What.ROTTING):
        with pytest.raises(NotFoundError):
            await services.lists.ask(helen, oak.listing_id, wrong, 1)
    with pytest.raises(StaleError):
        await services.lists.ask(helen, oak.listing_id, What.DATE, DAYS.index(Dated.CLOSED_TODAY))


async def test_the_hottest_come_first_and_their_points_are_those_of_the_card(
    db: Database, services: Services, actor: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    helen, anna, olga = await actor("helen"), await actor("anna"), await actor("olga")
    size = await make_field(services, olga, FieldKind.NUMBER, "Size", subject=FieldSubject.LEAD)
    words = await make_field(services, olga, FieldKind.TEXT, "Words", subject=FieldSubject.LEAD)
    nothing = await services.lists.of(helen, FieldSubject.LEAD)
    assert not {What.HOT, What.SCORE} & {*nothing.offered}
    await rule(services, olga, When.SOURCE, 30, "ads")
    await rule(services, olga, When.AMOUNT, 20, 1_000_00)
    await rule(services, olga, When.REACHED, 15)
    await rule(services, olga, When.FIELD, 7, [5 * 10_000, None], size.id)
    await rule(services, olga, When.FIELD, -4, "oak table", words.id)
    leads = await asked(db, count=9)
    ads, rich, called, large, wooden, all_of_it = leads[:6]
    async with db.write() as uow:
        change = update(Lead).where(Lead.id.in_([ads, all_of_it])).values(source="ads")
        await uow.session.execute(change)
        await uow.session.execute(update(Lead).where(Lead.id.in_([rich, all_of_it])).values(amount=1_000_00))
        for one in (called, all_of_it):
            uow.session.add(Call(lead_id=one, outcome="reached", author_id=anna.person_id, created_at=START))
    for one in (large, all_of_it):
        await services.filling.write(anna, FieldSubject.LEAD, one, size.id, "5", 1)
    await services.filling.write(anna, FieldSubject.LEAD, wooden, words.id, "Oaken tables", 1)
    hot = await listing(services, helen, (What.HOT, 0))
    order = [all_of_it, ads, rich, called, large, *leads[:5:-1], wooden]
    page = await services.lists.page(helen, hot)
    assert [line.id for line in page.page.items] == order[:8]
    for line in page.page.items:
        score = (await services.leads.card(helen, line.id)).score
        assert score is not None
        assert getattr(line, "points", None) == score.total
    assert await read(services, helen, hot) == order
    assert await shown(services, helen, (What.SCORE, 15)) == {all_of_it, ads, rich, called}
    monkeypatch.setattr(lead_lists, "WINDOW", 4)
    newest, middle, oldest = [all_of_it, *leads[:5:-1]], [rich, called, large, wooden], [ads]
    assert await read(services, helen, hot) == [*newest, *middle, *oldest]


async def test_a_window_bounds_what_is_looked_through(
    db: Database, services: Services, actor: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_lists, "WINDOW", 7)
    wanted = [*(await asked(db, amount=9_000_00)), *(await asked(db, "helen", amount=9_000_00))]
    wanted += await asked(db, None, amount=9_000_00)
    await asked(db, count=20)
    for reader in ("helen", "olga"):
        one = await actor(reader)
        number = await listing(services, one, (What.AMOUNT, 9_000_00))
        assert sorted(await read(services, one, number)) == wanted
        first = await services.lists.page(one, number)
        assert first.page.next_after is not None


async def test_a_page_takes_as_many_queries_with_many_leads_as_with_few(
    db: Database, services: Services, actor: Find
) -> None:
    helen, olga = await actor("helen"), await actor("olga")
    await rule(services, olga, When.SOURCE, 30, "ads")
    number = await listing(services, helen, (What.HOT, 0))
    counts, seen = [], [0]
    event.listen(db.engine.sync_engine, "before_cursor_execute", lambda *_: seen.__setitem__(0, seen[0] + 1))
    for count in (10, 60):
        await asked(db, count=count)
        seen[0] = 0
        await services.lists.page(helen, number)
        counts.append(seen[0])
    assert counts[0] == counts[1] < 20


async def test_nobody_lists_leads_without_the_right_to_see_them(
    db: Database, services: Services, actor: Find
) -> None:
    helen, anna, boris, fiona = [await actor(name) for name in ("helen", "anna", "boris", "fiona")]
    await asked(db, "boris")
    card = await services.lists.ask(helen, await listing(services, helen), What.PERSON, boris.person_id)
    view = (await services.views.save(helen, card.id, "Of Boris")).view.id
    await services.views.share(helen, view, min(helen.headed))
    there = await services.lists.open_view(anna, view)
    assert (there.page.items, there.asked.lost) == ((), {Lost.PERSON})
    assert len((await services.lists.open_view(boris, view)).page.items) == 1
    with pytest.raises(StaleError, match=r"list\.gone"):
        await services.lists.page(anna, card.id)
    for reader in (fiona, await actor("max")):
        with pytest.raises(ForbiddenError):
            await services.lists.of(reader, FieldSubject.LEAD)
        with pytest.raises(NotFoundError):
            await services.lists.open_view(reader, view)
    assert [one.name for one in (await services.workspace.menu(helen)).views] == ["Of Boris"]
