"""Deals go from one pipeline to another, by the same rights as within one; closed ones return there, too."""

import pytest
from sqlalchemy import select, update

from db.models import Deal, Event, LossReason
from services.deal_entry import DealFields
from services.errors import AppError, ForbiddenError
from services.pipelines.shape import StageField
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.deals.test_archive import put_away
from tests.deals.test_loss import lose
from tests.world import World


async def repair(world: World) -> dict[str, int]:
    """A second pipeline; its stages by name."""
    made = await world.services.pipelines.from_template(await actor_of(world.services, "olga"), "repair")
    return {stage.name: stage.id for stage in made.stages} | {"": made.id}


async def test_a_deal_goes_to_another_pipeline_and_back_by_undo(world: World) -> None:
    deal, there, anna = await make_deal(world, stage="In work"), await repair(world), world.anna
    other = await make_deal(world)
    await world.services.stage_tasks.add(
        await actor_of(world.services, "olga"), there["Diagnosis"], "Look, 1 day"
    )
    await anna.press(data=f"d:{deal}")
    await anna.press("🔀 Move")
    await anna.press("🧭 Repair")
    assert "🧭 Repair: to which stage?" in anna.text
    assert anna.labels[:2] == ["▶️ Taken in", "🔵 Diagnosis"], "the one that means the same leads"
    assert "🟢 Handed out" not in anna.labels
    await anna.press("Price to agree")
    await anna.say("900")
    assert "🔵 Repair: Price to agree · ₽900" in anna.text, "what the stage requires was asked for"
    assert "In work → Repair: Price to agree" in anna.text
    await anna.press("◀️ Deals")
    assert "Deals by stage · Sales" in anna.text
    await anna.press("🧭 Repair")
    assert "Price to agree: 1" in anna.text
    assert f"💼 #{deal} Windows for Ivan · Ivan Petrov" in anna.labels
    assert not any(f"#{other}" in one for one in anna.labels), "no deal of another pipeline"
    await anna.press("🧭 Sales")
    assert "Recent deals, yours first:" in anna.text
    assert f"💼 #{other} Windows for Ivan · Ivan Petrov" in anna.labels
    assert not any(f"#{deal} " in one for one in anna.labels)
    await anna.press(data=f"d:{deal}")
    await anna.press("↩️ Undo")
    assert "🔵 In work · no sum yet" in anna.text
    assert "took back: Price to agree → Sales: In work" in anna.text
    await anna.press(data=f"dm:{deal}:{there['Diagnosis']}:3")
    assert "📌 Look" in anna.text
    [(pipeline, stage)] = await world.rows(select(Deal.pipeline_id, Deal.stage_id).where(Deal.id == deal))
    assert (pipeline, stage) == (there[""], there["Diagnosis"])
    await anna.press("🔀 Move")
    await anna.press("Declined")
    assert "Beyond repair" in anna.labels, "the reasons are those of the pipeline"


async def test_no_right_is_won_by_going_round(world: World) -> None:
    there, stages = await repair(world), await stages_by_name(world.db)
    waits = await make_deal(world, stage="Awaiting payment", amount=100_00)
    won = await make_deal(world, stage="Paid", amount=100_00)
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    moves, crossings = world.services.moves, world.services.crossings
    for who, deal, stage in (
        (anna, waits, "Taken in"),
        (anna, waits, "Handed out"),
        (anna, won, "Handed out"),
        (anna, won, "Taken in"),
    ):
        with pytest.raises(ForbiddenError):
            await moves.move(who, deal, there[stage], 1)
        with pytest.raises(ForbiddenError):
            await crossings.stages(who, deal, there[""])
    boris = await actor_of(world.services, "boris")
    with pytest.raises(AppError) as refused:
        await crossings.stages(boris, waits, there[""])
    assert refused.value.code == "deal.not_found"
    before = (await world.rows(select(Deal.closed_on).where(Deal.id == won)))[0][0]
    card = await moves.move(helen, won, there["Handed out"], 1)
    assert (card.stage.name, card.closed_on) == ("Handed out", before), "it was not closed anew"
    assert [one.name for one in (await crossings.stages(helen, waits, there[""])).stages][:1] == ["Taken in"]

    olga = await actor_of(world.services, "olga")
    await world.services.pipelines.put_away(olga, there[""])
    assert (await crossings.choices(helen, waits)).pipelines == ()
    for deal, stage, code in (
        (waits, there["Taken in"], "stage.not_found"),
        (won, there["Taken in"], "pipeline.away"),
    ):
        version = (await world.services.deals.card(helen, deal)).version
        with pytest.raises(AppError) as refused:
            await moves.move(helen, deal, stage, version)
        assert refused.value.code == code
    with pytest.raises(AppError) as refused:
        await crossings.stages(helen, waits, there[""])
    assert refused.value.code == "pipelines.not_found"
    back = await moves.move(helen, won, stages["New"].id, 2)
    assert back.stage.name == "New", "out of a pipeline that is out of use it returns into another"


async def test_an_archived_deal_returns_into_a_chosen_pipeline_by_one_move_in_russian(world: World) -> None:
    deal, there, anna = (
        await make_deal(world, stage="Proposal", amount=900_00),
        await repair(world),
        world.anna,
    )
    olga = await actor_of(world.services, "olga")
    await world.services.stage_tasks.add(olga, there["Diagnosis"], "Look, 1 day")
    await lose(world, deal)
    await put_away(anna, deal)
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await anna.press(data=f"d:{deal}")
    await anna.press("♻️ Вернуть в работу")
    assert anna.labels[0] == "▶️ Proposal", "it was closed there"
    assert not {"🟢 Paid", "🟡 Awaiting payment"} & set(anna.labels)
    await anna.say("Привезли в ремонт")
    await anna.press("🧭 Repair")
    assert "🧭 Repair: на какой этап?" in anna.text
    assert anna.labels[0] == "▶️ Taken in", "by the map of stages"
    await anna.press("Diagnosis")
    assert (
        "Lost → Repair: Diagnosis · Привезли в ремонт · возврат из архива · поставлена 1 задача" in anna.text
    )
    [row] = (await world.rows(select(Deal)))[0]
    assert (row.pipeline_id, row.loss_reason_id, row.closed_on, row.archived_at) == (
        there[""],
        None,
        None,
        None,
    )
    crossed = select(Event.changes).where(Event.subject == "deal", Event.action == "deal.revive")
    [(changes,)] = await world.rows(crossed)
    assert changes["pipeline"] == ["Sales", "Repair"]
    assert changes["archived"] == [True, False]
    await anna.press("↩️ Отменить")
    [row] = (await world.rows(select(Deal)))[0]
    assert row.archived_at is not None, "taking it back puts it away again"
    assert (await world.services.deals.card(olga, deal)).loss_reason == "Price"
    assert "изменилось" in (await anna.press(data=f"dr:{deal}:{there['Diagnosis']}:3") or ""), "an old button"


async def test_out_of_the_archive_it_returns_by_the_rights_and_rules_of_its_new_stage(world: World) -> None:
    lost, won, there = await make_deal(world), await make_deal(world, stage="Paid"), await repair(world)
    services, stages = world.services, await stages_by_name(world.db)
    anna, boris, helen = [await actor_of(services, name) for name in ("anna", "boris", "helen")]
    await lose(world, lost)
    await services.archive.put_away(anna, lost, 2)
    await services.archive.put_away(helen, won, 1)
    await services.stages.set(await actor_of(services, "olga"), there["Diagnosis"], StageField.ENTER, "head")
    for who, deal, stage, version, code in (
        (boris, lost, "Taken in", 3, "deal.not_found"),
        (anna, won, "Taken in", 2, "not_allowed"),
        (anna, lost, "Diagnosis", 3, "not_allowed"),
        (helen, lost, "Handed out", 3, "deal.archived"),
        (anna, lost, "Price to agree", 3, "deal.fields_missing"),
        (anna, lost, "Taken in", 2, "stale"),
    ):
        with pytest.raises(AppError) as refused:
            await services.moves.move(who, deal, there[stage], version)
        assert refused.value.code == code
    assert [one.name for one in (await services.crossings.stages(anna, lost, there[""])).stages] == [
        "Taken in",
        "Price to agree",
        "Repair",
    ]
    await services.pipelines.put_away(await actor_of(services, "olga"), 1, there[""])
    card = await services.deals.card(anna, lost)
    assert (card.moves, card.returns) == ((), True), "only in another pipeline"
    card = await services.moves.move(helen, won, there["Diagnosis"], 2)
    assert (card.archived_at, card.stage.name) == (None, "Diagnosis")
    assert stages["Lost"].id == (await services.deals.card(anna, lost)).stage.id


async def test_a_reason_of_loss_is_that_of_the_pipeline_where_it_is_lost(world: World) -> None:
    deal, there = await make_deal(world), await repair(world)
    anna, reasons = await actor_of(world.services, "anna"), select(LossReason.id)
    price = (await world.rows(reasons.where(LossReason.pipeline_id.is_(None))))[0][0]
    own = (await world.rows(reasons.where(LossReason.pipeline_id == there[""])))[0][0]
    with pytest.raises(AppError) as refused:
        await world.services.moves.move(anna, deal, there["Declined"], 1, DealFields(loss_reason_id=price))
    assert refused.value.code == "loss_reason.not_found"
    await world.anna.press(data=f"dm:{deal}:{there['Declined']}:1")
    assert "Beyond repair" in world.anna.labels
    card = await world.services.moves.move(anna, deal, there["Declined"], 1, DealFields(loss_reason_id=own))
    assert card.loss_reason == "Price"


async def test_finance_is_shown_where_money_is_due_in_any_pipeline(world: World) -> None:
    there, fiona = await repair(world), world.fiona
    await fiona.say("/menu")
    assert not [label for label in fiona.labels if "Repair" in label]
    deal = await make_deal(world, amount=100_00)
    async with world.db.write() as uow:
        values = {"pipeline_id": there[""], "stage_id": there["Ready, to be paid"]}
        await uow.session.execute(update(Deal).where(Deal.id == deal).values(values))
    await fiona.say("/menu")
    await fiona.press("Repair: Ready, to be paid · 1")
    assert "Windows for Ivan" in fiona.text
