"""Each button of the whole road pressed again a month later, by the one who was shown it."""

from sqlalchemy import select

from db.models import Event
from tests.cast import CAST
from tests.stories.digest import digest
from tests.stories.pressing import passed_over, press_all, unanswered
from tests.stories.road import whole
from tests.stories.wire import check_wire, shown
from tests.world import World

STILL_RIGHT = {"tkr": "task.do", "tkn": "task.create", "du": "deal.reopen"}
"""Buttons that mean the same after a month: not done after all, the same once more, and the last move undone
by a head, as nobody has moved the deal since."""
ONES_OWN = "dq"
"""Whether a deal may call oneself: true and false at any time, and nobody else's business."""


async def test_an_old_button_changes_nothing_and_says_so(world: World) -> None:
    await whole(world)
    people = {part.telegram_id: name for name, part in CAST.items()}
    wanted = [
        (people[button.chat_id], button.data)
        for button in shown(world)
        if button.data.partition(":")[0] != ONES_OWN
    ]
    world.clock.turn(days=30)
    before, spoken = await digest(world.db), len(world.telegram.calls)
    done = await press_all(world, [one for one in wanted if one[1].partition(":")[0] not in STILL_RIGHT])
    assert await digest(world.db) == before
    assert not unanswered(done)
    assert not passed_over(world, done, spoken)

    events = await world.count(Event)
    late = [one for one in wanted if one[1].partition(":")[0] in STILL_RIGHT]
    assert not unanswered(await press_all(world, late))
    newest = await world.rows(select(Event.action).order_by(Event.id).offset(events))
    assert sorted(row[0] for row in newest) == sorted(STILL_RIGHT.values())
    await check_wire(world)
