"""A group that belongs to one thing is given to another, by whoever may take it off the first."""

from sqlalchemy import select

from db.models import Department, TeamChat
from keyboards.team_chats import REQUEST
from sandbox import Group
from sandbox.members import Member
from services.dto.team_chats import Holder, HolderKind
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.deals.test_topics import RIGHTS, bring_in, only_topic, team_group
from tests.people.test_chats import add_bot, chat_of, group_of
from tests.world import World


async def given_to_sales(world: World) -> Group:
    group = group_of(world, "helen", "olga", "hugo", "anna")
    await add_bot(world, group, "helen")
    await world.helen.press("Sales")
    return group


async def service_of(world: World) -> int:
    [(found,)] = await world.rows(select(Department.id).where(Department.name == "Service"))
    return int(found)


async def test_the_owner_is_asked_and_takes_it_over(world: World) -> None:
    group, service = await given_to_sales(world), await service_of(world)
    group.members[world.olga.person.id] = Member(world.olga.person, "creator")
    for answer, holds in (("✖️ Leave it there", "Sales"), ("🔁 Take it over", "Service")):
        await world.olga.press(data=f"tcc:department:{service}")
        await world.olga.do("share_chat", REQUEST, group)
        assert (
            "This is the group of the department Sales.\nTaken over, it is no longer there."
            in world.olga.text
        )
        assert await chat_of(world, "Sales") == group.id
        await world.olga.press(answer)
        assert await chat_of(world, holds) == group.id
    assert await chat_of(world, "Sales") is None
    assert "✅ It has a group." in world.olga.messages[-2].text
    assert "This is the team chat of Service now" in world.telegram.messages(group)[-1].text


async def test_a_bot_that_was_added_anew_asks_the_same(world: World) -> None:
    group, service = await given_to_sales(world), await service_of(world)
    await world.olga.press(data=f"cb:{service}:{-group.id}")
    await world.olga.press("🔁 Take it over")
    assert (await chat_of(world, "Sales"), await chat_of(world, "Service")) == (None, group.id)


async def test_of_a_deal_it_goes_to_whoever_works_on_that(world: World) -> None:
    group = group_of(world, "anna")
    first, second = await make_deal(world, title="Windows"), await make_deal(world, title="Doors")
    for deal in (first, second):
        await world.anna.press(data=f"tcc:deal:{deal}")
        await world.anna.do("share_chat", REQUEST, group)
    assert "This is the group of the deal Windows." in world.anna.text
    await world.anna.press("🔁 Take it over")
    assert await world.rows(select(TeamChat.deal_id)) == [(second,)]


async def test_nobody_takes_what_they_may_not_take_off(world: World) -> None:
    group, service = await given_to_sales(world), await service_of(world)
    deal = await make_deal(world)
    for hand, holder in ((world.hugo, f"department:{service}"), (world.anna, f"deal:{deal}")):
        said = await hand.press(data=f"tct:{holder}:{-group.id}")
        assert (said or "").startswith("This is the group of the department Sales. Take it off there first")
    assert await world.anna.press(data=f"tct:department:{service}:{-group.id}") is not None
    assert await chat_of(world, "Sales") == group.id


async def test_an_old_button_takes_nothing_that_is_not_there(world: World) -> None:
    group, service = await given_to_sales(world), await service_of(world)
    press = f"tct:department:{service}:{-group.id}"
    group.leave(world.telegram.bot, by=world.helen.person)
    await world.settle()
    assert (await world.olga.press(data=press) or "").startswith("I am not in this group.")
    assert await chat_of(world, "Service") is None
    await add_bot(world, group, "helen")
    nowhere = await world.olga.press(data=f"tct:department:999999:{-group.id}")
    assert nowhere == "There is no such department any more."


async def test_topics_move_after_a_question_and_the_head_hears_who_took_the_chat_off(world: World) -> None:
    old, deal = await team_group(world), await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    fresh = world.telegram.add_group("Floor", [world.helen.person], bot_admin=RIGHTS, forum=True)
    fresh.members[world.helen.person.id] = Member(world.helen.person, "creator")
    [(sales,)] = await world.rows(select(Department.id).where(Department.name == "Sales"))
    for answer, holds in (("✖️ Leave it as it is", old), ("🧵 Yes, move them", fresh)):
        await world.helen.press(data=f"tcc:department:{sales}")
        await world.helen.do("share_chat", REQUEST, fresh)
        assert world.helen.text == (
            "🧵 Sales: topics of its deals move\nFrom “Sales” to “Floor”: 1 topic\n"
            "Whoever is not in the new group will not see them."
        )
        assert (await chat_of(world, "Sales"), fresh.topics) == (old.id, {})
        await world.helen.press(answer)
        assert await chat_of(world, "Sales") == holds.id
    assert only_topic(old).closed
    assert len(fresh.topics) == 1
    await world.services.people.speak(await actor_of(world.services, "olga"), "ru")
    told = len(world.helen.messages)
    await world.olga.press(data=f"tcx:department:{sales}")
    assert world.olga.text == (
        "✖️ Отвязать группу от «Sales»?\n👥 Группа: Floor\n"
        "О новых лидах отдела Sales будут приходить только личные сообщения."
    )
    assert await chat_of(world, "Sales") == fresh.id
    await world.olga.press("✖️ Да, отвязать")
    assert await chat_of(world, "Sales") is None
    assert len(world.helen.messages) == told + 1
    assert world.helen.text.startswith("✖️ Olga has taken the team chat off Sales.")
    for hand in (world.hugo, world.anna):
        assert await hand.press(data=f"tcy:department:{sales}") == "There is no such department any more."
        said = await hand.press(data=f"tcs:department:{sales}:{-fresh.id}:0")
        assert said == "There is no such department any more."


async def test_a_pipeline_that_loses_its_group_is_asked_for_its_topics(world: World) -> None:
    sales, deal = await team_group(world), await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    own = world.telegram.add_group("Deals", [world.olga.person], bot_admin=RIGHTS, forum=True)
    olga = await actor_of(world.services, "olga")
    await world.services.team_chats.bind(olga, Holder(HolderKind.PIPELINE, 1), own.id)
    await world.settle()
    await world.olga.press(data="tc:pipeline:1")
    await world.olga.press("✖️ Take it off")
    assert "From “Deals” to “Sales”: 1 topic\nWhoever is not in the new group" in world.olga.text
    assert not only_topic(own).closed
    await world.olga.press("✖️ Yes, take it off")
    assert only_topic(own).closed
    assert [one.closed for one in sales.topics.values()][-1] is False
