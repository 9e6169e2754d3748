"""A stage is deleted: its deals get no tasks, it is told what they lack, and it is taken back for an hour."""

from sqlalchemy import select, update

from db.models import Deal, Event, Stage, Task
from services.dto.fields import FieldKind
from services.pipelines.auto_rules import Happening
from services.pipelines.shape import StageField
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.fields.making import make_field
from tests.pipelines.test_putting_away import where
from tests.world import World


async def test_deals_come_without_tasks_and_it_is_told_before_what_they_lack(world: World) -> None:
    stages, helen = await stages_by_name(world.db), await actor_of(world.services, "helen")
    work, new = stages["In work"].id, stages["New"].id
    color = await make_field(world.services, helen, FieldKind.TEXT, "Colour")
    await world.services.stage_tasks.add(helen, new, "Look, 1 day")
    for asked in ("amount", f"f{color.id}"):
        await world.services.stages.set(helen, new, StageField.REQUIRED, asked)
    for amount in (None, 100_00):
        await make_deal(world, stage="In work", amount=amount)
    await world.helen.press(data=f"std:{work}:{new}")
    assert world.helen.text.endswith(
        "🗑 Delete this stage? Its deals go to “New”: 2 deals.\n"
        "🤖 “New” sets its tasks for deals that are moved; for these it will not.\n"
        "⚠️ “New” asks for: Sum, Colour. Without it come: 2 deals."
    )
    told = len(world.anna.messages)
    await world.helen.press("🗑 Yes, delete it")
    assert world.helen.text.startswith("🗑 The stage In work is deleted.\nNow in New: 2 deals.")
    assert set((await where(world)).values()) == {"New"}
    assert await world.count(Task) == 0
    assert len(world.anna.messages) == told


async def test_undo_puts_the_stage_back_as_it_was_with_what_nobody_has_touched(world: World) -> None:
    stages, helen = await stages_by_name(world.db), await actor_of(world.services, "helen")
    work, new, proposal = (stages[name].id for name in ("In work", "New", "Proposal"))
    await world.services.stage_autos.set(helen, new, Happening.ANSWERED, work)
    await world.services.stage_autos.set(helen, work, Happening.SILENT, proposal, 3)
    await world.services.stage_tasks.add(helen, work, "Look, 1 day")
    before = await world.rows(select(Stage.__table__).order_by(Stage.position))
    kept, touched = [await make_deal(world, stage="In work", amount=100_00) for _ in range(2)]
    await world.helen.press(data=f"stx:{work}:{new}")
    done, press = world.helen.screen, str(world.helen.screen.keyboard[0][0]["callback_data"])
    await world.services.deals.set_amount(await actor_of(world.services, "anna"), touched, 5_00)
    assert "nothing left" in (await world.olga.press(data=press) or ""), "somebody else's"
    await world.services.people.speak(helen, "ru")
    await world.helen.press("↩️ Undo")
    assert world.helen.text.startswith(
        "↩️ Как было: 1 сделка.\n🚧 С тех пор изменились, поэтому остаются на месте: 1 сделка."
    )
    assert await world.rows(select(Stage.__table__).order_by(Stage.position)) == before
    assert await where(world) == {kept: "In work", touched: "New"}
    assert await world.count(Task) == 0
    assert await world.helen.press(data=press, on=done) == "Возвращать здесь уже нечего."
    await world.helen.press(data=f"stx:{work}:{new}")
    late = world.helen.screen
    assert await world.helen.press(data=press, on=done) == "Возвращать здесь уже нечего.", "an older one"
    world.clock.turn(minutes=61)
    assert "Прошёл час" in (await world.helen.press("↩️ Отменить", on=late) or "")


async def test_for_thirty_days_any_head_brings_the_stage_back_without_its_deals(world: World) -> None:
    stages, hugo = await stages_by_name(world.db), world.hugo
    work, new = stages["In work"].id, stages["New"].id
    deal = await make_deal(world, stage="In work", amount=100_00)
    before = await world.rows(select(Stage.__table__).order_by(Stage.position))
    await world.helen.press(data=f"stx:{work}:{new}")
    world.clock.turn(days=29)
    await hugo.press(data="fnc:1")
    assert "🗑 Deleted in the last 30 days: In work" in hugo.text
    data = next(row[0]["callback_data"] for row in hugo.screen.keyboard if "Restore" in row[0]["text"])
    for name in ("anna", "fiona"):
        assert await world.hands[name].press(data=data) == "You may not do this.", name
    await hugo.press("↩️ Restore “In work”")
    assert hugo.text.startswith("↩️ The stage is back. Its deals stay where they are by now.")
    assert await world.rows(select(Stage.__table__).order_by(Stage.position)) == before
    assert await where(world) == {deal: "New"}
    assert await hugo.press(data=data) == "There is nothing left of this to take back."
    await world.helen.press(data=f"stx:{work}:{new}")
    world.clock.turn(days=31)
    await hugo.press(data="fnc:1")
    assert "Deleted in" not in hugo.text
    late = (await world.rows(select(Event.id).where(Event.subject == "pipeline").order_by(Event.id)))[-1][0]
    assert "nothing left" in (await hugo.press(data=f"fnq:1:{late}") or "")


async def test_where_deals_cannot_go_they_are_shown_and_a_needed_stage_says_why(world: World) -> None:
    stages = await stages_by_name(world.db)
    deal = await make_deal(world, stage="Awaiting payment", amount=100_00)
    await world.helen.press(data=f"std:{stages['Awaiting payment'].id}:0")
    assert "There is no other stage where deals await payment" in world.helen.text
    await world.helen.press("💼 Show these deals")
    assert [label for label in world.helen.labels if f"#{deal}" in label]
    await world.helen.press(data=f"std:{stages['Lost'].id}:0")
    assert "cannot be deleted. A pipeline needs a stage for deals that are lost." in world.helen.text
    assert world.helen.labels == ["◀️ Back"]
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).values(stage_id=stages["New"].id))
    await world.helen.press(data=f"std:{stages['Awaiting payment'].id}:0")
    assert "Delete this stage?" in world.helen.text
