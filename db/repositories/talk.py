"""What was said about leads and deals: notes and calls."""

from db.repositories.base import Repository


class TalkRepository(Repository):
    """What was said about leads and deals: notes and calls."""
