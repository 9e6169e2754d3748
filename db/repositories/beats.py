"""Signs of life and leadership."""

from db.repositories.base import Repository


class BeatRepository(Repository):
    """Signs of life and leadership."""
