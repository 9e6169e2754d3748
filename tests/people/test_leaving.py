"""One press lets somebody go: their work changes hands, and from that moment they hear and do nothing."""

from datetime import timedelta

from sqlalchemy import select, update

from db.models import Card, Deal, Department, Invite, Outbox, Person, Task, TeamChat
from services import notices
from services.access import Role
from services.notices import NoticeKind
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.deals.test_topics import bring_in, card_in, only_topic, team_group
from tests.tasks.ticking import set_task, tick
from tests.world import World


async def test_one_press_hands_all_over_and_ends_everything_at_once(world: World) -> None:
    deal = await make_deal(world, stage="In work", owner="helen")
    await set_task(world, "helen", deal=deal)
    helen, boris = await actor_of(world.services, "helen"), await actor_of(world.services, "boris")
    made = await world.services.invites.create(helen, Role.MANAGER, next(iter(helen.headed)))
    await queue(world, helen.person_id)
    await world.helen.press(data=f"d:{deal}")
    card = world.helen.screen
    await world.olga.press(data=f"pwd:{helen.person_id}:1:{boris.person_id}")
    assert await world.rows(select(Deal.owner_id)) == [(boris.person_id,)]
    assert await world.rows(select(Task.assignee_id)) == [(boris.person_id,)]
    assert await world.rows(select(Person.status, Person.left_at).where(Person.id == helen.person_id)) == [
        ("left", world.clock.now())
    ]
    [(revoked,)] = await world.rows(select(Invite.revoked_at).where(Invite.id == made.invite.id))
    assert revoked == world.clock.now()
    assert (card.text, card.labels) == ("🔒 You have no access to this any more.", [])
    assert world.helen.text == "🚪 Your access to this company has ended. Thank you for working with us!"
    assert await world.rows(select(Card.subject).where(Card.chat_id == 1002)) == []
    since = len(world.telegram.calls.to(1002))
    told = len(world.boris.messages)
    world.clock.turn(days=3)
    await tick(world)
    assert len(world.boris.messages) > told, "the reminder goes to whoever has the task now"
    before = (await world.rows(select(Deal.version)), len(world.boris.messages))
    for data in (f"d:{deal}", f"dms:{deal}", "home", "tm", "i", "day"):
        assert await world.helen.press(on=world.helen.messages[1], data=data) in (None, "")
    assert (await world.rows(select(Deal.version)), len(world.boris.messages)) == before
    methods = {call.method for call in world.telegram.calls.to(1002)[since:]}
    assert not methods & {"sendMessage", "editMessageText"}
    states = select(Outbox.state).where(Outbox.person_id == helen.person_id, Outbox.dedupe.like("later%"))
    assert {state for (state,) in await world.rows(states)} == {"cancelled"}


async def test_the_groups_in_which_they_still_sit_are_named_to_whoever_removed_them(world: World) -> None:
    """By what Telegram calls them; one that cannot be asked by whose it is."""
    group = await team_group(world)
    deal = await make_deal(world, title="Windows", owner="victor")
    phones = [world.victor.person, world.anna.person]
    own = world.telegram.add_group("About windows", phones, bot_admin={})
    empty = world.telegram.add_group("Service", [world.hugo.person], bot_admin={})
    async with world.db.write() as uow:
        await uow.session.execute(
            update(Department).where(Department.name == "Service").values(chat_id=empty.id)
        )
        uow.session.add(TeamChat(chat_id=own.id, deal_id=deal, bound_at=world.clock.now()))
    shared = await make_deal(world, title="Doors")
    await bring_in(world, shared, "victor")
    for method in ("getChat", "getChatMember"):
        world.telegram.faults.script(method, kind="403", chat=own.id)
    card = card_in(world, group, only_topic(group))
    assert "👥 with Victor" in card.text
    victor, boris = await actor_of(world.services, "victor"), await actor_of(world.services, "boris")
    await world.olga.press(data=f"pwd:{victor.person_id}:1:{boris.person_id}")
    told = "They may still be in these groups: Sales, Windows. Remove them there, in Telegram."
    assert told in world.olga.text
    assert "👥" not in card.text


async def queue(world: World, person_id: int) -> None:
    """Messages that wait for Helen, of every priority."""
    later = world.clock.now() + timedelta(minutes=5)
    async with world.db.write() as uow:
        for priority in notices.Priority:
            await notices.send(
                uow,
                later,
                [notices.Place(1002, person_id)],
                NoticeKind.ROLE_CHANGED,
                f"later:{priority}",
                {},
                priority=priority,
            )
