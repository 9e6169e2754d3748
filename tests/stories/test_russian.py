"""The whole road in Russian: no English word and no bare markup is ever read."""

import re

from tests.cast import CAST
from tests.stories.road import TYPED, road, team_chat
from tests.stories.wire import RAW, check_wire, readable
from tests.world import World

LATIN = re.compile(r"(?<![/@\w])[A-Za-z]{2,}")
NAMES = {part.name for part in CAST.values()} | {"Sales", "Service", "CSV", "Excel", "xlsx"}
OTHER_SCREENS = (
    "/day",
    "/deals",
    "/leads",
    "/team",
    "/profile",
    "/help",
    "/find",
    "/task",
    "/lead",
    "/import",
)


async def test_nobody_reads_a_word_of_english(russian: World) -> None:
    await team_chat(russian)
    async for chapter in road(russian, "ru"):
        if chapter == "reported":
            assert "Оплачена" in russian.helen.text
    for command in OTHER_SCREENS:
        for name in ("olga", "helen", "boris", "fiona", "max"):
            await russian.hands[name].say(command)
    texts = readable(russian)
    assert any(TYPED["ru"].company in text for text in texts)
    foreign = {word for text in texts for word in LATIN.findall(text)} - NAMES
    assert foreign == set()
    assert not [text for text in texts if RAW.search(text)]
    await check_wire(russian)
