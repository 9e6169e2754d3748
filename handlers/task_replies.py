"""A task made of a message that is answered: with /task, or with words that name a moment."""

from collections.abc import Iterable
from dataclasses import replace

from aiogram.types import Message

from handlers.arrivals import spoken_to
from handlers.naming import named_in
from handlers.sent import pack, read_said, unpack
from handlers.turn import Turn
from keyboards.common import cut
from services.access import Action
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


async def told_to_us(turn: Turn, message: Message) -> str | None:
    """What a text in a group tells us, if it names us and a moment: a task, as after /task; else None."""
    if message.forward_origin is not None or len(message.text or "") > TEXT_LIMIT:
        return None
    words = spoken_to(message, (await turn.bot.me()).username or "")
    if words is None or not turn.actor.may(Action.TASK_CREATE):
        return None
    return words if turn.services.times.understand(turn.actor, words).timed else None


async def plant(turn: Turn, args: str) -> Reading | None:
    """Take the answered message, and who is named in the answer, for the task that is being made.

    What is to be done, and when, as far as either of the two says so; None where no message was answered.
    A file under which the task was set is taken in the same way.
    """
    message = turn.message
    if message is None:
        return None
    named = await named_in(turn, message)
    known = await turn.services.people.known(turn.actor, named) if named else named
    unknown = named.usernames - known.usernames
    words = _without_names(args, known)
    to = _to(known, unknown)
    answered = message.reply_to_message
    said = read_said(answered) if answered is not None and _is_somebodys(turn, answered) else None
    own = message.caption is not None and (said is None or not (said.text or said.file))
    if own:
        said = replace(read_said(message), text="")
    if said is None or not (said.text or said.file):
        if named:
            await turn.form.wait("task.seed", seed={"said": None, "author": None, **to})
            return turn.services.times.understand(turn.actor, words, asked=True)
        return None
    by = answered.from_user if answered is not None and not own else None
    writer = by.full_name if by is not None else None
    kept = {"said": pack(said), "author": said.origin_name or writer, **to}
    await turn.form.wait("task.seed", seed=kept)
    text = said.text or turn.t("See the file")
    read = turn.services.times.understand(turn.actor, (words or text)[:TEXT_LIMIT])
    if not words:
        # What was understood as the moment is no part of the deed; how often is not taken from there.
        once = read.at is not None and read.rule is None
        return Reading(cut((read.text if once else "") or text, TEXT_LIMIT), read.at)
    if own:
        return read
    full = f"{read.text}: {text}" if read.text else text
    either = read.or_every_other
    return Reading(cut(full, TEXT_LIMIT), read.at, read.options, rule=read.rule, or_every_other=either)


async def seed_of(turn: Turn) -> Seed | None:
    """What was planted in the open form."""
    kept = (await turn.form.data()).get("seed")
    if not kept:
        return None
    to = Mentions(frozenset(kept["names"]), frozenset(kept["accounts"]))
    return Seed(unpack(kept["said"]) if kept["said"] else None, kept["author"], to)


async def unknown_of(turn: Turn) -> list[str]:
    """Who was named for the task of the open form and does not work here: their names stay in its words."""
    kept = (await turn.form.data()).get("seed")
    return [f"@{name}" for name in kept["unknown"]] if kept else []


def _to(known: Mentions, unknown: Iterable[str]) -> dict[str, list[str] | list[int]]:
    return {
        "names": sorted(known.usernames),
        "accounts": sorted(known.accounts),
        "unknown": sorted(unknown),
    }


def _without_names(args: str, known: Mentions) -> str:
    """The words without the colleagues; any other name may be what the task is about."""
    words = args.split()
    told = {
        word for word in words if word.startswith("@") and word.strip("@,.:;!?").lower() in known.usernames
    }
    return " ".join(word for word in words if word not in told)


def _is_somebodys(turn: Turn, answered: Message) -> bool:
    """Whether a person wrote it, or it was forwarded; our own screens say nothing that is to be done."""
    return answered.from_user is None or answered.from_user.id != turn.bot.id
