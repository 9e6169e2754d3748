"""The words in which permission is asked: roles, doors, actions, and how somebody is related to a thing."""

from enum import Flag, StrEnum, auto


class Role(StrEnum):
    """What someone is in the company."""

    OWNER = "owner"
    HEAD = "head"
    MANAGER = "manager"
    FINANCE = "finance"
    MARKETING = "marketing"
    PROGRAM = "program"
    """Another program that brings requests, or reads and fills cards; no person is one."""


class Door(StrEnum):
    """Where a wish came in."""

    PRIVATE = "private"
    """The bot's own chat with somebody."""
    GROUP = "group"
    TELEGRAM = "telegram"
    """One of the two; older events do not tell which."""
    HTTP = "http"
    TIMER = "timer"
    IMPORT = "import"
    """What an import brings along."""
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
    """Keep lists of what one sees as views; with a head, also change those of their department."""
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
    LEAD_TAG = "lead.tag"
    LEAD_DELETE = "lead.delete"

    CLIENT_VIEW = "client.view"
    CLIENT_CREATE = "client.create"
    CLIENT_EDIT = "client.edit"
    CLIENT_HAND_OVER = "client.hand_over"
    CLIENT_TAG = "client.tag"
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

    NEWS_VIEW = "news.view"
    NEWS_WRITE = "news.write"
    """Tell news of the company to everybody, and mend what one has told."""
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
