"""A note is read whole in the history, however long it is."""

import pytest

from tests.deals.making import make_deal
from tests.world import World

LONGEST = 4096
"""What a message of Telegram holds, in UTF-16 units."""


@pytest.mark.parametrize("letter", ["a", "😀"])
async def test_long_notes_are_read_whole_page_by_page(world: World, letter: str) -> None:
    deal = await make_deal(world, owner="anna")
    notes = [
        f"{number}begin {letter * (1600 // len(letter.encode('utf-16-le')) * 2)} {number}end"
        for number in range(4)
    ]
    await world.anna.press(data=f"d:{deal}")
    for note in notes:
        await world.anna.press("📝 Note")
        await world.anna.say(note)
    assert "0end" not in world.anna.text, "the card shows the beginning"
    await world.anna.press("🕓 History")
    read = [world.anna.text]
    while "Older ▶️" in world.anna.labels:
        await world.anna.press("Older ▶️")
        read.append(world.anna.text)
    assert [sum(note in page for page in read) for note in notes] == [1, 1, 1, 1]
    assert len(read) > 1
    assert all(len(page.encode("utf-16-le")) <= 2 * LONGEST for page in read)


async def test_the_longest_note_has_a_page_of_its_own(world: World) -> None:
    deal = await make_deal(world, owner="anna")
    await world.anna.press(data=f"d:{deal}")
    for note in ("short one", "x" * 4000, "short two"):
        await world.anna.press("📝 Note")
        await world.anna.say(note)
    await world.anna.press("🕓 History")
    assert "short two" in world.anna.text
    await world.anna.press("Older ▶️")
    assert "x" * 3600 in world.anna.text
    assert "short" not in world.anna.text
    await world.anna.press("Older ▶️")
    assert "short one" in world.anna.text
