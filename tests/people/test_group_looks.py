"""What a group lacks to be all that it could be: told when it is bound, shown, and lost."""

from sqlalchemy import select

from db.models import Department, TeamChat
from keyboards.team_chats import REQUEST
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.deals.test_topics import RIGHTS, bring_in, team_group
from tests.people.test_chats import add_bot, chat_of, group_of
from tests.world import World

DEAF = "⚠️ I am no admin there: I do not hear what is said"
NO_TOPICS = "⚠️ The group has no topics, so deals get none there. Switch on “Topics” in the group's settings."
OF_THEIR_OWN = "topics of their own"
KEPT = "What those who may write to the deal say there stays in its history."


async def sales_of(world: World) -> int:
    [(found,)] = await world.rows(select(Department.id).where(Department.name == "Sales"))
    return int(found)


async def test_a_group_that_the_bot_was_added_to_is_bound_with_what_it_lacks(world: World) -> None:
    group = group_of(world, "helen")
    await add_bot(world, group, "helen")
    await world.helen.press("Sales")
    assert await chat_of(world, "Sales") == group.id, "the binding stands"
    greeting = world.telegram.messages(group)[-1].text
    assert "This is the team chat of Sales now" in greeting
    for said in (world.helen.text, greeting):
        assert (DEAF in said, NO_TOPICS in said) == (True, True), "its admins read it, too"
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await world.helen.press("💬 Team chat")
    assert "⚠️ Я там не админ: не слышу, что говорят" in world.helen.text
    assert "⚠️ В группе нет тем" in world.helen.text
    assert "свои темы" not in world.helen.text
    group.promote(world.telegram.bot, RIGHTS)
    group.forum = True
    await world.helen.press(data=f"tc:department:{await sales_of(world)}")
    assert "⚠️" not in world.helen.text
    assert "свои темы" in world.helen.text


async def test_a_chosen_group_is_bound_with_what_it_lacks(world: World) -> None:
    group, sales = group_of(world, "helen"), await sales_of(world)
    await world.helen.press(data=f"tcc:department:{sales}")
    await world.helen.do("share_chat", REQUEST, group)
    assert await chat_of(world, "Sales") == group.id
    assert NO_TOPICS in world.helen.text
    assert DEAF not in world.helen.text
    assert OF_THEIR_OWN not in world.helen.text
    group.forum = True
    for rights, said in (
        ({"can_pin_messages": True}, "⚠️ I may not manage topics there"),
        ({"can_manage_topics": True}, "⚠️ I may not pin messages there"),
    ):
        group.promote(world.telegram.bot, rights)
        await world.settle()
        await world.helen.press(data=f"tc:department:{sales}")
        assert world.helen.text.count("⚠️") == 1
        assert said in world.helen.text
        assert (OF_THEIR_OWN in world.helen.text) is ("can_manage_topics" in rights)


async def test_the_heads_hear_once_that_the_bot_hears_nothing_any_more(world: World) -> None:
    group, deal = await team_group(world), await make_deal(world)
    await bring_in(world, deal, "boris")
    await world.anna.press(data=f"tc:deal:{deal}")
    assert KEPT in world.anna.text
    told = {name: len(world.hands[name].messages) for name in ("anna", "hugo", "olga", "eve")}
    before = len(world.helen.messages)
    group.demote(world.telegram.bot)
    await world.settle()
    await world.again()
    assert len(world.helen.messages) == before + 1
    assert "🙉 I am no admin any more in the group of Sales." in world.helen.text
    assert {name: len(world.hands[name].messages) for name in told} == told
    await world.helen.press("💬 Team chat")
    assert DEAF in world.helen.text
    await world.anna.press(data=f"tc:deal:{deal}")
    assert DEAF in world.anna.text
    assert KEPT not in world.anna.text
    await world.anna.press("🔁 Restore the topic")
    assert (DEAF in world.anna.text, KEPT in world.anna.text) == (True, False), "also drawn anew by itself"
    group.promote(world.telegram.bot, RIGHTS)
    await world.settle()
    await world.anna.press(data=f"tc:deal:{deal}")
    assert (DEAF in world.anna.text, KEPT in world.anna.text) == (False, True)
    elsewhere = group_of(world, "olga")
    elsewhere.promote(world.telegram.bot, RIGHTS)
    elsewhere.demote(world.telegram.bot)
    await world.settle()
    assert len(world.olga.messages) == told["olga"] + 1, "only the question whose group it is"


async def test_those_who_work_on_a_deal_hear_it_of_its_own_group(world: World) -> None:
    deal = await make_deal(world, title="Окна")
    await bring_in(world, deal, "boris")
    group = world.telegram.add_group("Windows", [world.anna.person], bot_admin=RIGHTS)
    async with world.db.write() as uow:
        uow.session.add(TeamChat(chat_id=group.id, deal_id=deal, bound_at=world.clock.now()))
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    quiet = {name: len(world.hands[name].messages) for name in ("helen", "olga", "victor")}
    group.demote(world.telegram.bot)
    await world.settle()
    assert "🙉 Я больше не админ в группе «Окна»" in world.anna.text
    assert "🙉 I am no admin any more in the group of Окна." in world.boris.text
    assert {name: len(world.hands[name].messages) for name in quiet} == quiet
    await world.anna.press("💬 Рабочий чат")
    assert "⚠️ Я там не админ: не слышу, что говорят, и в историю сделки это не попадает." in world.anna.text
    assert "останется в её истории" not in world.anna.text
    await world.anna.press(data=f"dh:{deal}:0")
    assert "бот больше не админ в группе сделки" in world.anna.text
