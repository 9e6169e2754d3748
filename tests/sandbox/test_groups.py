"""Groups, topics, rights and privacy mode."""

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import ReactionTypeEmoji

from sandbox import ApiError, ImpossibleError

TOPICS = {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True}


async def messages(client):
    return [u.message or u.channel_post for u in await client.get_updates()]


async def test_privacy_mode_lets_through_commands_replies_and_service_messages(world, client):
    group = world.tg.add_group("Sales", [world.anna, world.boris])
    card = await client.send_message(group.id, "card")
    world.anna.send(group, "just talk")
    world.anna.send(group, "/report")
    world.anna.send(group, "/report@other_bot")
    world.anna.send(group, "/report@sdelka_bot")
    world.anna.send(group, "yes", reply_to=group.messages[card.message_id])
    group.leave(world.boris)
    seen = [m.text or "left" for m in await messages(client)]
    assert seen == ["/report", "/report@sdelka_bot", "yes", "left"]


async def test_an_administrator_hears_everything(world, client):
    group = world.tg.add_group("Sales", [world.anna], bot_admin={})
    world.anna.send(group, "just talk")
    assert [m.text for m in await messages(client)] == ["just talk"]


async def test_an_anonymous_administrator_and_a_channel_hide_who_writes_but_not_who_presses(world, client):
    group = world.tg.add_group("Sales", [world.anna, world.boris], bot_admin={}, supergroup=True)
    channel = world.tg.add_channel("News", world.anna)
    group.promote(world.boris, anonymous=True)
    world.boris.send(group, "boo")
    world.anna.send(group, "news", on_behalf_of=channel)
    channel.post("post")
    hidden, news, post = [u for u in await messages(client) if u]
    assert (hidden.from_user.id, hidden.sender_chat.id) == (1087968824, group.id)
    assert (news.from_user.id, news.sender_chat.id) == (136817688, channel.id)
    assert (post.from_user, post.sender_chat.id, post.chat.type) == (None, channel.id, "channel")
    sent = await client.send_message(group.id, "card")
    world.boris.press(group.messages[sent.message_id], data="x")
    assert (await client.get_updates())[-1].callback_query.from_user.id == world.boris.id


async def test_a_bot_is_in_a_channel_as_an_administrator_or_not_at_all(world, client):
    channel = world.tg.add_channel("News", world.anna, bots=())
    with pytest.raises(ImpossibleError, match="only as its administrator"):
        channel.join(world.bot, by=world.anna)
    with pytest.raises(ImpossibleError, match="is not in News"):
        world.boris.send(channel, "spam")
    channel.promote(world.bot, {"can_post_messages": True}, by=world.anna)
    post = await client.send_message(channel.id, "old")
    await client.edit_message_text("new", chat_id=channel.id, message_id=post.message_id)
    assert channel.messages[post.message_id].text == "new"
    channel.promote(world.bot, {"can_edit_messages": True}, by=world.anna)
    with pytest.raises(TelegramBadRequest, match="need administrator rights in the channel chat"):
        await client.send_message(channel.id, "mute")
    with pytest.raises(TelegramBadRequest, match="can't be edited"):
        await client.edit_message_text("newer", chat_id=channel.id, message_id=post.message_id)
    with pytest.raises(TelegramBadRequest, match="can't be deleted"):
        await client.delete_message(channel.id, post.message_id)
    channel.promote(world.bot, {"can_post_messages": True}, by=world.anna)
    assert await client.delete_message(channel.id, post.message_id)
    channel.demote(world.bot, by=world.anna)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the channel chat"):
        await client.send_message(channel.id, "out")
    update = (await client.get_updates())[-1].my_chat_member
    assert (update.chat.type, update.new_chat_member.status) == ("channel", "left")
    assert list(channel.messages) == []


async def test_a_topic_is_made_used_closed_and_deleted(world, client):
    forum = world.tg.add_group("Sales", [world.anna], bot_admin=TOPICS, forum=True)
    topic = await client.create_forum_topic(forum.id, "Leads")
    sent = await client.send_message(forum.id, "card", message_thread_id=topic.message_thread_id)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.message_thread_id, True)
    world.anna.send(forum, "talk", thread=topic.message_thread_id)
    assert (await messages(client))[-1].message_thread_id == topic.message_thread_id
    assert await client.edit_forum_topic(forum.id, topic.message_thread_id, name="Hot leads")
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await client.edit_forum_topic(forum.id, topic.message_thread_id, name="Hot leads")
    assert await client.close_forum_topic(forum.id, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await client.close_forum_topic(forum.id, topic.message_thread_id)
    assert await client.reopen_forum_topic(forum.id, topic.message_thread_id)
    assert await client.delete_forum_topic(forum.id, topic.message_thread_id)
    for call in (
        client.send_message(forum.id, "x", message_thread_id=topic.message_thread_id),
        client.close_forum_topic(forum.id, topic.message_thread_id),
        client.send_message(forum.id, "x", message_thread_id=1),
    ):
        with pytest.raises(TelegramBadRequest, match="message thread not found"):
            await call
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await client.edit_message_text("y", chat_id=forum.id, message_id=sent.message_id)


async def test_a_message_in_a_topic_replies_to_the_opening_of_the_topic(world, client):
    forum = world.tg.add_group("Sales", [world.anna], bot_admin=TOPICS, forum=True)
    topic = await client.create_forum_topic(forum.id, "Leads")
    talk = world.anna.send(forum, "talk", thread=topic.message_thread_id)
    world.anna.send(forum, "more", reply_to=talk)
    first, second = (m.reply_to_message for m in await messages(client))
    assert first.forum_topic_created.name == "Leads"
    assert second.text == "talk"


async def test_a_closed_topic_is_closed_for_those_without_the_right(world, client):
    forum = world.tg.add_group("Sales", [world.anna, world.boris], forum=True)
    topic = forum.open_topic("Leads", by=world.anna)
    forum.close_topic(topic, by=world.anna)
    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await client.send_message(forum.id, "x", message_thread_id=topic.id)
    with pytest.raises(ApiError, match="TOPIC_CLOSED"):
        world.boris.send(forum, "x", thread=topic.id)
    with pytest.raises(TelegramBadRequest, match="not enough rights to create a topic"):
        await client.create_forum_topic(forum.id, "x")
    with pytest.raises(TelegramBadRequest, match="not enough rights to delete the topic"):
        await client.delete_forum_topic(forum.id, topic.id)
    with pytest.raises(TelegramBadRequest, match="not enough rights to close or open the topic"):
        await client.reopen_forum_topic(forum.id, topic.id)


async def test_topics_are_for_forums(world, client):
    group = world.tg.add_group("Sales", [world.anna], bot_admin=TOPICS, supergroup=True)
    with pytest.raises(TelegramBadRequest, match="the chat is not a forum"):
        await client.create_forum_topic(group.id, "x")
    sent = await client.send_message(group.id, "x", message_thread_id=77)
    assert sent.message_thread_id is None


async def test_comings_and_goings_of_the_bot_are_told(world, client):
    group = world.tg.add_group("Sales", [world.anna], bots=())
    group.join(world.bot, by=world.anna)
    group.promote(world.bot, {"can_manage_topics": True})
    group.leave(world.bot, by=world.anna)
    updates = await client.get_updates()
    changes = [u.my_chat_member for u in updates if u.my_chat_member]
    assert [(c.old_chat_member.status, c.new_chat_member.status) for c in changes] == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "kicked"),
    ]
    assert changes[0].from_user.id == world.anna.id
    assert changes[1].new_chat_member.can_manage_topics


async def test_members_are_looked_up(world, client):
    group = world.tg.add_group("Sales", [world.anna, world.boris], bot_admin={"can_invite_users": True})
    assert (await client.get_chat_member(group.id, world.anna.id)).status == "creator"
    assert (await client.get_chat_member(group.id, world.boris.id)).status == "member"
    me = await client.get_chat_member(group.id, 42)
    assert (me.status, me.can_invite_users, me.can_manage_topics) == ("administrator", True, False)
    group.leave(world.boris)
    assert (await client.get_chat_member(group.id, world.boris.id)).status == "left"
    group.restrict(world.anna, can_send_photos=False)
    assert (await client.get_chat_member(group.id, world.anna.id)).can_send_photos is False
    with pytest.raises(TelegramBadRequest, match="PARTICIPANT_ID_INVALID"):
        await client.get_chat_member(group.id, 987654)
    assert await client.get_chat_member_count(group.id) == 2
    assert [m.user.id for m in await client.get_chat_administrators(group.id)] == [42]
    assert (await client.export_chat_invite_link(group.id)).startswith("https://t.me/+")
    assert (await client.create_chat_invite_link(group.id, name="x")).name == "x"
    world.anna.start()
    with pytest.raises(TelegramBadRequest, match="there are no administrators in the private chat"):
        await client.get_chat_administrators(world.anna.id)


async def test_chats_are_described(world, client):
    world.anna.start()
    group = world.tg.add_group("Sales", [world.anna], bot_admin=TOPICS, forum=True)
    private = await client.get_chat(world.anna.id)
    assert (private.type, private.first_name, private.last_name) == ("private", "Anna", "Orlova")
    described = await client.get_chat(group.id)
    assert (described.type, described.title, described.is_forum) == ("supergroup", "Sales", True)


async def test_members_are_removed_and_let_back(world, client):
    group = world.tg.add_group("Sales", [world.anna, world.boris], bot_admin={"can_restrict_members": True})
    assert await client.ban_chat_member(group.id, world.boris.id)
    assert group.member(world.boris).status == "kicked"
    with pytest.raises(ImpossibleError):
        world.boris.send(group, "x")
    assert await client.unban_chat_member(group.id, world.boris.id)
    assert group.member(world.boris).status == "left"
    with pytest.raises(TelegramBadRequest, match="user is an administrator of the chat"):
        await client.ban_chat_member(group.id, world.anna.id)


async def test_pins_need_the_right_in_groups(world, client):
    group = world.tg.add_group("Sales", [world.anna])
    sent = await client.send_message(group.id, "x")
    with pytest.raises(TelegramBadRequest, match="not enough rights to manage pinned messages in the chat"):
        await client.pin_chat_message(group.id, sent.message_id)
    group.promote(world.bot, TOPICS)
    assert await client.pin_chat_message(group.id, sent.message_id)
    assert (await client.get_chat(group.id)).pinned_message.message_id == sent.message_id
    assert await client.unpin_chat_message(group.id)
    with pytest.raises(TelegramBadRequest, match="message to unpin not found"):
        await client.unpin_chat_message(group.id)
    assert await client.unpin_all_chat_messages(group.id)


async def test_reactions_go_both_ways(world, client):
    group = world.tg.add_group("Sales", [world.anna], bot_admin={})
    sent = await client.send_message(group.id, "x")
    message = group.messages[sent.message_id]
    assert await client.set_message_reaction(group.id, sent.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert message.reactions[42] == [{"type": "emoji", "emoji": "👍"}]
    await client.get_updates(allowed_updates=["message_reaction"])
    world.anna.react(message, "❤")
    reaction = (await client.get_updates())[-1].message_reaction
    assert (reaction.user.id, reaction.new_reaction[0].emoji) == (world.anna.id, "❤")


async def test_others_messages_are_deleted_only_with_the_right(world, client):
    group = world.tg.add_group("Sales", [world.anna])
    talk = world.anna.send(group, "talk")
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await client.delete_message(group.id, talk.id)
    group.promote(world.bot, TOPICS)
    assert await client.delete_message(group.id, talk.id)


async def test_numbers_of_messages_are_shared_by_private_chats_but_not_by_supergroups(world):
    forum = world.tg.add_group("Sales", [world.anna], supergroup=True)
    assert world.anna.start().id == 1
    assert world.boris.start().id == 2
    assert world.anna.send(forum, "x").id == 2
