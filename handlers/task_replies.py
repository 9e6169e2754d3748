"""A task made of a message that is answered: with /task, or with words that name a moment."""

from aiogram.types import Message

from handlers.sent import pack, read_mentions, read_said, unpack
from handlers.turn import Turn
from keyboards.common import cut
from services.dto.mentions import Mentions
from services.dto.tasks import Link, Reading, Seed
from services.task_times import TEXT_LIMIT

LINKED = ("deal", "lead", "contact", "firm")


async def card_answered(turn: Turn) -> Link | None:
    """What the answered message is the card of, if a task may belong to that."""
    answered = turn.message.reply_to_message if turn.message is not None else None
    if answered is None:
        return None
    found = await turn.services.talk.subject_at(turn.chat_id, answered.message_id)
    return Link(found[0], found[1]) if found is not None and found[0] in LINKED else None  # type: ignore[arg-type]  # one of LINKED


async def plant(turn: Turn, args: str) -> Reading | None:
    """Take the answered message, and who is named in the answer, for the task that is being made.

    What is to be done, and when, as far as either of the two says so; None where no message was answered.
    """
    message = turn.message
    if message is None:
        return None
    named = read_mentions(message)
    words = _without_names(args)
    answered = message.reply_to_message
    said = read_said(answered) if answered is not None and _is_somebodys(turn, answered) else None
    if said is None or not (said.text or said.file):
        if named:
            await turn.form.wait("task.seed", seed={"said": None, "author": None, **_to(named)})
            return turn.services.times.understand(turn.actor, words)
        return None
    writer = answered.from_user.full_name if answered is not None and answered.from_user else None
    kept = {"said": pack(said), "author": said.origin_name or writer, **_to(named)}
    await turn.form.wait("task.seed", seed=kept)
    text = said.text or turn.t("See the file")
    read = turn.services.times.understand(turn.actor, (words or text)[:TEXT_LIMIT])
    if not words:
        # What was understood as the moment is no part of the deed; how often is not taken from there.
        once = read.at is not None and read.rule is None
        return Reading(cut((read.text if once else "") or text, TEXT_LIMIT), read.at)
    full = f"{read.text}: {text}" if read.text else text
    return Reading(cut(full, TEXT_LIMIT), read.at, read.options, rule=read.rule)


async def seed_of(turn: Turn) -> Seed | None:
    """What was planted in the open form."""
    kept = (await turn.form.data()).get("seed")
    if not kept:
        return None
    to = Mentions(frozenset(kept["names"]), frozenset(kept["accounts"]))
    return Seed(unpack(kept["said"]) if kept["said"] else None, kept["author"], to)


def _to(named: Mentions) -> dict[str, list[str] | list[int]]:
    return {"names": sorted(named.usernames), "accounts": sorted(named.accounts)}


def _without_names(args: str) -> str:
    return " ".join(word for word in args.split() if not word.startswith("@"))


def _is_somebodys(turn: Turn, answered: Message) -> bool:
    """Whether a person wrote it, or it was forwarded; our own screens say nothing that is to be done."""
    return answered.from_user is None or answered.from_user.id != turn.bot.id
