"""Commands per scope and language, the menu button, names."""

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    MenuButtonCommands,
)

LEAD = BotCommand(command="lead", description="New lead")


async def test_commands_are_kept_per_scope_and_language(world, client):
    world.anna.start()
    russian = BotCommand(command="lead", description="Новый лид")
    await client.set_my_commands([LEAD])
    await client.set_my_commands([russian], language_code="ru")
    await client.set_my_commands([LEAD, LEAD], scope=BotCommandScopeChat(chat_id=world.anna.id))
    assert (await client.get_my_commands(language_code="ru"))[0].description == "Новый лид"
    assert len(await client.get_my_commands(scope=BotCommandScopeChat(chat_id=world.anna.id))) == 2
    assert await client.get_my_commands(scope=BotCommandScopeAllGroupChats()) == []
    await client.delete_my_commands(language_code="ru")
    assert await client.get_my_commands(language_code="ru") == []


async def test_a_cleared_world_keeps_its_bot_and_its_general_commands(world, client):
    world.anna.start()
    group = world.tg.add_group("Sales", [world.anna])
    await client.set_my_commands([LEAD])
    await client.set_my_commands([LEAD], scope=BotCommandScopeChat(chat_id=world.anna.id))
    world.tg.clear()
    assert await client.get_updates() == []
    again = world.tg.add_person(world.anna.id, "Anna")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await client.send_message(group.id, "x")
    again.start()
    assert [m.text for m in world.tg.messages(again)] == ["/start"]
    assert len(await client.get_my_commands()) == 1
    assert await client.get_my_commands(scope=BotCommandScopeChat(chat_id=world.anna.id)) == []


async def test_wrong_commands_are_refused(world, client):
    for commands, words in [
        ([BotCommand(command="Lead", description="x")], "BOT_COMMAND_INVALID"),
        ([BotCommand(command="lead", description="")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([LEAD] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ]:
        with pytest.raises(TelegramBadRequest, match=words):
            await client.set_my_commands(commands)
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await client.set_my_commands([LEAD], scope=BotCommandScopeChatMember(chat_id=-1, user_id=1))


async def test_names_and_menu_button(world, client):
    await client.set_my_name("Сделка", language_code="ru")
    assert (await client.get_my_name(language_code="ru")).name == "Сделка"
    assert (await client.get_my_name()).name == "Sdelka"
    await client.set_my_description("d")
    await client.set_my_short_description("s")
    assert (await client.get_my_description()).description == "d"
    assert (await client.get_my_short_description()).short_description == "s"
    await client.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await client.get_chat_menu_button()).type == "commands"
    with pytest.raises(TelegramBadRequest, match="BOT_NAME_INVALID"):
        await client.set_my_name("x" * 65)
