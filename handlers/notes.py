"""What is said to records by message: answers to cards, forwards and files."""

from dataclasses import replace

from aiogram.types import Message

from handlers.arrivals import read_command
from handlers.errors import describe
from handlers.lead_intake import begin
from handlers.naming import named_in, tell_named
from handlers.registry import Content, Reply, registry
from handlers.screen import Screen
from handlers.sent import pack, read_said, sent_as, unpack
from handlers.task_forms import answer_makes_task
from handlers.turn import Turn
from handlers.views import clients as client_views
from handlers.views import notes as views
from keyboards.notes import PutCb, PutLeadCb
from services.access import Action
from services.dto.clients import ClientKind
from services.dto.common import Ref
from services.dto.talk import Said
from services.errors import AppError, StaleError
from services.imports.service import may_be_table
from services.talk import MOST_MESSAGES

WHERE = "note.where"

describe(
    {
        "note.too_many": "That is too much at once: {limit} messages at most.",
        "note.gone": "This was put away already, or given up. Please send it again.",
    }
)


@registry.reply("deal", Action.NOTE_ADD)
async def on_deal_reply(turn: Turn, reply: Reply) -> None:
    """A comment on a deal."""
    await _comment(turn, reply)


@registry.reply("lead", Action.NOTE_ADD)
async def on_lead_reply(turn: Turn, reply: Reply) -> None:
    """A comment on a lead."""
    await _comment(turn, reply)


@registry.reply("contact", Action.CLIENT_EDIT)
async def on_contact_reply(turn: Turn, reply: Reply) -> None:
    """A comment on a contact."""
    await _comment(turn, reply)


@registry.reply("firm", Action.CLIENT_EDIT)
async def on_firm_reply(turn: Turn, reply: Reply) -> None:
    """A comment on a company."""
    await _comment(turn, reply)


@registry.reply("task", Action.TASK_COMMENT)
async def on_task_reply(turn: Turn, reply: Reply) -> None:
    """A comment on a task, or a file for it."""
    said = read_said(reply.message)
    if said.file is None:
        await turn.services.comments.add(turn.actor, reply.id, said.text, sent_as(reply.message))
    elif await turn.services.talk.join_album(turn.actor, said):
        return
    else:
        await turn.services.task_files.keep(turn.actor, reply.id, said)
    await _answer(turn, reply)


@registry.content(Content.FORWARDED, Action.NOTE_ADD)
async def on_forwarded(turn: Turn, message: Message) -> bool:
    """Forwarded words, a file or a place; a contact is a client, and an owner's table may be an import."""
    if message.contact is not None or _is_import(turn, message):
        return False
    return await _receive(turn, message)


@registry.content(Content.OTHER, Action.NOTE_ADD)
async def on_other(turn: Turn, message: Message) -> bool:
    """A voice message, a picture, a video or a place."""
    return await _receive(turn, message)


@registry.content(Content.DOCUMENT, Action.NOTE_ADD)
async def on_document(turn: Turn, message: Message) -> bool:
    """A file."""
    return False if _is_import(turn, message) else await _receive(turn, message)


@registry.edit(Action.TASK_COMMENT)
async def on_edit(turn: Turn, message: Message) -> None:
    """Its note says from now on what the message says; what waits for its deal is changed as it waits.

    In a group who is named only now comes to work on the deal, as by any word about it.
    """
    if not turn.private:
        said, named = await _without_command(turn, message), await named_in(turn, message)
        await tell_named(turn, await turn.services.talk.amend(turn.actor, said, named))
        return
    said, kept = read_said(message), await turn.form.data()
    waiting = [unpack(one) for one in kept.get("said", [])]
    if said.message_id in {one.message_id for one in waiting}:
        changed = [said if one.message_id == said.message_id else one for one in waiting]
        await turn.form.wait(WHERE, said=[pack(one) for one in changed])
    else:
        await turn.services.talk.amend(turn.actor, said)


@registry.step(WHERE, Action.NOTE_ADD, numbers=True)
async def got_where(turn: Turn, message: Message) -> None:
    """Words to find the deal by, or more to put there; an answer that names a moment makes a task of it."""
    if message.reply_to_message is not None and await answer_makes_task(turn, message):
        return
    if message.text is not None and message.forward_origin is None:
        said, key = await _gathered(turn)
        await _ask(turn, said, key, await turn.services.talk.find(turn.actor, message.text), message.text)
    elif not await _receive(turn, message):
        raise AppError("note.empty")


@registry.press(PutCb, Action.NOTE_ADD)
async def on_put(turn: Turn, data: PutCb) -> None:
    """To this deal."""
    said, _ = await _gathered(turn, data.key)
    await turn.services.talk.keep(turn.actor, "deal", data.deal_id, said)
    await _show_card(turn, "deal", data.deal_id)
    await turn.form.close()


@registry.press(PutLeadCb, Action.LEAD_CREATE)
async def on_put_lead(turn: Turn, data: PutLeadCb) -> None:
    """It is a request: make a lead of it."""
    said, _ = await _gathered(turn, data.key)
    text = "\n".join(one.text for one in said if one.text)
    await begin(turn, await turn.services.intake.understand(turn.actor, text))


async def _without_command(turn: Turn, message: Message) -> Said:
    """What a message says, but for the command with which it may begin where a deal is spoken of."""
    said = read_said(message)
    name, args = read_command(said.text, (await turn.bot.me()).username or "")
    route = registry.words.get(name) if name else None
    return replace(said, text=args) if route is not None and route.files else said


async def _comment(turn: Turn, reply: Reply) -> None:
    """Keep it with its record."""
    said = read_said(reply.message)
    if not await turn.services.talk.join_album(turn.actor, said):
        await turn.services.talk.keep(turn.actor, reply.subject, reply.id, [said])
        await _answer(turn, reply)


async def _answer(turn: Turn, reply: Reply) -> None:
    """Show that it was kept: in private by the fresh card, in a team chat by a nod."""
    if turn.private and reply.subject in set(ClientKind):
        kind = ClientKind(reply.subject)
        client = await turn.services.clients.card(turn.actor, kind, reply.id)
        await turn.show(client_views.noted(client, turn.t))
    elif turn.private:
        await _show_card(turn, reply.subject, reply.id)
    else:
        await turn.nod(reply.message)


async def _receive(turn: Turn, message: Message) -> bool:
    """Take what was sent and ask where it belongs; False if there is nothing in it that could be kept."""
    said = read_said(message)
    if message.sticker is not None or (not said.text and said.file is None):
        return False  # A sticker says something only where it is clear of what.
    if await turn.services.talk.join_album(turn.actor, said):
        return True
    kept = await turn.form.data() if await turn.form.state() == WHERE else {}
    before = [unpack(one) for one in kept.get("said", [])]
    if len(before) >= MOST_MESSAGES:
        raise AppError("note.too_many", limit=MOST_MESSAGES)
    if not before:
        await turn.form.close()
    gathered, key = [*before, said], int(kept.get("key", said.message_id))
    deals = await turn.services.talk.recent(turn.actor)
    await turn.form.wait(WHERE, key=key, said=[pack(one) for one in gathered])
    if said.album is not None and before and before[-1].album == said.album:
        await turn.redraw(int(kept["asked"]), _question(turn, gathered, key, deals))
    else:
        await _ask(turn, gathered, key, deals)
    return True


async def _ask(turn: Turn, said: list[Said], key: int, deals: tuple[Ref, ...], words: str = "") -> None:
    await turn.show(_question(turn, said, key, deals, words))
    await turn.form.wait(WHERE, asked=turn.bindings[-1].message_id)


def _question(turn: Turn, said: list[Said], key: int, deals: tuple[Ref, ...], words: str = "") -> Screen:
    lead = turn.actor.may(Action.LEAD_CREATE) and any(one.text for one in said)
    return views.ask_where(said, deals, key, turn.t, lead=lead, words=words)


async def _gathered(turn: Turn, key: int | None = None) -> tuple[list[Said], int]:
    """What waits to be put somewhere. Raises `note.gone` if nothing does, or not what the button was for."""
    kept = await turn.form.data()
    if "said" not in kept or (key is not None and key != kept["key"]):
        raise StaleError("note.gone")
    return [unpack(one) for one in kept["said"]], int(kept["key"])


async def _show_card(turn: Turn, subject: str, subject_id: int) -> None:
    screen = await registry.cards[subject](turn.viewer, subject_id)
    if screen is not None:
        await turn.show(screen)


def _is_import(turn: Turn, message: Message) -> bool:
    """Whether a file is one that the sender may import deals from."""
    file = message.document
    return file is not None and turn.actor.may(Action.IMPORT_RUN) and may_be_table(file.file_name or "")
