"""Forms that people are filling in."""

from db.repositories.base import Repository


class FormRepository(Repository):
    """Forms that people are filling in."""
