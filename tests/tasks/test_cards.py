"""Whatever shows a task in one's own chat shows how it stands, wherever it is changed."""

from sqlalchemy import select

from db.models import Card
from services.dto.tasks import FACES
from tests.cast import actor_of
from tests.tasks.test_acceptance import given
from tests.tasks.ticking import set_task, tick
from tests.world import World


async def test_an_older_card_follows_whatever_a_newer_one_does(world: World) -> None:
    anna = world.anna
    task = await set_task(world, "anna", "Count the stock", hours=1)
    await anna.press(data=f"tk:{task.id}")
    older = anna.screen
    world.clock.turn(hours=2)
    await tick(world)
    newer = anna.screen
    assert newer is not older
    await anna.press("✅ Done", on=newer)
    assert older.text.startswith("✅ Count the stock")
    await anna.press("↩️ Not done yet", on=older)
    assert older.text.startswith("🔴 Count the stock")
    assert newer.text.startswith("🔴 Count the stock"), "it is the older one by now"
    await anna.say("/day")
    newest = anna.screen
    await anna.press(data=f"tk:{task.id}", on=newest)
    assert (newer.text, newer.labels) == ("Count the stock\n⬇️ Its card is further down.", ["📌 Open"])
    await anna.say("/day")
    await anna.press(data=f"dayd:{task.id}:0")
    for card in (older, newest):
        assert card.text.startswith("✅ Count the stock"), "it was done in a list"
    cards = await world.rows(select(Card.subject).where(Card.subject.in_(FACES), Card.subject_id == task.id))
    assert len(cards) == 2


async def test_of_three_cards_the_oldest_leads_to_the_newest_that_brings_news(
    world: World,
) -> None:
    anna = world.anna
    helen, _, task = await given(world, hours=1)
    await world.settle()
    oldest = anna.screen
    world.clock.turn(hours=2)
    await tick(world)
    older = anna.screen
    await world.services.marks.rank(helen, task.id, high=True)
    await world.settle()
    newest = anna.screen
    assert newest.text.startswith("👁 Helen marked a task as important")
    assert (oldest.text, oldest.labels) == ("Count the stock\n⬇️ Its card is further down.", ["📌 Open"])
    assert older.text.startswith("🔴❗ Count the stock")
    await anna.press("✅ Done", on=newest)
    assert older.text.startswith("🔎❗ Count the stock")


async def test_a_card_counts_what_its_checklist_beside_it_ticks(world: World) -> None:
    anna = world.anna
    task = await set_task(world, "anna", "Count the stock", hours=1)
    await world.services.items.add(await actor_of(world.services, "anna"), task.id, "Doors\nWindows")
    await anna.say("/day")
    listed = anna.screen
    await anna.press(data=f"tk:{task.id}", on=listed)
    world.clock.turn(hours=2)
    await tick(world)
    reminder = anna.screen
    await anna.press(data=f"ti:{task.id}", on=reminder)
    await anna.press(next(one for one in anna.labels if "Doors" in one))
    assert any("1/2" in one for one in listed.labels)
