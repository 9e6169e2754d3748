"""Fills the registry: importing this module declares every handler."""

from handlers import (
    calendar,
    client_forms,
    clients,
    company,
    deal_forms,
    deal_handover,
    deal_notices,
    deals,
    imports,
    invites,
    lead_forms,
    lead_intake,
    lead_twins,
    leads,
    menu,
    my_day,
    payments,
    people,
    notes,
    profile,
    reports,
    search,
    task_comments,
    task_forms,
    task_marks,
    task_notices,
    tasks,
    team_tasks,
)
from handlers.registry import Registry, registry

AREAS = (
    menu,
    profile,
    company,
    people,
    invites,
    deals,
    deal_forms,
    deal_handover,
    deal_notices,
    payments,
    leads,
    lead_forms,
    lead_twins,
    lead_intake,
    clients,
    client_forms,
    my_day,
    notes,
    tasks,
    task_marks,
    task_comments,
    task_forms,
    task_notices,
    team_tasks,
    calendar,
    search,
    reports,
    imports,
)


def all_routes() -> Registry:
    """The registry with all areas declared."""
    return registry
