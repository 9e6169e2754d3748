"""Stages are kept in memory until one of them changes, by whatever hand or statement."""

from contextlib import suppress

from sqlalchemy import delete, insert, select, update

from db.models import Stage
from db.uow import UnitOfWork
from tests.deals.making import make_deal
from tests.world import World


async def names(uow: UnitOfWork, deal_id: int) -> list[str]:
    facts = await uow.deals.facts(deal_id, 1)
    assert facts is not None
    stages = await uow.pipelines.stages_of(facts.deal.pipeline_id, facts.edition)
    return [stage.name for stage in stages]


async def test_what_others_change_is_seen_at_once(world: World) -> None:
    deal = await make_deal(world)
    (stage,) = (await world.rows(select(Stage).where(Stage.name == "New")))[0]
    blank: dict[str, object] = {"required": [], "enter": [], "leave": [], "tasks": [], "auto": {}}
    made = insert(Stage).values(pipeline_id=stage.pipeline_id, name="Measure", position=9, kind="open")
    async with world.db.read() as uow:
        before = await names(uow, deal)
    for change, new in (
        (made.values(blank), {"Measure"}),
        (update(Stage).where(Stage.name == "Measure").values(name="Survey"), {"Survey"}),
        (delete(Stage).where(Stage.name == "Survey"), set[str]()),
    ):
        async with world.db.write() as uow:
            await uow.session.execute(change)
        async with world.db.read() as uow:
            assert set(await names(uow, deal)) - set(before) == new
    await world.anna.press(data=f"d:{deal}")
    assert "▶️ In work" in world.anna.labels


async def test_a_change_that_is_taken_back_leaves_nothing_behind(world: World) -> None:
    deal = await make_deal(world)
    async with world.db.read() as uow:
        before = await names(uow, deal)
    change = update(Stage).where(Stage.name == "Proposal")
    with suppress(ZeroDivisionError):
        async with world.db.write() as uow:
            await uow.session.execute(change.values(name="Never"))
            assert "Never" in await names(uow, deal)
            raise ZeroDivisionError
    async with world.db.read() as uow:
        assert await names(uow, deal) == before
    async with world.db.write() as uow:
        await uow.session.execute(change.values(name="Offer"))
    async with world.db.read() as uow:
        assert await names(uow, deal) == ["Offer" if name == "Proposal" else name for name in before]
