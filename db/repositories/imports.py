"""Imports and their failed rows."""

from db.repositories.base import Repository


class ImportRepository(Repository):
    """Imports and their failed rows."""
