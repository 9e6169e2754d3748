"""The table of rights: what each role may do with what it is how related to. What is not here is denied."""

from collections.abc import Mapping
from types import MappingProxyType

from services.actions import Action, Reach, Role

_PERSONAL = {
    Action.MENU: Reach.ALL,
    Action.PROFILE_EDIT: Reach.ALL,
    Action.MY_DAY: Reach.ALL,
    Action.SEARCH: Reach.ALL,
    Action.FIELD_FILL: Reach.ALL,
    Action.NEWS_VIEW: Reach.ALL,
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
    Action.LEAD_TAG: Reach.OWN,
    Action.CLIENT_VIEW: Reach.OWN,
    Action.CLIENT_CREATE: Reach.MEMBER,
    Action.CLIENT_EDIT: Reach.OWN,
    Action.CLIENT_TAG: Reach.OWN,
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
    # Own means here: written by them.
    Action.NEWS_WRITE: Reach.OWN,
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
        # Of these a program has what the scopes of its key let it in for, see `ways.GRANTS`.
        Role.PROGRAM: dict.fromkeys(
            (
                *(Action.LEAD_CREATE, Action.LEAD_VIEW, Action.LEAD_EDIT, Action.FIELD_FILL),
                *(Action.CLIENT_VIEW, Action.CLIENT_EDIT),
                *(Action.DEAL_VIEW, Action.DEAL_TALK_VIEW, Action.DEAL_EDIT),
            ),
            Reach.ALL,
        ),
    }
)

STAFF = tuple(role for role in Role if role is not Role.PROGRAM)
"""What a person can be."""
