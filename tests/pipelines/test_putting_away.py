"""A pipeline goes out of use: its deals get no tasks, it is told what they lack, and it is taken back."""

from sqlalchemy import select

from db.models import Deal, Pipeline, Stage, Task
from services.dto.fields import FieldKind
from services.pipelines.shape import StageField
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.fields.making import make_field
from tests.pipelines.test_crossing import repair
from tests.world import World


async def where(world: World) -> dict[int, str]:
    found = await world.rows(select(Deal.id, Stage.name).join(Stage, Stage.id == Deal.stage_id))
    return dict(found)


async def put_away(world: World, there: dict[str, int]) -> None:
    """The owner puts Sales out of use for Repair."""
    await world.olga.press(data=f"fnh:1:{there['']}")
    await world.olga.press("🗄 Yes, out of use")


async def test_deals_come_without_tasks_and_it_is_told_before_what_they_lack(world: World) -> None:
    there, olga = await repair(world), await actor_of(world.services, "olga")
    color = await make_field(world.services, olga, FieldKind.TEXT, "Colour")
    await world.services.stage_tasks.add(olga, there["Taken in"], "Look, 1 day")
    for asked in ("amount", f"f{color.id}"):
        await world.services.stages.set(olga, there["Taken in"], StageField.REQUIRED, asked)
    for amount in (None, 100_00):
        await make_deal(world, amount=amount)
    await world.olga.press(data=f"fnh:1:{there['']}")
    assert world.olga.text == (
        "🗄 Sales: its deals go to Repair\nNew → Taken in · 2 deals\n"
        "🤖 The stages there set no tasks for them.\n"
        "⚠️ “Taken in” asks for: Sum, Colour. Without it come: 2 deals."
    )
    told = len(world.anna.messages)
    await world.olga.press("🗄 Yes, out of use")
    assert "✅ Sales is out of use.\nNow in Repair: 2 deals." in world.olga.text
    assert set((await where(world)).values()) == {"Taken in"}
    assert await world.count(Task) == 0
    assert len(world.anna.messages) == told


async def test_undo_brings_back_what_nobody_has_touched_to_its_stage_and_its_place(world: World) -> None:
    there, stages = await repair(world), await stages_by_name(world.db)
    deals = [await make_deal(world, stage=one, amount=100_00) for one in ("New", "Awaiting payment", "Paid")]
    touched = await make_deal(world, stage="Proposal")
    await put_away(world, there)
    done, press = world.olga.screen, str(world.olga.screen.keyboard[0][0]["callback_data"])
    version = (await world.rows(select(Deal.version).where(Deal.id == touched)))[0][0]
    helen = await actor_of(world.services, "helen")
    await world.services.moves.move(helen, touched, there["Diagnosis"], version)
    await world.services.people.speak(await actor_of(world.services, "olga"), "ru")
    await world.olga.press("↩️ Undo")
    assert "↩️ Как было: 2 сделки.\n🚧 С тех пор изменились, поэтому остаются на месте: 1 сделка." in (
        world.olga.text
    )
    assert await where(world) == {
        **dict(zip(deals, ("New", "Awaiting payment", "Paid"), strict=True)),
        touched: "Diagnosis",
    }
    used = select(Pipeline.name).where(Pipeline.archived_at.is_(None)).order_by(Pipeline.position)
    assert [row[0] for row in await world.rows(used)] == ["Sales", "Repair"], "new deals enter it again"
    assert (await world.rows(select(Deal.stage_id).where(Deal.id == deals[0])))[0][0] == stages["New"].id
    assert await world.olga.press(data=press, on=done) == "Возвращать здесь уже нечего."


async def test_undo_is_for_an_hour_and_for_whoever_did_it(world: World) -> None:
    there, deal = await repair(world), await make_deal(world)
    await put_away(world, there)
    done, press = world.olga.screen, str(world.olga.screen.keyboard[0][0]["callback_data"])
    assert await world.helen.press(data=press) == "You may not do this."
    assert "nothing left" in (await world.olga.press(data="fnk:1:987654") or "")
    world.clock.turn(minutes=61)
    late = "An hour has passed: this cannot be taken back as a whole any more."
    assert await world.olga.press("↩️ Undo", on=done) == late
    assert await where(world) == {deal: "Taken in"}
