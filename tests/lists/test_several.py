"""Several values of one condition: any of them is let through; a tap adds one, or takes it off."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from db.models import Pipeline, Stage
from db.repositories import deal_lists
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.fields import FieldKind, FieldSubject
from services.dto.lists import PipelineChoice
from services.errors import AppError, StaleError
from services.lists.filters import NOBODY, WHOLE, Filter, What
from tests.cast import START, TurnedClock, stages_by_name
from tests.fields.making import make_field, some_contact
from tests.lists.making import asked as lead
from tests.lists.making import sold
from tests.world import World

Find = Callable[[str], Awaitable[Actor]]


async def read(services: Services, actor: Actor, listing_id: int) -> list[int]:
    """All that a list lets through, page by page."""
    found: list[int] = []
    after = None
    for _ in range(50):
        page = (await services.lists.page(actor, listing_id, after)).page
        found, after = [*found, *(line.id for line in page.items)], page.next_after
        if after is None:
            break
    return found


async def asking(services: Services, actor: Actor, subject: FieldSubject, *wanted: tuple[What, int]) -> int:
    """A list that asks for all of these."""
    card = await services.lists.of(actor, subject)
    for what, number in wanted:
        card = await services.lists.ask(actor, card.id, what, number)
    return card.id


async def other_pipeline(db: Database) -> tuple[int, int]:
    """A second pipeline and its only stage."""
    async with db.write() as uow:
        made = Pipeline(name="Service", position=9, created_at=START)
        uow.session.add(made)
        await uow.session.flush()
        stage = Stage(name="Repair", kind="open", pipeline_id=made.id, position=0, required=[])
        uow.session.add(stage)
        await uow.session.flush()
        return made.id, stage.id


async def test_deals_of_any_of_several_stages_sellers_and_sources(
    db: Database, services: Services, actor: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    helen, olga = await actor("helen"), await actor("olga")
    anna, boris = await actor("anna"), await actor("boris")
    stages = await stages_by_name(db)
    (new,) = await sold(db)
    (work,) = await sold(db, "boris", stage="In work", source="ads")
    (won,) = await sold(db, "helen", stage="Paid", source="call")
    (lost,) = await sold(db, "boris", stage="Lost", closed_on=date(2026, 11, 2))
    pipeline, repair = await other_pipeline(db)
    (elsewhere,) = await sold(db, stage="Repair", source="call")

    async def of(reader: Actor, *wanted: tuple[What, int]) -> list[int]:
        return await read(services, reader, await asking(services, reader, FieldSubject.DEAL, *wanted))

    def stage(*names: str) -> list[tuple[What, int]]:
        return [(What.STAGE, stages[name].id) for name in names]

    codes = {
        one.label: (What.SOURCE, one.number)
        for one in (await services.lists.choices(olga, 0, What.SOURCE)).choices
    }
    ours = stages["New"].pipeline_id
    for reader, window in ((olga, 1_000), (helen, 3)):
        monkeypatch.setattr(deal_lists, "WINDOW", window)
        monkeypatch.setattr(deal_lists, "OF_PAGE", window)
        assert await of(reader, *stage("New", "In work")) == [work, new]
        assert await of(reader, *stage("New", "Paid", "Lost")) == [new, won, lost]
        assert await of(reader, *stage("Paid", "Lost")) == [won, lost]
        assert await of(reader, (What.STAGE, WHOLE + ours)) == [work, new, won, lost]
        assert await of(reader, (What.STAGE, WHOLE + pipeline), *stage("Lost")) == [elsewhere, lost]
        assert await of(reader, (What.STAGE, WHOLE + pipeline), (What.STAGE, repair)) == [elsewhere]
        people = [(What.PERSON, one.person_id) for one in (anna, boris)]
        assert await of(reader, *people) == [elsewhere, work, new, lost]
        assert await of(reader, *people, *stage("New", "Lost")) == [new, lost]
        assert sorted(await of(reader, codes["ads"], codes["call"])) == [work, won, elsewhere]
        assert await of(reader, codes["ads"], codes["call"], *stage("In work", "New")) == [work]
    assert await of(helen, (What.PERSON, 0), (What.PERSON, anna.person_id)) == [elsewhere, new, won]
    assert await of(helen, *stage("New", "In work", "New")) == [work], "a second tap takes it off"


async def test_leads_and_contacts_of_several_and_choices_of_fields(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    helen, olga, anna, boris = [await actor(name) for name in ("helen", "olga", "anna", "boris")]
    (ours,) = await lead(db)
    (theirs,) = await lead(db, "boris", source="ads")
    (free,) = await lead(db, None, source="call")
    people = [(What.PERSON, one.person_id) for one in (anna, boris)]
    for reader in (helen, olga):
        both = await asking(services, reader, FieldSubject.LEAD, *people)
        assert await read(services, reader, both) == [theirs, ours]
        nobodys = await services.lists.ask(reader, both, What.PERSON, NOBODY)
        assert await read(services, reader, nobodys.id) == [free], "what is nobody's is nobody else's"
        known = (await services.lists.choices(reader, both, What.SOURCE)).choices
        sources = [(What.SOURCE, one.number) for one in known if one.label in ("ads", "call")]
        from_both = await asking(services, reader, FieldSubject.LEAD, *sources)
        assert await read(services, reader, from_both) == [free, theirs]
    wood = await make_field(services, olga, FieldKind.CHOICES, "Wood", "Oak\nPine\nAsh", FieldSubject.CONTACT)
    clients = [await some_contact(db, clock, anna) for _ in wood.options]
    for client, option in zip(clients, wood.options, strict=True):
        await services.filling.write(anna, FieldSubject.CONTACT, client, wood.id, option.name)
    card = await services.lists.of(anna, FieldSubject.CONTACT)
    first = await services.lists.pick_field(anna, card.id, wood.id, 1)
    second = await services.lists.pick_field(anna, first.listing_id, wood.id, 3)
    assert (second.value, await read(services, anna, second.listing_id)) == ([1, 3], [clients[2], clients[0]])
    third = await services.lists.pick_field(anna, second.listing_id, wood.id, 1)
    assert (third.value, await read(services, anna, third.listing_id)) == (3, [clients[2]])
    none = await services.lists.pick_field(anna, third.listing_id, wood.id, 3)
    assert none.card is not None
    assert none.card.asked.nothing
    of_both = await asking(services, helen, FieldSubject.CONTACT, *people)
    assert await read(services, helen, of_both) == clients[::-1]


async def test_the_order_of_taps_makes_no_other_list_and_there_are_not_too_many(
    db: Database, services: Services, actor: Find
) -> None:
    helen = await actor("helen")
    stages = [row.id for row in (await stages_by_name(db)).values()][:2]
    one, other = [
        await asking(services, helen, FieldSubject.DEAL, *((What.STAGE, stage) for stage in order))
        for order in (stages, stages[::-1])
    ]
    assert one == other
    many = Filter(stage=list(range(1, 13)))
    with pytest.raises(AppError, match=r"list\.many"):
        many.toggling(What.STAGE, 99)
    with pytest.raises(StaleError):
        await services.lists.toggle(helen, one, What.STAGE, 987_654)
    shown = await services.lists.choices(helen, one, What.STAGE)
    assert not [choice for choice in shown.choices if isinstance(choice.label, PipelineChoice)]


async def test_a_head_taps_several_stages_and_keeps_them_as_a_view(world: World) -> None:
    helen = world.helen
    for stage in ("New", "In work", "Paid"):
        await sold(world.db, stage=stage)
    await other_pipeline(world.db)
    await helen.press(data="bf:0")
    await helen.press("🧭 Stage")
    assert "You may choose several." in helen.text
    await helen.press("New")
    await helen.press("In work")
    assert "Deals by filter: 2" in helen.text
    assert "🧭 Sales: 🔵 New, 🔵 In work" in helen.text
    await helen.press("▶️ Show · 2")
    await helen.press("🔎 Filter")
    await helen.press("💾 Save as a view")
    await helen.say("At work")
    await helen.say("/menu")
    await helen.press("📌 At work")
    assert "In work" in helen.text
    await helen.press("🔎 Filter")
    await helen.press("✓ 🧭 Stage")
    await helen.press("Any")
    await helen.press("🧭 Stage")
    await helen.press("all of Service")
    assert "🧭 all of Service" in helen.text
    await helen.say("/profile")
    await helen.press("🌐 In Russian")
    await helen.press(data="ba:0:stage:0")
    await helen.press("вся воронка Service")
    assert "Можно выбрать несколько." in helen.text
