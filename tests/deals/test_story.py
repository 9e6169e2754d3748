"""A deal's road, told by hands on phones."""

from tests.deals.making import make_deal
from tests.world import World


async def test_a_manager_moves_a_deal_by_one_tap(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"d:{deal}")
    assert "New" in world.anna.text
    await world.anna.press("▶️ In work")
    assert "In work" in world.anna.text
    await world.anna.press("↩️ Undo")
    assert "New" in world.anna.text.splitlines()[1]
