"""Tasks for contacts and companies: set on their cards, led on, handed over with them, refused to others."""

import pytest
from sqlalchemy import select

from db.models import Task
from services.dto.clients import ClientInput, ClientKind
from services.dto.tasks import Link
from services.errors import NotFoundError
from tests.cast import actor_of
from tests.tasks.ticking import set_task, task_row, tick
from tests.world import World


async def made(world: World, kind: ClientKind, name: str, who: str = "anna") -> int:
    """A client of somebody's own."""
    actor = await actor_of(world.services, who)
    return (await world.services.client_making.create(actor, ClientInput(kind, name))).id


@pytest.mark.parametrize(
    ("kind", "card", "mark"),
    [(ClientKind.CONTACT, "c:{}", "👤"), (ClientKind.FIRM, "kf:{}", "🏢")],
)
async def test_from_a_client_to_a_reminder_to_the_next_step(
    world: World, kind: ClientKind, card: str, mark: str
) -> None:
    client = await made(world, kind, "Romashka")
    await world.anna.press(data=card.format(client))
    await world.anna.press("➕ Task")
    assert "for “Romashka”" in world.anna.text
    await world.anna.say("tomorrow at 15")
    assert "What shall I remind you of then?" in world.anna.text
    await world.anna.press("◀️ Back")
    assert "for “Romashka”" in world.anna.text
    await world.anna.say("tomorrow at 15 wish a happy birthday")
    assert f"{mark} Romashka" in world.anna.labels
    assert "🔒 Only for me" not in world.anna.labels
    world.clock.turn(hours=27)
    await tick(world)
    assert "It is time" in world.anna.text
    await world.anna.press("✅ Done")
    assert "What next?" in world.anna.text
    asked = world.anna.screen
    await world.anna.press("In 3 days")
    assert "happy birthday" in world.anna.text
    assert f"{mark} Romashka" in world.anna.labels
    assert await world.anna.press(data="tkn:1:h1", on=asked) == "The next step is set already."
    await world.anna.press(f"{mark} Romashka")
    assert "Romashka" in world.anna.text
    await world.anna.press("🕓 All touches")
    assert "happy birthday" in world.anna.text
    rows = await world.rows(select(Task.contact_id, Task.company_id))
    assert {row[0] or row[1] for row in rows} == {client}


async def test_only_who_sees_a_client_plans_for_it_and_sees_its_name(world: World) -> None:
    client = await made(world, ClientKind.CONTACT, "Secretary Secretova")
    link = Link("contact", client)
    task = await set_task(world, "anna", "Call")
    anna, olga = await actor_of(world.services, "anna"), await actor_of(world.services, "olga")
    task = await world.services.tasks.create(anna, "Call her", task.due_at, link)
    for name in ("boris", "victor", "hugo", "fiona", "max"):
        actor = await actor_of(world.services, name)
        for foreign in (link, Link("contact", 987_654), Link("firm", 987_654)):
            with pytest.raises(NotFoundError):
                await world.services.tasks.place(actor, foreign)
            with pytest.raises(NotFoundError):
                await world.services.tasks.create(actor, "Spy", task.due_at, foreign)
        foreign_press = await world.hands[name].press(data=f"cta:contact:{client}")
        assert foreign_press == await world.hands[name].press(data="cta:contact:987654")
    assert await world.anna.press(data=f"cta:deal:{client}")
    # A colleague who is given the task does not learn whom it is for.
    fiona = await actor_of(world.services, "fiona")
    await world.services.tasks.assign(olga, task.id, fiona.person_id, task.version)
    await world.settle()
    await world.fiona.press(data=f"tk:{task.id}")
    assert "Call her" in world.fiona.text
    assert "Secretova" not in "".join(f"{one.text} {one.keyboard}" for one in world.fiona.messages)
    assert not (await world.services.tasks.card(fiona, task.id)).leads_on
    await world.helen.press(data=f"tk:{task.id}")
    assert "👤 Secretary Secretova" in world.helen.labels


async def test_what_is_to_be_done_goes_over_with_the_client(world: World) -> None:
    client = await made(world, ClientKind.CONTACT, "Ivan")
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    boris = await actor_of(world.services, "boris")
    other = await set_task(world, "anna", "Her own")
    task = await world.services.tasks.create(anna, "Call Ivan", other.due_at, Link("contact", client))
    await world.services.client_changes.hand_over(helen, ClientKind.CONTACT, client, boris.person_id, 1)
    assert (await task_row(world, task.id)).assignee_id == boris.person_id
    assert (await task_row(world, other.id)).assignee_id == anna.person_id


async def test_a_client_speaks_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    client = await made(world, ClientKind.FIRM, "Ромашка")
    await world.anna.press(data=f"kf:{client}")
    await world.anna.press("➕ Задача")
    await world.anna.say("завтра в 15 поздравить")
    assert "🏢 Ромашка" in world.anna.text
