"""Why deals are lost: each pipeline's list, changed in the chat; what was said before stays said."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Event, LossReason
from db.uow import Database
from keyboards.pipeline_data import (
    LossReasonCb,
    LossReasonLeadCb,
    LossReasonOfferCb,
    LossReasonRetireCb,
    LossReasonsCb,
    LossReasonsPartCb,
)
from services.access import Action, Actor, scope
from services.bundle import Services
from services.deal_entry import DealFields
from services.dto.bulk import Bar, Deed
from services.dto.pipelines import LossReasons
from services.errors import AppError, ForbiddenError
from services.pipelines.loss_reasons import MOST
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.lists.making import sold
from tests.world import World

Find = Callable[[str], Coroutine[Any, Any, Actor]]


def names(shown: LossReasons) -> list[str]:
    return [one.name for one in shown.offered]


async def refused(deed: Coroutine[Any, Any, object]) -> str:
    with pytest.raises(AppError) as error:
        await deed
    return error.value.code


async def test_a_retired_reason_is_offered_no_more_but_kept_and_counted(
    services: Services, db: Database, actor: Find
) -> None:
    anna, helen, lists = await actor("anna"), await actor("helen"), services.loss_reasons
    lost, [first, second] = (await stages_by_name(db))["Lost"], await sold(db, count=2)
    price, other, *_ = (await lists.all(helen, 1)).offered
    card = await services.moves.move(anna, first, lost.id, 1, DealFields(loss_reason_id=price.id))
    assert (await lists.card(helen, 1, price.id)).deals == 1
    assert price.name not in names(await lists.retire(helen, 1, price.id))
    again = DealFields(loss_reason_id=price.id)
    assert await refused(services.moves.move(anna, second, lost.id, 1, again)) == "loss_reason.not_found"
    assert (
        await refused(services.bulk.plan(anna, 0, [second], Deed.LOSE, price.id)) == "loss_reason.not_found"
    )
    assert price not in await services.deals.loss_reasons(anna, second, lost.id)
    assert (await services.deals.card(anna, first)).loss_reason == price.name
    day = card.closed_on or card.created_at.date()
    async with db.read() as uow:
        seen = scope(helen, Action.REPORT_VIEW)
        counted = await uow.digests.losses(seen, [lost.id], day - timedelta(days=1), day)
    assert counted == [(price.name, 1)]
    assert await refused(lists.retire(helen, 1, price.id)) == "stale"
    assert names(await lists.add(helen, 1, price.name.upper()))[-1] == price.name, "it is offered again"
    assert await refused(lists.offer(helen, 1, price.id)) == "stale"
    for one in (await lists.all(helen, 1)).offered[:-1]:
        await lists.retire(helen, 1, one.id)
    assert await refused(lists.retire(helen, 1, price.id)) == "loss_reason.last"
    assert names(await lists.offer(helen, 1, other.id)) == [price.name, other.name]


async def test_a_pipeline_has_its_own_reasons_or_shares_the_company_s(
    services: Services, db: Database, actor: Find
) -> None:
    olga, lists = await actor("olga"), services.loss_reasons
    repair = await services.pipelines.from_template(olga, "repair")
    words = await services.pipelines.from_words(olga, "Second", "First")
    assert "Beyond repair" in names(await lists.all(olga, repair.id)), "the template brings them"
    shared = await lists.all(olga, words.id)
    assert (shared.own, shared.shared) == (False, ("Sales",))
    await lists.add(olga, words.id, "Went silent")
    assert names(await lists.all(olga, 1))[-1] == "Went silent"
    own = await lists.part(olga, words.id)
    assert (own.own, own.shared, names(own)) == (True, (), names(await lists.all(olga, 1)))
    await lists.add(olga, words.id, "Moved away")
    assert "Moved away" not in names(await lists.all(olga, 1))
    assert await refused(lists.part(olga, words.id)) == "stale"
    foreign = own.offered[0].id
    for deed, code in (
        (lists.rename(olga, 1, foreign, "Mine"), "loss_reason.not_found"),
        (lists.retire(olga, repair.id, foreign), "loss_reason.not_found"),
        (lists.lead(olga, words.id, foreign, 0), "stale"),
        (lists.add(olga, words.id, " went SILENT"), "pipeline.name_taken"),
        (lists.add(olga, words.id, " \n"), "pipeline.name_empty"),
        (lists.add(olga, words.id, "x" * 41), "line.long"),
        (lists.all(olga, 987), "pipelines.not_found"),
    ):
        assert await refused(deed) == code
    # Lost together, each deal gets the reason that its own pipeline offers under that name.
    here, there = await sold(db), await sold(db, stage="First")
    odd = await sold(db, stage="Diagnosis")
    reason = next(one for one in (await lists.all(olga, 1)).offered if one.name == "Went silent")
    plan = await services.bulk.plan(olga, 0, [*here, *there, *odd], Deed.LOSE, reason.id)
    assert (plan.n, plan.barred) == (2, ((Bar.REASON, 1),))
    await services.bulk.do(olga, 0, [*here, *there, *odd], Deed.LOSE, reason.id, plan.mark)
    cards = [await services.deals.card(olga, one) for one in (*here, *there)]
    assert [card.loss_reason for card in cards] == ["Went silent", "Went silent"]
    assert (await lists.card(olga, 1, reason.id)).deals == 1


async def test_two_at_once_leave_a_whole_list_and_whoever_sells_changes_none(
    services: Services, db: Database, actor: Find
) -> None:
    helen, hugo, lists = await actor("helen"), await actor("hugo"), services.loss_reasons
    first, second, *_ = (await lists.all(helen, 1)).offered
    done = await asyncio.gather(
        lists.add(helen, 1, "Too far"),
        lists.add(hugo, 1, "too  far"),
        lists.lead(helen, 1, second.id, 1),
        lists.retire(hugo, 1, first.id),
        lists.retire(helen, 1, first.id),
        return_exceptions=True,
    )
    assert all(isinstance(one, AppError) for one in done if isinstance(one, BaseException))
    async with db.read() as uow:
        kept = await uow.pipelines.loss_reasons()
        assert sorted(row.position for row in kept) == list(range(len(kept)))
        assert [row.name for row in kept].count("Too far") + [row.name for row in kept].count("too far") == 1
        events = await uow.session.scalars(select(Event.id).where(Event.action == "pipeline.edit"))
        assert len(events.all()) == sum(not isinstance(one, BaseException) for one in done)
    for n in range(MOST - len(kept)):
        await lists.add(helen, 1, f"Reason {n}")
    assert await refused(lists.add(helen, 1, "One too many")) == "loss_reason.many"
    for name in ("anna", "fiona", "max"):
        who = await actor(name)
        for deed in (
            lists.all(who, 1),
            lists.card(who, 1, 1),
            lists.add(who, 1, "Mine"),
            lists.rename(who, 1, 1, "Mine"),
            lists.lead(who, 1, 1, 1),
            lists.retire(who, 1, 1),
            lists.offer(who, 1, 1),
            lists.part(who, 1),
        ):
            with pytest.raises(ForbiddenError):
                await deed


async def test_a_head_changes_the_reasons_by_hand(world: World) -> None:
    helen, anna, deal = world.helen, world.anna, await make_deal(world)
    await helen.press("👤 Profile")
    await helen.press("🧭 Pipelines")
    await helen.press("🧭 Sales")
    await helen.press("💔 Loss reasons")
    assert "💔 Sales: why deals are lost\n1. Price\n2. Went to a competitor" in helen.text
    await helen.say("A reason so long that nobody would read it to its end")
    assert "“A reason so long tha…” is 53 characters long, and 40 is the most" in helen.text
    await helen.say("Too <far>")
    assert "7. Too <far>" in helen.text
    await helen.press("Too <far>")
    assert "💔 Too <far> · Sales\nPlace 7 of 7" in helen.text
    await helen.press("⬆️ Up")
    assert "Place 6 of 7" in helen.text
    await helen.press("✏️ Rename")
    await helen.say("Too far")
    assert "💔 Too far · Sales\nPlace 6 of 7\nLost for it: 0 deals" in helen.text
    await helen.press("◀️ Back")
    assert "6. Too far\n7. Other" in helen.text
    await helen.press("Price")
    await helen.press("🗄 Offer it no more")
    assert "🗄 No longer offered: Price" in helen.text
    await helen.press("🗄 Price")
    assert "Place" not in helen.text
    await helen.press("◀️ Back")
    await anna.press(data=f"d:{deal}")
    await anna.press("🔀 Move")
    await anna.press("Lost")
    assert "Price" not in anna.labels
    await anna.press("Too far")
    assert "💔 Too far" in anna.text

    async with world.db.read() as uow:
        rows = {row.name: row.id for row in (await uow.session.scalars(select(LossReason))).all()}
    here, price = {"pipeline_id": 1}, {"reason_id": rows["Price"]}
    for data, told in (
        (LossReasonRetireCb(**here, **price), "changed meanwhile"),
        (LossReasonLeadCb(**here, reason_id=rows["Too far"], position=3), "changed meanwhile"),
        (LossReasonCb(**here, reason_id=98_765), "no such reason"),
        (LossReasonsCb(pipeline_id=98_765), "no such pipeline"),
    ):
        assert told in (await helen.press(data=data.pack()) or ""), data
    assert await anna.press(data=LossReasonOfferCb(**here, **price).pack()) == "You may not do this."
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await helen.press(data=LossReasonsCb(**here).pack())
    assert "🗄 Больше не предлагаются: Price" in helen.text
    await helen.press(data=LossReasonCb(**here, reason_id=rows["Too far"]).pack())
    assert "Место 5 из 6\nПроиграно по ней: 1 сделка" in helen.text
    await world.services.pipelines.from_words(await actor_of(world.services, "olga"), "Second", "First")
    await helen.press(data=LossReasonsCb(pipeline_id=2).pack())
    assert "Общие с воронками: Sales" in helen.text
    await helen.press("✂️ Свои причины")
    assert "Общие" not in helen.text
    assert "Это уже изменилось" in (await helen.press(data=LossReasonsPartCb(pipeline_id=2).pack()) or "")
