"""How a colleague's work looks that changes hands, and their leaving."""

from collections.abc import Collection, Sequence

from handlers.screen import Screen
from handlers.views.people import load_words
from keyboards import leaving as keys
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.people import Farewell, Leaving, PersonLine


def heirs(plan: Leaving, t: Tongue, *, leave: int) -> Screen:
    """Who takes the work over?"""
    lines = [*_head(plan, t, leave=leave), t.html("Who takes it over?")]
    return Screen(join(lines), keys.heirs(plan, t, leave=leave))


def sure(plan: Leaving, heir: PersonLine | None, t: Tongue, *, leave: int) -> Screen:
    """The last question."""
    lines = []
    if leave:
        lines.append(t.html("🚪 Remove <b>{name}</b> from the company?", name=plan.person.name))
        lines.append(t.html("They lose access at once. What they won and lost stays in their name."))
    if heir is not None:
        lines.append(t.html("<b>{heir}</b> gets: {load}", heir=heir.name, load=load_words(plan.load, t)))
    return Screen(join(lines), keys.sure(plan.person.id, heir.id if heir else 0, t, leave=leave))


def gone(farewell: Farewell, t: Tongue, *, leave: int, groups: Sequence[str] = ()) -> Screen:
    """It is done; `groups`: which ones may still have them, by what these are called."""
    lines = []
    if leave:
        lines.append(t.html("🚪 <b>{name}</b> is no longer part of the company.", name=farewell.person.name))
    lines += [
        t.html("🤝 <b>{heir}</b> got: {load}", heir=heir.name, load=load_words(load, t))
        for heir, load in farewell.heirs
    ]
    if groups:
        text = t.html(
            "👀 They may still be in these groups: <b>{names}</b>. Remove them there, in Telegram.",
            names=", ".join(groups),
        )
        lines.append(text)
    return Screen(join(lines), keys.gone(t))


def several(plan: Leaving, chosen: Collection[int], t: Tongue, *, leave: int) -> Screen:
    """Among whom shall it be divided?"""
    lines = [*_head(plan, t, leave=leave), t.html("<b>Among whom shall it be divided?</b> Tap two or more.")]
    lines.append(t.html("Evenly, but a client goes with its deals, and a task with what it is for."))
    if leave:
        lines.append(t.html("They lose access at once. What they won and lost stays in their name."))
    return Screen(join(lines), keys.several(plan, chosen, t, leave=leave))


def _head(plan: Leaving, t: Tongue, *, leave: int) -> list[Html]:
    title = t.html("🤝 Work of <b>{name}</b>", name=plan.person.name)
    if leave:
        title = t.html("🚪 <b>{name}</b> leaves the company", name=plan.person.name)
    return [title, esc(load_words(plan.load, t))]
