"""A day of each role: what waits in the morning is done by the evening, and colleagues hear little of it."""

from sqlalchemy import select

from db.models import Call, Contact, Deal, Note, Payment, Person, Task
from tests.stories.days import before_the_day, finance, head, manager
from tests.stories.wire import check_wire, sent
from tests.world import World


async def test_a_managers_day(world: World) -> None:
    await before_the_day(world)
    since = len(world.telegram.calls)
    async for chapter in manager(world):
        match chapter:
            case "taken":
                assert "Call back: Ivan" in world.anna.text
            case "noted":
                assert "🎤 voice message" in world.anna.text
                assert "Anna: Wants oak" in world.anna.text
            case "shared":
                assert "👥 with Boris" in world.anna.text
                assert "brought you into a deal" in world.boris.text
            case "client":
                assert "👤 Kate Orlova" in world.anna.text
    assert "Nothing is due today" in world.anna.text
    assert "🌙 1 task for tomorrow" in world.anna.text
    assert "without a next step" not in " ".join(world.anna.labels)
    outcomes = [row[0] for row in await world.rows(select(Call.outcome).order_by(Call.id))]
    assert outcomes == ["call_back", "reached"]
    assert await world.count(Note) == 2
    open_tasks = select(Task.text).where(Task.done_at.is_(None)).order_by(Task.id)
    assert [row[0] for row in await world.rows(open_tasks)] == ["Call Ivan", "Call the client", "measure"]
    assert [len(sent(world, name, since)) for name in ("boris", "helen", "fiona")] == [1, 0, 0]
    await check_wire(world)


async def test_a_heads_day(world: World) -> None:
    await before_the_day(world)
    since = len(world.telegram.calls)
    async for chapter in head(world):
        match chapter:
            case "given" | "asked" | "later":
                assert "👍 Nothing here." in world.helen.text, chapter
            case "commented":
                assert "Helen: Offer the new model" in world.helen.text
            case "handed over":
                assert "3 deals in work, 2 tasks, 3 clients" in world.helen.text
    for nothing in ("Free leads: 0", "without a next step: 0", "Overdue tasks: 0"):
        assert nothing in world.helen.text
    owners = select(Person.name).join(Deal, Deal.owner_id == Person.id)
    assert {row[0] for row in await world.rows(owners)} == {"Boris"}
    doers = select(Person.name).join(Task, Task.assignee_id == Person.id)
    assert {row[0] for row in await world.rows(doers)} == {"Boris"}
    kept = select(Contact.name).join(Person, Contact.owner_id == Person.id).where(Person.name == "Anna")
    assert [row[0] for row in await world.rows(kept)] == ["Kate Orlova"]
    assert [len(sent(world, name, since)) for name in ("anna", "boris", "fiona")] == [2, 2, 0]
    await check_wire(world)


async def test_a_day_of_finance(world: World) -> None:
    await before_the_day(world)
    since = len(world.telegram.calls)
    async for chapter in finance(world):
        assert "+7 916" not in world.fiona.text, "finance sees no phones"
        assert not [label for label in world.fiona.labels if label.startswith(("▶️", "🔀"))]
        match chapter:
            case "too much":
                assert "₽10,000 too much" in world.fiona.text
                assert await world.count(Payment) == 0
            case "a part":
                assert "₽40,000, yesterday, cash · Fiona" in world.fiona.text
            case "taken back":
                assert "Paid ₽0 of ₽90,000" in world.fiona.text
            case "paid":
                assert "🟢 Paid" in world.fiona.text
    kept = select(Payment.amount).where(Payment.taken_back_at.is_(None))
    assert await world.rows(kept) == [(90_000_00,)]
    # Of what is told Anna one message came silently, and the other one rang and tells by now that it is paid.
    told = sent(world, "anna", since)
    assert ["₽40,000 came" in told[0], "₽90,000 came" in told[1], len(told)] == [True, True, 2]
    assert "🎉 Paid" in world.anna.text
    await check_wire(world)
