"""Finding leads, contacts, companies and deals by what people remember of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import exists, select

from db.models import Company, Contact, Deal, Lead, Stage
from db.repositories.base import Sight, given
from db.repositories.bearers import COUNTED, Condition, Term, laid_out
from db.repositories.needles import Needle
from db.repositories.reach import in_archive
from db.repositories.search_kinds import CONTACTS, DEALS, FIRMS, LEADS, SETTLED_DEALS, Kind
from db.repositories.search_looks import Look, Way, looking, phrase_values, ways_of
from db.repositories.search_terms import TermRepository, terms_of
from db.scope import Scope

WINDOW = 1_000
"""So many of the newest are looked at for words that are common."""
NEAR = 150
"""So many of one's own are looked at first: mostly they hold the page."""
WIDE = 5
"""So many times as many for a single word where most of them may be others'."""
OF_COMMON = 500
"""So many bearers of a common word are looked at besides, by all the indexes together."""
TAGGED = 1_000
"""So many of the newest with a tag are looked at."""
SIGHTS = ("seen", "sold")
"""What the parameters of scopes begin with; the second is of the deals by which companies are seen."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for within which reach, and so many of it, older than a key."""

    kind: Kind
    scopes: tuple[Scope, ...]
    needle: Needle
    before_id: int | None
    limit: int
    archived: bool = False

    @property
    def sights(self) -> tuple[Sight, ...]:
        """The shapes of its scopes."""
        return tuple(Sight.of(scope, name) for scope, name in zip(self.scopes, SIGHTS, strict=False))

    @property
    def numbered(self) -> bool:
        """Whether it is also looked for by its own number."""
        return self.kind.numbered and self.needle.number is not None

    def look(self, way: Way, conditions: Sequence[Condition] = ()) -> Look:
        """Its shape, for one way to look and what has to hold."""
        return Look(
            self.kind,
            self.sights,
            archived=self.archived,
            older=self.before_id is not None,
            whole=self.needle.whole,
            tagged=self.needle.tag is not None,
            numbered=self.numbered,
            way=way,
            conditions=tuple(conditions),
        )

    @property
    def values(self) -> dict[str, object]:
        """Its values, but for those of words."""
        wide = len(self.needle.words) == 1 and not self.scopes[0].everything
        values: dict[str, object] = {
            "at_most": self.limit,
            "before_id": self.before_id,
            "number": self.needle.number,
            "tag": self.needle.tag,
            "most": TAGGED,
            "window": WINDOW * WIDE if wide else WINDOW,
        }
        for scope, name in zip(self.scopes, SIGHTS, strict=False):
            values |= given(scope, name)
        return values | phrase_values(self.needle.words) if self.needle.whole else values


class SearchRepository(TermRepository):
    """Every query is limited, newest first, and goes on after a key.

    What some thousands bear at most is looked up by who bears it. For what is common the newest that may be
    seen are looked through, and only where these are too few the newest that bear it.
    """

    async def leads(self, scope: Scope, needle: Needle, before_id: int | None, limit: int) -> list[Lead]:
        """Visible leads that match."""
        return [row[0] for row in await self._find(_Asked(LEADS, (scope,), needle, before_id, limit))]

    async def contacts(
        self, scope: Scope, needle: Needle, before_id: int | None, limit: int
    ) -> Sequence[tuple[Contact, str | None]]:
        """Visible contacts that match, with their companies' names; by number there are none."""
        rows = await self._find(_Asked(CONTACTS, (scope,), needle, before_id, limit))
        return [(contact, company) for contact, company in rows]

    async def companies(
        self, scope: Scope, deals: Scope, needle: Needle, before_id: int | None, limit: int
    ) -> list[Company]:
        """Companies in reach that match, also by the people and deals there; by number there are none."""
        return [row[0] for row in await self._find(_Asked(FIRMS, (scope, deals), needle, before_id, limit))]

    async def deals(
        self,
        scope: Scope,
        needle: Needle,
        before_id: int | None,
        limit: int,
        *,
        clients: bool = True,
        archived: bool = False,
    ) -> Sequence[tuple[Deal, Stage, str | None]]:
        """Visible deals by title, company, client's name, number or, if asked, by their clients' addresses.

        Those of the archive, or all the others; each with the name of its client or company.
        """
        if archived and not await self.any_archived():
            return []
        kind = DEALS if clients else SETTLED_DEALS
        rows = await self._find(_Asked(kind, (scope,), needle, before_id, limit, archived))
        return [(deal, stage, client) for deal, stage, client in rows]

    async def is_archived(self, deal_id: int) -> bool:
        """Whether a deal lies in the archive."""
        query = select(exists().where(Deal.id == deal_id, in_archive(archived=True)))
        return bool(await self.session.scalar(query))

    async def _find(self, asked: _Asked) -> list[Any]:
        terms = await self._terms(asked)
        conditions, values = laid_out(terms)
        values |= asked.values
        if not terms and not asked.numbered:
            by_tag = asked.needle.tag is not None and not asked.needle.words
            return [*(await self._rows(asked.look(Way.TAGGED), values)).values()] if by_tag else []
        found: dict[int, Any] = {}
        values["portion"] = COUNTED
        if conditions and conditions[0].common:
            values["portion"] = OF_COMMON // len(conditions[0].shapes)
            if asked.needle.plain:
                found = await self._newest(asked, conditions, values)
        if len(found) < asked.limit:
            found |= await self._rows(asked.look(Way.BEARERS, conditions), values)
        return [found[one] for one in sorted(found, reverse=True)[: asked.limit]]

    async def _terms(self, asked: _Asked) -> list[Term]:
        """What has to hold, what few are first."""
        kind, needle = asked.kind, asked.needle
        # What no word even begins need not be counted as a whole word.
        if needle.whole and not terms_of(kind, needle, await self.known(replace(needle, whole=False))):
            return []
        return sorted(terms_of(kind, needle, await self.known(needle)), key=lambda term: term.weight)

    async def _newest(
        self, asked: _Asked, conditions: Sequence[Condition], values: dict[str, object]
    ) -> dict[int, Any]:
        """What is found among the newest. What fills the page among those of all is newer than the others."""
        found: dict[int, Any] = {}
        for way in ways_of(asked.kind, asked.sights[0]):
            for window in (NEAR, WINDOW) if way is Way.OWN else (WINDOW,):
                rows = await self._rows(asked.look(way, conditions), {**values, "own_window": window})
                if len(rows) >= asked.limit:
                    break
            found |= rows
            if way is Way.NEWEST and len(found) >= asked.limit:
                break
        return found

    async def _rows(self, look: Look, values: dict[str, object]) -> dict[int, Any]:
        statement = looking(look, arrays=self.session.get_bind().dialect.name == "postgresql")
        return {row[0].id: row for row in await self.session.execute(statement, values)}
