"""Who may do what: the only place where permission is asked; the table is in `services.rights`."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from zoneinfo import ZoneInfo

from db.scope import Scope
from db.uow import Cause
from services.actions import CLOSED_KINDS, SETTLED_KINDS, Action, Door, Reach, Role, StageKind
from services.errors import ForbiddenError
from services.rights import RIGHTS, STAFF

__all__ = [
    "CLOSED_KINDS",
    "RIGHTS",
    "SETTLED_KINDS",
    "STAFF",
    "Action",
    "Door",
    "Reach",
    "Role",
    "StageKind",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, read from the database for each update, request and timer."""

    person_id: int
    name: str
    role: Role
    language: str
    zone: ZoneInfo
    door: Door
    telegram_id: int | None = None
    departments: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()
    cause: Cause | None = field(default=None, compare=False)
    only: frozenset[Action] | None = None
    """Of their role's actions the ones that they were let in for; none: all."""

    def reach(self, action: Action) -> Reach:
        """For which relations an action is granted."""
        if self.only is not None and action not in self.only:
            return Reach.NONE
        return RIGHTS[self.role].get(action, Reach.NONE)

    def may(self, action: Action) -> bool:
        """Whether the action is granted for anything at all."""
        return bool(self.reach(action))


NOBODY = Actor(0, "", Role.MANAGER, "en", ZoneInfo("UTC"), Door.TIMER)
"""Who acts when a rule does: without rights, since a rule asks for none."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts about a thing that its access depends on."""

    owners: frozenset[int | None]
    department_id: int | None = None
    kind: StageKind | None = None


def relation(actor: Actor, standing: Standing) -> Reach:
    """How the actor is related to a thing."""
    found = Reach.ALL
    if actor.person_id in standing.owners:
        found |= Reach.OWN
    if standing.department_id in actor.departments:
        found |= Reach.MEMBER
        if standing.owners <= {None}:
            found |= Reach.FREE
    if standing.department_id in actor.headed:
        found |= Reach.HEADED
    if standing.kind in SETTLED_KINDS:
        found |= Reach.SETTLED
    return found


def granted(actor: Actor, action: Action, standing: Standing) -> bool:
    """Whether the actor may do this with that."""
    return bool(actor.reach(action) & relation(actor, standing))


def allowed(actor: Actor, standing: Standing) -> frozenset[Action]:
    """Everything that the actor may do with a thing; what cards carry to their keyboards."""
    can = _reached(actor.role, relation(actor, standing))
    return can if actor.only is None else can & actor.only


@cache
def _reached(role: Role, related: Reach) -> frozenset[Action]:
    """What a role may do with things to which it is so related; each press asks for a few of some dozens."""
    return frozenset(action for action, reach in RIGHTS[role].items() if reach & related)


def require(actor: Actor, action: Action) -> None:
    """Raise ForbiddenError unless the action is granted for something; for acts without a subject."""
    if not actor.may(action):
        raise ForbiddenError


def require_in_department(actor: Actor, action: Action, department_id: int) -> None:
    """Raise ForbiddenError unless the action is granted within this department."""
    if not granted(actor, action, Standing(owners=frozenset(), department_id=department_id)):
        raise ForbiddenError


def scope(actor: Actor, action: Action) -> Scope:
    """What part of a table the actor reaches by an action."""
    reach = actor.reach(action)
    departments: frozenset[int] = frozenset()
    if Reach.MEMBER in reach:
        departments |= actor.departments
    if Reach.HEADED in reach:
        departments |= actor.headed
    return Scope(
        everything=Reach.ALL in reach,
        owner_id=actor.person_id if Reach.OWN in reach else None,
        departments=departments,
        free_in=actor.departments if Reach.FREE in reach else frozenset(),
        settled=Reach.SETTLED in reach,
    )


def move_action(current: StageKind, target: StageKind) -> Action:
    """What right a stage move takes: the payment guard of the whole product.

    A deal in a payment stage is moved, and any deal is set paid, only by who may settle; a lost one
    is brought back to work by who may revive it; any other closed one is touched by who may reopen.
    """
    if current == StageKind.LOST and target == StageKind.OPEN:
        return Action.DEAL_REVIVE
    if current in CLOSED_KINDS:
        return Action.DEAL_REOPEN
    if current == StageKind.PAYMENT or target == StageKind.WON:
        return Action.DEAL_SETTLE
    return Action.DEAL_LOSE if target == StageKind.LOST else Action.DEAL_MOVE


def passes(actor: Actor, leave: Collection[str], enter: Collection[str]) -> bool:
    """Whether the stages that a move leaves and enters let this actor through; no roles: everybody.

    It comes on top of `move_action` and only narrows it. The owner, who sets these rules, is never shut out.
    """
    return actor.role is Role.OWNER or all(not roles or actor.role in roles for roles in (leave, enter))
