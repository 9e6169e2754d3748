"""Who may do what: the only place where permission is asked. What is not granted here is denied."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Flag, StrEnum, auto
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from db.scope import Scope
from db.uow import Cause
from services.errors import ForbiddenError


class Role(StrEnum):
    """What someone is in the company."""

    OWNER = "owner"
    HEAD = "head"
    MANAGER = "manager"
    FINANCE = "finance"
    MARKETING = "marketing"
    PROGRAM = "program"
    """Another program that brings requests; no person is one."""


class Door(StrEnum):
    """Where a wish came in."""

    TELEGRAM = "telegram"
    HTTP = "http"
    TIMER = "timer"
    COMMAND = "command"


class StageKind(StrEnum):
    """What it means that a deal stands in a stage."""

    OPEN = "open"
    PAYMENT = "payment"
    WON = "won"
    LOST = "lost"


SETTLED_KINDS = (StageKind.PAYMENT, StageKind.WON, StageKind.LOST)
CLOSED_KINDS = (StageKind.WON, StageKind.LOST)


class Action(StrEnum):
    """Everything that can be asked for. Handlers, routes, commands and timers each declare theirs."""

    JOIN = "join"
    MENU = "menu"
    PROFILE_EDIT = "profile.edit"
    MY_DAY = "my_day"
    SEARCH = "search"
    VIEW_KEEP = "view.keep"
    """Keep lists of deals as views of one's own; with a head, also change those of their department."""
    VIEW_SHARE = "view.share"
    """Share a view with a department."""
    FIELD_FILL = "field.fill"
    """See and fill custom fields: of what one may see and change by that thing's own right."""

    LEAD_CREATE = "lead.create"
    LEAD_VIEW = "lead.view"
    LEAD_EDIT = "lead.edit"
    LEAD_TAKE = "lead.take"
    LEAD_QUALIFY = "lead.qualify"
    LEAD_REJECT = "lead.reject"
    LEAD_HAND_OVER = "lead.hand_over"
    LEAD_DELETE = "lead.delete"

    CLIENT_VIEW = "client.view"
    CLIENT_CREATE = "client.create"
    CLIENT_EDIT = "client.edit"
    CLIENT_HAND_OVER = "client.hand_over"
    CLIENT_MERGE = "client.merge"
    """Make one client of two, and take it back."""
    CLIENT_DATA = "client.data"
    """Hand out all that is kept of a client, and erase it."""
    CLIENT_DELETE = "client.delete"

    DEAL_VIEW = "deal.view"
    DEAL_TALK_VIEW = "deal.talk_view"
    DEAL_CREATE = "deal.create"
    DEAL_EDIT = "deal.edit"
    DEAL_MOVE = "deal.move"
    DEAL_LOSE = "deal.lose"
    DEAL_SETTLE = "deal.settle"
    DEAL_REVIVE = "deal.revive"
    DEAL_REOPEN = "deal.reopen"
    DEAL_ARCHIVE = "deal.archive"
    """Put any closed deal away, and take it out again."""
    DEAL_ARCHIVE_LOST = "deal.archive_lost"
    """The same with a lost one."""
    DEAL_HAND_OVER = "deal.hand_over"
    DEAL_SHARE = "deal.share"
    """Say who works on a deal besides its owner."""
    DEAL_TAG = "deal.tag"
    DEAL_DELETE = "deal.delete"
    BIN_DESTROY = "bin.destroy"
    NOTE_ADD = "note.add"
    CALL_LOG = "call.log"

    PAYMENT_VIEW = "payment.view"
    PAYMENT_RECORD = "payment.record"
    PAYMENT_TAKE_BACK = "payment.take_back"

    TASK_VIEW = "task.view"
    TASK_CREATE = "task.create"
    TASK_DO = "task.do"
    TASK_TICK = "task.tick"
    """Tick an item of a checklist; whoever has only an item to do, that one alone."""
    TASK_EDIT = "task.edit"
    TASK_COMMENT = "task.comment"
    TASK_HIDE = "task.hide"
    TASK_DELETE = "task.delete"
    TASK_ASSIGN = "task.assign"
    """Watch over others' tasks."""
    TASK_GIVE = "task.give"
    """Give one to somebody else; the owner's rule narrows it, see `services.task_giving`."""
    TASK_ACCEPT = "task.accept"
    """Ask for acceptance, accept and return."""
    TASK_WATCH = "task.watch"

    REPORT_VIEW = "report.view"
    PLAN_VIEW = "plan.view"
    PLAN_SET = "plan.set"
    """Say how much a department, or somebody in it, is to sell in a month."""
    DEPARTMENT_WATCH = "department.watch"
    IMPORT_RUN = "import.run"
    EXPORT_RUN = "export.run"
    TEAM_VIEW = "team.view"
    PEOPLE_INVITE = "people.invite"
    PEOPLE_REMOVE = "people.remove"
    PEOPLE_MANAGE = "people.manage"
    DEPARTMENT_MANAGE = "department.manage"
    COMPANY_EDIT = "company.edit"
    CHAT_BIND = "chat.bind"
    DEPARTMENT_RULES = "department.rules"
    """Set when a department works, and how it gives out its leads."""
    PIPELINE_RULES = "pipeline.rules"
    """Set what is done by itself about the deals of a pipeline, and how long they may stand in a stage."""
    PIPELINE_EDIT = "pipeline.edit"
    """Make pipelines, and change their stages: the company's, so of all departments."""
    FIELD_EDIT = "field.edit"
    """Make custom fields, and the rules of score and probability: the company's, so of all departments."""
    PIPELINE_ARCHIVE = "pipeline.archive"
    """Put a pipeline out of use, its deals in work going to another, and take it back."""
    SHIFT_SET = "shift.set"
    """Say whether somebody works now."""
    INTAKE_MANAGE = "intake.manage"
    """Open and close the ways by which other programs bring requests."""


class Reach(Flag):
    """How someone is related to a thing; a grant names the relations for which it holds."""

    NONE = 0
    OWN = auto()
    """It is theirs: owner of a lead, contact or deal; assignee or author of a task."""
    FREE = auto()
    """It lies in a department of theirs and nobody owns it yet."""
    MEMBER = auto()
    """It lies in a department of theirs."""
    HEADED = auto()
    """It lies in a department that they head."""
    SETTLED = auto()
    """It is a deal in a payment stage or a closed one."""
    ALL = auto()


_PERSONAL = {
    Action.MENU: Reach.ALL,
    Action.PROFILE_EDIT: Reach.ALL,
    Action.MY_DAY: Reach.ALL,
    Action.SEARCH: Reach.ALL,
    Action.FIELD_FILL: Reach.ALL,
    Action.TASK_VIEW: Reach.OWN,
    Action.TASK_CREATE: Reach.OWN,
    Action.TASK_DO: Reach.OWN,
    Action.TASK_TICK: Reach.OWN,
    Action.TASK_EDIT: Reach.OWN,
    Action.TASK_COMMENT: Reach.OWN,
    # Own means here: for nobody else and of no deal, see `rows.task_deeds`.
    Action.TASK_HIDE: Reach.OWN,
    # Own means here: written by them, see `rows.task_deeds`.
    Action.TASK_DELETE: Reach.OWN,
    Action.TASK_ACCEPT: Reach.OWN,
    Action.TASK_GIVE: Reach.OWN,
    Action.TASK_WATCH: Reach.OWN,
}

_SELLING = {
    **_PERSONAL,
    Action.LEAD_CREATE: Reach.MEMBER,
    Action.LEAD_VIEW: Reach.OWN | Reach.FREE,
    Action.LEAD_TAKE: Reach.MEMBER,
    Action.LEAD_EDIT: Reach.OWN,
    Action.LEAD_QUALIFY: Reach.OWN,
    Action.LEAD_REJECT: Reach.OWN,
    Action.LEAD_HAND_OVER: Reach.OWN,
    Action.CLIENT_VIEW: Reach.OWN,
    Action.CLIENT_CREATE: Reach.MEMBER,
    Action.CLIENT_EDIT: Reach.OWN,
    Action.CLIENT_MERGE: Reach.OWN,
    Action.DEAL_VIEW: Reach.OWN,
    Action.DEAL_TALK_VIEW: Reach.OWN,
    Action.DEAL_CREATE: Reach.MEMBER,
    Action.DEAL_EDIT: Reach.OWN,
    Action.DEAL_MOVE: Reach.OWN,
    Action.DEAL_LOSE: Reach.OWN,
    Action.DEAL_REVIVE: Reach.OWN,
    Action.DEAL_ARCHIVE_LOST: Reach.OWN,
    Action.DEAL_SHARE: Reach.OWN,
    Action.DEAL_TAG: Reach.OWN,
    **dict.fromkeys((Action.LEAD_DELETE, Action.CLIENT_DELETE, Action.DEAL_DELETE), Reach.OWN),
    Action.NOTE_ADD: Reach.OWN,
    Action.CALL_LOG: Reach.OWN,
    Action.PAYMENT_VIEW: Reach.OWN,
    Action.SHIFT_SET: Reach.OWN,
    Action.PLAN_VIEW: Reach.OWN,
    Action.VIEW_KEEP: Reach.OWN,
}

# A head keeps a manager's grants and has the same ones over the departments they head.
_HEADING = {
    **{action: reach if reach == Reach.ALL else reach | Reach.HEADED for action, reach in _SELLING.items()},
    Action.DEAL_SETTLE: Reach.HEADED,
    Action.DEAL_REOPEN: Reach.HEADED,
    Action.DEAL_ARCHIVE: Reach.HEADED,
    Action.DEAL_HAND_OVER: Reach.HEADED,
    Action.CLIENT_HAND_OVER: Reach.HEADED,
    Action.TASK_ASSIGN: Reach.HEADED,
    Action.REPORT_VIEW: Reach.HEADED,
    Action.PLAN_SET: Reach.HEADED,
    Action.VIEW_SHARE: Reach.HEADED,
    Action.DEPARTMENT_WATCH: Reach.HEADED,
    Action.TEAM_VIEW: Reach.HEADED,
    Action.PEOPLE_INVITE: Reach.HEADED,
    Action.CHAT_BIND: Reach.HEADED,
    Action.DEPARTMENT_RULES: Reach.HEADED,
    # Departments share the pipelines.
    Action.PIPELINE_RULES: Reach.ALL,
    Action.PIPELINE_EDIT: Reach.ALL,
    Action.FIELD_EDIT: Reach.ALL,
}

RIGHTS: Mapping[Role, Mapping[Action, Reach]] = MappingProxyType(
    {
        Role.OWNER: {action: Reach.ALL for action in Action if action is not Action.JOIN},
        Role.HEAD: _HEADING,
        Role.MANAGER: _SELLING,
        Role.FINANCE: {
            **_PERSONAL,
            Action.DEAL_VIEW: Reach.SETTLED,
            Action.PAYMENT_VIEW: Reach.SETTLED,
            Action.PAYMENT_RECORD: Reach.SETTLED,
            Action.PAYMENT_TAKE_BACK: Reach.SETTLED,
            Action.VIEW_KEEP: Reach.OWN,
        },
        # Own means here: typed in by them and taken by nobody yet, see `rows.lead_deeds`.
        Role.MARKETING: {
            **_PERSONAL,
            Action.LEAD_CREATE: Reach.ALL,
            Action.LEAD_EDIT: Reach.OWN,
            Action.LEAD_REJECT: Reach.OWN,
        },
        Role.PROGRAM: {Action.LEAD_CREATE: Reach.ALL, Action.LEAD_VIEW: Reach.ALL},
    }
)

STAFF = tuple(role for role in Role if role is not Role.PROGRAM)
"""What a person can be."""


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
