"""Fills the registry: importing this module declares every handler."""

from handlers import (
    clients,
    deal_forms,
    deal_notices,
    deals,
    invites,
    lead_forms,
    lead_intake,
    leads,
    menu,
    people,
    profile,
    search,
)
from handlers.registry import Registry, registry

AREAS = (
    menu,
    profile,
    people,
    invites,
    deals,
    deal_forms,
    deal_notices,
    leads,
    lead_forms,
    lead_intake,
    clients,
    search,
)


def all_routes() -> Registry:
    """The registry with all areas declared."""
    return registry
