"""Buttons of the search."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ContactCb, FirmCb
from keyboards.common import LABEL, button, cut, grid, home, rows, titled
from keyboards.data import CancelCb, Id, Press
from keyboards.deal_data import DealCb
from keyboards.lead_data import LeadCb
from keyboards.task_data import TaskCb
from keyboards.tongue import Tongue
from services.dto.common import Page
from services.dto.search import Found, Hit, Spoken
from services.search import Kind

APART = 20
"""So much of a deal's title is shown at least, beside its client and its stage."""
LEAST = 9
"""Less of a client's name, with what parts it, says nothing."""


class FindCb(Press, prefix="find"):
    """Ask what to look for."""


class FindMoreCb(Press, prefix="fm"):
    """More hits of a kind; `found` tells the newest search from older ones."""

    found: Id
    kind: str
    after: Id


class FindLeadCb(Press, prefix="fl"):
    """Make a lead of what was looked for."""

    found: Id


class FindTalkCb(Press, prefix="ft"):
    """The same words in what was said, after a key (0: from the newest)."""

    found: Id
    after: Id = 0


def find_form(t: Tongue) -> InlineKeyboardMarkup:
    """While what to look for is being typed."""
    return rows([button(t("✖️ Cancel"), CancelCb())])


def found_list(found: Found, key: int, t: Tongue, *, may_create: bool = False) -> InlineKeyboardMarkup:
    """One button for each hit, and the way on for each kind that has more; perhaps to a lead instead."""
    pages = {
        Kind.CONTACT: found.contacts,
        Kind.FIRM: found.firms,
        Kind.DEAL: found.deals,
        Kind.LEAD: found.leads,
    }
    lines = []
    for kind, page in pages.items():
        lines += [[hit_button(kind, hit, t)] for hit in page.items]
    more = [_more(kind, page, key, t) for kind, page in pages.items()]
    return rows(
        *lines,
        *grid(one for one in more if one),
        [_talk(key, t) if found.talk else None],
        [_lead(key, t) if may_create else None],
        [home(t)],
    )


def more_list(kind: Kind, page: Page[Hit], key: int, t: Tongue) -> InlineKeyboardMarkup:
    """Further hits of one kind."""
    return rows(*[[hit_button(kind, hit, t)] for hit in page.items], [home(t), _more(kind, page, key, t)])


def found_nothing(key: int, t: Tongue, *, may_create: bool, talk: bool = False) -> InlineKeyboardMarkup:
    """Nothing was found: what now?"""
    lead = _lead(key, t, "primary") if may_create else None
    said = _talk(key, t) if talk else None
    return rows([said], [lead], [button(t("🔎 Find"), FindCb()), home(t)])


def talk_list(page: Page[Spoken], key: int, t: Tongue) -> InlineKeyboardMarkup:
    """The way to each of which it was said, and to what was said before."""
    places = {(one.subject, one.subject_id): one for one in page.items}
    after = page.next_after
    older = button(t("Older ▶️"), FindTalkCb(found=key, after=after)) if after is not None else None
    return rows(*[[_place(one, t)] for one in places.values()], [home(t), older])


def hit_button(kind: Kind, hit: Hit, t: Tongue) -> InlineKeyboardButton:
    """A hit with its mark."""
    if kind is Kind.DEAL:
        return button(_deal(hit, t), DealCb(deal_id=hit.id))
    tail = f" · {hit.hint}" if hit.hint else ""
    if kind is Kind.CONTACT:
        return button(f"👤 {hit.label}{tail}", ContactCb(contact_id=hit.id))
    if kind is Kind.FIRM:
        return button(f"🏢 {hit.label}{tail}", FirmCb(firm_id=hit.id))
    return button(f"📥 #{hit.id} {titled(hit.label, t)}{tail}", LeadCb(lead_id=hit.id))


def _deal(hit: Hit, t: Tongue) -> str:
    """Its title, its client as far as there is room, and its stage where that fits, too."""
    head, title = f"{'🗄' if hit.archived else '💼'} #{hit.id} ", titled(hit.label, t)
    tail, room = "", LABEL - len(head) - min(len(title), APART)
    if hit.hint and room >= LEAST:
        tail = cut(f" · {hit.hint}", room)
    if hit.stage and len(tail) + len(f" · {hit.stage}") <= room:
        tail += f" · {hit.stage}"
    return f"{head}{cut(title, LABEL - len(head) - len(tail))}{tail}"


def _place(one: Spoken, t: Tongue) -> InlineKeyboardButton:
    if one.subject == "task":
        return button(f"☑️ {one.title}", TaskCb(task_id=one.subject_id))
    return hit_button(Kind(one.subject), Hit(one.subject_id, one.title), t)


def _talk(key: int, t: Tongue) -> InlineKeyboardButton:
    return button(t("💬 In messages and notes"), FindTalkCb(found=key))


def _lead(key: int, t: Tongue, style: str | None = None) -> InlineKeyboardButton:
    return button(t("➕ Create a lead from this text"), FindLeadCb(found=key), style)


def _more(kind: Kind, page: Page[Hit], key: int, t: Tongue) -> InlineKeyboardButton | None:
    if page.next_after is None:
        return None
    labels = {
        Kind.CONTACT: t("More clients ▶️"),
        Kind.FIRM: t("More companies ▶️"),
        Kind.DEAL: t("More deals ▶️"),
        Kind.LEAD: t("More leads ▶️"),
    }
    return button(labels[kind], FindMoreCb(found=key, kind=kind.value, after=page.next_after))
