"""The demo's clients: names and phones, no two alike."""

from random import Random

from bot.demo.cast import MEN, SURNAMES, WOMEN


def clients(chance: Random, language: str, count: int) -> list[tuple[str, str]]:
    """So many names with phones in E.164, the same people in every language."""
    column = 0 if language == "ru" else 1
    people = [
        (first[column], surname[2 * column + woman])
        for woman, names in enumerate((MEN, WOMEN))
        for first in names
        for surname in SURNAMES
    ]
    phones = chance.sample(range(10_000_000), count)
    return [
        (f"{first} {last}", f"+79{chance.choice((16, 21, 26, 3, 11))!s:0>2}{phone:07}")
        for (first, last), phone in zip(chance.sample(people, count), phones, strict=True)
    ]
