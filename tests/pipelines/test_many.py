"""As many pipelines and stages as there may be, with long names: each screen comes, the last is chosen."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from db.models import Deal, Pipeline, Stage
from keyboards.pipeline_data import StageCb, StageDropCb
from services.access import CLOSED_KINDS
from services.pipelines.settings import PAGE
from services.pipelines.shape import MOST_PIPELINES, MOST_STAGES, NAME_LIMIT
from tests.deals.making import make_deal
from tests.inflow.test_story import open_source
from tests.leads.making import taken_lead
from tests.people.test_work_times import place
from tests.world import Hand, World

PHONE = "+79160000001"


@dataclass(frozen=True, slots=True)
class Made:
    """What there is: the names of the last ones begin so, and by these beginnings the ids of stages."""

    last: str
    """The last pipeline."""
    there: str
    """Its last stage in work."""
    here: str
    before: str
    """The last one of the first pipeline, and the one before it."""
    stages: dict[str, int]


def named(letter: str, n: int) -> str:
    return f"{letter}{n:03} {'длинное слово ' * 3}"[:NAME_LIMIT]


async def fill(world: World) -> Made:
    """All that there may be, on PostgreSQL, where only the SQL differs, two pages; and one out of use."""
    full, now = world.db.backend == "sqlite", world.clock.now()
    many, long = (MOST_PIPELINES, MOST_STAGES) if full else (40, 40)
    async with world.db.write() as uow:
        add = insert(Pipeline).returning(Pipeline.id, sort_by_parameter_order=True)
        lines = [
            {"name": named("P", n), "position": n, "created_at": now, "archived_at": None}
            for n in range(1, many)
        ]
        away = {"name": named("A", 1), "position": 0, "created_at": now, "archived_at": now}
        ids = list((await uow.session.scalars(add, [*lines, away])).all())
        last, own = ids[-2], len(await uow.pipelines.stages(1))
        ends = {"won": long - 2, "lost": long - 1}
        stages = [(one, named("F", 1), 0, "open") for one in ids if one != last]
        stages += [(last, named("E", n), n, kind) for kind, n in ends.items()]
        stages += [(last, named("T", n), n - 1, "open") for n in range(1, long - 1)]
        await uow.session.execute(update(Stage).where(Stage.kind.in_(CLOSED_KINDS)).values(position=long))
        stages += [
            (1, named("S", n), n + own, "payment" if 5 < n < 30 else "open") for n in range(1, long - own + 1)
        ]
        names = ("pipeline_id", "name", "position", "kind")
        await uow.session.execute(insert(Stage), [dict(zip(names, row, strict=True)) for row in stages])
    found = await world.rows(select(Stage.name, Stage.id).where(Stage.pipeline_id.in_([1, last])))
    known = {name.partition(" ")[0]: one for name, one in found}
    here = long - own
    return Made(f"P{many - 1:03}", f"T{long - 2:03}", f"S{here:03}", f"S{here - 1:03}", known)


async def deals_everywhere(world: World) -> int:
    """A deal in each stage of the first pipeline that is no end; one of them."""
    first = await make_deal(world)
    [copied] = await world.rows(select(Deal.__table__).where(Deal.id == first))
    stages = select(Stage.id).where(Stage.pipeline_id == 1, Stage.kind.not_in(CLOSED_KINDS))
    given = {name: value for name, value in copied._mapping.items() if name != "id"}
    rows = [given | {"stage_id": one} for (one,) in await world.rows(stages) if one != given["stage_id"]]
    async with world.db.write() as uow:
        await uow.session.execute(insert(Deal), rows)
    return first


async def leaf(hand: Hand, label: str) -> None:
    """Turn the pages until a button says this."""
    while not any(label in one for one in hand.labels):
        [further] = [one for one in hand.labels if one in ("▶️", "More ▶️")]
        before = hand.labels
        await hand.press(further)
        assert hand.labels != before, "Telegram took the next page"


async def choose(hand: Hand, label: str) -> None:
    """Press it, on whatever page it stands."""
    await leaf(hand, label)
    await hand.press(label)


async def test_the_owner_opens_the_last_of_them_and_lets_it_go(world: World) -> None:
    made, olga = await fill(world), world.olga
    await deals_everywhere(world)
    await olga.press(data="fn")
    await choose(olga, f"🧭 {made.last}")
    await choose(olga, made.there)
    n = int(made.there[1:])
    assert f"↕️ Place: {n} of {n + 2}" in olga.text
    await olga.press(f"◀️ {made.last}")
    assert any(made.there in one for one in olga.labels), "back on the page that the stage stands on"
    await olga.press(data=f"fn:{(int(made.last[1:]) - 1) // PAGE}")
    await choose(olga, "🗄 A001")
    assert "🗄 Out of use." in olga.text

    await olga.press(data="fna:1")
    await choose(olga, f"🧭 {made.last}")
    assert f"its deals go to {made.last}" in olga.text
    await choose(olga, made.here)
    await choose(olga, made.there)
    assert any(made.here in line and made.there in line for line in olga.text.splitlines())

    await olga.press(data=StageDropCb(stage_id=made.stages[made.here]).pack())
    await choose(olga, made.before)
    assert "🗑 Yes, delete it" in olga.labels


async def test_the_owner_sets_up_the_last_of_them(world: World) -> None:
    made, olga = await fill(world), world.olga
    await olga.press(data=StageCb(stage_id=made.stages[made.here]).pack())
    await olga.press("⚡ Automatic moves")
    await olga.press("📞 Client reached")
    await choose(olga, f"🧭 {made.last}")
    await choose(olga, made.there)
    assert f"📞 Client reached → {made.last}" in olga.text

    await olga.press(data="fu:1")
    await choose(olga, f"🧭 {made.last}")
    assert f"🔁 Follow-up · {made.last}" in olga.text
    await olga.press("⏳ Days per stage")
    await choose(olga, made.there)
    await olga.press("5 days")
    assert any(made.there in one for one in olga.labels), "back on the page that the stage stands on"

    await olga.press(data=f"di:{await place(world)}:0")
    await choose(olga, f"🧭 {made.last}")
    assert "Leads of this pipeline go as the department's others do." in olga.text
    await olga.say("/menu")
    await open_source(world)
    await olga.press(data="rqp:source:1")
    await choose(olga, made.last)
    assert any(one.startswith(f"🧭 Pipeline: {made.last}") for one in olga.labels)
    await olga.press(data="fnr:1")
    assert "…. A change here changes them there." in olga.text
    await olga.press(data="coa:pipeline:0")
    assert "→ S" in olga.text


async def test_a_seller_moves_deals_to_the_last_of_them(world: World) -> None:
    made, anna = await fill(world), world.anna
    deal = await deals_everywhere(world)
    await anna.press(data=f"dms:{deal}")
    await choose(anna, made.here)
    assert made.here in anna.text
    await anna.press("🔀 Move")
    await choose(anna, f"🧭 {made.last}")
    await choose(anna, made.there)
    there = made.stages[made.there]
    assert await world.rows(select(Deal.stage_id).where(Deal.id == deal)) == [(there,)]
    await anna.press("◀️ Deals")
    await choose(anna, made.before)
    assert made.before in anna.text
    await anna.press("◀️ Stages")
    await choose(anna, f"🧭 {made.last}")
    assert made.there in anna.text

    lead = await taken_lead(world, phone=PHONE)
    await anna.press(data=f"lq:{lead.id}:{lead.version}")
    await choose(anna, f"🧭 {made.last}")
    assert f"The deal goes to the pipeline {made.last}" in anna.text
    await anna.press("No company ▶️")
    first = select(Deal.stage_id).order_by(Deal.id.desc()).limit(1)
    assert await world.rows(first) == [(made.stages["T001"],)]


async def test_lists_and_reports_lead_to_the_last_of_them(world: World) -> None:
    made, helen = await fill(world), world.helen
    await deals_everywhere(world)
    await helen.press(data="bf")
    await helen.press("🧭 Stage")
    await choose(helen, f"🧭 {made.last}")
    await choose(helen, made.there)
    assert any(one.startswith("✓") and made.there in one for one in helen.labels)
    await helen.press("◀️ Back")
    assert "🧭 P001" in "".join(helen.labels)
    await helen.press(data="bl:0")
    await helen.press("☑️ Select")
    await helen.press(next(one for one in helen.labels if one.startswith("◻️")))
    await helen.press("🔀 Move")
    await choose(helen, f"🧭 {made.last}")
    await choose(helen, made.there)
    await helen.press("✅ Yes")
    assert await world.rows(select(Deal.id).where(Deal.stage_id == made.stages[made.there]))

    await helen.press(data="rep")
    await choose(helen, made.before)
    assert made.before in helen.text
    await world.fiona.say("/menu")
    await world.fiona.press("💼 Deals")
    await choose(world.fiona, "S029")
    assert "S029" in world.fiona.text
