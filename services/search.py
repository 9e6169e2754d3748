"""Search: leads, clients, companies and deals by a phone's end, a name, an address, a number or a tag."""

import re
from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from db.repositories.needles import LONG, Needle
from db.uow import Database, UnitOfWork
from services.access import Action, Actor, require, scope
from services.dto.common import Page, Sum
from services.dto.search import Found, Hit
from services.fields.finding import sayings
from services.fields.shape import field_of
from services.lead_making import company
from services.understanding import phones
from services.understanding.fold import clean_line, fold

FIRST = 5
"""Hits of each kind on the first page."""
FEW = 2
"""So many older hits that bear the very words stand before the newest."""
PAGE = 8
LONGEST = 100
MOST_WORDS = 5
FEWEST_DIGITS = 4
FEWEST_OF_TAX = 6
"""With fewer digits tax numbers begin alike: four name the tax office of a town."""

_NUMBER = re.compile(r"[#№] ?([0-9]{1,13})")
_TAG = re.compile(r"# ?([^\W\d].*)")
_TAX = re.compile(r"(?:инн|inn)[ :]{0,3}([0-9]{4,12})", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")
_E164 = re.compile(r"\+[0-9]{7,15}")
_BETWEEN_DIGITS = re.compile(r"[ ()+.\-/]")


class Kind(StrEnum):
    """What is found."""

    LEAD = "lead"
    CONTACT = "contact"
    FIRM = "firm"
    DEAL = "deal"


class Search:
    """The service of the search."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def find(self, actor: Actor, text: str, kinds: Collection[Kind] = tuple(Kind)) -> Found:
        """What of these kinds the actor may see and the text describes, the newest of each first.

        Where nothing does, what it nearly describes: with one slip in each word of five letters or more.
        """
        require(actor, Action.SEARCH)
        async with self._db.read() as uow:
            needle = await needle_of(uow, actor, text)
            found = await self._found(uow, actor, text, needle, kinds)
            if found.nothing and any(len(word) >= LONG for word in needle.parts):
                found = await self._found(uow, actor, text, replace(needle, near=True), kinds)
            return found

    async def more(self, actor: Actor, text: str, kind: Kind, after: int, *, near: bool = False) -> Page[Hit]:
        """Further hits of one kind, `near` as those before."""
        require(actor, Action.SEARCH)
        async with self._db.read() as uow:
            needle = replace(await needle_of(uow, actor, text), near=near)
            return await self._page(uow, actor, kind, needle, after, PAGE)

    async def _found(
        self, uow: UnitOfWork, actor: Actor, text: str, needle: Needle, kinds: Collection[Kind]
    ) -> Found:
        pages: dict[Kind, Page[Hit]] = dict.fromkeys(Kind, Page((), None))
        for kind in kinds:
            pages[kind] = await self._page(uow, actor, kind, needle, None, FIRST)
        return Found(
            clean_line(text, LONGEST),
            leads=pages[Kind.LEAD],
            contacts=pages[Kind.CONTACT],
            firms=pages[Kind.FIRM],
            deals=pages[Kind.DEAL],
            near=needle.near,
            talk=actor.may(Action.DEAL_TALK_VIEW) and bool(spoken(needle)),
        )

    async def _page(
        self, uow: UnitOfWork, actor: Actor, kind: Kind, needle: Needle, after: int | None, size: int
    ) -> Page[Hit]:
        asked = replace(needle, near=False, tax=needle.tax if kind is Kind.FIRM else None) != Needle()
        hits = await _hits(uow, actor, kind, needle, after, size + 1) if asked else []
        shown = tuple(hits[:size])
        if after is not None or not needle.words:
            return Page(shown, shown[-1].id if len(hits) > size else None)
        older = await self._older_whole(uow, actor, kind, needle, shown) if len(hits) > size else []
        newest = shown[: size - len(older)]
        first = [hit for hit in (*older, *newest) if _is_whole(hit, needle)]
        rest = [hit for hit in (*older, *newest) if hit not in first]
        return Page((*first, *rest), newest[-1].id if len(hits) > size else None)

    async def _older_whole(
        self, uow: UnitOfWork, actor: Actor, kind: Kind, needle: Needle, shown: tuple[Hit, ...]
    ) -> list[Hit]:
        """What bears the very words but is older than what is shown, where nothing that is shown does."""
        if needle.near or any(_is_whole(hit, needle) for hit in shown):
            return []
        found = await _hits(uow, actor, kind, replace(needle, whole=True), None, FEW)
        return [hit for hit in found if hit not in shown]


def read_query(text: str, region: str) -> Needle:
    """What a text looks for: "#17" a number, digits a number, a phone, its end or an INN; else words."""
    text = clean_line(text, LONGEST)
    if number := _NUMBER.fullmatch(text):
        return Needle(number=int(number[1]))
    if tax := _TAX.fullmatch(text):
        return Needle(tax=tax[1])
    digits = _BETWEEN_DIGITS.sub("", text)
    tax_digits = digits if _DIGITS.fullmatch(digits) and FEWEST_OF_TAX <= len(digits) <= 12 else None
    if e164 := phones.normalise(text, region):
        return Needle(phone=e164, tax=tax_digits)
    if _DIGITS.fullmatch(digits):
        return Needle(
            digits=digits if FEWEST_DIGITS <= len(digits) <= 15 else None,
            number=int(digits) if len(digits) <= 13 and digits == text else None,
            tax=tax_digits,
        )
    words = (word.strip(",;") for word in fold(text).split())
    return Needle(words=tuple(dict.fromkeys(word.removeprefix("@") for word in words if word))[:MOST_WORDS])


async def needle_of(uow: UnitOfWork, actor: Actor, text: str) -> Needle:
    """What a text looks for, also by tag, and in numbers, sums and choices of the company's own fields."""
    tag, text = await _tagged(uow, actor, clean_line(text, LONGEST))
    if tag is not None and not text:
        return Needle(tag=tag)
    # Only a phone hangs on the country, and none is as short as a house's number.
    region = (await company(uow)).region if sum(map(str.isdigit, text)) >= FEWEST_DIGITS else ""
    needle = read_query(text, region)
    fields = [field_of(row) for row in await uow.search.fields()]
    return replace(needle, tag=tag, says=tuple(sayings(fields, needle.parts, clean_line(text, LONGEST))))


def spoken(needle: Needle) -> list[str]:
    """The words by which it may be looked for in what was said: none of a number, a phone or a tag."""
    return needle.parts if needle.tag is None else []


async def _tagged(uow: UnitOfWork, actor: Actor, text: str) -> tuple[int | None, str]:
    """The tag with which a text begins, all of it or its first word, and what else it looks for.

    Tags belong to what is said about a subject: who is told nothing of that finds nothing by them.
    """
    if not (begun := _TAG.fullmatch(text)) or not actor.may(Action.DEAL_TALK_VIEW):
        return None, text
    name = begun[1]
    first, _, rest = name.partition(" ")
    known = await uow.tags.called([fold(name), fold(first)])
    for called, left in ((name, ""), (first, rest)):
        if tag := known.get(fold(called)):
            return tag, left
    return None, text


async def _hits(
    uow: UnitOfWork, actor: Actor, kind: Kind, needle: Needle, after: int | None, limit: int
) -> list[Hit]:
    if kind is Kind.LEAD:
        leads = await uow.search.leads(scope(actor, Action.LEAD_VIEW), needle, after, limit)
        return [
            Hit(row.id, _in_words(row.title) or "", _sum(row.amount, row.currency), _in_words(row.name))
            for row in leads
        ]
    if kind is Kind.CONTACT:
        contacts = await uow.search.contacts(scope(actor, Action.CLIENT_VIEW), needle, after, limit)
        return [
            Hit(row.id, _in_words(row.name) or "", None, _in_words(company_name or row.phone))
            for row, company_name in contacts
        ]
    if kind is Kind.FIRM:
        reach, deals = scope(actor, Action.CLIENT_VIEW), scope(actor, Action.DEAL_VIEW)
        firms = await uow.search.companies(reach, deals, needle, after, limit)
        return [Hit(row.id, row.name, None, row.inn) for row in firms]
    return await _deal_hits(uow, actor, needle, after, limit)


async def _deal_hits(
    uow: UnitOfWork, actor: Actor, needle: Needle, after: int | None, limit: int
) -> list[Hit]:
    """Deals, those of the archive after all the others."""
    # Whoever only settles deals is told of their clients' names, not of phones or addresses, and finds so.
    clients = actor.may(Action.DEAL_TALK_VIEW)
    within, archived = scope(actor, Action.DEAL_VIEW), False
    hits: list[Hit] = []
    if after is not None:
        archived = await uow.search.is_archived(after)
    for shelf in (False, True)[archived:]:
        wanted = limit - len(hits)
        key = after if shelf == archived else None
        rows = await uow.search.deals(within, needle, key, wanted, clients=clients, archived=shelf)
        hits += [
            Hit(
                deal.id,
                _in_words(deal.title) or "",
                _sum(deal.amount, deal.currency),
                _in_words(client),
                stage=stage.name,
                archived=shelf,
            )
            for deal, stage, client in rows
        ]
        if len(hits) >= limit:
            break
    return hits


def _is_whole(hit: Hit, needle: Needle) -> bool:
    """Whether the words stand in a name or title side by side, none as a part of a longer one."""
    phrase = f" {' '.join(needle.words)} "
    return any(phrase in f" {fold(text)} " for text in (hit.label, hit.hint) if text)


def _in_words(text: str | None) -> str | None:
    """A phone that stands where a name does is grouped as people write it."""
    return phones.show(text) if text and _E164.fullmatch(text) else text


def _sum(amount: int | None, currency: str) -> Sum | None:
    return Sum(amount, currency) if amount is not None else None
