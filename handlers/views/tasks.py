"""How tasks look."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.screen import Screen
from handlers.views.recurrences import rule_words, series_words
from handlers.views.words import comment_line
from keyboards import tasks as keys
from keyboards.common import cut, titled
from keyboards.links import message_link
from keyboards.reminders import ahead_label
from keyboards.tongue import Html, Tongue, join
from services.access import Action
from services.dto.common import Ref
from services.dto.task_hands import Called, TaskHeirs
from services.dto.tasks import Link, Linked, Reading, SeriesFacts, Source, TaskCard
from services.task_times import Quick
from services.zones import city_of

SAID = 300
"""A longer text is cut where it is told of."""


def card(task: TaskCard, t: Tongue) -> Screen:
    """A task's card."""
    return Screen(text(task, t), keys.task_card(task, t), subject=("task", task.id))


def created(task: TaskCard, t: Tongue, unknown: Sequence[str] = (), meant: Called | None = None) -> Screen:
    """The card of a task that was just set: this is what was understood; `unknown` are no colleagues.

    `meant`: the colleague with whose name it begins, who gets it by one tap, or from others alone.
    """
    lines = [t.html("👌 I will remind you.")]
    if unknown:
        lines.append(t.html("🤔 I do not know {names} here.", names=", ".join(unknown)))
    if unknown and task.mine:
        lines.append(t.html("So the task is yours."))
    gets = meant is not None and meant.gets and Action.TASK_GIVE in task.can
    if meant is not None and not gets:
        lines.append(t.html("☝️ You do not give tasks to {name}, so it is yours.", name=meant.who.name))
    return headed(join(lines), task, t, meant.who if meant is not None and gets else None)


def announced(task: TaskCard, t: Tongue) -> Screen:
    """Told where a task was set over a group: what, when and whose, as it was said there."""
    text = t.html(
        "✅ Task: {text} · {when} · {name}",
        text=cut(task.text, SAID),
        when=t.when(task.due_at),
        name=task.assignee.name,
    )
    return Screen(text, public=True)


def moved(task: TaskCard, t: Tongue) -> Screen:
    """The card with its new moment."""
    return headed(t.html("👌 Moved."), task, t)


def snoozed(task: TaskCard, at: datetime, t: Tongue) -> Screen:
    """The card, with the moment at which its reminder comes again."""
    return headed(t.html("👌 I will remind you again: {when}.", when=t.when(at)), task, t)


def next_step(task: TaskCard, offered: tuple[Quick, ...], t: Tongue) -> Screen:
    """Done; and now?"""
    asked = join(
        [text(task, t), Html(""), t.html("<b>What next?</b> The same once more, or something else:")]
    )
    return Screen(asked, keys.what_next(task, offered, t), subject=("task", task.id))


def ask_line(linked: Linked | None, offered: tuple[Quick, ...], draft: int, t: Tongue) -> Screen:
    """What and when? For a client's sake a call may be planned by its moment alone."""
    lines = [t.html("➕ <b>New task</b>")]
    if linked is not None:
        lines.append(t.html("for “{title}”", title=titled(linked.title, t)))
    lines.append(t.html("What is to be done, and when? For example: <i>tomorrow at 15 call Ivan</i>"))
    if linked is not None:
        lines.append(t.html("Or just when, and I will remind you to call the client:"))
    return Screen(join(lines), keys.line_form(linked, offered, draft, t))


def ask_what(at: Html, link: Link | None, t: Tongue) -> Screen:
    """What is to be done then?"""
    asked = join([Html(f"🕒 {at}"), t.html("<b>What shall I remind you of then?</b>")])
    return Screen(asked, keys.what_form(link, t))


def ask_when(reading: Reading, offered: tuple[Quick, ...], draft: int, t: Tongue) -> Screen:
    """When shall the new task be done?"""
    said = join([t.html("📌 <b>{text}</b>", text=reading.text), *_why(reading, t), _type_it(t)])
    return Screen(said, keys.whens(reading, offered, t, draft=draft))


def ask_time(task: TaskCard, reading: Reading, offered: tuple[Quick, ...], t: Tongue) -> Screen:
    """When instead?"""
    said = join([text(task, t), Html(""), *_why(reading, t), _type_it(t)])
    return Screen(said, keys.whens(reading, offered, t, task_id=task.id), subject=("task", task.id))


def ask_text(task: TaskCard, t: Tongue) -> Screen:
    """Which words?"""
    asked = join([t.html("📌 {text}", text=task.text), t.html("<b>What shall it say?</b>")])
    return Screen(asked, keys.task_form(task.id, t))


def ask_comment(task: TaskCard, t: Tongue) -> Screen:
    """Which comment? The question stays when it is answered: it does not say how the task stands."""
    asked = t.html("<b>What would you like to add?</b> Just write it.")
    return Screen(join([t.html("📌 {text}", text=task.text), asked]), keys.task_form(task.id, t))


def commented(task: TaskCard, by: str, t: Tongue) -> Screen:
    """Told to the other side of a task."""
    return headed(t.html("💬 {by} wrote about a task", by=by), task, t)


def heirs(choice: TaskHeirs, t: Tongue) -> Screen:
    """To whom?"""
    question = (
        t.html("<b>Who shall do it?</b>") if choice.people else t.html("There is nobody else to do it.")
    )
    asked = join([text(choice.task, t), Html(""), question])
    return Screen(asked, keys.heirs(choice, t), subject=("task", choice.task.id))


def text(task: TaskCard, t: Tongue) -> Html:
    """What the card says."""
    mark = "✅" if task.done_at else "🔎" if task.handed_in_at else "🔴" if task.is_due else "📌"
    mark += "❗" if task.high and not task.done_at else ""
    lines = [t.html("{mark} <b>{text}</b>", mark=mark, text=task.text)]
    when = t.in_full(task.due_at)
    if task.zone:
        lines.append(t.html("🕒 {when} ({zone})", when=when, zone=city_of(task.zone, t.language)))
    else:
        lines.append(t.html("🕒 {when}", when=when))
    if task.series is not None:
        lines += _series(task, task.series, t)
    if task.items:
        lines.append(Html(counter(task.items_done, task.items)))
    if task.ahead and not task.done_at:
        lines.append(t.html("🔔 {early}, and at the time", early=ahead_label(task.ahead, t)))
    if task.personal:
        lines.append(t.html("🔒 Only you see it"))
    lines += _around(task, t)
    lines += _end(task, t)
    lines += [comment_line(one, t) for one in task.comments]
    return join(lines)


def headed(told: Html, task: TaskCard, t: Tongue, meant: Ref | None = None) -> Screen:
    """The card below what is told of it."""
    return Screen(join([told, text(task, t)]), keys.task_card(task, t, meant), subject=("task", task.id))


def _around(task: TaskCard, t: Tongue) -> list[Html]:
    """What it belongs to, and whose it is."""
    lines: list[Html] = []
    if task.linked is not None:
        mark = keys.MARKS[task.linked.link.subject]
        lines.append(t.html("{mark} {title}", mark=mark, title=titled(task.linked.title, t)))
    if task.blind:
        lines.append(t.html("🙈 {name} does not see this deal.", name=task.assignee.name))
    if task.source is not None:
        lines.append(_source(task.source, t))
    if not task.mine:
        lines.append(t.html("👤 {name}", name=task.assignee.name))
    if task.author is not None and task.author.id != task.assignee.id:
        lines.append(t.html("✍️ set by {name}", name=task.author.name))
    return lines


def _source(source: Source, t: Tongue) -> Html:
    """Of whose words it was made; in a supergroup these are found again by a tap."""
    said = t.html("↪️ from the words of {name}", name=source.author or t("somebody"))
    link = message_link(source.chat_id, source.message_id)
    return Html(f'<a href="{link}">{said}</a>') if link is not None else said


def _end(task: TaskCard, t: Tongue) -> list[Html]:
    """Whether it waits to be accepted, or is done."""
    lines: list[Html] = []
    if task.handed_in_at is not None:
        lines.append(t.html("🔎 Waits to be accepted since {when}", when=t.when(task.handed_in_at)))
    elif task.checks and task.done_at is None:
        lines.append(t.html("🔎 To be accepted by its author"))
    if task.done_at is not None:
        lines.append(t.html("Done {when} · {name}", when=t.when(task.done_at), name=task.done_by or ""))
    return lines


def counter(done: int, items: int) -> str:
    """How much of a checklist is done."""
    return f"☑️ {done}/{items}"


def _series(task: TaskCard, series: SeriesFacts, t: Tongue) -> list[Html]:
    """How it repeats, what has become of its turns meanwhile, and when it comes again."""
    lines = [t.html("🔁 {rule}", rule=series_words(series, t))]
    if series.missed and not task.done_at:
        came = t.many("its time has come {n} more time", "its time has come {n} more times", series.missed)
        lines.append(t.html("⚠️ Still open, and {came}", came=came))
    if series.next_at is not None:
        lines.append(t.html("➡️ The next time: {when}", when=t.in_full(series.next_at)))
    return lines


def skipped(task: TaskCard, t: Tongue) -> Screen:
    """One turn is left out; the card is the next one's."""
    return headed(t.html("⏭ Left out. This is the next time."), task, t)


def _why(reading: Reading, t: Tongue) -> list[Html]:
    """Why it is asked."""
    if reading.past is not None:
        return [t.html("{when} is over already.", when=t.in_full(reading.past))]
    if reading.missing is not None:
        return [t.html("There is no {day} in the calendar.", day=reading.missing)]
    if reading.unclear:
        return [t.html("I could not read a time in this.")]
    if reading.repeats:
        return [t.html("I could not read how often. Say it like <i>every Monday at 9</i>, or set it once.")]
    several = [t.html("☝️ A task has one time of day. Which one? For the other, set another task.")]
    if reading.rule is not None:
        first = min(reading.options).date() if reading.options else date.min
        rule = t.html("🔁 {rule}", rule=rule_words(reading.rule, first, t))
        return [rule, *several] if reading.several else [rule]
    if reading.several:
        return several
    if reading.options:
        return [t.html("This can be read in several ways.")]
    return []


def _type_it(t: Tongue) -> Html:
    return t.html("<b>When?</b> Choose, or type it: <i>tomorrow at 15</i>")
