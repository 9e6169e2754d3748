"""All deals of a colleague given to another one: in one go, with their tasks, and told once."""

import pytest
from sqlalchemy import select, update

from db.models import Contact, Deal, Event, Membership, Outbox, Person, Task
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import department_id
from tests.tasks.ticking import set_task
from tests.world import World


async def annas(world: World, count: int = 3) -> list[int]:
    """Deals of Anna's in work with a task each, and one that is won."""
    deals = [await make_deal(world, title=f"Deal {number}", amount=1000_00) for number in range(count)]
    for deal in deals:
        await set_task(world, "anna", deal=deal)
    await make_deal(world, stage="Paid", title="Won long ago")
    return deals


async def owners(world: World, table: type[Deal | Contact] = Deal) -> list[str]:
    query = select(Person.name).join(table, table.owner_id == Person.id).order_by(table.id)
    return [row[0] for row in await world.rows(query)]


async def test_a_head_gives_all_deals_of_one_to_another(world: World) -> None:
    await annas(world)
    await set_task(world, "helen", deal=1)
    await world.helen.say("/deals")
    await world.helen.press("👥 By colleague")
    assert "Anna: 3 · ₽3,000" in world.helen.text
    await world.helen.press("Anna · 3")
    assert "Anna: 3 deals in work · ₽3,000" in world.helen.text
    assert "Won long ago" not in world.helen.text
    await world.helen.press("🤝 Hand over all")
    assert "Anna" not in world.helen.labels
    await world.helen.press("Boris")
    assert "That is 3 deals in work, 3 tasks, 3 clients." in world.helen.text
    assert await owners(world) == ["Anna"] * 4
    await world.helen.press("🤝 Yes, hand over")
    assert "Boris has got 3 deals in work, 3 tasks, 3 clients." in world.helen.text
    assert await owners(world) == ["Boris", "Boris", "Boris", "Anna"]
    assert await owners(world, Contact) == ["Boris", "Boris", "Boris", "Anna"]
    doers = select(Person.name).join(Task, Task.assignee_id == Person.id).order_by(Task.id)
    assert [row[0] for row in await world.rows(doers)] == ["Boris", "Boris", "Boris", "Helen"]


async def test_the_receiver_hears_of_it_once_and_each_deal_keeps_it(world: World) -> None:
    deals = await annas(world)
    await world.helen.press(data=f"dog:3:4:3:{deals[-1]}")
    told = select(Outbox.kind).where(Outbox.chat_id == world.boris.person.id)
    assert [row[0] for row in await world.rows(told)] == ["work_given"]
    assert "You take over from Anna: 3 deals in work, 3 tasks, 3 clients" in world.boris.text
    kept = select(Event.subject_id, Event.changes).where(
        Event.action == "deal.hand_over", Event.subject == "deal"
    )
    assert [(one, changes["owner_id"]) for one, changes in await world.rows(kept)] == [
        (deal, [3, 4]) for deal in deals
    ]
    await world.boris.press(data=f"dh:{deals[0]}:0")
    assert "Helen: gave to Boris" in world.boris.text


async def test_an_old_button_gives_nothing_that_came_later(world: World) -> None:
    await annas(world)
    for step in ("do:3:0", "doh:3", "doa:3:4"):
        await world.helen.press(data=step)
    await make_deal(world, title="Came later")
    assert "changed meanwhile" in (await world.helen.press("🤝 Yes, hand over") or "")
    assert "Anna" in world.helen.text
    assert set(await owners(world)) == {"Anna"}


async def test_it_is_taken_back_as_far_as_it_is_still_there(world: World) -> None:
    deals = await annas(world)
    own = await make_deal(world, owner="boris", title="Own")
    await world.helen.press(data=f"dog:3:4:3:{deals[-1]}")
    done = world.helen.screen
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.id == deals[0]).values(owner_id=2))
    back = next(row[0]["callback_data"] for row in done.keyboard if row[0]["text"] == "↩️ Take it back")
    for name in ("anna", "boris", "olga"):
        await world.hands[name].press(data=back)
    assert (await owners(world)).count("Boris") == 3
    await world.helen.press("↩️ Take it back", on=done)
    assert "Anna has got back 2 deals in work, 2 tasks, 2 clients." in world.helen.text
    names = dict(await world.rows(select(Deal.id, Person.name).join(Person, Deal.owner_id == Person.id)))
    assert [names[one] for one in (*deals, own)] == ["Helen", "Anna", "Anna", "Boris"]
    assert "Taken back: Anna keeps 2 deals in work that Boris had got." in world.boris.text
    assert "Taken back" in world.anna.text
    assert "cannot be taken back" in (await world.helen.press(data=back) or "")
    await world.helen.press(data=f"dog:3:4:2:{deals[-1]}")
    assert "cannot be taken back" in (await world.helen.press(data=back) or "")


async def test_the_same_update_five_times_gives_once(world: World) -> None:
    deals = await annas(world)
    await world.helen.press(data=f"dog:3:4:3:{deals[-1]}")
    events = await world.count(Event)
    for _ in range(4):
        await world.again()
    assert await world.count(Event) == events


@pytest.mark.parametrize("hand", ["anna", "boris", "hugo", "fiona", "max", "eve"])
async def test_it_is_refused_to_the_wrong_hand(world: World, hand: str) -> None:
    deals = await annas(world)
    await world.eve.start()
    since, events = len(world.telegram.calls), await world.count(Event)
    for press in ("dpe", "do:3:0", "doh:3", "doa:3:4", f"dog:3:4:3:{deals[-1]}"):
        await world.hands[hand].press(data=press)
    assert await world.count(Event) == events
    assert set(await owners(world)) == {"Anna"}
    assert "Deal 0" not in world.telegram.wire(to=world.hands[hand].person, since=since)


async def test_somebody_foreign_is_as_nobody(world: World) -> None:
    await annas(world)
    victor = (await actor_of(world.services, "victor")).person_id
    await make_deal(world, owner="victor")
    for press in ("do:{}:0", "doh:{}", "doa:{}:4", "dog:{}:4:1:5"):
        foreign = await world.helen.press(data=press.format(victor))
        missing = await world.helen.press(data=press.format(987_654))
        assert foreign == missing == "This colleague has no deals in work that you could hand over."


async def test_who_cannot_sell_there_does_not_get_them(world: World) -> None:
    deals = await annas(world)
    for name in ("victor", "fiona", "anna", "olga"):
        heir = (await actor_of(world.services, name)).person_id
        for press in (f"doa:3:{heir}", f"dog:3:{heir}:3:{deals[-1]}"):
            answer = await world.helen.press(data=press)
            assert answer == "This colleague is not in the department any more."
    assert set(await owners(world)) == {"Anna"}


async def test_what_lies_where_the_heir_does_not_sell_stays(world: World) -> None:
    await annas(world)
    service = await department_id(world.db, "Service")
    async with world.db.write() as uow:
        uow.session.add(Membership(person_id=3, department_id=service, head=False))
        await uow.session.execute(update(Deal).where(Deal.id == 1).values(department_id=service))
    await world.olga.press(data="doa:3:4")
    assert "That is 2 deals in work" in world.olga.text
    assert "Not handed over: 1 deal in work." in world.olga.text
    await world.olga.press("🤝 Yes, hand over")
    assert await owners(world) == ["Anna", "Boris", "Boris", "Anna"]


async def test_the_way_leads_from_the_person_s_card(world: World) -> None:
    await annas(world)
    await world.helen.press(data="p:3")
    await world.helen.press("💼 Deals in work")
    assert "Anna: 3 deals in work" in world.helen.text
    await world.helen.press(data="p:4")
    assert "💼 Deals in work" not in world.helen.labels


async def test_pages_lead_through_a_long_list(world: World) -> None:
    for number in range(10):
        await make_deal(world, title=f"Deal {number}")
    await world.helen.press(data="do:3:0")
    assert "Deal 9" in world.helen.text
    await world.helen.press("More ▶️")
    assert "Deal 0" in world.helen.text


async def test_a_standing_card_leaves_the_hand_of_its_former_owner(world: World) -> None:
    deals = await annas(world)
    await world.anna.press(data=f"d:{deals[0]}")
    await world.helen.press(data=f"dog:3:4:3:{deals[-1]}")
    assert "no such deal" in (await world.anna.press(data=f"d:{deals[0]}") or "")


async def test_in_russian(world: World) -> None:
    await annas(world)
    await world.helen.say("/profile")
    await world.helen.press("🌐 In Russian")
    await world.helen.press(data="dpe")
    assert "Сделки в работе по сотрудникам" in world.helen.text
    await world.helen.press("Anna · 3")
    await world.helen.press("🤝 Передать все")
    assert "Кто возьмёт их все?" in world.helen.text
    await world.helen.press("Boris")
    assert "Это 3 сделки в работе, 3 задачи" in world.helen.text
