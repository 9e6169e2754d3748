"""Conversion counts the deals that came to a stage in some days, and those of them that went on."""

from datetime import date

import pytest

from db.models import Stage
from db.repositories.passages import Passage
from keyboards.digests import DigestConversionCb
from services.digests.conversion import conversions
from services.plans.pace import end_of
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.leads.making import free_lead
from tests.world import World

NEW, WORK, PAY, WON, LOST = range(1, 6)
KINDS = {NEW: "open", WORK: "open", PAY: "payment", WON: "won", LOST: "lost"}
PIPELINE = [Stage(id=n, pipeline_id=1, name=f"S{n}", kind=kind, position=n) for n, kind in KINDS.items()]
ELSEWHERE = [Stage(id=9, pipeline_id=2, name="S9", kind="open", position=1)]
MADE = None


def history(*paths: tuple[int, list[int | None]]) -> list[Passage]:
    """Deals by number, with the stages to which they came; events are numbered as they come."""
    found = []
    for deal, path in paths:
        for stage in path:
            found.append(Passage(100 + len(found), deal, 1, stage, None))
    return found


def test_a_hand_computed_week() -> None:
    passages = history(
        (1, [MADE, WORK, PAY, WON]),
        (2, [MADE, WORK, LOST]),
        (3, [MADE]),
        (4, [MADE, LOST]),
        (5, [PAY]),  # of the week before
        (6, [WORK, PAY, WORK]),  # brought back from further on, and back again
        (8, [WON]),  # of the week before, and it skipped a stage
        (9, [NEW]),  # lost before, taken up again
    )
    taken_back = [
        Passage(200, 7, 1, MADE, None),
        Passage(201, 7, 1, WORK, None),
        Passage(202, 7, 1, NEW, 201),
    ]
    lines = conversions([PIPELINE, ELSEWHERE], [*passages, *taken_back])
    assert [(one.stage.id, one.came, one.on, one.lost) for one in lines] == [
        (NEW, 6, 2, 1),  # 1 2 3 4 7 9, of which 1 2 went on, and 4 was lost
        (WORK, 3, 2, 1),  # 1 2 6, of which 1 6 went on, and 2 was lost
        (PAY, 3, 1, 0),  # 1 5 6, of which 1 was paid
    ]


def test_of_nothing_there_is_nothing() -> None:
    assert conversions([PIPELINE], []) == ()
    assert conversions([PIPELINE], history((1, [WON]))) == ()


async def test_the_digest_tells_it_of_what_its_reader_heads(world: World) -> None:
    anna, helen, hugo = [await actor_of(world.services, name) for name in ("anna", "helen", "hugo")]
    stages = await stages_by_name(world.db)
    move, (work, new) = world.services.moves.move, (stages[name].id for name in ("In work", "New"))
    world.clock.turn(days=-7)
    before = await make_deal(world, owner="anna")
    await move(anna, before, work, 1)
    world.clock.turn(days=7)
    await make_deal(world, owner="anna", stage="In work")  # stands there, and has no passage
    for n in range(3):
        lead = await free_lead(world.services, world.db, phone=f"+791655502{n:02}", name=f"Ivan {n}")
        taken = await world.services.leads.take(anna, lead.id)
        made = await world.services.outcomes.qualify(anna, lead.id, taken.version, again=True)
        assert made.deal_id is not None
        if n < 2:
            card = await move(anna, made.deal_id, work, 1)
            if n == 1:
                assert card.undo is not None
                await world.services.moves.undo(anna, made.deal_id, card.undo, card.version)
    await move(anna, before, new, 2)
    await world.helen.say("/digest")
    assert "🔀 Went on from a stage: New 25 %, In work 0 %" in world.helen.text
    await world.helen.press("🔀 Conversion")
    lines = [line.split() for line in world.helen.text.splitlines()]
    assert ["New", "4", "1", "25", "0"] in lines
    assert ["In", "work", "1", "0", "0", "0"] in lines
    await world.services.pipelines.from_template(await actor_of(world.services, "olga"), "repair")
    await world.helen.press("◀️ Back")
    assert "🔀 Went on from a stage: Sales: New 25 %, Sales: In work 0 %" in world.helen.text
    await world.helen.press("🔀 Conversion")
    assert [line.split()[0] for line in world.helen.text.splitlines()[2:5]] == ["Sales:", "New", "In"]
    await world.helen.press("◀️ Back")
    await world.helen.press("📊 Report")
    assert "Sales: In work" in world.helen.labels
    week = (date(2026, 11, 16), date(2026, 11, 22))
    [line] = (await world.services.digests.of_headed(helen, date(2026, 11, 9), date(2026, 11, 15))).conversion
    assert (line.stage.name, line.came, line.on) == ("In work", 1, 0), "the week after is not of these days"
    assert (await world.services.digests.of_headed(hugo, *week)).conversion == ()
    assert (await world.services.digests.of_headed(helen, date(2026, 1, 1), end_of(week[0]))).conversion == ()


@pytest.mark.parametrize("name", ["anna", "fiona"])
async def test_it_is_refused_to_whoever_has_no_reports(world: World, name: str) -> None:
    assert await world.hands[name].press(data=DigestConversionCb(period=0).pack())
    assert "Conversion" not in world.hands[name].text
