"""To whom alone a message is to be shown: the parameters of ephemeral messages and their conditions."""

from sandbox.chats import Chat
from sandbox.errors import bad_request
from sandbox.groups import Group
from sandbox.methods.registry import Context, Json
from sandbox.people import Person
from sandbox.presses import Press

PATIENCE = 15.0
"""Seconds after a press in which it may be answered by an ephemeral message."""
CALLED = "ephemeral message parameters"


def asked_receiver(ctx: Context, chat: Chat) -> Person | None:
    """Who alone shall see the message that is being sent; None: everyone in the chat.

    A bot that is an ordinary member needs a press of the receiver's that is no older than 15 seconds, an
    administrator needs none. `replace_callback_query_message` is checked and changes nothing on the page.
    """
    given = ctx.params.json("ephemeral_message_parameters", CALLED)
    if given is None or not ctx.world.knows_ephemeral:
        return None
    if not isinstance(given, dict):
        raise bad_request(f"Object expected as {CALLED}")
    if type(given.get("receiver_user_id")) is not int:
        raise bad_request('Field "receiver_user_id" must be a Number')
    if not isinstance(chat, Group) or chat.kind == "channel":
        raise bad_request("ephemeral messages can be sent only to groups and supergroups")
    person = member_of(ctx, chat, given["receiver_user_id"])
    _check_press(ctx, chat, person, given)
    return person


def member_of(ctx: Context, chat: Chat, user_id: int) -> Person:
    """The human with this id in this chat."""
    person = ctx.world.people.get(user_id)
    if person is None or person not in chat.people():
        raise bad_request("USER_NOT_PARTICIPANT")
    return person


def _check_press(ctx: Context, chat: Group, person: Person, given: Json) -> None:
    number = given.get("callback_query_id")
    if not number:
        if given.get("replace_callback_query_message"):
            raise bad_request("there is no callback query whose message could be replaced")
        if not chat.member(ctx.bot).is_admin:
            raise bad_request("not enough rights to send ephemeral messages without a callback query")
        return
    press = ctx.world.presses.get(str(number))
    if press is None or not _fits(ctx, press, chat, person):
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if given.get("replace_callback_query_message") and press.message.whisper is not None:
        raise bad_request("an ephemeral message can't be replaced")


def _fits(ctx: Context, press: Press, chat: Group, person: Person) -> bool:
    there = press.bot is ctx.bot and press.message.chat is chat and press.person is person
    return there and ctx.world.clock() - press.at <= PATIENCE
