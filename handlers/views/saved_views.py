"""How views look."""

from collections.abc import Sequence

from handlers.screen import Screen
from handlers.views.lists import asked_lines
from keyboards import saved_views as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.lists import ViewCard, ViewRef, Views


def views(shown: Views, t: Tongue) -> Screen:
    """All that somebody sees."""
    lines = [t.html("📌 <b>Views</b>")]
    if shown.views:
        lines.append(t.html("Saved lists. Those with a 📌 are in your menu."))
    else:
        lines.append(t.html("None is kept yet. Set a filter, look at the list, and save it under a name."))
    return Screen(join(lines), keys.views(shown, t))


def view(card: ViewCard, t: Tongue) -> Screen:
    """One view."""
    one = card.view
    lines = [t.html("📌 <b>{name}</b>", name=one.name), *asked_lines(card.asked, t), Html("")]
    if one.department is not None:
        lines.append(
            t.html("👥 Shared with {department}: each sees their own part.", department=one.department.name)
        )
    else:
        lines.append(t.html("🔒 Only you see it."))
    if card.shares and one.department is None:
        lines.append(t.html("To share it, press a department."))
    if one.pinned:
        lines.append(t.html("📌 It stands in your menu."))
    return Screen(join(lines), keys.view(card, t), subject=("view", one.id))


def sure(card: ViewCard, t: Tongue) -> Screen:
    """Shall it be deleted?"""
    lines = [t.html("🗑 Delete the view <b>{name}</b>?", name=card.view.name)]
    lines.append(t.html("What it shows stays as it is."))
    if card.view.department is not None:
        lines.append(t.html("It goes for everybody in {department}.", department=card.view.department.name))
    return Screen(join(lines), keys.sure(card, t), subject=("view", card.view.id))


def ask_name(t: Tongue, *, view_id: int = 0, listing_id: int = 0, kept: Sequence[ViewRef] = ()) -> Screen:
    """A name to type, or a view that is to be changed instead."""
    lines = [t.html("✏️ What shall the view be called? For example <i>Hot ones</i>.")]
    if kept:
        lines.append(t.html("Or choose the view that shall ask for this from now on:"))
    return Screen(join(lines), keys.naming(t, view_id=view_id, listing_id=listing_id, kept=kept))
