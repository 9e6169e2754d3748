"""Fills the registry: importing this module declares every handler."""

from handlers import deals, menu
from handlers.registry import Registry, registry

AREAS = (menu, deals)


def all_routes() -> Registry:
    """The registry with all areas declared."""
    return registry
