"""A rule that cannot move its deal says so, a move by silence is told, and what counts as an answer."""

from services.dto.inquiries import InquiryInput, Shape
from services.dto.talk import Origin, Said
from services.payment_methods import Method
from services.pipelines.auto_rules import Happening
from services.pipelines.shape import StageField
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.inflow.test_story import open_source
from tests.pipelines.test_autos import where
from tests.tasks.ticking import tick
from tests.world import World


async def rule(world: World, stage: str, what: Happening, to: str, days: int = 0) -> None:
    stages, helen = await stages_by_name(world.db), await actor_of(world.services, "helen")
    await world.services.stage_autos.set(helen, stages[stage].id, what, stages[to].id, days)


async def back(world: World, deal: int, stage: str = "New") -> None:
    """Let the deal stand there again, whoever moved it."""
    stages = await stages_by_name(world.db)
    olga = await actor_of(world.services, "olga")
    version = (await world.services.deals.card(olga, deal)).version
    await world.services.moves.move(olga, deal, stages[stage].id, version)
    await world.settle()


async def test_a_rule_that_cannot_move_says_what_is_missing_and_it_is_filled_in(world: World) -> None:
    deal, anna = await make_deal(world, stage="New"), world.anna
    work, helen = (await stages_by_name(world.db))["In work"].id, await actor_of(world.services, "helen")
    await rule(world, "New", Happening.ANSWERED, "In work")
    await world.services.stages.set(helen, work, StageField.REQUIRED, "amount")
    await anna.press(data=f"dcl:{deal}:reached")
    assert await where(world, deal) == "New"
    assert anna.text.startswith(
        "⚡ 📞 Client reached: by the rule it would go to “In work”, but this is missing: Sum"
    )
    told = anna.screen
    await anna.press("✍️ Fill in, to “In work”")
    await anna.say("150k")
    assert await where(world, deal) == "In work"
    await anna.press(data=f"dm:{deal}:{work}:1", on=told)
    assert await where(world, deal) == "In work", "an old button"

    other = await make_deal(world, stage="New")
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await rule(world, "New", Happening.SILENT, "In work", 1)
    world.clock.turn(days=4)
    await tick(world)
    assert await where(world, other) == "New"
    assert any("но не заполнено: Сумма" in one.text for one in anna.messages), "her deal, though nobody acted"


async def test_a_move_by_silence_is_told_to_the_owner(world: World) -> None:
    deal = await make_deal(world, stage="New", amount=100_00)
    await rule(world, "New", Happening.SILENT, "In work", 1)
    world.clock.turn(days=4)
    await tick(world)
    assert await where(world, deal) == "In work"
    told = "⚡ 🔇 Client silent: by the rule it went to “In work”"
    assert [one for one in world.anna.messages if one.text.startswith(told)]
    assert not [one for one in world.boris.messages if told in one.text]


async def test_the_first_payment_moves_a_deal_and_the_second_does_not(world: World) -> None:
    deal = await make_deal(world, stage="Awaiting payment", amount=100_00)
    fiona = await actor_of(world.services, "fiona")
    await world.helen.press(data=f"sau:{(await stages_by_name(world.db))['Awaiting payment'].id}")
    await world.helen.press("💳 First payment")
    assert "Paid" not in world.helen.labels, "a part of the sum makes no deal won"
    await world.helen.press("In work")
    assert "⚡ 💳 First payment → In work" in world.helen.text
    await world.services.payments.record(fiona, deal, 40_00, Method.BANK)
    assert await where(world, deal) == "In work"
    await back(world, deal, "Awaiting payment")
    await world.services.payments.record(fiona, deal, 10_00, Method.BANK)
    assert await where(world, deal) == "Awaiting payment"


async def test_a_client_who_writes_has_answered(world: World) -> None:
    deal, anna = await make_deal(world, stage="New", amount=100_00), await actor_of(world.services, "anna")
    way = await world.services.ways.by_token(await open_source(world))
    assert way is not None
    await rule(world, "New", Happening.ANSWERED, "In work")
    await world.services.inquiries.receive(way, InquiryInput(Shape.FORM, phone="+79161234567"))
    assert await where(world, deal) == "In work"

    def passed_on(number: int, name: str) -> Said:
        return Said(
            1, number, "Ok, I agree", origin=Origin.USER, origin_name=name, origin_at=world.clock.now()
        )

    await back(world, deal)
    for number, name in enumerate(("Helen", "Anna")):
        await world.services.talk.keep(anna, "deal", deal, [passed_on(number, name)])
    await world.services.talk.keep(anna, "deal", deal, [Said(1, 8, "A note of mine")])
    assert await where(world, deal) == "New", "colleagues are no clients"
    await world.services.talk.keep(anna, "deal", deal, [passed_on(9, "Ivan Petrov")])
    assert await where(world, deal) == "In work"
