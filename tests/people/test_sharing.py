"""A colleague's work divided among several others: evenly, and what belongs together stays together."""

from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select, update

from db.models import Contact, Deal, Event, Person, Task
from db.repositories.workload import Ties, Workload
from services.dividing import divide
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.tasks.ticking import set_task
from tests.world import World

CONTACTS = some.one_of(some.none(), some.integers(1, 6))


@given(
    deals=some.dictionaries(some.integers(1, 30), CONTACTS),
    leads=some.dictionaries(some.integers(1, 30), CONTACTS),
    contacts=some.sets(some.integers(1, 8)),
    tasks=some.dictionaries(
        some.integers(1, 30),
        some.one_of(some.none(), some.tuples(some.sampled_from(["deal", "contact"]), some.integers(1, 8))),
    ),
    heirs=some.lists(some.integers(100, 105), unique=True, min_size=2),
)
def test_everything_goes_to_exactly_one_and_clients_with_their_deals(
    deals: dict[int, int | None],
    leads: dict[int, int | None],
    contacts: set[int],
    tasks: dict[int, tuple[str, int] | None],
    heirs: list[int],
) -> None:
    work = Workload(
        leads=list(leads), deals=list(deals), tasks=list(tasks), contacts=sorted(contacts), firms=[1, 2, 3]
    )
    parts = divide(work, Ties(deals, leads, tasks), heirs)
    assert parts.keys() == set(heirs)
    for name in ("leads", "deals", "tasks", "contacts", "firms"):
        given_ = [one for part in parts.values() for one in getattr(part, name)]
        assert sorted(given_) == sorted(getattr(work, name))
    for part in parts.values():
        for deal in part.deals:
            assert deals[deal] not in contacts or deals[deal] in part.contacts
        for task in part.tasks:
            subject, one = tasks[task] or ("", 0)
            assert subject != "deal" or one not in deals or one in part.deals
    counts = [len(part.firms) for part in parts.values()]
    assert max(counts) - min(counts) <= 1


async def test_a_leaver_s_work_is_divided_among_those_who_were_chosen(world: World) -> None:
    deals = [await make_deal(world, title=f"Deal {number}") for number in range(4)]
    async with world.db.write() as uow:
        # The last deal is with the client of the first one.
        await uow.session.execute(update(Deal).where(Deal.id == deals[3]).values(contact_id=1))
    for deal in deals:
        await set_task(world, "anna", deal=deal)
    await taken_lead(world, "anna", again=True)
    anna = await actor_of(world.services, "anna")
    await world.olga.press(data=f"p:{anna.person_id}")
    await world.olga.press("🚪 Remove")
    await world.olga.press("👥 Several people")
    assert "🚪 Anna leaves the company" in world.olga.text
    assert not [label for label in world.olga.labels if "divide" in label]
    await world.olga.press("Boris")
    await world.olga.press("Helen")
    await world.olga.press("✅ Helen")
    assert not [label for label in world.olga.labels if "divide" in label]
    await world.olga.press("Helen")
    await world.olga.press("🚪 Remove, divide among 2")
    assert "Anna is no longer part of the company." in world.olga.text
    assert "Boris got: 3 deals in work, 1 lead, 3 tasks, 2 clients" in world.olga.text
    assert "Helen got: 1 deal in work, 1 task, 2 clients" in world.olga.text
    owner = select(Person.name).join(Deal, Deal.owner_id == Person.id).order_by(Deal.id)
    assert [row[0] for row in await world.rows(owner)] == ["Boris", "Helen", "Boris", "Boris"]
    doer = select(Person.name).join(Task, Task.assignee_id == Person.id).order_by(Task.id)
    assert [row[0] for row in await world.rows(doer)] == ["Boris", "Helen", "Boris", "Boris"]
    client = select(Person.name).join(Contact, Contact.owner_id == Person.id).order_by(Contact.id)
    assert [row[0] for row in await world.rows(client)][:3] == ["Boris", "Helen", "Boris"]
    assert "You take over from Anna: 3 deals in work, 1 lead, 3 tasks" in world.boris.text
    assert "You take over from Anna: 1 deal in work, 1 task" in world.helen.text
    kept = await world.rows(select(Event.changes).where(Event.action == "people.remove"))
    assert len(kept[0][0]["heirs"][1]) == 2


async def test_work_is_divided_without_anybody_leaving_in_russian(world: World) -> None:
    await make_deal(world)
    anna = await actor_of(world.services, "anna")
    await world.services.people.speak(await actor_of(world.services, "olga"), "ru")
    await world.olga.press(data=f"pws:{anna.person_id}:0:0")
    assert "Между кем разделить?" in world.olga.text
    assert "Выберите хотя бы двух коллег." in (await world.olga.press(data=f"pwx:{anna.person_id}:0") or "")
    await world.olga.press("Boris")
    await world.olga.press("Helen")
    await world.olga.press("🤝 Разделить на 2")
    assert "Boris" in world.olga.text
    assert (await world.rows(select(Person.status).where(Person.id == anna.person_id)))[0][0] == "active"
    # The same button again has nobody to divide among any more.
    assert "двух коллег" in (await world.olga.press(data=f"pwx:{anna.person_id}:0") or "")
    for name in ("helen", "boris", "fiona"):
        hand = world.hands[name]
        for data in (f"pws:{anna.person_id}:0:0", f"pwo:{anna.person_id}:0:4:0", f"pwx:{anna.person_id}:1"):
            assert await hand.press(on=hand.messages[-1], data=data) == "You may not do this."
