"""Contacts and their companies."""

from db.repositories.base import Repository


class ClientRepository(Repository):
    """Contacts and their companies."""
