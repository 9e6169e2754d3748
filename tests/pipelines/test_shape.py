"""Whatever is done to a pipeline by however many hands, it stays one: the rules, on the real database."""

import asyncio
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.outside import outside
from db.models import Deal, Pipeline, Stage
from db.uow import Database
from services.access import CLOSED_KINDS, StageKind
from services.bundle import Services
from services.errors import AppError
from services.pipelines.shape import NEEDED, StageField
from tests.cast import TurnedClock, actor_of
from tests.databases import database_at, new_sqlite
from tests.furniture import company

DEALS = 3
KINDS = [kind.value for kind in StageKind]
number = st.integers(0, 40)
edits = st.one_of(
    st.tuples(st.just("add"), number, number),
    st.tuples(st.just("kind"), number, st.sampled_from(KINDS)),
    st.tuples(st.just("shift"), number, st.booleans()),
    st.tuples(st.just("drop"), number, number),
    st.tuples(st.just("drop"), number, st.just(0)),
    st.tuples(st.just("made"), st.sampled_from(["sales", "purchases", "receivables"]), st.none()),
    st.tuples(st.just("own"), st.text("ab,\n- ", max_size=12), st.none()),
    st.tuples(st.just("away"), number, number),
    st.tuples(st.just("back"), number, st.none()),
    st.tuples(st.just("lead"), number, number),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(edits, min_size=4, max_size=12))
def test_any_edits_leave_valid_pipelines_and_no_deal_astray(wanted: list[tuple[str, int, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_play(new_sqlite(Path(folder), company), wanted))


async def _play(url: str, wanted: list[tuple[str, int, object]]) -> None:
    db, clock = database_at(url), TurnedClock()
    try:
        services = Services(db, clock, outside(mails=True))
        await _deals(db, clock)
        for deed, which, what in wanted:
            # A refusal is an answer, too; what matters is how things stand then.
            with suppress(AppError):
                await _edit(db, services, deed, which, what)
            await _check(db)
    finally:
        await db.close()


async def _deals(db: Database, clock: TurnedClock) -> None:
    async with db.write() as uow:
        stages = await uow.pipelines.stages(1)
        for n in range(DEALS):
            uow.session.add(
                Deal(
                    title=f"Deal {n}",
                    search="",
                    pipeline_id=1,
                    stage_id=stages[n * 2].id,
                    stage_since=clock.now(),
                    currency="RUB",
                    source="site",
                    department_id=1,
                    created_at=clock.now(),
                )
            )


async def _edit(db: Database, services: Services, deed: str, which: int, what: object) -> None:
    olga, pipelines, stages = await actor_of(services, "olga"), services.pipelines, services.stages
    async with db.read() as uow:
        rows = (await uow.session.scalars(select(Stage).order_by(Stage.id))).all()
        ways = (await uow.session.scalars(select(Pipeline).order_by(Pipeline.id))).all()
    if deed in ("made", "own"):
        word = str(which)
        await (
            pipelines.from_template(olga, word) if deed == "made" else pipelines.from_words(olga, word, word)
        )
        return
    stage, way = rows[which % len(rows)], ways[which % len(ways)]
    match deed:
        case "add":
            await stages.add(olga, way.id, f"Stage {what}")
        case "kind":
            await stages.set(olga, stage.id, StageField.KIND, str(what))
        case "shift":
            await stages.shift(olga, stage.id, stage.position, later=bool(what))
        case "drop":
            await stages.drop(olga, stage.id, rows[int(str(what)) % len(rows)].id if what else 0)
        case "away":
            await pipelines.put_away(olga, way.id, ways[int(str(what)) % len(ways)].id)
        case "back":
            await pipelines.take_back(olga, way.id)
        case "lead":
            await pipelines.lead(olga, way.id, int(str(what)))


async def _check(db: Database) -> None:
    async with db.read() as uow:
        used = await uow.pipelines.all()
        assert used
        assert [one.position for one in used] == list(range(len(used)))
        stages = {row.id: row for row in (await uow.session.scalars(select(Stage))).all()}
        for one in (await uow.session.scalars(select(Pipeline))).all():
            here = await uow.pipelines.stages(one.id)
            assert [stage.position for stage in here] == list(range(len(here)))
            assert {stage.kind for stage in here} >= set(NEEDED)
            closed = [stage.kind in CLOSED_KINDS for stage in here]
            assert closed == sorted(closed), "no stage in work stands behind an end"
        deals = (await uow.session.scalars(select(Deal).order_by(Deal.id))).all()
        assert [stages[deal.stage_id].pipeline_id for deal in deals] == [one.pipeline_id for one in deals]
        assert [stages[deal.stage_id].kind for deal in deals[:1]] == ["open"]
        assert len(deals) == DEALS
        archived = [one.id for one in await uow.pipelines.archived()]
        left = select(func.count(Deal.id)).join(Stage).where(Stage.kind.in_(("open", "payment")))
        assert await uow.session.scalar(left.where(Stage.pipeline_id.in_(archived))) == 0
