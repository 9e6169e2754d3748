"""Buttons of views."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, marked, rows
from keyboards.list_data import (
    FilterCb,
    FilterClientsCb,
    FilterFirmsCb,
    FilterLeadsCb,
    ViewCareCb,
    ViewCb,
    ViewDropCb,
    ViewDropSureCb,
    ViewNameCb,
    ViewPinCb,
    ViewReplaceCb,
    ViewsCb,
    ViewShareCb,
)
from keyboards.tongue import Tongue
from services.dto.fields import FieldSubject
from services.dto.lists import ViewCard, ViewRef, Views


def views(shown: Views, t: Tongue) -> InlineKeyboardMarkup:
    """Each view with the way to its settings."""
    anew = {
        FieldSubject.DEAL: button(t("🔎 Deals"), FilterCb()),
        FieldSubject.LEAD: button(t("🔎 Leads"), FilterLeadsCb()),
        FieldSubject.CONTACT: button(t("🔎 Clients"), FilterClientsCb()),
        FieldSubject.FIRM: button(t("🔎 Companies"), FilterFirmsCb()),
    }
    return rows(
        *[
            [button(_label(one), ViewCb(view_id=one.id)), button("✏️", ViewCareCb(view_id=one.id))]
            for one in shown.views
        ],
        *grid(anew[subject] for subject in anew if subject in shown.subjects),
        [home(t)],
    )


def view(card: ViewCard, t: Tongue) -> InlineKeyboardMarkup:
    """What may be done with a view."""
    one = card.view
    pin = ViewPinCb(view_id=one.id, on=int(not one.pinned))
    shared = one.department.id if one.department is not None else 0
    shares = [
        button(
            marked(t("👥 {department}", department=here.name), chosen=here.id == shared),
            ViewShareCb(view_id=one.id, department_id=0 if here.id == shared else here.id),
        )
        for here in card.shares
    ]
    unshare = button(t("🙈 Share no more"), ViewShareCb(view_id=one.id, department_id=0))
    return rows(
        [button(t("▶️ Show"), ViewCb(view_id=one.id), "primary")],
        [button(t("📍 Out of the menu") if one.pinned else t("📌 Into the menu"), pin)],
        *grid(shares),
        [unshare if one.edits and shared and shared not in {here.id for here in card.shares} else None],
        [
            button(t("✏️ Rename"), ViewNameCb(view_id=one.id)) if one.edits else None,
            button(t("🗑 Delete"), ViewDropCb(view_id=one.id)) if one.edits else None,
        ],
        [button(t("◀️ Views"), ViewsCb()), home(t)],
    )


def sure(card: ViewCard, t: Tongue) -> InlineKeyboardMarkup:
    """Shall it be deleted?"""
    one = card.view.id
    return rows(
        [button(t("🗑 Yes, delete"), ViewDropSureCb(view_id=one), "danger")],
        [button(t("◀️ Back"), ViewCareCb(view_id=one))],
    )


def naming(
    t: Tongue, *, view_id: int = 0, listing_id: int = 0, kept: Sequence[ViewRef] = ()
) -> InlineKeyboardMarkup:
    """While a name is being typed; the views that the filter may replace instead."""
    replaced = [
        button(t("♻️ {name}", name=one.name), ViewReplaceCb(view_id=one.id, listing_id=listing_id))
        for one in kept
    ]
    place = ViewCareCb(view_id=view_id) if view_id else FilterCb(listing_id=listing_id)
    return rows(*grid(replaced), [button(t("◀️ Back"), place), cancel(t)])


def _label(one: ViewRef) -> str:
    mark = "📌" if one.pinned else "👥" if one.department is not None else "▫️"
    return f"{mark} {one.name}"
