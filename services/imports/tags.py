"""Tags that a file brings: those that are missing are made at the start, by whoever may tag deals."""

from collections.abc import Collection, Mapping, Sequence

from db.uow import UnitOfWork
from services.access import Action, Actor
from services.dto.imports import Fault, RowFault
from services.imports.draft import Draft
from services.imports.plan import Plan
from services.tag_names import MOST, tags_called
from services.understanding.fold import fold


class TagCheck:
    """Which of the tags that drafts name are here, and which could be made while there is room."""

    def __init__(self, known: Collection[str], *, makes: bool) -> None:
        self._known = frozenset(known)
        self._room = max(MOST - len(known), 0) if makes else 0
        self.new: dict[str, str] = {}
        """What is to be made for drafts that become deals: folded name to the name as first written."""

    def fault(self, draft: Draft) -> Fault | None:
        """The first tag of a draft that is not here and cannot be made; None: all can be."""
        fresh = self._fresh(draft)
        full = bool(fresh) and len(self.new.keys() | fresh.keys()) > self._room
        return Fault(RowFault.UNKNOWN_TAG, next(iter(fresh.values()))) if full else None

    def make(self, draft: Draft) -> None:
        """Remember the tags of a draft that becomes one."""
        for key, name in self._fresh(draft).items():
            self.new.setdefault(key, name)

    def _fresh(self, draft: Draft) -> dict[str, str]:
        named = {fold(name): name for name in draft.tags}
        return {key: name for key, name in named.items() if key not in self._known}


async def make_tags(uow: UnitOfWork, actor: Actor, plan: Plan) -> tuple[int, ...]:
    """Those that the file names and that are not here, as far as there is room; what was made."""
    if not plan.new_tags or not actor.may(Action.DEAL_TAG):
        return ()
    known = await uow.tags.called()
    missing = [name for name in plan.new_tags if fold(name) not in known]
    return tuple(await tags_called(uow, missing[: max(MOST - len(known), 0)], make=True))


async def known_tags(uow: UnitOfWork, drafts: Sequence[Draft]) -> Mapping[str, int]:
    """The tags that these drafts name, by their folded names."""
    names = {fold(name) for draft in drafts for name in draft.tags}
    return await uow.tags.called(names) if names else {}


def unknown_tag(draft: Draft, known: Collection[str]) -> str | None:
    """The first tag of a draft that is not here."""
    return next((name for name in draft.tags if fold(name) not in known), None)


async def keep_tags(uow: UnitOfWork, tags: Mapping[int, Sequence[int]]) -> None:
    """Note down for lists which tags new deals have, by their ids."""
    deals: dict[int, list[int]] = {}
    for deal_id, some in tags.items():
        for tag in some:
            deals.setdefault(tag, []).append(deal_id)
    for tag, ids in deals.items():
        await uow.tags.put("deal", tag, ids)
