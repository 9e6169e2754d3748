"""Fills the registry: importing this module declares every handler."""

from handlers import deal_forms, deal_notices, deals, menu
from handlers.registry import Registry, registry

AREAS = (menu, deals, deal_forms, deal_notices)


def all_routes() -> Registry:
    """The registry with all areas declared."""
    return registry
