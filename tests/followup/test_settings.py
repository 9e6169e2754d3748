"""The rules as heads set them: two at once lose nothing, and a deal is listed when its pipeline says so."""

import asyncio

from sqlalchemy import select

from db.models import Event, Pipeline
from services.access import Actor
from services.dto.control import Watched, Where
from services.followup.rules import Rule
from tests.cast import actor_of
from tests.followup.mornings import Days


async def test_of_heads_who_set_rules_at_the_same_instant_none_loses_a_change(days: Days) -> None:
    helen, hugo = await actor_of(days.services, "helen"), await actor_of(days.services, "hugo")
    settings = days.services.follow_up_settings
    for n in range(2, 8):
        changes = [(helen, Rule.CALLBACK), (hugo, Rule.SILENT), (helen, Rule.STEP), (hugo, Rule.GREET)]
        await asyncio.gather(*(settings.set(who, 1, rule, n) for who, rule in changes))
        [(kept,)] = await days.rows(select(Pipeline.rules).where(Pipeline.id == 1))
        assert kept == {rule.value: n for rule in Rule}
    told = [one for (one,) in await days.rows(select(Event.changes).where(Event.action == "pipeline.rules"))]
    assert [one["silent"] for one in told if "silent" in one] == [[3, 2], *([n, n + 1] for n in range(2, 7))]


async def listed(days: Days, anna: Actor, helen: Actor) -> set[tuple[int, ...]]:
    """Where the deals without a next step stand: her own list and counts, the head's lists and counts."""
    services, person = days.services, anna.person_id
    own = [one.id for one in (await services.day.adrift(anna)).items]
    assert (await services.day.day(anna)).adrift == (await services.digests.morning(anna)).adrift == len(own)
    lists = [await services.control.watched(helen, Watched.ADRIFT, Where(0, whose)) for whose in (0, person)]
    now = await services.control.department(helen)
    counts = [now.adrift, (await services.control.seller(helen, Where(0, person))).adrift]
    counts.append((await services.digests.this_week(helen)).watch.adrift)
    counts.append(dict((await services.workspace.menu(helen)).watched).get(Watched.ADRIFT, 0))
    assert counts == [len(own)] * 4
    return {tuple(own), *(tuple(one.id for one in shown.page.items if hasattr(one, "id")) for shown in lists)}


async def test_a_deal_without_a_next_step_is_listed_after_its_pipelines_days_or_never(
    days: Days,
) -> None:
    deal = await days.deal()
    anna, helen = await actor_of(days.services, "anna"), await actor_of(days.services, "helen")
    settings = days.services.follow_up_settings
    assert await listed(days, anna, helen) == {(deal,)}
    await settings.set(helen, 1, Rule.STEP, 2)
    days.clock.turn(days=2)
    assert await listed(days, anna, helen) == {()}
    days.clock.turn(seconds=1)
    assert await listed(days, anna, helen) == {(deal,)}
    await days.services.deals.add_note(anna, deal, "They think about it")
    assert await listed(days, anna, helen) == {()}, "something has happened"
    days.clock.turn(days=30)
    await settings.set(helen, 1, Rule.STEP, None)
    assert await listed(days, anna, helen) == {()}
    await settings.set(helen, 1, Rule.STEP, 0)
    assert await listed(days, anna, helen) == {(deal,)}
