"""Who may bring a deal to a stage and who may move it on: narrower than the rights, never wider."""

from itertools import combinations

from sqlalchemy import func, select, update

from db.models import Event, Stage
from services.access import Actor, Role
from services.bundle import Services
from services.pipelines.shape import MOVERS
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.world import World

EVENTS = select(func.max(Event.id)).where(Event.subject == "deal")
SUBSETS = [list(some) for n in range(len(MOVERS) + 1) for some in combinations(MOVERS, n)]


async def test_a_gate_takes_rights_away_and_gives_none(world: World) -> None:
    services, deal = world.services, await make_deal(world, stage="In work", amount=100_00)
    for name in ("anna", "helen", "olga"):
        actor = await actor_of(services, name)
        may = await moves(services, actor, deal)
        assert "New" in may
        for gate in ("enter", "leave"):
            for roles in SUBSETS:
                async with world.db.write() as uow:
                    shut = {"enter": [], "leave": [], gate: [role.value for role in roles]}
                    await uow.session.execute(update(Stage).values(shut))
                passes = not roles or actor.role in {*roles, Role.OWNER}
                assert await moves(services, actor, deal) == (may if passes else set()), (name, gate, roles)


async def moves(services: Services, actor: Actor, deal: int) -> set[str]:
    return {one.name for one in (await services.deals.card(actor, deal)).moves}


async def test_a_gate_is_set_in_the_chat_and_holds_for_every_door(world: World) -> None:
    deal, stages = await make_deal(world, stage="New", amount=100_00), await stages_by_name(world.db)
    new, work, proposal = (stages[name].id for name in ("New", "In work", "Proposal"))
    helen, anna = world.helen, world.anna
    await helen.press(data=f"st:{proposal}")
    await helen.press("🚪 Who may enter")
    await helen.press("Head of department")
    assert "✓ Head of department" in helen.labels
    await helen.press("◀️ Back")
    assert "🚪 Only they bring a deal here: Head of department" in helen.text

    await anna.press(data=f"d:{deal}")
    await anna.press("▶️ In work")
    await helen.press(data=f"sta:{work}:leave")
    await helen.press("Owner")
    await helen.press("◀️ Back")
    assert "🔒 Only they move it on: Owner" in helen.text
    await anna.press(data=f"d:{deal}")
    assert not {"🔀 Move", "↩️ Undo", "▶️ Proposal"} & set(anna.labels)
    assert "🔒 From here on somebody else moves it." in anna.text
    event = max(row[0] for row in await world.rows(EVENTS))
    for data in (f"dm:{deal}:{new}:2", f"dm:{deal}:{proposal}:2", f"du:{deal}:{event}:2"):
        assert await anna.press(data=data) == "You may not do this.", data
    assert await helen.press(data=f"dm:{deal}:{proposal}:2") == "You may not do this."

    await helen.press(data=f"sta:{work}:leave")
    await helen.press("✓ Owner")
    assert await anna.press(data=f"dm:{deal}:{proposal}:2") == "You may not do this."
    await helen.press(data=f"d:{deal}")
    await helen.press("▶️ Proposal")
    assert "🔵 Proposal" in helen.text
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await helen.press(data=f"st:{proposal}")
    assert "🚪 Переводят сюда только: Руководитель" in helen.text
