"""Compares what came of a deed with what the table says; a complaint tells the difference."""

import asyncio
from functools import cache

from tests.matrix import client_deeds, deeds
from tests.matrix.bin_deeds import deletion
from tests.matrix.company import Company
from tests.matrix.deeds import Deed, facts
from tests.matrix.expectations import (
    OFFICE_THINGS,
    READERS,
    THINGS,
    Cell,
    Surface,
    Thing,
    Verdict,
    granted,
)
from tests.matrix.field_deeds import filling
from tests.matrix.list_deeds import (
    client_tags,
    deal_tags,
    lead_tags,
    of_many,
    of_many_clients,
    of_many_leads,
)
from tests.matrix.office import OFFICE_DEEDS
from tests.matrix.response_deeds import taking_over
from tests.matrix.rig import Answer, Rig
from tests.matrix.task_deeds import more_of_task

DEEDS = {
    "deal": lambda f: (
        deeds.deal(f) | deal_tags(f) | of_many(f) | filling(f, "deal") | deletion(f, "deal", "deal")
    ),
    "lead": lambda f: (
        deeds.lead(f)
        | taking_over(f)
        | lead_tags(f)
        | of_many_leads(f)
        | filling(f, "lead")
        | deletion(f, "lead", "lead")
    ),
    "contact": lambda f: (
        client_deeds.contact(f)
        | client_tags(f, "contact", "contact")
        | of_many_clients(f, "contact", "contact")
        | filling(f, "contact")
        | deletion(f, "contact", "contact")
    ),
    "firm": lambda f: (
        client_deeds.firm(f)
        | client_tags(f, "firm", "company")
        | of_many_clients(f, "firm", "company")
        | filling(f, "firm")
        | deletion(f, "firm", "company")
    ),
    "task": lambda f: deeds.task(f) | more_of_task(f),
    **OFFICE_DEEDS,
}
ACCOMPANY = frozenset({"event", "outbox", "deal_topic"})
"""Tables that any change may write to: a deal on which several work gets its topic with the next one."""
KNOCKING = frozenset(
    {"", " | This bot works for the people of one company. Are you one of them? Ask for an invitation link."}
)
"""All that an outsider ever hears: nothing to a press, in private one sentence an hour."""
POLITE = frozenset(
    {"Deleted.", "It is back.", "Sent to you in our private chat.", "Its card is in our private chat."}
)
"""Toasts that are no refusals."""


def sees(reader: str, thing: Thing) -> bool:
    """Whether somebody may see a thing at all."""
    return "see" in granted(reader, thing)


def hidden(reader: str | None, company: Company) -> frozenset[str]:
    """Every word that may not reach somebody; no reader stands for a team chat."""
    shown: set[str] = set()
    for thing, words in company.words.items():
        if reader == "fiona" and sees(reader, thing) and thing.subject == "deal":
            shown |= {words.title, words.client}
        elif reader is not None and sees(reader, thing):
            shown |= words.all()
    return frozenset().union(*(words.all() for words in company.words.values())) - shown


def leaks(answer: Answer, words: frozenset[str]) -> list[str]:
    """The words that left all the same."""
    return sorted(word for word in words if answer.has(word))


@cache
def _all_deeds(company: "_Same", thing: Thing, *, absent: bool) -> dict[str, Deed]:
    return DEEDS[thing.subject](facts(company.company, thing, absent=absent))


class _Same:
    """A company by identity, to be a key."""

    def __init__(self, company: Company) -> None:
        self.company = company

    def __hash__(self) -> int:
        return id(self.company)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.company is self.company


class Judge:
    """Judges the cells of one rig."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self._company = _Same(rig.company)
        self._hidden = {reader: hidden(reader, rig.company) for reader in READERS}
        self._absent: dict[tuple[str, str, str, str, Surface], str] = {}

    def deed(self, thing: Thing, name: str, *, absent: bool = False) -> Deed:
        """How it is done."""
        return _all_deeds(self._company, thing, absent=absent)[name]

    async def complaint(self, cell: Cell) -> str | None:
        """What is wrong, if anything; afterwards everything stands as before."""
        try:
            told = await asyncio.wait_for(self._judge(cell), 60)
        finally:
            self.rig.ledger.restore()
        return f"{cell} -- {told}" if told else None

    async def _judge(self, cell: Cell) -> str | None:
        deed = self.deed(cell.thing, cell.deed)
        answer = await self._act(cell, deed)
        changed = self.rig.ledger.changed()
        if found := leaks(answer, self._hidden[cell.reader]):
            return f"leaks {found}"
        if cell.verdict is Verdict.DO:
            return self.works(cell, deed, answer, changed)
        if changed:
            return f"changes {changed}, says {answer.toast or answer.wire!r}"
        if cell.verdict is Verdict.SILENCE and (answer.toast or answer.said not in KNOCKING):
            return f"says {answer.said!r}"
        if cell.verdict is Verdict.NO and not (answer.toast or answer.calls):
            return "says nothing"
        if cell.verdict is Verdict.HIDE:
            return await self._uniform(cell, answer)
        return None

    async def _act(self, cell: Cell, deed: Deed) -> Answer:
        if cell.surface is Surface.TYPED:
            assert deed.form is not None
            return await self.rig.answer(cell.reader, deed.form)
        if deed.draft is not None:
            await self.rig.open(cell.reader, *deed.draft)
        steps = deed.steps if cell.verdict in (Verdict.DO, Verdict.NO) else deed.steps[:1]
        return await self.rig.do(cell.reader, steps)

    def works(self, cell: Cell, deed: Deed, answer: Answer, changed: dict[str, int]) -> str | None:
        """What is wrong with a deed that is granted."""
        if answer.toast and answer.toast not in POLITE:
            return f"says {answer.toast!r}"
        if not deed.changes <= changed.keys():
            return f"changes only {changed}, says {answer.said!r}"
        if (
            foreign := changed.keys()
            - deed.changes
            - deed.also
            - (ACCOMPANY if deed.changes else frozenset())
        ):
            return f"changes {sorted(foreign)}, too"
        if deed.changes and not deed.many and changed.get("event") != 1:
            return f"leaves {changed.get('event')} events"
        words = self.rig.company.words.get(cell.thing)
        if deed.shows and words is not None and not answer.has(words.title):
            return f"does not show it: {answer.said!r}"
        return None

    async def _uniform(self, cell: Cell, answer: Answer) -> str | None:
        key = (cell.reader, cell.thing.subject, cell.thing.state, cell.deed, cell.surface)
        if key not in self._absent:
            self.rig.ledger.restore()
            absent = await self._act(cell, self.deed(cell.thing, cell.deed, absent=True))
            self._absent[key] = absent.said
        if answer.said != self._absent[key]:
            return f"says {answer.said!r}, of what does not exist {self._absent[key]!r}"
        return None if answer.toast or answer.calls else "says nothing"


def every(subjects: tuple[str, ...]) -> list[Thing]:
    """All things of some subjects."""
    return [thing for thing in (*THINGS, *OFFICE_THINGS) if thing.subject in subjects]
