"""Who may delete what, and who may bring it back: told here and nowhere else.

A head in the departments that they head, and the owner of the company anywhere. A seller deletes only what
they have made by hand themselves, within a day, and while nothing hangs on it: a slip of the finger is theirs
to mend, the history of a client is not. Whoever deleted something may bring it back, too.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from db.models import Company, Contact, Deal, Lead
from db.repositories.bin import Lying
from db.repositories.bundles import Bundle
from db.ties import HANGING
from services.access import Action, Actor, Reach, Standing, granted, relation
from services.errors import AppError

Subject = Deal | Lead | Contact | Company
FRESH = timedelta(days=1)
DELETE: Mapping[str, Action] = {
    "deal": Action.DEAL_DELETE,
    "lead": Action.LEAD_DELETE,
    "contact": Action.CLIENT_DELETE,
    "firm": Action.CLIENT_DELETE,
}
VIEW: Mapping[str, Action] = {
    "deal": Action.DEAL_VIEW,
    "lead": Action.LEAD_VIEW,
    "contact": Action.CLIENT_VIEW,
    "firm": Action.CLIENT_VIEW,
}


def place_of(row: Subject) -> Standing:
    """Where a subject lies itself."""
    return Standing(frozenset({row.owner_id}), row.department_id)


def commands(actor: Actor, action: Action, place: Standing) -> bool:
    """Whether somebody may do this as the head of the place or as the owner of the company."""
    return bool(actor.reach(action) & relation(actor, place) & (Reach.HEADED | Reach.ALL))


def is_offered(actor: Actor, action: Action, row: Subject, now: datetime) -> bool:
    """Whether a card offers to delete its subject; whether it will be done is asked once more."""
    if commands(actor, action, place_of(row)):
        return True
    return _is_slip(actor, row, now) and row.version == 1 and actor.may(action)


def require(actor: Actor, kind: str, row: Subject, bundle: Bundle, now: datetime) -> None:
    """Raise `bin.ask_head` or `bin.hangs` where a seller may not delete this any more."""
    if commands(actor, DELETE[kind], place_of(row)):
        return
    if not _is_slip(actor, row, now):
        raise AppError("bin.ask_head")
    if HANGING & bundle.rows.keys() or bundle.links:
        raise AppError("bin.hangs")


def may_see(actor: Actor, line: Lying) -> bool:
    """Whether somebody is told that this was deleted: whoever saw it."""
    place = Standing(frozenset({line.owner_id, *line.crew}), line.department_id)
    return granted(actor, VIEW[line.kind], place) or may_restore(actor, line)


def may_restore(actor: Actor, line: Lying) -> bool:
    """Whether somebody may bring it back."""
    place = Standing(frozenset({line.owner_id}), line.department_id)
    return commands(actor, DELETE[line.kind], place) or (
        line.deleted_by == actor.person_id and actor.may(DELETE[line.kind])
    )


def _is_slip(actor: Actor, row: Subject, now: datetime) -> bool:
    handmade = row.created_by == actor.person_id and getattr(row, "import_id", None) is None
    return handmade and now - row.created_at <= FRESH
