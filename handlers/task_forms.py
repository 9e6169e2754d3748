"""New tasks: from what was said of one to one with words and a moment."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from aiogram.types import Message

from handlers.registry import Content, registry
from handlers.task_replies import card_answered, plant, seed_of, unknown_of
from handlers.turn import Turn
from handlers.views import task_left as left_views
from handlers.views import task_series as series_views
from handlers.views import tasks as views
from keyboards.task_left import TaskLeftCb
from keyboards.tongue import esc
from services.access import Action
from services.dto.tasks import Link, Reading
from services.errors import AppError, StaleError
from services.task_times import TEXT_LIMIT, from_minutes, to_minutes
from services.understanding.deeds import completed
from services.understanding.lead_signs import looks_like_lead
from services.understanding.recurrence import Recurrence

LINE = "task.line"
WHAT = "task.what"
WHEN = "task.when"
LEFT = "task.left"
"""No step waits for this state: it only keeps the words that another task came instead of."""
_WORDS = ("text", "draft", "rule", "or_every_other", "link", "seed")
"""What is kept of them."""


async def begin(turn: Turn, args: str, link: Link | None) -> None:
    """Set the task that a command tells, or ask for what neither it nor the answered message tells."""
    await turn.form.close()
    planted = await plant(turn, args)
    if planted is not None:
        await _take_in(turn, planted, link)
    elif args:
        await plan(turn, args, link)
    else:
        await ask_line(turn, link, None if link else ["day", 0])


@registry.content(Content.TEXT, Action.TASK_CREATE)
async def on_plain_task(turn: Turn, message: Message) -> bool:
    """A line with a moment, unless it brings a lead or was only forwarded; without a deed that is asked for.

    Figures alone are no moment: they are the end of a phone, or a number.
    """
    text = message.text or ""
    if message.forward_origin is not None or len(text) > TEXT_LIMIT:
        return False
    if turn.actor.may(Action.LEAD_CREATE) and looks_like_lead(text):
        return False
    reading = turn.services.times.understand(turn.actor, text)
    if not reading.timed:
        return False
    if message.reply_to_message is not None and await answer_makes_task(turn, message):
        return True
    if not reading.text and not any(char.isalpha() or char == ":" for char in text):
        return False
    await turn.form.close()
    await _take_in(turn, reading, None)
    return True


async def answer_makes_task(turn: Turn, message: Message) -> bool:
    """Whether an answer is a moment alone, and so a task was made of what it answers."""
    said = turn.services.times.understand(turn.actor, (message.text or "")[:TEXT_LIMIT])
    if not said.timed or said.text:
        return False
    await begin(turn, message.text or "", await card_answered(turn))
    return True


@registry.step(LINE, Action.TASK_CREATE)
async def got_line(turn: Turn, message: Message) -> None:
    """What, and perhaps when."""
    await plan(turn, message.text or message.caption or "", await _link(turn))


@registry.step(WHAT, Action.TASK_CREATE)
async def got_what(turn: Turn, message: Message) -> None:
    """What is to be done at the moment that was named before, or another moment instead."""
    text, link = message.text or message.caption or "", await _link(turn)
    at = from_minutes(int((await turn.form.data())["at"]))
    said = turn.services.times.understand(turn.actor, text, asked=True)
    if said.timed and not said.text:
        await _take_in(turn, said, link)
    else:
        await _create(turn, await _known(turn, text, at), link)


@registry.step(WHEN, Action.TASK_CREATE)
async def got_when(turn: Turn, message: Message) -> None:
    """When, perhaps with more to the words; a sentence that is a task of its own is set instead of it."""
    text, _ = await draft(turn)
    if not message.text:  # A voice on a chosen day is no moment of that day.
        raise AppError("task.when_unclear")
    data = await turn.form.data()
    said = turn.services.times.understand(turn.actor, message.text, data.get("day"), asked=True)
    words = completed(text, said.text) if said.timed else text
    if words is None:
        await _begin_another(turn, said)
        return
    said = replace(said, text=words) if said.timed else Reading(text, unclear=True)
    if said.rule is None:
        known = await _known(turn, text)
        either = said.or_every_other or known.or_every_other
        said = replace(said, rule=known.rule, or_every_other=either)
    await _go_on(turn, said, await _link(turn))


@registry.press(TaskLeftCb, Action.TASK_CREATE)
async def on_task_left(turn: Turn, data: TaskLeftCb) -> None:
    """Back to the words that another task came instead of."""
    text, _ = await draft(turn, data.draft)
    await _go_on(turn, await _known(turn, text), await _link(turn))


async def _begin_another(turn: Turn, said: Reading) -> None:
    """Set, or go on with, another task than that of the open form, which is named as not saved."""
    data, link = await turn.form.data(), await _link(turn)
    left = {name: data[name] for name in _WORDS if name in data}
    await turn.form.close()
    await _go_on(turn, said, link, left)


async def plan(turn: Turn, line: str, link: Link | None = None) -> None:
    """Set the task that a line tells, or ask for what it does not tell. Raises `task.empty`."""
    await _take_in(turn, turn.services.times.understand(turn.actor, line, asked=True), link)


async def _take_in(turn: Turn, reading: Reading, link: Link | None) -> None:
    if not reading.text and reading.at is None:
        raise refusal(reading) if reading.timed else AppError("task.empty")
    if reading.text:
        await _go_on(turn, reading, link)
        return
    assert reading.at is not None
    await turn.form.wait(WHAT, at=to_minutes(reading.at), **_data(reading), **_kept(link))
    await turn.show(views.ask_what(esc(turn.t.in_full(reading.at)), link, turn.t))


def refusal(reading: Reading) -> AppError:
    """Why there is no one moment in what was said."""
    if reading.missing is not None:
        return AppError("task.no_such_day", day=reading.missing)
    if reading.repeats:
        return AppError("task.rule_unclear")
    return AppError("task.past" if reading.past else "task.when_unclear")


async def ask_line(turn: Turn, link: Link | None, back: list[Any] | None = None) -> None:
    """What and when?"""
    linked = await turn.services.tasks.place(turn.actor, link) if link else None
    await turn.form.close()
    # A moment alone is enough where it is plain what is to be done: its button finds these words.
    key = turn.key
    call = {"text": turn.t("Call the client"), "draft": key} if linked else {}
    await turn.form.wait(LINE, **call, **_kept(link, back))
    await turn.show(views.ask_line(linked, turn.services.times.offered(turn.actor), key, turn.t))


async def ask_moment(turn: Turn, text: str, link: Link | None) -> None:
    """When? For a task whose words are known already."""
    await turn.form.close()
    await _go_on(turn, Reading(text), link)


async def draft(turn: Turn, key: int | None = None) -> tuple[str, int]:
    """The words and the key of the open draft. Raises `task.draft_gone`, also for another draft's button."""
    kept = await turn.form.data()
    if "text" not in kept or "draft" not in kept or key not in (None, kept["draft"]):
        raise StaleError("task.draft_gone")
    return str(kept["text"]), int(kept["draft"])


async def settle(turn: Turn, key: int, at: datetime) -> None:
    """Set the task of the open draft at a moment that was chosen."""
    text, _ = await draft(turn, key)
    await _create(turn, await _known(turn, text, at), await _link(turn))


async def _go_on(turn: Turn, reading: Reading, link: Link | None, left: dict[str, Any] | None = None) -> None:
    """With words: set the task, or ask when. `left`: what was begun before, and is not saved."""
    if reading.at is not None:
        await _create(turn, reading, link, left)
        return
    key = turn.key
    await turn.form.wait(WHEN, text=reading.text, draft=key, day=None, **_data(reading), **_kept(link))
    asked = views.ask_when(reading, turn.services.times.offered(turn.actor), key, turn.t)
    await turn.show(left_views.instead_of(asked, left["text"], turn.t) if left else asked)


async def _create(
    turn: Turn, reading: Reading, link: Link | None, left: dict[str, Any] | None = None
) -> None:
    assert reading.at is not None
    seed = await seed_of(turn)
    task = await turn.services.tasks.create(turn.actor, reading.text, reading.at, link, reading.rule, seed)
    meant = await turn.services.task_names.called(turn.actor, task.text) if task.mine else None
    shown = views.created(task, turn.t, await unknown_of(turn), meant)
    await turn.form.close()
    if not turn.private and turn.query is None:
        await turn.say(views.announced(task, await turn.aloud()))
        turn.told = True
    if reading.or_every_other:
        shown = series_views.or_every_other_day(shown, task, turn.t)
    if left:
        await turn.form.wait(LEFT, **left)
        shown = left_views.beside(shown, left["text"], left["draft"], turn.t)
    await turn.show(shown)


async def _known(turn: Turn, text: str, at: datetime | None = None) -> Reading:
    """These words and this moment, with how often the open form says that it shall come."""
    kept = await turn.form.data()
    rule = Recurrence.of(kept["rule"]) if kept.get("rule") else None
    return Reading(text, at, rule=rule, or_every_other=kept.get("or_every_other", False))


def _data(reading: Reading) -> dict[str, Any]:
    """How often it shall come, as far as the words tell."""
    rule = reading.rule.data if reading.rule is not None else None
    return {"rule": rule, "or_every_other": reading.or_every_other}


async def _link(turn: Turn) -> Link | None:
    kept = (await turn.form.data()).get("link")
    return Link(kept[0], int(kept[1])) if kept else None


def _kept(link: Link | None, back: list[Any] | None = None) -> dict[str, Any]:
    """What a form remembers of where it began."""
    if link is not None:
        return {"link": [link.subject, link.id], "back": [link.subject, link.id]}
    return {"back": back} if back else {}
