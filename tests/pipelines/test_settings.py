"""Pipelines and stages by the service: who may, what is refused, and two heads at once."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from sqlalchemy import select, update

from db.models import Deal, Event, LossReason, Pipeline, Stage
from db.uow import Database
from services.access import Actor, StageKind
from services.bundle import Services
from services.errors import AppError, ForbiddenError
from services.pipelines.reading import read_stages
from services.pipelines.shape import MOST_STAGES, StageField
from tests.cast import TurnedClock, stages_by_name

Find = Callable[[str], Coroutine[Any, Any, Actor]]


@pytest.mark.parametrize(
    ("typed", "language", "stages"),
    [
        ("New, Measured", "en", ["New", "Measured", "Won", "Lost"]),
        ("Новая\nЗамер → Выиграна", "ru", ["Новая", "Замер", "Выиграна", "Проиграна"]),
        ("  a ;; b > c ->  d", "en", ["a", "b", "c", "d", "Won", "Lost"]),
        ("<b>Own</b>, A>B", "en", ["<b>Own</b>", "A>B", "Won", "Lost"]),
    ],
)
def test_typed_stages_are_read_and_get_their_ends(typed: str, language: str, stages: list[str]) -> None:
    read = read_stages(typed, language)
    assert [name for name, _ in read] == stages
    assert [kind for _, kind in read][-2:] == [StageKind.WON, StageKind.LOST]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "pipeline.no_stages"),
        ("won, lost", "pipeline.no_stages"),
        ("New, new", "pipeline.name_taken"),
        (", ".join(map(str, range(MOST_STAGES))), "pipeline.many_stages"),
    ],
)
def test_what_makes_no_pipeline_is_refused(typed: str, code: str) -> None:
    with pytest.raises(AppError) as refused:
        read_stages(typed, "en")
    assert refused.value.code == code


async def test_nothing_that_a_head_does_is_lost_by_what_another_does_at_once(
    services: Services, db: Database, actor: Find
) -> None:
    helen, hugo, stages = await actor("helen"), await actor("hugo"), services.stages
    before = await stages_by_name(db)
    new, proposal = before["New"].id, before["Proposal"].id
    done = await asyncio.gather(
        stages.add(helen, 1, "Measured"),
        stages.add(hugo, 1, "Visited"),
        stages.set(helen, new, StageField.COLOR, "red"),
        stages.set(hugo, new, StageField.RESULT, "They are called"),
        stages.set(helen, new, StageField.REQUIRED, "contact"),
        stages.set(hugo, new, StageField.REQUIRED, "amount"),
        stages.drop(helen, proposal),
        stages.drop(hugo, proposal),
        services.pipelines.from_template(helen, "repair"),
        services.pipelines.from_template(hugo, "repair"),
        return_exceptions=True,
    )
    refused = [one for one in done if isinstance(one, BaseException)]
    assert [getattr(one, "code", one) for one in refused] == ["stage.not_found"]
    async with db.read() as uow:
        rows = await uow.pipelines.stages(1)
        assert {row.name for row in rows} == {*before, "Measured", "Visited"} - {"Proposal"}
        assert [row.position for row in rows] == list(range(len(rows)))
        assert (rows[0].color, rows[0].result) == ("red", "They are called")
        assert rows[0].required == ["amount", "contact"]
        assert [(row.name, row.position) for row in await uow.pipelines.all()] == [
            ("Sales", 0),
            ("Repair", 1),
            ("Repair 2", 2),
        ]
        events = (await uow.session.scalars(select(Event.action))).all()
        assert events.count("pipeline.edit") == len(done) - 1


async def test_deals_go_along_by_kind_and_name_and_the_money_stays_guarded(
    services: Services, db: Database, actor: Find, clock: TurnedClock
) -> None:
    olga, stages = await actor("olga"), await stages_by_name(db)
    kept = ("New", "Proposal", "Awaiting payment", "Paid")
    async with db.write() as uow:
        for name in kept:
            uow.session.add(
                Deal(
                    title=name, search="", pipeline_id=1, stage_id=stages[name].id, stage_since=clock.now(),
                    currency="RUB", source="site", department_id=1, created_at=clock.now(),
                )
            )  # fmt: skip
    waits = stages["Awaiting payment"].id
    for deed, code in (
        (services.stages.drop(olga, waits), "stage.used"),
        (services.stages.drop(olga, waits, stages["New"].id), "stage.used"),
        (services.stages.set(olga, waits, StageField.KIND, "open"), "stage.kind_used"),
        (services.stages.drop(olga, stages["Lost"].id), "stage.last_lost"),
        (services.stages.set(olga, stages["Lost"].id, StageField.KIND, "won"), "stage.last_lost"),
        (services.stages.set(olga, stages["Lost"].id, StageField.REQUIRED, "amount"), "stage.closed"),
        (services.stages.set(olga, stages["Paid"].id, StageField.NORM, "5"), "stage.closed"),
        (services.stages.set(olga, stages["New"].id, StageField.NAME, "paid"), "pipeline.name_taken"),
        (services.pipelines.put_away(olga, 1), "pipeline.last"),
    ):
        with pytest.raises(AppError) as refused:
            await deed
        assert refused.value.code == code
    other = await services.pipelines.from_words(olga, "Second", "First, Proposal")
    with pytest.raises(AppError):
        await services.pipelines.put_away(olga, 1)
    await services.pipelines.put_away(olga, 1, other.id)
    async with db.read() as uow:
        query = select(Deal.title, Stage.name, Pipeline.name, Deal.version).join(
            Stage, Deal.stage_id == Stage.id
        )
        rows = await uow.session.execute(
            query.join(Pipeline, Deal.pipeline_id == Pipeline.id).order_by(Deal.id)
        )
        assert [tuple(row) for row in rows] == [
            ("New", "First", "Second", 2),
            ("Proposal", "Proposal", "Second", 2),
            ("Awaiting payment", "Proposal", "Second", 2),
            ("Paid", "Paid", "Sales", 1),
        ]
        moves = (await uow.session.scalars(select(Event.changes).where(Event.subject == "deal"))).all()
        assert [one["pipeline"] for one in moves] == [["Sales", "Second"]] * 3
        assert [one.name for one in await uow.pipelines.loss_reasons(other.id)][:1] == ["Price"]
        paid = await uow.session.scalar(select(Deal.id).where(Deal.title == "Paid"))
    with pytest.raises(AppError) as refused:
        await services.moves.move(olga, paid or 0, stages["New"].id, 1)
    assert refused.value.code == "pipeline.away"
    await services.pipelines.take_back(olga, 1)
    assert (await services.moves.move(olga, paid or 0, stages["New"].id, 1)).stage.name == "New"
    repair = await services.pipelines.from_template(olga, "repair")
    async with db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.title == "New").values(pipeline_id=repair.id))
        own = await uow.session.scalars(select(LossReason.name).where(LossReason.pipeline_id == repair.id))
        assert "Beyond repair" in own.all()
    offered = await services.deals.loss_reasons(olga, 1, repair.stages[-1].id)
    assert "Beyond repair" in [one.name for one in offered]
    assert "Bad timing" not in [one.name for one in offered]


@pytest.mark.parametrize("name", ["anna", "fiona", "max"])
async def test_whoever_sells_changes_no_pipeline(services: Services, actor: Find, name: str) -> None:
    who = await actor(name)
    for deed in (
        services.pipelines.all(who),
        services.pipelines.from_template(who, "repair"),
        services.stages.add(who, 1, "Mine"),
        services.stages.set(who, 1, StageField.COLOR, "red"),
        services.stages.drop(who, 1),
    ):
        with pytest.raises(ForbiddenError):
            await deed
    helen = await actor("helen")
    with pytest.raises(ForbiddenError):
        await services.pipelines.put_away(helen, 1)
