"""Phones and addresses of a client as another program gives them: all of a kind at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.models import ContactPoint
from db.repositories.known_clients import Client
from db.uow import UnitOfWork
from services import history
from services.client_changes import MOST_POINTS
from services.client_fields import read_point
from services.dto.clients import PointKind
from services.errors import AppError

NAMES = {PointKind.PHONE: "phones", PointKind.EMAIL: "emails"}
"""How programs call them."""


@dataclass(frozen=True, slots=True)
class PointChange:
    """What of a client's phones and addresses goes, what comes, and what there will be."""

    gone: tuple[ContactPoint, ...]
    new: tuple[tuple[PointKind, str], ...]
    left: tuple[str, ...]

    @property
    def told(self) -> history.Changes:
        """The same for the history: one by one as in the chat, or several of a kind in one line."""
        changes: history.Changes = {}
        for kind in PointKind:
            old = ", ".join(row.value for row in self.gone if row.kind == kind)
            new = ", ".join(value for one, value in self.new if one is kind)
            if old or new:
                changes[kind.value] = (old or None, new or None)
        return changes


async def read_points(
    uow: UnitOfWork, kind: str, client_id: int, given: Mapping[PointKind, Sequence[str]], region: str
) -> tuple[PointChange | None, dict[str, AppError]]:
    """What is new of it, if anything, and what is wrong, by what programs call it."""
    if not given:
        return None, {}
    rows = await uow.clients.points(kind, client_id)
    wanted: dict[tuple[str, str], None] = {}
    wrong: dict[str, AppError] = {}
    for point, typed in given.items():
        try:
            wanted |= dict.fromkeys((point, read_point(point, one, region)) for one in typed)
        except AppError as error:
            wrong[NAMES[point]] = error
    gone = tuple(row for row in rows if row.kind in given and (row.kind, row.value) not in wanted)
    kept = [row for row in rows if row not in gone]
    known = {(row.kind, row.value) for row in kept}
    new = tuple((PointKind(point), value) for point, value in wanted if (point, value) not in known)
    if new and len(kept) + len(new) > MOST_POINTS:
        wrong.setdefault(NAMES[new[-1][0]], AppError("client.too_many_points", limit=MOST_POINTS))
    left = (*(row.value for row in kept), *(value for _, value in new))
    return (PointChange(gone, new, left) if gone or new else None), wrong


async def write_points(uow: UnitOfWork, client: Client, change: PointChange) -> None:
    """Write them; the client was compared and set before."""
    for row in change.gone:
        await uow.clients.remove_point(row)
    for kind, value in change.new:
        await uow.clients.add_point(client, kind, value)
