"""Sending messages: what all send methods share, and those without files."""

from typing import Any

from sandbox.chats import Chat, PrivateChat
from sandbox.errors import bad_request, too_many_requests
from sandbox.keyboards import parse_reply_markup
from sandbox.messages import Message
from sandbox.methods.access import check_may_send, get_chat, get_topic
from sandbox.methods.formatting import text_content
from sandbox.methods.receivers import asked_receiver
from sandbox.methods.registry import Context, Json, method

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def take_turn(ctx: Context, chat: Chat, count: int) -> None:
    """Counts against the flood limits; raises 429."""
    limiter = ctx.bot.limited(ctx.world.limits)
    if limiter is not None:
        wait = limiter.send(chat.id, ctx.world.clock(), count=count)
        if wait:
            raise too_many_requests(wait)


def deliver(
    ctx: Context, content: Json, kind: str = "text messages", *, turns: int = 1, **details: Any
) -> Message:
    """Posts `content`; `kind` names it in refusals, `details` are further fields of Message.

    `turns` is what the call costs at the flood limits: an album pays for all its messages with the first.
    """
    chat = get_chat(ctx, "write")
    check_may_send(ctx, chat, kind)
    topic = get_topic(ctx, chat)
    reply_to = _replied(ctx, chat)
    markup = parse_reply_markup(
        ctx.params.json("reply_markup", "reply keyboard markup"), private=isinstance(chat, PrivateChat)
    )
    receiver = asked_receiver(ctx, chat)
    if receiver is not None and markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    if turns:
        take_turn(ctx, chat, turns)
    inline = markup is not None and "inline_keyboard" in markup
    details |= {
        "thread": topic.id if topic else _inherited_thread(chat, reply_to),
        "reply_to": reply_to,
        "markup": markup if inline else None,
        "silent": ctx.params.flag("disable_notification"),
        "protected": ctx.params.flag("protect_content"),
    }
    if receiver is not None:
        return ctx.world.whisper(chat, ctx.bot, receiver, content, **details)
    message = ctx.world.post(
        chat,
        ctx.bot,
        content,
        sender_chat=chat if chat.kind == "channel" else None,
        opened_keyboard=markup is not None and not inline,
        **details,
    )
    if markup is not None and not inline:
        _show_keyboard(ctx, chat, markup, reply_to)
    return message


def _inherited_thread(chat: Chat, reply_to: Message | None) -> int | None:
    return reply_to.thread if chat.forum and reply_to is not None else None


def _replied(ctx: Context, chat: Chat) -> Message | None:
    parameters = ctx.params.json("reply_parameters", "reply parameters")
    if parameters is None:
        number = ctx.params.integer("reply_to_message_id")
        lenient = ctx.params.flag("allow_sending_without_reply")
    else:
        if not isinstance(parameters, dict):
            raise bad_request("Object expected as reply parameters")
        if "message_id" not in parameters:
            raise bad_request('Can\'t find field "message_id"')
        number = parameters["message_id"]
        if not isinstance(number, int):
            raise bad_request('Field "message_id" must be a Number')
        lenient = bool(parameters.get("allow_sending_without_reply"))
    if number <= 0:
        return None
    message = chat.messages.get(number)
    if message is None and not lenient:
        raise bad_request("message to be replied not found")
    return message


def _show_keyboard(ctx: Context, chat: Chat, markup: Json, reply_to: Message | None) -> None:
    """Changes what people see below the input line; `selective` means only the one replied to."""
    people = list(chat.people())
    if markup.get("selective") and reply_to is not None and reply_to.sender is not None:
        people = [person for person in people if person is reply_to.sender]
    for person in people:
        if "keyboard" in markup:
            chat.reply_keyboards[person.id] = markup
        elif markup.get("remove_keyboard"):
            chat.reply_keyboards.pop(person.id, None)
        ctx.world.feed.publish("chat", chat, person=person.id)


@method("sendMessage")
def send_message(ctx: Context) -> Any:
    return deliver(ctx, text_content(ctx.params)).as_json()


@method("sendContact")
def send_contact(ctx: Context) -> Any:
    card = {
        "phone_number": ctx.params.required("phone_number"),
        "first_name": ctx.params.required("first_name"),
    }
    card |= {name: ctx.params.text(name) for name in ("last_name", "vcard") if ctx.params.has(name)}
    return deliver(ctx, {"contact": card}, "contacts").as_json()


@method("sendLocation")
def send_location(ctx: Context) -> Any:
    for name in ("latitude", "longitude"):
        if not ctx.params.has(name):
            raise bad_request(f"{name} is empty")
    location = {"latitude": ctx.params.number("latitude"), "longitude": ctx.params.number("longitude")}
    return deliver(ctx, {"location": location}, "locations").as_json()


@method("sendChatAction")
def send_chat_action(ctx: Context) -> Any:
    if ctx.params.text("action").lower() not in ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = get_chat(ctx, "write")
    get_topic(ctx, chat)
    return True
