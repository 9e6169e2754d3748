"""The team: who sees whom, what the owner changes, and what happens to the work of those who leave."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.models import (
    Card,
    Contact,
    Deal,
    Department,
    Event,
    Form,
    Invite,
    Lead,
    Membership,
    Outbox,
    Person,
    Task,
)
from services.access import Role
from services.errors import AppError, ForbiddenError, NotFoundError
from services.notices import NoticeKind, send
from tests.cast import CAST, actor_of, stages_by_name
from tests.world import World

MANAGERS = ("anna", "fiona", "max")


async def actor(world: World, name: str) -> Any:
    return await actor_of(world.services, name)


async def number(world: World, name: str) -> int:
    return int((await actor(world, name)).person_id)


async def place(world: World, name: str) -> int:
    [(found,)] = await world.rows(select(Department.id).where(Department.name == name))
    return int(found)


async def digest(world: World) -> list[Any]:
    """What a refused change must leave as it was."""
    rows = []
    for table in (Person.__table__, Membership.__table__, Department.__table__, Invite.__table__):
        rows += await world.rows(select(table))
    return [*rows, await world.count(Event)]


async def burden(world: World, name: str) -> None:
    """One of each kind of work, and one deal that is won already."""
    owner, sales = await number(world, name), await place(world, "Sales")
    stages, now = await stages_by_name(world.db), world.clock.now()
    async with world.db.write() as uow:
        contact = Contact(name="Ivan", search="ivan", owner_id=owner, department_id=sales, created_at=now)
        uow.clients.add(contact)
        await uow.clients.flush()
        common = {"title": "Windows", "search": "windows", "currency": "RUB", "source": "site"}
        for stage in ("In work", "Awaiting payment", "Paid"):
            uow.deals.add(
                Deal(
                    **common,
                    pipeline_id=stages[stage].pipeline_id,
                    stage_id=stages[stage].id,
                    stage_since=now,
                    amount=100_00,
                    owner_id=owner,
                    department_id=sales,
                    contact_id=contact.id,
                    created_at=now,
                )
            )
        uow.leads.add(Lead(**common, status="in_work", department_id=sales, owner_id=owner, created_at=now))
        uow.tasks.add(Task(text="Call", due_at=now + timedelta(days=1), assignee_id=owner, created_at=now))
        await uow.tasks.flush()


async def test_a_head_sees_the_people_of_their_department_alone(world: World) -> None:
    await world.helen.press("Team")
    assert "Sales: 4 people, led by Helen" in world.helen.text
    assert "Service" not in world.helen.text
    await world.helen.press("Sales")
    assert {"Anna", "Boris", "Helen", "Max"} <= set(world.helen.labels)
    await world.helen.press("Anna")
    assert "Manager · Sales" in world.helen.text
    assert "🚪 Remove" not in world.helen.labels
    assert "🎭 Role" not in world.helen.labels


async def test_the_team_is_shown_in_russian_too(world: World) -> None:
    await world.helen.press("Profile")
    await world.helen.press("In Russian")
    await world.helen.say("/team")
    assert "Sales: 4 человека, руководит Helen" in world.helen.text
    boris = (await world.rows(select(Person.id).where(Person.name == "Boris")))[0][0]
    await world.services.team.change_role(await actor_of(world.services, "olga"), boris, Role.HEAD)
    await world.helen.say("/team")
    assert "Sales: 4 человека, руководят Boris, Helen" in world.helen.text


async def test_the_owner_sees_everybody(world: World) -> None:
    await world.olga.press("Team")
    assert "Service: 2 people, led by Hugo" in world.olga.text
    assert "Company-wide: 2 people" in world.olga.text
    await world.olga.press("Company-wide")
    assert {"Olga", "Fiona"} <= set(world.olga.labels)


@pytest.mark.parametrize("name", MANAGERS)
async def test_others_have_no_team_screen(world: World, name: str) -> None:
    hand, before = world.hands[name], await digest(world)
    for data in ("tm", "dep:1:0", "p:1", "den", "der:1", "pr:2", "pd:2", "pw:2:1:0", "pwd:2:1:1", "il"):
        assert await hand.press(data=data) == "You may not do this."
    await hand.say("/team")
    assert hand.text == "You may not do this."
    assert await digest(world) == before


async def test_what_a_head_may_not_see_does_not_exist(world: World) -> None:
    victor, absent = await number(world, "victor"), 999_999
    answers = {await world.helen.press(data=f"p:{person}") for person in (victor, absent)}
    assert answers == {"There is no such person here, or they are not yours to see."}
    answers = {
        await world.helen.press(data=f"dep:{one}:0") for one in (await place(world, "Service"), absent, 0)
    }
    assert answers == {"There is no such department any more."}


async def test_a_head_changes_nobody(world: World) -> None:
    anna, before = await number(world, "anna"), await digest(world)
    sales = await place(world, "Sales")
    for data in (f"prs:{anna}:owner:0", f"pds:{anna}:{sales}:0", f"pwd:{anna}:1:0", f"der:{sales}", "den"):
        assert await world.helen.press(data=data) == "You may not do this."
    assert await digest(world) == before


async def test_the_owner_makes_a_manager_a_head_who_is_told(world: World) -> None:
    await world.olga.press(data=f"p:{await number(world, 'anna')}")
    await world.olga.press("Role")
    await world.olga.press("Head of department")
    assert "Head of department · Sales" in world.olga.text
    anna = await actor(world, "anna")
    assert anna.role is Role.HEAD
    assert anna.headed == {await place(world, "Sales")}
    assert "Your role now: Head of department · Sales" in world.anna.text
    await world.anna.press("See my menu")
    assert "👥 Team" in world.anna.labels
    commands = world.telegram.bot.commands_for(("chat", 1003), language="en")
    assert "team" in {row["command"] for row in commands}


async def test_whoever_is_to_sell_is_asked_for_a_department(world: World) -> None:
    await world.olga.press(data=f"p:{await number(world, 'fiona')}")
    await world.olga.press("Role")
    await world.olga.press("Manager")
    assert "In which department will Fiona work?" in world.olga.text
    await world.olga.press("Service")
    fiona = await actor(world, "fiona")
    assert (fiona.role, fiona.departments) == (Role.MANAGER, {await place(world, "Service")})
    assert fiona.headed == frozenset()


async def test_the_last_owner_stays_one(world: World) -> None:
    olga, before = await number(world, "olga"), await digest(world)
    await world.olga.press(data=f"prs:{olga}:marketing:0")
    assert "needs an owner" in str(world.olga.toast)
    assert await world.olga.press(data=f"pwd:{olga}:1:0") == "You cannot remove yourself."
    assert await digest(world) == before


async def test_nobody_loses_the_right_to_work_that_they_have_in_hand(world: World) -> None:
    await burden(world, "boris")
    boris = await number(world, "boris")
    assert "Hand these over first" in str(await world.olga.press(data=f"prs:{boris}:finance:0"))
    assert (await actor(world, "boris")).role is Role.MANAGER


async def test_departments_are_put_on_and_off(world: World) -> None:
    boris = await number(world, "boris")
    await world.olga.press(data=f"pd:{boris}")
    await world.olga.press("Service")
    assert {"✅ Sales", "✅ Service"} <= set(world.olga.labels)
    await world.olga.press("✅ Sales")
    assert (await actor(world, "boris")).departments == {await place(world, "Service")}
    assert "belongs to a department" in str(await world.olga.press("✅ Service"))


async def test_a_change_of_rights_voids_invitations(world: World) -> None:
    await world.helen.say("/team")
    await world.helen.press("Invite")
    assert await world.count(Invite) == 1
    await world.services.team.change_role(
        await actor(world, "olga"), await number(world, "helen"), Role.MANAGER
    )
    assert (await world.rows(select(Invite.revoked_at)))[0][0] is not None


async def test_the_owner_adds_and_renames_departments(world: World) -> None:
    await world.olga.press("Team")
    await world.olga.press("➕ Department")
    await world.olga.say("sales")
    assert "There is a department Sales already" in world.olga.text
    await world.olga.say("  Key\u200b   accounts ")
    assert "Key accounts" in world.olga.text
    await world.olga.press("Rename")
    await world.olga.press("Cancel")
    assert "Key accounts" in world.olga.text
    await world.olga.press("Rename")
    await world.olga.say("Projects")
    assert "🏢 Projects" in world.olga.text
    assert await place(world, "Projects")


async def test_an_empty_name_is_asked_for_again(world: World) -> None:
    await world.olga.press("Team")
    await world.olga.press("➕ Department")
    await world.olga.say("\u2800")
    assert "at least one letter" in world.olga.text
    await world.olga.say("Projects")
    assert "🏢 Projects" in world.olga.text


async def test_whoever_leaves_hands_over_what_is_open_and_keeps_what_is_won(world: World) -> None:
    await burden(world, "boris")
    boris, anna = await number(world, "boris"), await number(world, "anna")
    await world.olga.press(data=f"p:{boris}")
    assert "2 deals in work, 1 lead, 1 task, 1 client" in world.olga.text
    await world.olga.press("Remove")
    await world.olga.press("Anna")
    assert "Remove Boris from the company?" in world.olga.text
    await world.olga.press("Yes, remove")
    assert "Boris is no longer part of the company" in world.olga.text
    owners = dict(await world.rows(select(Deal.owner_id, func.count()).group_by(Deal.owner_id)))
    assert owners == {anna: 2, boris: 1}
    assert await world.rows(select(Lead.owner_id)) == [(anna,)]
    assert await world.rows(select(Task.assignee_id)) == [(anna,)]
    assert await world.rows(select(Contact.owner_id)) == [(anna,)]
    assert "You take over from Boris: 2 deals in work, 1 lead, 1 task, 1 client." in world.anna.text
    told = await world.rows(select(Event.subject, Event.changes).where(Event.action.like("%.hand_over")))
    assert sorted((subject, changes["owner_id"]) for subject, changes in told) == [
        ("contact", [boris, anna]),
        ("deal", [boris, anna]),
        ("deal", [boris, anna]),
        ("lead", [boris, anna]),
    ]


async def test_whoever_has_left_hears_and_does_nothing_any_more(world: World) -> None:
    boris = await actor(world, "boris")
    await world.boris.press("Profile")
    await world.boris.press("My name")
    async with world.db.write() as uow:
        from services.notices import Place

        later = world.clock.now() + timedelta(minutes=5)
        await send(
            uow, later, [Place(1004, boris.person_id)], NoticeKind.ROLE_CHANGED, "later", {}, silent=True
        )
    calls = len(world.telegram.calls)
    await world.olga.press(data=f"pwd:{boris.person_id}:1:0")
    world.clock.turn(minutes=10)
    await world.settle()
    wire = world.telegram.wire(to=world.boris.person, since=calls)
    assert "sendMessage" not in [call.method for call in world.telegram.calls.to(1004)[-1:]], wire
    assert await world.rows(select(Outbox.state).where(Outbox.dedupe == "later@1004")) == [("cancelled",)]
    assert await world.rows(select(Form.id).where(Form.user_id == 1004, Form.state.is_not(None))) == []
    assert await world.rows(select(Card.id).where(Card.person_id == boris.person_id)) == []
    assert await world.services.people.identify(1004) is None
    assert await world.boris.press(data="home") in (None, "")
    people = await digest(world)
    await world.boris.press(data="mel:ru")
    assert await digest(world) == people
    assert world.telegram.bot.commands_for(("chat", 1004), language="en") == []


async def test_work_cannot_go_to_those_who_do_not_sell_or_to_nobody(world: World) -> None:
    await burden(world, "boris")
    olga, boris = await actor(world, "olga"), await number(world, "boris")
    before = await digest(world)
    for heir in (await number(world, "fiona"), 999_999, None):
        with pytest.raises(NotFoundError):
            await world.services.leaving.remove(olga, boris, heir)
    with pytest.raises(AppError, match=r"person\.no_heir"):
        await world.services.leaving.remove(olga, boris, boris)
    assert await digest(world) == before


async def test_work_is_handed_over_without_anybody_leaving(world: World) -> None:
    await burden(world, "boris")
    boris = await number(world, "boris")
    await world.olga.press(data=f"p:{boris}")
    await world.olga.press("Hand work over")
    await world.olga.press("Helen")
    await world.olga.press("Yes, hand over")
    assert "Helen got: 2 deals in work" in world.olga.text
    assert (await actor(world, "boris")).role is Role.MANAGER
    assert (await world.rows(select(Lead.owner_id))) == [(await number(world, "helen"),)]


async def test_a_deal_with_a_standing_card_is_refreshed_when_it_changes_hands(world: World) -> None:
    await burden(world, "boris")
    [(deal,)] = await world.rows(select(Deal.id).order_by(Deal.id).limit(1))
    await world.helen.press(data=f"d:{deal}")
    assert "Boris" in world.helen.text
    await world.services.leaving.remove(
        await actor(world, "olga"), await number(world, "boris"), await number(world, "anna")
    )
    await world.settle()
    assert "Anna" in world.helen.text


@pytest.mark.parametrize("name", [name for name in CAST if name != "olga"])
async def test_only_the_owner_removes_people(world: World, name: str) -> None:
    before = await digest(world)
    with pytest.raises((ForbiddenError, NotFoundError)):
        await world.services.leaving.remove(await actor(world, name), await number(world, "anna"), None)
    assert await digest(world) == before


async def test_a_removed_owner_leaves_another_one(world: World) -> None:
    olga = await actor(world, "olga")
    hugo = await number(world, "hugo")
    await world.services.team.change_role(olga, hugo, Role.OWNER)
    await world.services.leaving.remove(await actor(world, "hugo"), olga.person_id, None)
    assert await world.services.people.identify(1001) is None


async def test_a_list_of_many_people_has_pages(world: World) -> None:
    sales, now = await place(world, "Sales"), world.clock.now()
    async with world.db.write() as uow:
        for n in range(12):
            person = Person(
                name=f"P{n:02}", name_folded=f"p{n:02}", role="manager", status="active", created_at=now
            )
            uow.people.add(person)
            await uow.people.flush()
            await uow.people.place(person.id, [sales], head=False)
    await world.helen.press("Team")
    await world.helen.press("Sales")
    assert "▫️ P03" in world.helen.labels
    await world.helen.press("More")
    assert "▫️ P11" in world.helen.labels
    assert "▫️ P03" not in world.helen.labels
    await world.helen.press("▫️ P11")
    assert "Nobody has joined under this name." in world.helen.text
